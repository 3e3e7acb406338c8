import CharCNN
import Foundation
import TestSupport
import Testing

/// The folder in which an article's Swift code runs, with the files that the article speaks of. The code runs in a process of
/// its own, since the current folder is the whole process's.
enum ArticleFolder {
  /// Makes an empty folder the current one.
  static func makeCurrent() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try #require(FileManager.default.changeCurrentDirectoryPath(folder.path))
    return folder
  }

  /// A table of short reviews.
  static func writeReviews(to name: String, in folder: TemporaryFolder) throws {
    let rows = (1...20).flatMap {
      ["a wonderful film to remember \($0),good\n", "a dull film to forget \($0),bad\n"]
    }
    try folder.write("text,label\n" + rows.joined(), to: name)
  }

  /// The support messages of the package, where they stand in it.
  static func copySupportMessages(into folder: TemporaryFolder) throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    for name in ["train.csv", "held.csv", "other.csv"] {
      let file = "Examples/support/\(name)"
      try folder.write(Array(Data(contentsOf: root.appendingPathComponent(file))), to: file)
    }
  }

  /// A model that was trained on short reviews.
  static func writeModel(to name: String) throws {
    let texts = (1...20).flatMap {
      [(text: "a wonderful film \($0)", label: "good"), (text: "a dull film \($0)", label: "bad")]
    }
    let options = try ToyTexts.options("epochs=10")
    let (classifier, _) = try TextClassifier.train(on: Examples(texts), validation: Examples(texts), options: options)
    try classifier.write(to: name)
  }
}
