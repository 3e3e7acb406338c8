import CharCNNToolkit

/// The options that the first bytes of an input choose.
struct DataChoice {
  /// Number of those bytes.
  static let count = 3

  /// A number to choose a file name by.
  let number: Int
  private let bytes: [UInt8]

  /// Nil for an input that is too short.
  init?(_ input: [UInt8]) {
    guard input.count >= Self.count else { return nil }
    bytes = Array(input.prefix(Self.count))
    number = Int(bytes[2] >> 6)
  }

  /// The options, with one of these formats.
  func options(_ formats: [DataFormat?]) -> DataOptions {
    let (first, second, third) = (Int(bytes[0]), Int(bytes[1]), Int(bytes[2]))
    let columns: [ColumnSelector?] = [nil, .name("text"), .index(2), .joined([.name("title"), .index(2)])]
    return DataOptions(
      format: formats[(first >> 2) % formats.count], separator: Self.separators[second & 15],
      header: [nil, nil, true, false][first >> 4 & 3], encoding: Self.encodings[second >> 4 & 7],
      text: columns[third & 3], label: [nil, nil, .name("label"), .index(1)][third >> 2 & 3],
      trained: third & 16 == 0 ? nil : DataColumns(text: ["title", "body"], second: "text2", label: "label"),
      needsLabels: first & 1 == 0, needsScores: first & 64 != 0, skipsInvalid: first & 2 != 0)
  }

  /// More than half of them leave the separator to be recognized.
  private static let separators: [FieldSeparator?] = {
    let unusual = [" ", ":", "~"].map { FieldSeparator(argument: $0) }
    let usual: [FieldSeparator?] = [nil, .comma, .tab, .semicolon, .bar]
    return usual + unusual + Array(repeating: nil, count: 8)
  }()

  private static let encodings: [FileEncoding?] = [
    nil, .utf8, .utf16, .utf16LittleEndian, .utf16BigEndian, .latin1, FileEncoding(name: "gb18030"),
    FileEncoding(name: "shift_jis"),
  ]

  /// First bytes that choose each format, each separator and some columns.
  static func samples(formats: UInt8) -> [[UInt8]] {
    var samples: [[UInt8]] = []
    for format in 0..<formats {
      for number: UInt8 in 0..<6 {
        let first: UInt8 = format << 2 | (number & 3)
        let third: UInt8 = number << 2 | (number & 1)
        samples.append([first, number, third])
      }
    }
    return samples
  }
}
