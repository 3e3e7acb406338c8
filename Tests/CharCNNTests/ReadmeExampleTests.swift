import CharCNN
import Foundation
import TestSupport
import Testing

/// The Swift code of the README files, run in a folder with the files that they speak of. Each runs in a process of its
/// own, since the current folder is the whole process's.
@Suite struct ReadmeExampleTests {
  private static func makeFolderCurrent() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    var table = "text,label\n"
    for number in 1...20 {
      table += "a wonderful film to remember \(number),good\n值得一看的好电影 \(number),good\n"
      table += "a dull film to forget \(number),bad\n无聊透顶的烂片 \(number),bad\n"
    }
    try folder.write(table, to: "reviews.csv")
    try #require(FileManager.default.changeCurrentDirectoryPath(folder.path))
    return folder
  }

  @Test func `the English example works`() async {
    await #expect(processExitsWith: .success) {
      let folder = try ReadmeExampleTests.makeFolderCurrent()
      defer { withExtendedLifetime(folder) {} }

      let data = try Examples<LabeledText>(contentsOf: "reviews.csv")
      let (classifier, summary) = try TextClassifier.train(on: data)
      print(summary.accuracy)
      try classifier.write(to: "reviews.charcnn")

      let opened = try TextClassifier(contentsOf: "reviews.charcnn")
      let label = opened.predictedLabel(for: "A film to remember.")
      let both = opened.predictedLabelHypotheses(for: "A film to remember.", maximumCount: 2)
      let answers = opened.predictions(for: ["One text.", "Another one."], maximumCount: 1)

      try #require(label == "good" && both.count == 2 && answers.count == 2)
    }
  }

  @Test func `the Chinese example works`() async {
    await #expect(processExitsWith: .success) {
      let folder = try ReadmeExampleTests.makeFolderCurrent()
      defer { withExtendedLifetime(folder) {} }

      let data = try Examples<LabeledText>(contentsOf: "reviews.csv")
      let (classifier, summary) = try TextClassifier.train(on: data)
      print(summary.accuracy)
      try classifier.write(to: "reviews.charcnn")

      let opened = try TextClassifier(contentsOf: "reviews.charcnn")
      let label = opened.predictedLabel(for: "值得一看的电影。")
      let both = opened.predictedLabelHypotheses(for: "值得一看的电影。", maximumCount: 2)

      try #require(label == "good" && both.count == 2)
    }
  }
}
