/// The classes that a folder stands for.
struct FolderRecognition {
  /// The format.
  let format: DataFormat
  /// The paths of all files, in order.
  private(set) var files: [String] = []
  /// The label of each file.
  private(set) var labels: [String] = []

  init(path: String, format wanted: DataFormat?) throws(DataError) {
    let (names, folders) = try FilePath.contents(of: path)
    switch wanted {
    case nil:
      if folders.isEmpty, let table = names.first(where: { Self.isTable($0) }) {
        throw DataError(
          .unrecognizedFormat, path: path, problem: "the folder holds data files such as \(table)",
          advice: "name one of the files, or choose --format files")
      }
      format = folders.isEmpty ? .filePerClass : .folderPerClass
    case .folderPerClass, .filePerClass:
      format = wanted ?? .filePerClass
    case .conllu, .columns: throw (wanted ?? .columns).isForTaggers(path: path)
    case let wanted?:
      throw DataError(
        .unrecognizedFormat, path: path, problem: "is a folder, and \(wanted.rawValue) is the format of a file",
        advice: "name a file, or choose --format folders or files")
    }
    if format == .filePerClass {
      for name in names { add(FilePath.join(path, name), label: FilePath.stem(name)) }
    } else {
      for folder in folders {
        let inside = FilePath.join(path, folder)
        for name in try FilePath.contents(of: inside).files { add(FilePath.join(inside, name), label: folder) }
      }
    }
    if files.isEmpty {
      throw DataError(
        .noFiles, path: path, problem: "the folder holds no files of texts",
        advice: "put a folder for each class, or a file for each class, into it")
    }
  }

  private mutating func add(_ path: String, label: String) {
    files.append(path)
    labels.append(label)
  }

  private static func isTable(_ name: String) -> Bool {
    ["csv", "tsv", "tab", "jsonl", "ndjson", "json"].contains(FilePath.fileExtension(of: name))
  }
}
