import CharCNNText

extension LabeledText {
  /// Soft label and weight as they count for the digest of a text; nil where there are none, also where one label has the whole share.
  var targetText: String? {
    let shares = (shares ?? [:]).filter { $0.value > 0 }.sorted { $0.key < $1.key }
    guard shares.count > 1 || weight != nil else { return nil }
    return shares.map { "\($0.key)=\($0.value)" }.joined(separator: "\u{0}") + "*\(weight ?? 1)"
  }
}
