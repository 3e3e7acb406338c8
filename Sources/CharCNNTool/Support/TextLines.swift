internal import CharCNN

/// Texts, one a line, of a file or of standard input, in pieces.
struct TextLines {
  /// The file; nil for standard input.
  let path: String?

  /// Texts of a piece.
  private static let piece = 2_048

  /// Hands the texts to `body`; those of standard input as they come.
  func forEachPiece(_ body: ([String]) throws -> Void) throws {
    guard let path else {
      var reader = LineReader(descriptor: 0)
      while let lines = try reader.next() { try body(lines) }
      return
    }
    let source = try LabeledTextSource(path: path, options: DataOptions(format: .lines, needsLabels: false))
    var lines: [String] = []
    try source.forEachRecord { record, _ in
      lines.append(record.text)
      if lines.count == Self.piece {
        try body(lines)
        lines.removeAll(keepingCapacity: true)
      }
    }
    if !lines.isEmpty { try body(lines) }
  }
}
