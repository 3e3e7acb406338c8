/// Where a text stands among some n-grams: the longest sequences that it ends with.
public struct NgramWalk: Sendable {
  private let ngrams: CharacterNgrams
  /// For each number of characters from 0 on the node of the text's last ones; nil where they never occurred. The root has
  /// the number 0.
  private var nodes: [Int?]

  /// At the beginning of a text.
  public init(_ ngrams: CharacterNgrams) {
    self.ngrams = ngrams
    nodes = [0] + Array(repeating: nil, count: ngrams.order - 1)
  }

  /// Reads the next character.
  public mutating func read(_ character: Int32) {
    for depth in (1..<nodes.count).reversed() {
      nodes[depth] = nodes[depth - 1].flatMap { ngrams.child(of: $0, depth: depth - 1, character: character) }
    }
  }

  /// How much is known of what comes next: which of ``NgramMixture/kinds(order:)`` this place is of.
  var kind: Int {
    // Where no two characters ever stood together nothing is known, not even at the root.
    let length = max(known.count - 1, 0)
    let total = known.last.map { ngrams.totals[length][$0] } ?? 0
    let amount = total < 2 ? 0 : total < 4 ? 1 : total < 16 ? 2 : 3
    return length * NgramMixture.amounts + amount
  }

  /// The nodes from the root to the longest sequence after which anything was counted.
  private var known: [Int] {
    var result: [Int] = []
    for (depth, node) in nodes.enumerated() {
      guard let node, ngrams.totals[depth][node] > 0 else { break }
      result.append(node)
    }
    return result
  }

  /// The probability of each character to come next.
  ///
  /// - Parameter probabilities: As many as the alphabet has characters.
  public func write(into probabilities: UnsafeMutableBufferPointer<Float>) {
    let known = known
    // What the longer sequences leave for the shorter ones.
    var left: Float = 1
    for (depth, node) in known.enumerated() { left *= ngrams.remainders[depth][node] }
    probabilities.update(repeating: left / Float(ngrams.alphabetSize))
    left = 1
    for (depth, node) in known.enumerated().reversed() {
      let (characters, shares) = (ngrams.levels[depth].characters, ngrams.shares[depth])
      for child in CharacterNgrams.children(of: node, depth: depth, ngrams.levels) {
        probabilities[Int(characters[child])] += left * shares[child]
      }
      left *= ngrams.remainders[depth][node]
    }
  }
}
