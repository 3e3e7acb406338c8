/// Labels and tags by what a reader sees of them: two that look alike are one.
package enum VisibleText {
  /// The text without white space and control characters at its ends, and without characters that have no width: zero-width
  /// spaces, byte order marks, soft hyphens, marks of direction. Joiners stay inside, where they change how letters look, and
  /// a space that must not break is a space.
  ///
  /// - Returns: The text; empty where there is nothing to see.
  package static func of(_ text: String) -> String {
    if isPlain(text) { return text }
    var scalars = text.unicodeScalars.filter { !isInvisible($0) }[...]
    while let first = scalars.first, isBlank(first) { scalars.removeFirst() }
    while let last = scalars.last, isBlank(last) { scalars.removeLast() }
    return String(String.UnicodeScalarView(scalars.map { $0.value == 0xA0 || $0.value == 0x202F ? " " : $0 }))
  }

  /// Letters, digits and signs of ASCII, without a blank at an end: most labels.
  private static func isPlain(_ text: String) -> Bool {
    let utf8 = text.utf8
    guard let first = utf8.first, let last = utf8.last, first > 0x20, last > 0x20 else { return text.isEmpty }
    return utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
  }

  /// Whether a scalar has no width and changes nothing of its neighbors; joiners do.
  package static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0xAD, 0x61C, 0x180E, 0x200B, 0x200E, 0x200F, 0x202A...0x202E, 0x2060...0x2064, 0x2066...0x206F, 0xFEFF: true
    default: false
    }
  }

  /// All of these.
  package static let invisible = (UInt32(0xAD)...0xFEFF).compactMap(Unicode.Scalar.init).filter(isInvisible)

  private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value == 0x200C || scalar.value == 0x200D { return true }
    return scalar.properties.isWhitespace || scalar.properties.generalCategory == .control
  }
}
