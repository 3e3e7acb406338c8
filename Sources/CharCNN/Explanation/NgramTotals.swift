import CharCNNNetworks

/// How much the n-grams of a model say in the texts of each class.
struct NgramTotals {
  private let linear: LinearNgrams
  private var reader: WeighedNgrams
  /// By row and class, the sum of the n-gram's weights in the texts of the class, as many numbers as the model has.
  private var sums: [Float]
  private var texts: [Int32]
  /// By row, the number of the first text that has it; -1 for none.
  private var firsts: [Int32]

  init(_ linear: LinearNgrams) {
    self.linear = linear
    reader = linear.makeReader()
    let rows = linear.vocabulary.count
    sums = Array(repeating: 0, count: rows * linear.classes)
    (texts, firsts) = (Array(repeating: 0, count: rows), Array(repeating: -1, count: rows))
  }

  /// Adds a text of some classes, as a rule one.
  mutating func add(_ characters: ArraySlice<Int32>, labels: [Int], number: Int) {
    characters.withUnsafeBufferPointer { reader.read($0) }
    for entry in 0..<reader.count {
      let row = Int(reader.rows[entry])
      for label in labels { sums[row * linear.classes + label] += reader.values[entry] }
      texts[row] += 1
      if firsts[row] < 0 { firsts[row] = Int32(number) }
    }
  }

  /// An n-gram that says much.
  struct Chosen {
    let row: Int
    /// The sum of its weights in the texts of the class, times its weight for the class less that for the mean class.
    let total: Double
    /// Texts that have it, of all classes.
    let texts: Int
    let firstText: Int
  }

  /// The n-grams that add most to a class in its texts.
  ///
  /// - Parameters:
  ///   - label: The class.
  ///   - count: N-grams.
  ///   - hasSeveral: Whether a text may be of several classes, so that a weight says all by itself.
  func strongest(_ label: Int, _ count: Int, hasSeveral: Bool) -> [Chosen] {
    var kept: [Chosen] = []
    for row in texts.indices where sums[row * linear.classes + label] > 0 {
      let weights = linear.weights(ofRow: row)
      let weight = weights[label] - (hasSeveral ? 0 : weights.reduce(0, +) / Double(weights.count))
      let total = Double(sums[row * linear.classes + label]) * weight
      guard total > 0, kept.count < count || total > kept[kept.count - 1].total else { continue }
      kept.insert(
        Chosen(row: row, total: total, texts: Int(texts[row]), firstText: Int(firsts[row])),
        at: kept.firstIndex { $0.total < total } ?? kept.count)
      if kept.count > count { kept.removeLast() }
    }
    return kept
  }
}
