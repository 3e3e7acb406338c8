#if Tool
internal import ArgumentParser
internal import CharCNN
internal import CharCNNFiles
import CharCNNStorage

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// Where the curves of a training go beside the model.
struct CurveArguments: ParsableArguments {
  @Option(help: ArgumentHelp("Write what each epoch came to as a table (CSV).", valueName: "file"))
  var history: String?

  @Option(
    help: ArgumentHelp(
      "Write curves for TensorBoard into a new file of this folder while the training runs.", valueName: "folder"))
  var tensorboard: String?

  /// Checks that the files can be made, and that a table that is replaced is one.
  ///
  /// - Parameter output: Where the model goes.
  func check(output: String, overwrite: Bool) throws {
    if let history {
      if URL(fileURLWithPath: history).standardizedFileURL.path == URL(fileURLWithPath: output).standardizedFileURL.path
      {
        throw ValidationError("--history and --output must be different files")
      }
      if overwrite, Self.isFile(history), let start = Self.beginning(of: history), !start.isEmpty,
        !start.starts(with: TrainingHistory.beginning.utf8)
      {
        throw StorageError(
          .exists, path: history, problem: "is no table of epochs, and only such a one is replaced",
          advice: "choose another file for --history")
      }
      _ = try AtomicStream(history, overwrite: overwrite)
    }
    if let tensorboard, FilePath.exists(tensorboard), !FilePath.isFolder(tensorboard) {
      throw StorageError(
        .exists, path: tensorboard, problem: "is not a folder", advice: "choose a folder for --tensorboard")
    }
  }

  /// Whether there is a file of bytes, and no pipe or terminal, which a look into would wait for.
  private static func isFile(_ path: String) -> Bool {
    let place = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    return (try? FileManager.default.attributesOfItem(atPath: place))?[.type] as? FileAttributeType == .typeRegular
  }

  /// The first bytes of a file; nil where it cannot be read.
  private static func beginning(of path: String) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 64)
    let count = read(descriptor, &bytes, bytes.count)
    return count < 0 ? nil : Array(bytes.prefix(count))
  }

  /// Begins both files.
  func begin(output: String, overwrite: Bool) throws -> Curves {
    try check(output: output, overwrite: overwrite)
    return Curves(
      table: try history.map { try AnswerSink($0, overwrite: overwrite) },
      events: try tensorboard.map { try EventFile(in: $0) })
  }
}

/// The curves of a training.
struct Curves {
  /// Where the table of epochs goes; nil for none.
  let table: AnswerSink?
  /// What TensorBoard reads; nil for none.
  let events: EventFile?

  /// Writes the table.
  func finish(_ history: TrainingHistory) throws {
    try table?.write(Array(history.table.utf8))
    try table?.finish()
  }
}
#endif
