#if Tool
internal import CharCNN
internal import CharCNNFiles
import CharCNNStorage
import CharCNNText

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// The folder of a demo and the files in it.
struct DemoFolder {
  let path: String

  /// Messages to learn from.
  var train: String { path + "/train.csv" }
  /// Messages to measure with.
  var held: String { path + "/held.csv" }
  /// Messages of no label.
  var other: String { path + "/other.csv" }
  var model: String { path + "/support.charcnn" }

  private var tables: [(path: String, text: String)] {
    [(train, SupportMessages.train), (held, SupportMessages.held), (other, SupportMessages.other)]
  }

  init(path: String) {
    self.path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
  }

  /// Creates the folder with the messages. One that is there is used if it has none of the demo's files, or if they may be replaced.
  func prepare(overwrite: Bool) throws {
    for file in tables.map(\.path) + [model] where !overwrite && FileManager.default.fileExists(atPath: file) {
      throw Failure(
        .cannotCreate, "\(file): exists already; add --overwrite, or choose another folder with --output")
    }
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw Failure(.cannotCreate, "\(path): the folder cannot be created; choose another with --output")
    }
    try ModelBundle.checkWritable(path: model, overwrite: overwrite)
    for (file, text) in tables {
      do {
        try Data(text.utf8).write(to: URL(fileURLWithPath: file), options: .atomic)
      } catch {
        throw Failure(.writing, "\(file): cannot be written; is the disk full, or the folder read-only?")
      }
    }
  }

  /// The messages of a table, with their labels where it has some.
  func messages(_ file: String) throws -> Examples<LabeledText> {
    Examples(
      try LabeledTextSource(
        path: file,
        options: DataOptions(
          format: .csv, text: .name("text"), label: file == other ? nil : .name("label"), needsLabels: file != other)))
  }
}
#endif
