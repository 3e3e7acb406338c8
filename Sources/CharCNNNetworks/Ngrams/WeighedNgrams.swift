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

  /// 1 + log n of small counts.
  private static let frequencies: [Float] = (0..<256).map { $0 == 0 ? 0 : Float(1 + exactLogarithm(Double($0))) }

  package init(scanner: NgramScanner, vocabulary: NgramVocabulary) {
    self.scanner = scanner
    self.vocabulary = vocabulary
  }

  /// Looks at a text.
  package mutating func read(_ text: UnsafeBufferPointer<Int32>) {
    count = 0
    keys.removeAll(keepingCapacity: true)
    scanner.forEachCharacterNgram(text) { keys.append($0) }
    weigh()
    keys.removeAll(keepingCapacity: true)
    scanner.readWords(text, into: &words)
    scanner.forEachWordNgram(words) { keys.append($0) }
    weigh()
    keys.removeAll(keepingCapacity: true)
    scanner.forEachPair(words) { keys.append($0) }
    weigh()
  }

  /// Adds the n-grams of one kind.
  private mutating func weigh() {
    let most = count + keys.count
    if rows.count < most {
      let room = max(most, 2 * rows.count)
      rows += Array(repeating: 0, count: room - rows.count)
      values += Array(repeating: 0, count: room - values.count)
      counts += Array(repeating: 0, count: room - counts.count)
    }
    var slotCount = max(slots.count, 64)
    while slotCount < 2 * keys.count { slotCount *= 2 }
    if slots.count < slotCount { slots = Array(repeating: 0, count: slotCount) }
    // As small as the text allows, so that it stays in the cache.
    var used = 64
    while used < 2 * keys.count { used *= 2 }
    let first = count
    let distinct = rows.withUnsafeMutableBufferPointer { rows in
      let window = UnsafeMutableBufferPointer(rebasing: rows[first..<first + keys.count])
      guard let start = window.baseAddress else { return 0 }
      vocabulary.keys.find(keys, into: start)
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
    _ table: [Int8], columns: Int, scales: [Float], to y: UnsafeMutableBufferPointer<Float>,
    instructions: InstructionSet
  ) {
    guard let y = y.baseAddress else { return }
    ByteRows.addSum(
      table, columns: columns, scales: scales, rows: rows, weights: values, count: count, to: y,
      instructions: instructions)
  }
}
