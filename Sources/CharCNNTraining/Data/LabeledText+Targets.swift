package import CharCNNFiles
package import CharCNNText

extension LabeledText {
  /// Soft label and weight as they count for the digest of a text; nil where there are none, also where one label has the whole share.
  var targetText: String? {
    let shares = (shares ?? [:]).filter { $0.value > 0 }.sorted { $0.key < $1.key }
    guard shares.count > 1 || weight != nil else { return nil }
    return shares.map { "\($0.key)=\($0.value)" }.joined(separator: "\u{0}") + "*\(weight ?? 1)"
  }
}

extension RunningSHA256 {
  /// Adds a text with its labels as they are learned from or measured with.
  ///
  /// - Parameter hasSeveral: Whether all labels count, or the first.
  package mutating func add(_ example: LabeledText, hasSeveral: Bool) {
    add(example.text)
    for label in hasSeveral ? example.labels ?? [] : [example.label ?? ""] { add(label) }
    if let targets = example.targetText { add(targets) }
  }
}
