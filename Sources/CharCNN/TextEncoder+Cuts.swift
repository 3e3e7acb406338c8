extension TextEncoder {
  /// No byte of UTF-8 becomes more characters, whatever the normalization: of NFKC, 18 from a letter of three bytes, each of
  /// which may become three with its case folded.
  private static let mostPerByte = 18

  /// Whether a text has more characters than are read.
  func cuts(_ text: String) -> Bool {
    if text.utf8.count <= settings.maximumLength / Self.mostPerByte { return false }
    var indices: [Int32] = []
    return encode(text, into: &indices).wasCut
  }
}

extension TextClassifier {
  /// Whether a text is longer than what the model reads, so that its answer comes from the beginning alone.
  public func cuts(_ text: String) -> Bool { encoder.cuts(text) }
}

extension TextMatcher {
  /// Whether a text is longer than what the model reads, so that its answer comes from the beginning alone.
  public func cuts(_ text: String) -> Bool { encoder.cuts(text) }
}
