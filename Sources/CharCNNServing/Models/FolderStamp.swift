internal import CharCNNFiles

/// What a folder's files look like from outside: enough to see that one of them was written to or replaced.
struct FolderStamp: Equatable {
  private let files: [String: FileStamp]

  /// Looks at all files of a folder; one that is not there has none.
  init(_ path: String) {
    var files: [String: FileStamp] = [:]
    for name in Directory.names(of: path) ?? [] { files[name] = FileStamp(FilePath.join(path, name)) }
    self.files = files
  }

  /// Whether there is nothing.
  var isEmpty: Bool { files.isEmpty }
}
