import CharCNNText

/// The units of a text as something to look at: spaces and line breaks as symbols, what has no picture of its own as
/// its number. No label can break a line, join its neighbour or change the direction of writing.
struct VisibleUnits {
  let labels: [String]

  init(_ text: String, encoded: EncodedText, encoder: TextEncoder) {
    let bytes = Array(text.utf8)
    labels = zip(encoded.indices, encoded.ranges).map { index, range in
      let unit = encoder.alphabet.unit(at: index) ?? String(decoding: bytes[range], as: UTF8.self)
      return Self.label(unit, isByte: encoder.settings.unit == .byte)
    }
  }

  static func label(_ unit: String, isByte: Bool = false) -> String {
    let scalars = unit.unicodeScalars
    guard let first = scalars.first else { return "?" }
    if isByte, first.value >= 0x80 { return "0x" + String(first.value, radix: 16, uppercase: true) }
    if unit == "\r\n" { return "␍␊" }
    if scalars.count == 1, first.value <= 0x20, let picture = Unicode.Scalar(0x2400 + first.value) {
      return first == " " ? "␣" : String(Character(picture))
    }
    if scalars.allSatisfy({ !hasPicture($0) }) {
      return scalars.map { "U+" + hexadecimal($0.value) }.joined(separator: " ")
    }
    return unit
  }

  private static func hasPicture(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator, .nonspacingMark, .enclosingMark,
      .spacingMark, .unassigned, .privateUse, .surrogate:
      false
    default: true
    }
  }

  private static func hexadecimal(_ value: UInt32) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(4 - digits.count, 0)) + digits
  }
}
