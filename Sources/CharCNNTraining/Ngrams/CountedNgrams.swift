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

  /// The n-grams of at least so many texts, and how many of them the texts have, each counted once a text.
  func vocabulary(minimumTexts: Int) -> (ngrams: NgramVocabulary, entries: Int) {
    let entries = counts.entries(atLeast: minimumTexts)
    let ngrams = NgramVocabulary(keys: entries.map(\.key), frequencies: entries.map(\.texts), texts: counts.texts)
    return (ngrams, entries.reduce(0) { $0 + Int($1.texts) })
  }
}
