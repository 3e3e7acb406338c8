internal import CharCNNFiles

/// Which part of some examples is left out when (cross-validation): as many in each part, with the same mixture of labels, and what belongs
/// together in one part, so that nothing that was learned is measured.
package struct FoldAssignment: Sendable {
  /// The part of each row, which is counted from 1; nil for rows that were left out.
  private let folds: [UInt8?]
  /// Examples that stay with one before them since their texts are copies.
  package let copies: Int
  /// Number of examples.
  package let count: Int
  /// A digest of the examples in their order.
  package let digest: String

  /// The greatest number of parts.
  package static let most = 100

  fileprivate init(folds: [UInt8?], copies: Int, count: Int, digest: String) {
    self.digest = digest
    self.folds = folds
    self.copies = copies
    self.count = count
  }

  /// Number of parts that have examples.
  package var used: Int { Set(folds.compactMap { $0 }).count }

  /// The part of a row, from 0; nil for one that was left out.
  package func fold(of row: Int) -> Int? { folds.indices.contains(row) ? folds[row].map(Int.init) : nil }
}

extension Examples {
  /// Reads all examples and shares them out.
  ///
  /// - Parameters:
  ///   - folds: Number of parts, 2 to ``FoldAssignment/most``.
  ///   - seed: Another seed gives other parts.
  ///   - group: What a row belongs to, beside the copies of its text; nil where that is nothing.
  /// - Throws: What reading throws.
  package func assigned(
    toFolds folds: Int, seed: UInt64, group: (_ row: Int) -> String? = { _ in nil }
  ) throws -> FoldAssignment {
    precondition((2...FoldAssignment.most).contains(folds), "a number of folds that is allowed")
    var units = RecordUnits(together: .similar)
    var labels = LabelNumbers()
    var rows: [Int] = []
    var digest = RunningSHA256()
    try forEach { example, _, row in
      units.add(example.comparedText, group: group(row))
      labels.append(example.comparedLabel)
      digest.add(example.comparedText)
      digest.add(example.comparedLabel ?? "")
      rows.append(row)
    }
    let parts = groupedSplit(
      labels: labels.areAnyScores(folds: folds) ? rows.map { _ in 0 } : labels.numbers, units: units.units(),
      shares: Array(repeating: 1, count: folds), seed: seed)
    var all = [UInt8?](repeating: nil, count: (rows.max() ?? 0) + 1)
    for (row, part) in zip(rows, parts) { all[row] = part }
    return FoldAssignment(folds: all, copies: units.copies, count: rows.count, digest: digest.hexDigest)
  }
}

extension LabelNumbers {
  /// Whether the labels are scores of which most are too rare for each part to get some: there is no mixture of them to keep.
  fileprivate func areAnyScores(folds: Int) -> Bool {
    names.count * 2 * folds > numbers.count && names.allSatisfy { ScoreText.value($0) != nil }
  }
}

extension TrainingExample {
  /// The text by which copies are found.
  fileprivate var comparedText: String {
    switch self {
    case let text as LabeledText: text.text
    case let pair as TextPair: pair.first + "\n" + pair.second
    case let sentence as TaggedSentence: sentence.tokens.map(\.text).joined(separator: " ")
    default: self as? String ?? ""
    }
  }

  /// The label whose mixture is kept; nil where there is none.
  fileprivate var comparedLabel: String? {
    switch self {
    case let text as LabeledText: text.shownLabels
    case let pair as TextPair: pair.label
    default: nil
    }
  }
}
