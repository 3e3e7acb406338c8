#if Tool
internal import CharCNN
import CharCNNStorage
import CharCNNText
internal import Foundation

/// The folder of a demo and the files in it.
struct DemoFolder {
  let path: String

  var train: String { path + "/names-train.csv" }
  var heldOut: String { path + "/names-held-out.csv" }
  var model: String { path + "/languages.charcnn" }

  init(path: String) {
    self.path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
  }

  /// Creates the folder. One that is there is used if it has none of the demo's files, or if they may be replaced.
  func prepare(overwrite: Bool) throws {
    for file in [train, heldOut, model] where !overwrite && FileManager.default.fileExists(atPath: file) {
      throw Failure(
        .cannotCreate, "\(file): exists already; add --overwrite, or choose another folder with --output")
    }
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw Failure(.cannotCreate, "\(path): the folder cannot be created; choose another with --output")
    }
    try ModelBundle.checkWritable(path: model, overwrite: overwrite)
  }

  /// Writes the names.
  func write(train trainNames: LocaleNames, heldOut heldOutNames: LocaleNames) throws {
    for (file, names) in [(train, trainNames), (heldOut, heldOutNames)] {
      do {
        try Data(names.csv().utf8).write(to: URL(fileURLWithPath: file), options: .atomic)
      } catch {
        throw Failure(.writing, "\(file): cannot be written; is the disk full, or the folder read-only?")
      }
    }
  }

  /// Opens one of the tables.
  func source(_ file: String) throws -> LabeledTextSource {
    try LabeledTextSource(path: file, options: DataOptions(format: .csv, text: .name("text"), label: .name("language")))
  }
}
#endif
