/// What stands between two fields of a table.
public struct FieldSeparator: Hashable, Codable, Sendable {
  /// The character, which is in ASCII.
  public let byte: UInt8

  /// A comma.
  public static let comma = FieldSeparator(byte: UInt8(ascii: ","))
  /// A tab.
  public static let tab = FieldSeparator(byte: UInt8(ascii: "\t"))
  /// A semicolon, as spreadsheets write it where the comma stands in numbers.
  public static let semicolon = FieldSeparator(byte: UInt8(ascii: ";"))
  /// A vertical bar.
  public static let bar = FieldSeparator(byte: UInt8(ascii: "|"))

  /// Those that are recognized. Where two would do, the first counts: a tab hardly ever stands in a text, a comma often.
  static let known = [tab, semicolon, bar, comma]

  private init(byte: UInt8) { self.byte = byte }

  /// As written on a command line: `comma`, `tab`, `semicolon`, `bar`, or any one character of ASCII but letters, digits,
  /// quotes and line ends; nil for all else.
  public init?(argument: String) {
    if let named = Self.names[argument.lowercased()] {
      self = named
      return
    }
    let bytes = Array((argument == "\\t" ? "\t" : argument).utf8)
    guard bytes.count == 1, bytes[0] < 0x7F, bytes[0] == 0x09 || bytes[0] >= 0x20 else { return nil }
    let character = Character(Unicode.Scalar(bytes[0]))
    guard !character.isLetter, !character.isNumber, !"\"'".contains(character) else { return nil }
    self.init(byte: bytes[0])
  }

  private static let names = ["comma": comma, "tab": tab, "semicolon": semicolon, "bar": bar, "pipe": bar]

  /// What messages call several of them.
  var plural: String {
    switch self {
    case .comma: "commas"
    case .tab: "tabs"
    case .semicolon: "semicolons"
    case .bar: "bars"
    default: "'\(Character(Unicode.Scalar(byte)))'"
    }
  }
}

/// How a table is written.
struct TableDialect: Hashable {
  /// What stands between two fields.
  var separator: FieldSeparator
  /// What fields may be enclosed in, such as `"`; nil where quotes are characters like others.
  var quote: UInt8?
  /// Whether the first line says the separator, as `sep=;` does, and is no record.
  var hasSeparatorLine = false

  /// Comma-separated fields with quotes (RFC 4180).
  static let csv = TableDialect(separator: .comma, quote: UInt8(ascii: "\""))
  /// Tab-separated fields without quotes.
  static let tsv = TableDialect(separator: .tab, quote: nil)

  /// The format that messages and options speak of.
  var format: DataFormat { separator == .tab ? .tsv : .csv }

  /// The format with what is unusual about it, such as `csv with semicolons` or `tsv with quotes`.
  var summary: String {
    var unusual: [String] = []
    if separator != .comma, separator != .tab { unusual.append(separator.plural) }
    if separator == .tab, quote != nil { unusual.append("quotes") }
    if quote == UInt8(ascii: "'") { unusual.append("single quotes") }
    return format.rawValue + (unusual.isEmpty ? "" : " with " + unusual.joined(separator: " and "))
  }

  /// What to do about a record with another number of fields than the others.
  var raggedAdvice: String {
    quote == nil ? "remove or add \(separator.plural)" : "quote fields that contain \(separator.plural)"
  }
}
