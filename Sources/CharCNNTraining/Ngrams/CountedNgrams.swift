internal import CharCNNCompute
internal import CharCNNNetworks

/// In how many texts each n-gram of a collection occurs.
struct CountedNgrams {
  private var counts = KeyCounts()
  private var keys: [UInt64] = []
  private var words: [UInt64] = []
  private let scanner: NgramScanner

  init(scanner: NgramScanner) { self.scanner = scanner }

  /// Counts the n-grams of a text.
  mutating func add(_ text: UnsafeBufferPointer<Int32>) {
    keys.removeAll(keepingCapacity: true)
    scanner.forEachCharacterNgram(text) { keys.append($0) }
    scanner.readWords(text, into: &words)
    scanner.forEachWordNgram(words) { keys.append($0) }
    scanner.forEachPair(words) { keys.append($0) }
    counts.add(keys)
  }

  /// The n-grams of at least so many texts.
  ///
  /// - Parameters:
  ///   - minimumTexts: Texts that an n-gram must occur in.
  ///   - most: How many are kept: those of most texts, of equals those with the lowest keys.
  /// - Returns: They; how many the texts have of them, each counted once a text; how many were left out, since there are more than `most`.
  func vocabulary(minimumTexts: Int, most: Int) -> (ngrams: NgramVocabulary, entries: Int, leftOut: Int) {
    var kept = counts.entries(atLeast: minimumTexts)
    let leftOut = max(kept.count - most, 0)
    if leftOut > 0 {
      let least = kept.map(\.texts).sorted(by: >)[max(most - 1, 0)]
      var ofLeast = most - kept.count { $0.texts > least }
      kept.removeAll { entry in
        if entry.texts == least { ofLeast -= 1 }
        return entry.texts < least || entry.texts == least && ofLeast < 0
      }
    }
    let ngrams = NgramVocabulary(keys: kept.map(\.key), frequencies: kept.map(\.texts), texts: counts.texts)
    return (ngrams, kept.reduce(0) { $0 + Int($1.texts) }, leftOut)
  }
}
