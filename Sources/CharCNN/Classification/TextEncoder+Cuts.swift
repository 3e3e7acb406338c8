import CharCNNText

extension TextEncoder {
  /// No byte of UTF-8 becomes more characters, whatever the normalization: of NFKC, 18 from a letter of three bytes, each of
  /// which may become three with its case folded.
  private static let mostPerByte = 18

  /// Whether a text has more characters than are read.
  func cuts(_ text: String) -> Bool {
    let count = text.utf8.count
    if count <= settings.maximumLength / Self.mostPerByte { return false }
    // ASCII becomes no more than it is.
    if count <= settings.maximumLength, text.utf8.allSatisfy({ $0 < 0x80 }) { return false }
    var indices: [Int32] = []
    return encode(text, into: &indices).wasCut
  }
}

extension TextClassifier {
  /// Whether a text is longer than what the network reads, or its n-grams, so that some part judges it by the beginning alone.
  public func cuts(_ text: String) -> Bool { encoder.limited(to: lengths.shortest).cuts(text) }
}

extension TextMatcher {
  /// Whether a text is longer than what the model reads, so that its answer comes from the beginning alone.
  public func cuts(_ text: String) -> Bool { encoder.cuts(text) }
}
