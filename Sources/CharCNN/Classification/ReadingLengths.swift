import CharCNNNetworks
import CharCNNText

/// How many characters of a text the parts of a classifier read, from its beginning.
struct ReadingLengths {
  /// Those that the network reads.
  let network: Int
  /// Those whose n-grams are counted; nil where no n-grams are solved.
  let ngrams: Int?
  /// Whether nothing but n-grams reads them.
  private let isAlone: Bool

  /// - Parameters:
  ///   - text: Settings whose longest length is the network's.
  ///   - ngrams: Settings of the n-grams.
  ///   - hasNetwork: Whether there is a network that reads too.
  init(_ text: TextSettings, _ ngrams: NgramConfiguration, hasNetwork: Bool = true) {
    isAlone = !hasNetwork && text.chunkLength == nil
    network = text.maximumLength
    // Chunks are read by both parts alike.
    self.ngrams = ngrams.isSolved ? text.chunkLength == nil ? ngrams.ngramLength : text.maximumLength : nil
  }

  /// Characters of a text that some part reads at most, where solved n-grams may be one of them.
  static func longest(_ text: TextSettings, _ ngrams: NgramConfiguration) -> Int {
    text.chunkLength == nil ? max(text.maximumLength, ngrams.ngramLength) : text.maximumLength
  }

  /// Characters that some part reads.
  var longest: Int { max(network, ngrams ?? network) }

  /// Characters that every part reads.
  var shortest: Int { min(network, ngrams ?? network) }

  /// What is read, where a text is longer.
  ///
  /// - Parameter setting: The setting that limits the network.
  func warning(_ texts: String, setting: String) -> String {
    guard let ngrams, ngrams != network else {
      return "\(texts) cut to the first \(network) characters (`\(isAlone ? "ngramLength" : setting)`)"
    }
    return
      "\(texts) cut: the network reads the first \(network) characters (`\(setting)`), the n-grams the first \(ngrams) (`ngramLength`)"
  }

  /// What is read, for a model card.
  var description: String {
    guard let ngrams, ngrams != network else { return "\(network) characters; the rest is not read" }
    return
      "the network reads the first \(network) characters, the n-grams are those of the first \(ngrams); the rest is not read"
  }
}

extension LinearNgrams {
  /// The network with these n-grams beside it.
  func beside(_ network: any TextNetwork, reading lengths: ReadingLengths) -> any TextNetwork {
    beside(network, networkLength: lengths.network, length: lengths.ngrams ?? lengths.network)
  }
}

extension TextClassifier {
  /// Characters of a text whose n-grams count, from its beginning, where the classifier has solved n-grams that read more or less of it
  /// than the network; nil where all parts read ``textSettings``' longest length.
  public var ngramLength: Int? { lengths.ngrams.flatMap { $0 == lengths.network ? nil : $0 } }
}
