internal import CharCNNCompute
internal import CharCNNFiles

/// The n-grams of one text after another, as a linear model sees them: a weight for each known n-gram, (1 + log of how often the
/// text has it) times how rare it is; the weights of each kind, characters, words and pairs of words, have the L2 norm 1 (Salton & Buckley 1988).
package struct WeighedNgrams {
  private let scanner: NgramScanner
  private let vocabulary: NgramVocabulary
  private var keys: [UInt64] = []
  private var words: [UInt64] = []
  private var counts: [UInt32] = []
  private var slots: [UInt32] = []
  /// Rows of the text's n-grams.
  package private(set) var rows: [Int32] = []
  /// Their weights.
  package private(set) var values: [Float] = []
  /// Number of the text's known n-grams; what follows in the arrays means nothing.
  package private(set) var count = 0

  /// Where the n-grams of each kind end in these lists: characters, words, pairs.
  private(set) var ends: [Int] = []

  /// 1 + log n of small counts.
  private static let frequencies: [Float] = (0..<256).map { $0 == 0 ? 0 : Float(1 + exactLogarithm(Double($0))) }

  package init(scanner: NgramScanner, vocabulary: NgramVocabulary) {
    self.scanner = scanner
    self.vocabulary = vocabulary
  }

  /// Looks at a text.
  package mutating func read(_ text: UnsafeBufferPointer<Int32>) {
    count = 0
    ends.removeAll(keepingCapacity: true)
    scanner.readWords(text, into: &words)
    let most = scanner.mostNgrams(characters: text.count, words: words.count)
    if keys.count < most { keys = Array(repeating: 0, count: max(most, 2 * keys.count)) }
    let (scanner, words) = (scanner, words)
    weigh { add in scanner.forEachCharacterNgram(text, add) }
    ends.append(count)
    weigh { add in scanner.forEachWordNgram(words, add) }
    ends.append(count)
    weigh { add in scanner.forEachPair(words, add) }
    ends.append(count)
  }

  /// Adds the n-grams of one kind.
  ///
  /// - Parameter forEachKey: Hands over their keys, as often as they occur.
  @inline(__always)
  private mutating func weigh(_ forEachKey: ((UInt64) -> Void) -> Void) {
    var found = 0
    keys.withUnsafeMutableBufferPointer { keys in
      forEachKey { key in
        keys[found] = key
        found += 1
      }
    }
    if found > 0 { weigh(keys: found) }
  }

  /// Adds the n-grams of some keys.
  private mutating func weigh(keys keyCount: Int) {
    let most = count + keyCount
    if rows.count < most {
      let room = max(most, 2 * rows.count)
      rows += Array(repeating: 0, count: room - rows.count)
      values += Array(repeating: 0, count: room - values.count)
      counts += Array(repeating: 0, count: room - counts.count)
    }
    var slotCount = max(slots.count, 64)
    while slotCount < 2 * keyCount { slotCount *= 2 }
    if slots.count < slotCount { slots = Array(repeating: 0, count: slotCount) }
    // As small as the text allows, so that it stays in the cache.
    var used = 64
    while used < 2 * keyCount { used *= 2 }
    let first = count
    let distinct = rows.withUnsafeMutableBufferPointer { rows in
      guard let start = rows.baseAddress.map({ $0 + first }) else { return 0 }
      let known = keys.withUnsafeBufferPointer {
        vocabulary.keys.find(UnsafeBufferPointer(rebasing: $0[..<keyCount]), into: start)
      }
      let window = UnsafeMutableBufferPointer(start: start, count: known)
      return counts.withUnsafeMutableBufferPointer { counts in
        slots.withUnsafeMutableBufferPointer { slots in
          DistinctRows.countInOrder(
            window, into: counts.baseAddress! + first, slots: UnsafeMutableBufferPointer(rebasing: slots[..<used]))
        }
      }
    }
    count = first + distinct
    let entries = first..<count
    let squares = values.withUnsafeMutableBufferPointer { values in
      values.baseAddress.flatMap {
        RowWeights.weigh(
          rows[entries], counts: counts[entries], rarities: vocabulary.rarities, factors: Self.frequencies,
          into: $0 + first)
      }
    }
    normalize(entries, squares: squares ?? weighOften(entries))
  }

  /// Weighs n-grams of which a text has more than there are prepared factors for, and returns the sum of the squares.
  private mutating func weighOften(_ entries: Range<Int>) -> Double {
    var squares = 0.0
    for entry in entries {
      let times = Int(counts[entry])
      let frequency =
        times < Self.frequencies.count ? Self.frequencies[times] : Float(1 + exactLogarithm(Double(times)))
      let value = frequency * vocabulary.rarity(Int(rows[entry]))
      values[entry] = value
      squares += Double(value) * Double(value)
    }
    return squares
  }

  private mutating func normalize(_ entries: Range<Int>, squares: Double) {
    guard squares > 0 else { return }
    let factor = 1 / squares.squareRoot()
    values.withUnsafeMutableBufferPointer { values in
      for entry in entries { values[entry] = Float(Double(values[entry]) * factor) }
    }
  }

  /// Adds the weighted sum of the rows of a table of bytes.
  func add(
    _ table: [Int8], columns: Int, exponents: [UInt8], scales: [Float], to y: UnsafeMutableBufferPointer<Float>,
    instructions: InstructionSet
  ) {
    guard let y = y.baseAddress else { return }
    ByteRows.addSum(
      table, columns: columns, exponents: exponents, scales: scales, rows: rows, weights: values, count: count, to: y,
      instructions: instructions)
  }
}
