#if Tool
internal import CharCNN
internal import CharCNNFiles
import CharCNNText

/// Texts, one a line, of a file or of standard input, in pieces. Blank lines are texts too, so that every text keeps the
/// number of its line.
struct TextLines {
  /// The file; nil for standard input.
  let path: String?

  /// Hands the texts to `body`; those of standard input as they come.
  func forEachPiece(_ body: ([String]) throws -> Void) throws {
    guard let path else { return try Self.read(LineReader(), body) }
    // What is no file of text is refused as every file of data is.
    _ = try PlainText(path: path)
    let descriptor = open(path, O_RDONLY)
    guard descriptor >= 0 else {
      throw Failure(.noInput, "\(path): \(SystemError.last.reason); check that it may be read")
    }
    defer { close(descriptor) }
    try Self.read(LineReader(descriptor: descriptor, name: path), body)
  }

  private static func read(_ reader: LineReader, _ body: ([String]) throws -> Void) throws {
    var reader = reader
    while let lines = try reader.next() { try body(lines) }
  }
}
#endif
