/// Which encodings bytes could be in that are not UTF-8.
package struct EncodingGuess {
  /// Names of the encodings that have all the bytes, the likeliest first.
  package let fitting: [String]

  /// Bytes that are looked at.
  private static let sample = 1 << 16

  /// Candidates in the order in which they are named where several fit, with what letters of them look like.
  private static let candidates = [
    "gb18030", "shift_jis", "euc-jp", "big5", "euc-kr", "windows-1251", "koi8-r", "windows-1252", "windows-1250",
  ]

  /// Looks at the lines around the first bytes that are not UTF-8.
  package init(_ bytes: UnsafeBufferPointer<UInt8>) {
    let raw = UnsafeRawBufferPointer(bytes)
    let fault = UTF8Scan.firstInvalid(in: UnsafeRawBufferPointer(rebasing: raw.prefix(1 << 24))) ?? 0
    var start = fault
    while start > 0, bytes[start - 1] != 0x0A { start -= 1 }
    var end = min(start + Self.sample, bytes.count)
    if end < bytes.count {
      // A character at the end of the sample must not be cut.
      while end > fault, bytes[end - 1] != 0x0A { end -= 1 }
      if end == fault { end = min(start + Self.sample, bytes.count) }
    }
    let sample = UnsafeBufferPointer(rebasing: bytes[start..<end])
    var scored: [(name: String, share: Double)] = []
    for name in Self.candidates {
      guard let converter = IconvConverter(name) else { continue }
      var text: [UInt8] = []
      guard converter.convert(sample, { text.append(contentsOf: $0) }) == nil else { continue }
      scored.append((name, Self.plausibility(String(decoding: text, as: UTF8.self))))
    }
    let best = scored.map(\.share).max() ?? 0
    fitting = scored.filter { $0.share > 0 && $0.share >= best - 0.1 }.sorted { $0.share > $1.share }.map(\.name)
  }

  /// The share of what is not ASCII that is a letter, or a mark of writing, as texts have them; control characters and
  /// private ones count against.
  private static func plausibility(_ text: String) -> Double {
    var (good, all) = (0.0, 0.0)
    var (isAfterASCII, isAfterLetter) = (true, false)
    for scalar in text.unicodeScalars {
      defer {
        (isAfterASCII, isAfterLetter) = (scalar.value < 0x80, scalar.value < 0x80 && scalar.properties.isAlphabetic)
      }
      if scalar.value < 0x80 { continue }
      all += 1
      switch scalar.value {
      // Full-width punctuation.
      case 0x3000...0x3002, 0xFF01...0xFF5E, 0x2010...0x2026: good += 1
      // Common Chinese characters, kana, Hangul and Cyrillic letters do not stand singly in words of Latin letters.
      case 0x4E00...0x9FFF, 0x3040...0x30FF, 0xAC00...0xD7A3, 0x0410...0x044F: good += isAfterLetter ? 0.3 : 1
      // Latin letters with accents stand among others without.
      case 0xC0...0x17F: good += isAfterASCII ? 1 : 0
      case 0x80..<0xA0, 0xE000...0xF8FF: good -= 1
      default: break
      }
    }
    return all > 0 ? good / all : 0
  }

  /// What to do about the bytes.
  ///
  /// - Parameter isStream: Whether they are lines of a stream, whose encoding no option says.
  package func advice(isStream: Bool = false) -> String {
    let names = fitting.prefix(4).joined(separator: " or ")
    if isStream {
      return fitting.isEmpty
        ? "convert the text to UTF-8" : "it could be \(names): convert it, iconv -f \(fitting[0]) -t UTF-8"
    }
    if fitting.isEmpty { return "convert the file to UTF-8, or say its encoding with --encoding" }
    return "it could be \(names): say which with --encoding, or convert the file to UTF-8"
  }
}
