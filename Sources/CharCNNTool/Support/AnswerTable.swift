#if Tool
internal import CharCNN
internal import CharCNNFiles
import CharCNNStorage
import CharCNNText

/// A file with a row for each answer: a table with commas or tabs, or JSON objects.
final class AnswerTable {
  /// How it is written, by the ending of its name.
  enum Format: String {
    case csv, tsv, jsonl

    init?(path: String) {
      guard let dot = path.lastIndex(of: ".") else { return nil }
      self.init(rawValue: path[path.index(after: dot)...].lowercased())
    }
  }

  /// A cell.
  enum Cell {
    case integer(Int)
    case number(Double)
    /// A number as it is to be written.
    case decimal(String)
    case text(String)
    /// Several of them: a list in objects, joined in tables.
    indirect case list([Cell], separator: String)
    /// That there is no answer: a word in tables, null in objects.
    case none(String)
  }

  /// Bytes that are written at once.
  private static let piece = 1 << 16

  private let format: Format
  private let columns: [String]
  private let stream: AtomicStream
  private var bytes: [UInt8] = []

  /// Opens the file, beside which nothing is seen until it is finished.
  init(_ path: String, columns: [String], overwrite: Bool) throws {
    format = Format(path: path) ?? .tsv
    self.columns = columns
    stream = try AtomicStream(path, overwrite: overwrite)
    Interrupt.removeFileWhenKilled(stream.temporary)
    if format != .jsonl { add(columns.map { .text($0) }) }
  }

  /// Adds a row.
  func append(_ cells: [Cell]) throws {
    if format == .jsonl {
      let members = zip(columns, cells).map { "\(JSONText.quoted($0)):\(Self.json($1))" }
      bytes += "{\(members.joined(separator: ","))}\n".utf8
    } else {
      add(cells)
    }
    if bytes.count >= Self.piece { try flush() }
  }

  /// Completes the file and gives it its name.
  func finish() throws {
    try flush()
    try stream.commit()
    Interrupt.removeFileWhenKilled(nil)
  }

  private func flush() throws {
    try stream.write(bytes)
    bytes.removeAll(keepingCapacity: true)
  }

  private func add(_ cells: [Cell]) {
    let separator = format == .csv ? "," : "\t"
    bytes +=
      (cells.map { TableField.written(Self.text($0), isCSV: format == .csv) }.joined(separator: separator) + "\n").utf8
  }

  private static func text(_ cell: Cell) -> String {
    switch cell {
    case .integer(let number): String(number)
    // Single precision has no more digits worth writing.
    case .number(let number): "\(Decimals.toMillionths(number))"
    case .text(let text), .decimal(let text), .none(let text): text
    case .list(let cells, let separator): cells.map(self.text).joined(separator: separator)
    }
  }

  private static func json(_ cell: Cell) -> String {
    switch cell {
    case .text(let text): JSONText.quoted(text)
    case .list(let cells, _): "[\(cells.map(json).joined(separator: ","))]"
    case .none: "null"
    case .integer, .number, .decimal: text(cell)
    }
  }
}
#endif
