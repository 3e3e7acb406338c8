import CharCNN
import Foundation
import TestSupport
import Testing

/// The Swift code of the article on matching, run in a folder with the file that it speaks of, in a process of its own, since
/// the current folder is the whole process's.
@Suite struct MatchingExampleTests {
  private static func makeFolderCurrent() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let places = ["Berlin", "Paris", "Cairo", "Lima", "Oslo"]
    var lines = ""
    for who in ["Anna", "Ben", "Carla", "David", "Emma", "Farid", "Grace", "Hugo"] {
      for place in places {
        for other in places {
          if place == other {
            lines += "Where is \(who)? In \(place)?\tIs it in \(other) that we find \(who)?\t1\n"
          }
          lines += "Is \(who) in \(place)?\tDoes \(who) live in \(other)?\t\(place == other ? 1 : 0)\n"
        }
      }
    }
    try folder.write(lines, to: "places.tsv")
    try #require(FileManager.default.changeCurrentDirectoryPath(folder.path))
    return folder
  }

  @Test func `the example of the article works`() async {
    await #expect(processExitsWith: .success) {
      let folder = try MatchingExampleTests.makeFolderCurrent()
      defer { withExtendedLifetime(folder) {} }

      var options = MatchingOptions(.contrastive)
      for setting in ["filters=32", "epochs=12", "rate=0.005", "batchTexts=8"] { try options.set(setting) }
      let (matcher, summary) = try TextMatcher.train(on: Examples(contentsOf: "places.tsv"), options: options)
      print(summary.report.measure)
      try matcher.write(to: "places.charcnn")

      let opened = try TextMatcher(contentsOf: "places.charcnn")
      print(opened.score("Is Ben in Oslo?", "Does Ben live in Oslo?"))

      let questions = ["Does Ben live in Oslo?", "Does Ben live in Lima?"]
      var index = try VectorIndex(dimension: opened.dimension)
      try index.append(contentsOf: opened.vectors(for: questions))
      let nearest = try index.nearest(to: opened.vector(for: "Is Ben in Oslo?"), count: 1)

      try #require(nearest[0].index == 0)
      try #require(summary.report.accuracy ?? 0 > 0.9)
    }
  }
}
