internal import CharCNNFiles

/// Running text, read in pieces of some kilobytes, in any order and as often as needed: for files larger than memory, and
/// for texts in memory. A file is mapped; a piece becomes a string when it is asked for.
public struct PlainText: Sendable {
  private enum Content {
    case file(MappedFile)
    case memory([UInt8])
  }

  /// The file, or what errors call the text.
  public let path: String
  private let content: Content
  /// Where each piece begins, and where the last one ends, in bytes.
  private let bounds: [Int]

  /// Bytes of a piece at least, but for the last one. It ends with the line that holds the last of them, so that no
  /// character that Unicode composes of several scalars is cut in two.
  private static let least = 4_096
  /// Bytes of a piece at most, where no line ends.
  private static let most = 1 << 16

  /// Opens a file and looks where its lines end.
  ///
  /// - Throws: `DataError` where it is missing, empty, compressed or in UTF-16. What is not UTF-8 is found when the piece
  ///   is read.
  public init(path: String) throws(DataError) {
    self.path = path
    let file = try MappedFile(path: path)
    content = .file(file)
    bounds = try file.withBytes { bytes throws(DataError) in
      let bytes = ScannedFile(bytes: bytes, path: path)
      try bytes.checkEncoding()
      return Self.bounds(of: bytes)
    }
  }

  /// A text in memory.
  ///
  /// - Parameters:
  ///   - text: The text; an empty one has no pieces. A byte order mark at its beginning is no part of it, as in a file.
  ///   - name: What errors call it.
  package init(_ text: String, name: String) {
    path = name
    let bytes = Array(text.utf8)
    content = .memory(bytes)
    bounds = bytes.withUnsafeBufferPointer { Self.bounds(of: ScannedFile(bytes: $0, path: name)) }
  }

  private static func bounds(of bytes: ScannedFile) -> [Int] {
    var bounds = [bytes.textStart]
    while let start = bounds.last, start < bytes.count { bounds.append(end(of: start, in: bytes)) }
    return bounds
  }

  private static func end(of start: Int, in bytes: ScannedFile) -> Int {
    let limit = min(start + most, bytes.count)
    let line = bytes.find(0x0A, from: min(start + least, limit), to: limit)
    if line < limit { return line + 1 }
    if limit == bytes.count { return limit }
    // Back to the beginning of a scalar.
    var end = limit
    while end > start + 1, bytes[end] & 0xC0 == 0x80 { end -= 1 }
    return end
  }

  /// Number of pieces; a file that is nothing but a byte order mark has none.
  public var count: Int { bounds.count - 1 }

  /// A piece as text.
  ///
  /// - Throws: `DataError` with line and column for bytes that are not UTF-8, and for a file that has
  ///   been written to since it was opened.
  public func piece(_ number: Int) throws(DataError) -> String {
    switch content {
    case .memory(let bytes): return String(decoding: bytes[bounds[number]..<bounds[number + 1]], as: UTF8.self)
    case .file(let file):
      try file.checkLength()
      try file.checkUnchanged()
      return try file.withBytes { bytes throws(DataError) in
        try ScannedFile(bytes: bytes, path: path).string(bounds[number], bounds[number + 1], recordStart: 0, line: 1)
      }
    }
  }

  /// The files that paths stand for: files themselves, and what lies in folders and their folders.
  ///
  /// Of folders, hidden files, files without a text and what file managers and editors leave behind are left out; ``found(in:)``
  /// tells them too.
  ///
  /// - Throws: `DataError` for a folder without files, or with names that are not UTF-8.
  public static func files(_ paths: [String]) throws(DataError) -> [String] { try found(in: paths).files }

  /// The files that paths stand for, and a note for each kind of file that was left out.
  ///
  /// - Throws: As ``files(_:)``.
  public static func found(in paths: [String]) throws(DataError) -> (files: [String], notes: [String]) {
    var files: [String] = []
    var notes: [String] = []
    // One walk for all paths, so that no folder is read twice.
    var walk = FolderWalk()
    for path in paths {
      guard FilePath.isFolder(path) else {
        files.append(path)
        continue
      }
      walk.forgetLeftOut()
      let inside = try walk.files(below: path)
      let own = walk.leftOut.notes(root: path)
      guard !inside.isEmpty || !walk.leftOut.linked.isEmpty else {
        throw DataError(
          .noFiles, path: path,
          problem: "the folder holds no files of text" + (own.isEmpty ? "" : ": " + own.joined(separator: ", ")),
          advice: "name a file of text, or a folder of them")
      }
      files += inside
      notes += own.map { "\(path): \($0)" }
    }
    return (files, notes)
  }
}
