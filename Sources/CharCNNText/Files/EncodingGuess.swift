/// Which encodings bytes could be in that are not UTF-8.
package struct EncodingGuess {
  /// Names of the encodings that have all the bytes, the likeliest first.
  package let fitting: [String]

  /// Bytes that are looked at.
  private static let sample = 1 << 16

  /// Candidates in the order in which they are named where several fit equally well.
  private static let candidates = [
    "gb18030", "shift_jis", "cp932", "euc-jp", "big5", "euc-kr", "windows-1252", "windows-1250", "windows-1254",
    "windows-1251", "koi8-r", "windows-1253", "windows-1255", "windows-1256", "windows-874",
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
      // What Windows calls Shift_JIS has some characters more; it is named where they are needed.
      if name == "cp932", scored.contains(where: { $0.name == "shift_jis" }) { continue }
      guard let converter = IconvConverter(name) else { continue }
      var text: [UInt8] = []
      guard converter.convert(sample, { text.append(contentsOf: $0) }) == nil else { continue }
      scored.append((name, Self.plausibility(String(decoding: text, as: UTF8.self))))
    }
    let best = scored.map(\.share).max() ?? 0
    fitting = scored.filter { $0.share > 0 && $0.share >= best - 0.1 }.sorted { $0.share > $1.share }.map(\.name)
  }

  /// The share of what is not ASCII that stands as in texts: letters among letters of their kind, signs such as £ and °
  /// among ASCII; control characters and private ones count against.
  private static func plausibility(_ text: String) -> Double {
    let scalars = Array(text.unicodeScalars)
    var (good, all) = (0.0, 0.0)
    var (ideographs, hangul, thai, consonants) = (0, 0, 0, 0)
    for (place, scalar) in scalars.enumerated() where scalar.value >= 0x80 {
      all += 1
      let before = place > 0 ? scalars[place - 1] : " "
      let after = place + 1 < scalars.count ? scalars[place + 1] : " "
      good += plausibility(of: scalar, after: before, before: after)
      switch scalar.value {
      case 0x4E00...0x9FFF: ideographs += 1
      case 0xAC00...0xD7A3: hangul += 1
      case 0x0E01...0x0E2E: consonants += 1
      case 0x0E2F...0x0E5B: thai += 1
      default: break
      }
    }
    guard all > 0 else { return 0 }
    // Korean hardly ever has Chinese characters today; Chinese that is read as Korean has.
    if hangul > 0 { good *= ideographs * 20 <= hangul ? 1.2 : 0.7 }
    // Half of Thai is consonants; other letters become its vowels and digits.
    if thai + consonants > 0, consonants * 10 < (thai + consonants) * 4 { good *= 0.3 }
    return good / all
  }

  private static func plausibility(
    of scalar: Unicode.Scalar, after: Unicode.Scalar, before: Unicode.Scalar
  ) -> Double {
    func isASCII(_ scalar: Unicode.Scalar) -> Bool { scalar.value < 0x80 }
    func isLatin(_ scalar: Unicode.Scalar) -> Bool { isASCII(scalar) && scalar.properties.isAlphabetic }
    func isAccented(_ scalar: Unicode.Scalar) -> Bool { (0xC0...0x17F).contains(scalar.value) }
    let isSingle = isASCII(after) && isASCII(before)
    let isAmongLatin = isLatin(after) || isLatin(before)
    switch scalar.value {
    // Full-width punctuation, and signs of Japanese such as ① and ㈱.
    case 0x3000...0x3002, 0xFF01...0xFF5E, 0x2460...0x24FF, 0x3200...0x33FF: return 1
    // Quotes, dashes and the like stand in texts of every kind.
    case 0x2010...0x2026, 0x20AC, 0x2116, 0x2122: return isASCII(after) || isASCII(before) ? 1 : 0.7
    // Hiragana: no other text that is read as Japanese has it.
    case 0x3041...0x309F: return isAmongLatin ? 0.5 : 1.3
    // Chinese characters, katakana and Hangul do not stand singly among Latin letters and digits.
    case 0x4E00...0x9FFF, 0x30A0...0x30FF, 0xAC00...0xD7A3:
      return isLatin(after) || isSingle && (isLatin(before) || after.isDigit) ? 0.3 : 1
    // A capital letter of Cyrillic or Greek does not follow a small one.
    case 0x0401, 0x0410...0x042F, 0x0391...0x03A9:
      return after.properties.isLowercase || isAmongLatin || isSingle ? 0.3 : 1
    case 0x0430...0x045F, 0x03AC...0x03CE, 0x05D0...0x05EA, 0x0620...0x0652, 0x0E01...0x0E3A, 0x0E40...0x0E4E:
      return isAmongLatin || isSingle ? 0.3 : 1
    // Latin letters with accents stand among others without.
    case 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x17F:
      return isAmongLatin ? 1 : isAccented(after) || isAccented(before) ? 0.6 : isASCII(after) ? 0.4 : 0
    // Signs of Western Europe, such as £, ©, °, and the blank that keeps words together.
    case 0xA0...0xBF: return isSingle ? 0.8 : 0
    case 0x80..<0xA0, 0xE000...0xF8FF: return -1
    default: return 0
    }
  }

  /// What to do about the bytes.
  ///
  /// - Parameter isStream: Whether they are lines of a stream, whose encoding no option says.
  package func advice(isStream: Bool = false) -> String {
    let names = fitting.prefix(5).joined(separator: " or ")
    if isStream {
      return fitting.isEmpty
        ? "convert the text to UTF-8" : "it could be \(names): convert it, iconv -f \(fitting[0]) -t UTF-8"
    }
    if fitting.isEmpty { return "convert the file to UTF-8, or say its encoding with `encoding`" }
    return "it could be \(names): say which with `encoding`, or convert the file to UTF-8"
  }
}

extension Unicode.Scalar {
  fileprivate var isDigit: Bool { ("0"..."9").contains(self) }
}
