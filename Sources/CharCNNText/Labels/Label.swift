/// Labels as people read and compare them.
package enum Label {
  /// A label without what nobody sees; nil where nothing is left.
  package static func seen(_ label: String) -> String? {
    let text = VisibleText.of(label)
    return text.isEmpty ? nil : text
  }

  /// A label that is meant to be read by people: in quotes where something in it, such as a blank at an end, is hard to see.
  package static func quoted(_ label: String) -> String {
    let isPlain = !label.isEmpty && VisibleText.of(label) == label && !label.contains("  ")
    return isPlain ? label : "\"\(label)\""
  }

  /// What of two labels that differ only in case, blanks, hyphens and underscores, or in how a number is written, is the
  /// same.
  package static func likeness(_ label: String) -> String {
    if let number = Double(label), number.isFinite { return "number \(number)" }
    return ColumnNames.simplified(label)
  }

  /// Groups of labels that differ only so, the more frequent first.
  ///
  /// - Parameter counts: How often each label occurs.
  package static func lookalikes(_ counts: [String: Int]) -> [[String]] {
    Dictionary(grouping: counts.keys, by: likeness).values.filter { $0.count > 1 }
      .map { $0.sorted { (counts[$1] ?? 0, $0) < (counts[$0] ?? 0, $1) } }
      .sorted { $0[0] < $1[0] }
  }
}
