import CharCNNText

/// What of a text its language is judged by: as much as the model reads, without addresses of the web and of mail, mentions
/// and hashtags, which are in no language.
struct JudgedText {
  /// The text that is judged.
  let text: String
  /// Whether the text has more than the model reads.
  let wasCut: Bool

  init(_ whole: String, _ encoder: TextEncoder) {
    wasCut = encoder.cuts(whole)
    var read = whole
    if wasCut {
      let end = encoder.encodeWithRanges(whole).ranges.last?.upperBound ?? 0
      read = String(whole[..<whole.utf8.index(whole.startIndex, offsetBy: end)])
    }
    text = Self.withoutAddresses(read)
  }

  /// The text with a space in the place of each address, mention and hashtag.
  static func withoutAddresses(_ text: String) -> String {
    let ranges = addresses(in: text)
    if ranges.isEmpty { return text }
    var (result, place) = ("", text.startIndex)
    for range in ranges {
      result += text[place..<range.lowerBound]
      result += " "
      place = range.upperBound
    }
    return result + text[place...]
  }

  /// Where the addresses, mentions and hashtags of a text are, in order.
  static func addresses(in text: String) -> [Range<String.Index>] {
    // Most texts have none of the signs that one needs.
    guard text.utf8.contains(where: { $0 == 0x40 || $0 == 0x23 || $0 == 0x2F || $0 == 0x2E }) else { return [] }
    let scalars = text.unicodeScalars
    var ranges: [Range<String.Index>] = []
    var place = scalars.startIndex
    var before: Unicode.Scalar?
    while place < scalars.endIndex {
      if !(before.map(isInside) ?? false), let end = end(ofAddressAt: place, in: scalars) {
        ranges.append(place..<end)
        before = scalars[scalars.index(before: end)]
        place = end
      } else {
        before = scalars[place]
        place = scalars.index(after: place)
      }
    }
    return ranges
  }

  /// Signs in which no address begins: `C#` is no hashtag. Scripts without spaces may stand right before one.
  private static func isInside(_ scalar: Unicode.Scalar) -> Bool { isWord(scalar) && scalar.isASCII }

  private static func end(ofAddressAt start: String.Index, in scalars: String.UnicodeScalarView) -> String.Index? {
    let rest = scalars[start...]
    switch scalars[start] {
    case "@", "#":
      let name = scalars[scalars.index(after: start)...].prefix { isWord($0) }
      guard let first = name.first, !name.isEmpty, scalars[start] == "#" || first.isASCII else { return nil }
      return name.endIndex
    case let first where first.isASCII && isWord(first):
      let word = rest.prefix { $0.isASCII && !$0.properties.isWhitespace && $0.value > 0x20 }
      return isURL(word) || isMail(word) ? trimmed(word) : nil
    default: return nil
    }
  }

  private static func isURL(_ word: Substring.UnicodeScalarView) -> Bool {
    let scheme = word.prefix { isWord($0) }
    if word[scheme.endIndex...].starts(with: "://".unicodeScalars) { return true }
    return word.prefix(4).elementsEqual("www.".unicodeScalars)
  }

  /// A name, an at sign, and a name with a dot.
  private static func isMail(_ word: Substring.UnicodeScalarView) -> Bool {
    guard let sign = word.firstIndex(of: "@"), sign > word.startIndex else { return false }
    let domain = word[word.index(after: sign)...].prefix { isWord($0) || $0 == "." || $0 == "-" }
    guard let dot = domain.firstIndex(of: "."), dot > domain.startIndex else { return false }
    return domain.index(after: dot) < domain.endIndex
      && word[..<sign].allSatisfy { isWord($0) || ".+-%".unicodeScalars.contains($0) }
  }

  /// Without the marks that end the sentence or the bracket which the address stands in.
  private static func trimmed(_ word: Substring.UnicodeScalarView) -> String.Index {
    var word = word
    while let last = word.last, word.count > 1, ".,;:!?)]}>\"'".unicodeScalars.contains(last) { word.removeLast() }
    return word.endIndex
  }

  private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "_" || scalar.properties.isAlphabetic || scalar.properties.numericType != nil
  }
}
