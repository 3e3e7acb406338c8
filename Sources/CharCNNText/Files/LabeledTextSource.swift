/// Texts with labels in files of any supported form, read record by record, so that they need not fit into memory.
///
/// Files are mapped. One that is shortened while a source of it is in use gives an error at the next record.
public final class LabeledTextSource: Sendable {
  /// The file or folder.
  public let path: String
  /// What it was opened with.
  public let options: DataOptions
  /// The format, given or recognized.
  public let format: DataFormat
  /// All files: one, or those of a folder in the order in which they are read.
  public let files: [String]
  /// What was recognized of a table or of JSON objects; nil for other formats.
  public let columns: LabeledTextColumns?

  /// The label of each file, where files or folders are classes.
  private let fileLabels: [String]
  /// What in the folder is not read.
  private let notes: [String]
  /// The files, where they stay open: all but those of ``DataFormat/folderPerClass``.
  private let mapped: [MappedFile]
  private let reader: RecordReader

  /// Opens a file or folder and recognizes what the options leave open.
  /// - Throws: ``DataError`` if it cannot be read, holds nothing, or is not recognized.
  public init(path: String, options: DataOptions = .init()) throws(DataError) {
    self.path = path
    self.options = options
    if FilePath.isFolder(path) {
      let folder = try FolderRecognition(path: path, format: options.format)
      format = folder.format
      files = folder.files
      fileLabels = folder.labels
      notes = folder.notes
      columns = nil
      mapped = try format == .folderPerClass ? [] : Self.map(folder.files)
    } else {
      let file = try MappedFile(path: path)
      (format, columns) = try file.withBytes { bytes throws(DataError) in
        try SourceRecognition(file: FileBytes(bytes: bytes, path: path), options: options).recognize()
      }
      files = [path]
      fileLabels = []
      notes = []
      mapped = [file]
    }
    reader = RecordReader(format: format, columns: columns, needsLabels: options.needsLabels)
  }

  private static func map(_ paths: [String]) throws(DataError) -> [MappedFile] {
    var files: [MappedFile] = []
    for path in paths { files.append(try MappedFile(path: path)) }
    return files
  }

  /// What was recognized, in one line such as `csv, text = column 3 "review", label = column 1 "cat"`.
  public var summary: String {
    switch format {
    case .folderPerClass, .filePerClass:
      let classes = Set(fileLabels).count
      let counts = [
        format.rawValue, "\(classes) \(classes == 1 ? "class" : "classes")",
        "\(files.count) \(files.count == 1 ? "file" : "files")",
      ]
      return (counts + notes).joined(separator: ", ")
    case .fastText: return "\(format.rawValue), label = the first __label__ of a line"
    case .lines, .conllu, .columns: return "\(format.rawValue), no labels"
    case .csv, .tsv, .jsonLines:
      guard let columns else { return format.rawValue }
      let header = format == .jsonLines || columns.hasHeader ? "" : " without header"
      let label = columns.label.map { "label = " + describe($0, of: columns) } ?? "no labels"
      return "\(format.rawValue)\(header), text = \(describe(columns.text, of: columns)), \(label)"
    }
  }

  private func describe(_ column: Int, of columns: LabeledTextColumns) -> String {
    let name = column < columns.names.count ? "\"\(columns.names[column])\"" : ""
    if format == .jsonLines { return "field \(name)" }
    return name.isEmpty ? "column \(column + 1)" : "column \(column + 1) \(name)"
  }

  /// Hands every record to `body`, in the order of the files.
  /// - Throws: ``DataError`` at the first faulty record, and what `body` throws.
  public func forEachRecord(_ body: (LabeledText, RecordReference) throws -> Void) throws {
    for index in files.indices {
      try withFile(index) { file, mapped in
        try reader.forEachRecord(in: file, fileLabel: label(ofFile: index)) { text, range in
          guard let count = UInt32(exactly: range.count) else {
            throw DataError(
              .recordTooLarge, path: file.path, line: text.line, problem: "the record is larger than 4 GB",
              advice: "split it, or look for a quote that is not closed")
          }
          try body(
            text,
            RecordReference(
              byteOffset: UInt64(range.lowerBound), byteCount: count, line: Int32(clamping: text.line),
              fileIndex: Int32(index)))
          try mapped.checkLength()
        }
      }
    }
  }

  /// Reads a record again.
  /// - Throws: ``DataError`` if the reference is of another source or the file has been written to since it was opened. Of
  ///   ``DataFormat/folderPerClass``, whose files do not stay open, only a text that has become shorter is noticed.
  public func record(at reference: RecordReference) throws -> LabeledText {
    let index = Int(reference.fileIndex)
    guard files.indices.contains(index) else { throw Self.outdated(path, reference) }
    return try withFile(index) { file, mapped in
      try mapped.checkUnchanged(line: Int(reference.line))
      guard let start = Int(exactly: reference.byteOffset), start <= file.count,
        Int(reference.byteCount) <= file.count - start
      else { throw Self.outdated(file.path, reference) }
      return try reader.record(
        start..<start + Int(reference.byteCount), line: Int(reference.line), in: file, fileLabel: label(ofFile: index))
    }
  }

  private static func outdated(_ path: String, _ reference: RecordReference) -> DataError {
    DataError(
      .unreadable, path: path, line: Int(reference.line), problem: "the record is no longer there",
      advice: "keep the file as it is while it is in use")
  }

  private func label(ofFile index: Int) -> String? { index < fileLabels.count ? fileLabels[index] : nil }

  private func withFile<Result>(_ index: Int, _ body: (FileBytes, MappedFile) throws -> Result) throws -> Result {
    let opened = try mapped.isEmpty ? MappedFile(path: files[index]) : mapped[index]
    try opened.checkLength()
    return try opened.withBytes { bytes in
      let file = FileBytes(bytes: bytes, path: files[index])
      // One empty file among many is a class or text of nothing, which counts as blank.
      if files.count == 1 || file.count > 0 { try file.checkEncoding() }
      return try body(file, opened)
    }
  }
}
