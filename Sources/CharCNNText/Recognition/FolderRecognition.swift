internal import CharCNNFiles

/// The classes that a folder stands for.
struct FolderRecognition {
  /// The format.
  let format: DataFormat
  /// The paths of all files, in order.
  private(set) var files: [String] = []
  /// The label of each file.
  private(set) var labels: [String] = []
  /// What in the folder is not read, a note for each kind.
  private(set) var notes: [String] = []

  /// - Parameters:
  ///   - path: The folder.
  ///   - wanted: The format that was said; nil recognizes it.
  ///   - needsLabels: Whether texts need a class; otherwise a folder may hold the texts themselves.
  init(path: String, format wanted: DataFormat?, needsLabels: Bool = true) throws(DataError) {
    var walk = FolderWalk()
    let (names, folders) = try walk.contents(of: path)
    switch wanted {
    case nil:
      if folders.isEmpty, let table = names.first(where: { Self.isTable($0) }) {
        throw DataError(
          .unrecognizedFormat, path: path, problem: "the folder holds data files such as \(table)",
          advice: "name one of the files, or choose `format=files`")
      }
      format = folders.isEmpty ? .filePerClass : .folderPerClass
    case .folderPerClass, .filePerClass:
      format = wanted ?? .filePerClass
    case .conllu, .columns: throw (wanted ?? .columns).isForTaggers(path: path)
    case let wanted?:
      throw DataError(
        .unrecognizedFormat, path: path, problem: "is a folder, and \(wanted.rawValue) is the format of a file",
        advice: "name a file, or choose `format`: folders or files")
    }
    if format == .filePerClass {
      for name in names { try add(FilePath.join(path, name), label: FilePath.stem(name)) }
      walk.leaveOut(beside: folders, in: path)
    } else if folders.isEmpty, !needsLabels {
      for name in names { try add(FilePath.join(path, name), label: FilePath.stem(name)) }
    } else {
      walk.leaveOut(beside: names, in: path)
      try addClasses(folders, in: path, &walk)
    }
    notes = walk.leftOut.notes(root: path)
    if files.isEmpty {
      let rest = notes.isEmpty ? "" : ": " + notes.joined(separator: ", ")
      throw DataError(
        .noFiles, path: path, problem: "the folder holds no files of texts\(rest)",
        advice: "put a folder for each class, or a file for each class, into it")
    }
  }

  private mutating func add(_ path: String, label: String) throws(DataError) {
    let shown = VisibleText.of(label)
    guard !shown.isEmpty else {
      throw DataError(.missingLabel, path: path, problem: "the name of its class shows nothing", advice: "rename it")
    }
    files.append(path)
    labels.append(shown)
  }

  /// Adds the files of all classes, also those in folders of a class.
  private mutating func addClasses(_ folders: [String], in path: String, _ walk: inout FolderWalk) throws(DataError) {
    // The folders in each folder that has no files of its own: classes in parts, perhaps.
    var parts: [(name: String, folders: [String])] = []
    for folder in folders {
      let root = FilePath.join(path, folder)
      let (names, nested) = try walk.contents(of: root)
      for name in names { try add(FilePath.join(root, name), label: folder) }
      if !nested.isEmpty, names.isEmpty || Self.partNames.contains(folder.lowercased()) {
        parts.append((folder, nested))
      }
      for inside in nested {
        for file in try walk.files(below: FilePath.join(root, inside)) { try add(file, label: folder) }
      }
    }
    if !parts.isEmpty, parts.count == folders.count { try Self.refuse(parts, in: path) }
  }

  /// What the parts of a data set are called.
  private static let partNames: Set<String> = [
    "train", "training", "test", "testing", "dev", "development", "val", "valid", "validation", "eval", "evaluation",
    "held-out", "heldout", "unsup",
  ]

  /// Refuses folders that are no classes, but parts of a data set with a folder for each class in them.
  private static func refuse(_ parts: [(name: String, folders: [String])], in path: String) throws(DataError) {
    let areNamed = parts.allSatisfy { partNames.contains($0.name.lowercased()) }
    let first = Set(parts.first?.folders ?? [])
    let areAlike = first.count > 1 && parts.count > 1 && parts.allSatisfy { Set($0.folders) == first }
    guard areNamed || areAlike || parts.count == 1 else { return }
    let chosen = parts.first { $0.name.lowercased().hasPrefix("train") } ?? parts[0]
    func quoted(_ part: String) -> String { ShellText.quoted(FilePath.join(path, part)) }
    let held = parts.first { $0.name != chosen.name && $0.name.lowercased() != "unsup" }
    let names = parts.prefix(4).map(\.name).joined(separator: ", ")
    let classes = chosen.folders.prefix(4).joined(separator: ", ") + (chosen.folders.count > 4 ? " …" : "")
    throw DataError(
      .unrecognizedFormat, path: path,
      problem: parts.count == 1
        ? "the folder holds the one folder \(names), and that the folders \(classes)"
        : "the folders \(names) hold folders themselves (\(classes)), as parts of a data set do",
      advice: "name the folder that holds the classes: \(quoted(chosen.name))"
        + (held.map { ", and for measuring \(quoted($0.name))" } ?? ""))
  }

  /// What was found, in one line.
  var summary: String {
    let classes = Set(labels).count
    let counts = [
      format.rawValue, "\(classes) \(classes == 1 ? "class" : "classes")",
      "\(files.count) \(files.count == 1 ? "file" : "files")",
    ]
    return (counts + notes).joined(separator: ", ")
  }

  private static func isTable(_ name: String) -> Bool {
    ["csv", "tsv", "tab", "jsonl", "ndjson", "json"].contains(FilePath.fileExtension(of: name))
  }
}
