#if Tool
internal import ArgumentParser
internal import CharCNN
internal import CharCNNFiles
import CharCNNStorage
import CharCNNText

/// The files, or folders, that the parts of a split go to. All are seen once all are whole.
final class PartFiles {
  /// Where the parts go.
  let paths: [String]
  private let raw: RawRecords?
  private var streams: [AtomicStream] = []
  private var folders: [StagedFolder] = []
  /// Folders that were made for the parts.
  private var made: [String] = []
  /// What waits to be written, by part and, in folders, by file.
  private var waiting: [[String: [UInt8]]]
  private var waitingBytes = 0

  /// Bytes that are written at once.
  private static let piece = 1 << 20

  /// Checks that all can be written, and begins them.
  convenience init(_ paths: [String], of records: RecordFiles, overwrite: Bool) throws {
    try self.init(
      paths, amongst: records.files + [records.path], raw: try RawRecords(records), areFolders: records.isFolder,
      overwrite: overwrite)
  }

  /// The same for parts of a file of sentences.
  convenience init(_ paths: [String], of source: TaggedTextSource, overwrite: Bool) throws {
    try self.init(paths, amongst: [source.path], raw: nil, areFolders: false, overwrite: overwrite)
  }

  private init(_ paths: [String], amongst files: [String], raw: RawRecords?, areFolders: Bool, overwrite: Bool) throws {
    (self.paths, self.raw) = (paths, raw)
    guard Set(paths.map(FilePath.absolute)).count == paths.count else {
      throw ValidationError("the parts must be different files")
    }
    for path in paths { try FilePlace.refuse(path, amongst: files, option: "a part") }
    waiting = paths.map { _ in [:] }
    for folder in Set(paths.map(FilePath.folder)).sorted() where !folder.isEmpty && !FilePath.isFolder(folder) {
      try Self.makeFolder(folder)
      made.append(folder)
      Interrupt.removeWhenKilled(folder)
    }
    if areFolders {
      folders = try paths.map { try StagedFolder($0) }
    } else {
      streams = try paths.map { try AtomicStream($0, overwrite: overwrite) }
      Interrupt.removeFilesWhenKilled(streams.map(\.temporary))
    }
  }

  deinit {
    // What is not finished leaves nothing, no folder either; one with parts in it stays.
    (streams, folders) = ([], [])
    for folder in made { rmdir(folder) }
  }

  private static func makeFolder(_ path: String) throws {
    guard mkdir(path, 0o777) == 0 else {
      throw Failure(.cannotCreate, "\(path): cannot be made (\(SystemError.last.reason)); make the folder first")
    }
  }

  /// Writes all records to their parts.
  func write(_ split: RecordParts, progress: (_ records: Int) -> Void) throws {
    guard let raw else { return }
    let beginning = try raw.beginning()
    for part in streams.indices where !beginning.isEmpty { try streams[part].write(beginning) }
    var done = 0
    try split.forEachRecord { record, part in
      let place = raw.place(of: record) ?? ""
      var bytes = waiting[part].removeValue(forKey: place) ?? []
      let before = bytes.count
      raw.append(record, to: &bytes)
      waitingBytes += bytes.count - before
      waiting[part][place] = bytes
      if waitingBytes >= Self.piece { try flush() }
      done += 1
      if done % 4_096 == 0 { progress(done) }
    }
    try finish()
  }

  /// Writes all sentences to their parts.
  func write(_ split: SentenceParts, progress: (_ sentences: Int) -> Void) throws {
    var done = 0
    try split.forEachSentence { lines, part in
      waiting[part]["", default: []] += lines
      waitingBytes += lines.count
      if waitingBytes >= Self.piece { try flush() }
      done += 1
      if done % 4_096 == 0 { progress(done) }
    }
    try finish()
  }

  private func finish() throws {
    try flush()
    for stream in streams { try stream.commit() }
    for folder in folders { try folder.commit() }
    Interrupt.removeFilesWhenKilled([])
  }

  private func flush() throws {
    for part in waiting.indices {
      for (name, bytes) in waiting[part].sorted(by: { $0.key < $1.key }) {
        if streams.isEmpty { try folders[part].append(bytes, to: name) } else { try streams[part].write(bytes) }
      }
      waiting[part] = [:]
    }
    waitingBytes = 0
  }
}
#endif
