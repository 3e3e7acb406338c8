internal import CharCNNFiles

/// How much a language model believes its network and how much its n-grams, at each place of a text.
///
/// The probability of a character is the weighted mean of both (Jelinek & Mercer 1980, "Interpolated Estimation of Markov
/// Source Parameters"). The weight depends on what the n-grams know: the length of the longest sequence before the place
/// that was counted, and how often something followed it.
public struct NgramMixture: Sendable {
  private let ngrams: CharacterNgrams
  /// The network's share at each kind of place.
  private let shares: [Float]

  /// Amounts that are told apart: what followed a sequence once, two or three times, up to 15 times, more often.
  static let amounts = 4

  /// Kinds of places that n-grams of an order tell apart.
  public static func kinds(order: Int) -> Int { order * amounts }

  /// A mixture.
  ///
  /// - Parameters:
  ///   - ngrams: The n-grams.
  ///   - shares: The network's share at each kind of place, 0 to 1, ``kinds(order:)`` of them.
  public init(_ ngrams: CharacterNgrams, shares: [Float]) {
    precondition(shares.count == Self.kinds(order: ngrams.order), "a share for each kind of place")
    self.ngrams = ngrams
    self.shares = shares
  }

  /// Mixes the n-grams' probabilities of the next character into the network's.
  ///
  /// - Parameters:
  ///   - probabilities: The network's, as many as the alphabet has characters; replaced by those of the model.
  ///   - walk: The place.
  ///   - scratch: Room for as many.
  public func mix(
    into probabilities: UnsafeMutableBufferPointer<Float>, at walk: NgramWalk,
    scratch: UnsafeMutableBufferPointer<Float>
  ) {
    walk.write(into: scratch)
    let share = shares[walk.kind]
    for index in probabilities.indices {
      probabilities[index] = share * probabilities[index] + (1 - share) * scratch[index]
    }
  }
}

/// Finds the shares of a ``NgramMixture`` that make known characters likeliest, by expectation maximization.
public struct NgramMixtureFit: Sendable {
  private static let rounds = 60
  /// So many places of each kind are thought to have the share of all: a kind that hardly occurs tells little.
  private static let prior = 8.0

  /// For each kind of place the probabilities that network and n-grams gave the character that came.
  private var places: [[(network: Float, ngrams: Float)]]

  /// Nothing is known.
  public init(order: Int) { places = Array(repeating: [], count: NgramMixture.kinds(order: order)) }

  /// Takes a place with what both parts gave the character that came.
  public mutating func add(_ walk: NgramWalk, network: Float, ngrams: Float) {
    places[walk.kind].append((network, ngrams))
  }

  /// The network's share at each kind of place; one half of everything where no place is known.
  public func shares() -> [Float] {
    let all = Self.share(of: places.joined(), toward: 0.5)
    return places.map { Float(Self.share(of: $0, toward: all)) }
  }

  private static func share(of places: some Collection<(network: Float, ngrams: Float)>, toward expected: Double)
    -> Double
  {
    var share = expected
    for _ in 0..<rounds {
      var sum = prior * expected
      for place in places {
        let network = share * Double(place.network)
        sum += network / max(network + (1 - share) * Double(place.ngrams), .leastNormalMagnitude)
      }
      share = sum / (Double(places.count) + prior)
    }
    return min(max(share, 0), 1)
  }
}
