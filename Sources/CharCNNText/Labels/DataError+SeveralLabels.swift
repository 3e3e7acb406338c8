extension DataError {
  /// What may stand between labels that were written into one.
  private static let separators = [",", "|", ";"]

  /// The question whether a label such as "pos,neg" is two, where both are labels of other texts; nil where nothing looks so.
  ///
  /// - Parameters:
  ///   - counts: How often each label occurs.
  ///   - texts: What has them.
  package static func severalInOne(_ counts: [String: Int], of texts: Examples<LabeledText>) -> DataError? {
    for separator in separators {
      let joined = counts.keys.filter { label in
        guard label.contains(separator) else { return false }
        let parts = label.split(separator: separator).compactMap { Label.seen(String($0)) }
        return parts.count > 1 && parts.allSatisfy { $0 != label && counts[$0] != nil }
      }.sorted()
      guard let first = joined.first else { continue }
      let records = joined.reduce(0) { $0 + (counts[$1] ?? 0) }
      return DataError(
        .ambiguousLabel, path: texts.name,
        problem: "\"\(first)\" looks like several labels of one text"
          + (joined.count > 1 ? ", as \(joined.count - 1) others do" : "")
          + " (\(records == 1 ? "1 text" : "\(records) texts"))",
        advice: texts.isInMemory
          ? "give LabeledText a list of labels, or take it for a label by itself with `labels=one`"
          : "say what stands between labels with `labelSeparator=\(separator)`, or take it for a label by itself with `labels=one`"
      )
    }
    return nil
  }
}
