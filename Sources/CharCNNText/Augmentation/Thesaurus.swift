/// Synonyms of words, from a thesaurus in the MyThes form of LibreOffice and Mozilla (`th_en_US_v2.dat` and `.idx`).
public struct Thesaurus: Sendable {
  private var ranges: [String: Range<Int>] = [:]
  private var all: [String] = []

  /// A thesaurus of given entries: words and their synonyms, the closest first.
  public init(_ entries: [(word: String, synonyms: [String])]) {
    for (word, synonyms) in entries {
      // A word that comes again keeps its synonyms and gets more.
      var merged = Array(self.synonyms(of: word))
      for synonym in synonyms where synonym != word && !merged.contains(synonym) { merged.append(synonym) }
      guard !merged.isEmpty else { continue }
      ranges[word] = all.count..<all.count + merged.count
      all += merged
    }
  }

  /// Number of words with synonyms.
  public var count: Int { ranges.count }

  /// Every word that has synonyms, in the order of their bytes.
  public var words: [String] { ranges.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) } }

  /// The synonyms of a word, the closest first: those of the word as it is written, otherwise of its lower case.
  public func synonyms(of word: String) -> ArraySlice<String> {
    guard let range = ranges[word] ?? ranges[word.lowercased()] else { return [] }
    return all[range]
  }
}
