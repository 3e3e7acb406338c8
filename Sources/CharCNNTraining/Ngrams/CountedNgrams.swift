internal import CharCNNCompute
internal import CharCNNNetworks

/// In how many texts each n-gram of a collection occurs.
///
/// The n-grams are shared out over some tables by their lowest bits, so that threads fill them side by side: what is counted does not
/// depend on how many threads there are.
struct CountedNgrams {
  /// The n-grams of a table that some texts have, one text after another.
  private struct Keys: Sendable {
    var keys: [UInt64] = []
    var ends: [Int] = []
  }

  private static let tables = 8
  /// N-grams that all tables hold at most.
  private static let most = 1 << 25

  private let counts = (0..<tables).map { _ in Guarded(KeyCounts(most: most / tables)) }
  private let scanner: NgramScanner

  init(scanner: NgramScanner) { self.scanner = scanner }

  /// Counts the n-grams of some texts.
  func add(_ block: TextBlock, device: CPUDevice) {
    let parts = block.parts
    let found = device.map(parts.count) { [scanner] in Self.keys(of: block, parts[$0], scanner) }
    _ = device.map(Self.tables) { [counts] table in
      counts[table].withLock { counts in
        for part in found {
          let keys = part[table]
          keys.keys.withUnsafeBufferPointer { all in
            var first = 0
            for end in keys.ends {
              counts.add(UnsafeBufferPointer(rebasing: all[first..<end]))
              first = end
            }
          }
        }
      }
    }
  }

  /// Number of texts.
  private var texts: Int { counts.first?.withLock { $0.texts } ?? 0 }

  /// The n-grams of some texts of a block, by tables.
  private static func keys(of block: TextBlock, _ texts: Range<Int>, _ scanner: NgramScanner) -> [Keys] {
    var found = [Keys](repeating: Keys(), count: tables)
    var words: [UInt64] = []
    found.withUnsafeMutableBufferPointer { found in
      func add(_ key: UInt64) { found[Int(key % UInt64(tables))].keys.append(key) }
      block.forEachText(of: texts) { text in
        scanner.forEachCharacterNgram(text, add)
        scanner.readWords(text, into: &words)
        scanner.forEachWordNgram(words, add)
        scanner.forEachPair(words, add)
        for table in found.indices { found[table].ends.append(found[table].keys.count) }
      }
    }
    return found
  }

  /// The n-grams of at least so many texts.
  ///
  /// - Parameters:
  ///   - minimumTexts: Texts that an n-gram must occur in.
  ///   - most: How many are kept: those of most texts, of equals those with the lowest keys.
  ///   - device: Its threads sort.
  /// - Returns: They; how many the texts have of them, each counted once a text; how many were left out, since there are more than `most`.
  func vocabulary(
    minimumTexts: Int, most: Int, device: CPUDevice
  ) -> (ngrams: NgramVocabulary, entries: Int, leftOut: Int) {
    var kept = device.map(counts.count) { [counts] in
      counts[$0].withLock { $0.entries(atLeast: minimumTexts) }
    }.flatMap { $0 }
    kept.sort { $0.key < $1.key }
    let leftOut = max(kept.count - most, 0)
    if leftOut > 0 {
      let least = kept.map(\.texts).sorted(by: >)[max(most - 1, 0)]
      var ofLeast = most - kept.count { $0.texts > least }
      kept.removeAll { entry in
        if entry.texts == least { ofLeast -= 1 }
        return entry.texts < least || entry.texts == least && ofLeast < 0
      }
    }
    let ngrams = NgramVocabulary(
      keys: kept.map(\.key), frequencies: kept.map(\.texts), texts: texts)
    return (ngrams, kept.reduce(0) { $0 + Int($1.texts) }, leftOut)
  }
}
