import CharCNN
import Foundation
import TestSupport
import Testing

/// The Swift code of the article on pre-training, run in a process of its own, since the current folder is the whole
/// process's.
@Suite struct PretrainingExampleTests {
  @Test func `the example works`() async {
    await #expect(processExitsWith: .success) {
      let folder = try TemporaryFolder()
      defer { withExtendedLifetime(folder) {} }
      var lines = ""
      var table = "text,label\n"
      for what in ["film", "book", "play", "song"] {
        for how in ["wonderful", "dull", "lovely", "tedious"] { lines += "we saw a \(how) \(what)\n" }
        table += "a wonderful \(what),good\na dull \(what),bad\na lovely \(what),good\na tedious \(what),bad\n"
      }
      try folder.write(lines, to: "unlabelled.txt")
      try folder.write(table, to: "few.csv")
      try #require(FileManager.default.changeCurrentDirectoryPath(folder.path))

      var pretraining = LanguageOptions(.masked)
      try pretraining.set("filters=64")
      let (base, _) = try CharacterLanguageModel.train(on: Examples(contentsOf: "unlabelled.txt"), options: pretraining)
      try base.write(to: "base.charcnn")

      var options = ClassificationOptions()
      try options.use(base: "base.charcnn")
      let few = try Examples<LabeledText>(contentsOf: "few.csv")
      let (tuned, _) = try TextClassifier.train(on: few, options: options)
      print(tuned.labels)

      let shown = """
        ["bad", "good"]
        """
      try #require("\(tuned.labels)" == shown)
    }
  }
}
