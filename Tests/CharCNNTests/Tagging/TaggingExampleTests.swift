import CharCNN
import Foundation
import TestSupport
import Testing

/// The Swift code of the article on tagging, run in a folder with the file that it speaks of, in a process of its own, since
/// the current folder is the whole process's.
@Suite struct TaggingExampleTests {
  private static func makeFolderCurrent() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    var lines = ""
    for who in ["Anna", "Ben", "Carla", "David", "Emma", "Farid"] {
      for verb in ["visits", "likes", "leaves"] {
        for place in [["Berlin"], ["Paris"], ["New", "York"], ["Cairo"], ["Buenos", "Aires"]] {
          lines += "\(who)\tB-PER\n\(verb)\tO\n"
          for (number, word) in place.enumerated() { lines += "\(word)\t\(number == 0 ? "B" : "I")-LOC\n" }
          lines += ".\tO\n\n"
        }
      }
    }
    try folder.write(lines, to: "trips.tsv")
    try #require(FileManager.default.changeCurrentDirectoryPath(folder.path))
    return folder
  }

  @Test func `the example of the article works`() async {
    await #expect(processExitsWith: .success) {
      let folder = try TaggingExampleTests.makeFolderCurrent()
      defer { withExtendedLifetime(folder) {} }

      let data = try Examples<TaggedSentence>(contentsOf: "trips.tsv")
      var options = TaggingOptions(for: data)
      try options.set("epochs=20")
      try options.set("batchTexts=8")
      try options.set("rate=0.005")
      let (tagger, summary) = try SequenceTagger.train(on: data, options: options)
      print(summary.report.measure)
      try tagger.write(to: "trips.charcnn")

      let opened = try SequenceTagger(contentsOf: "trips.charcnn")
      let text = "Ben leaves New York. Emma likes Cairo!"
      for sentence in opened.tags(in: text) {
        for span in sentence.spans { print(span.type, text[span.range], span.probability) }
      }

      let second = text.index(after: text.firstIndex(of: ".") ?? text.startIndex)..<text.endIndex
      opened.enumerateTags(in: text, range: second) { type, place in
        print(type, text[place])
        return true
      }

      let line = "Ann lives in Bonn."
      let marked = try TaggedSentence(
        line,
        spans: ["Ann": "PER", "Bonn": "LOC"].compactMap { name, type in line.firstRange(of: name).map { ($0, type) } })
      let examples = Examples([marked])

      var found: [String] = []
      opened.enumerateTags(in: text, range: second) { _, place in
        found.append(String(text[place]))
        return true
      }
      try #require(found == ["Emma", "Cairo"])
      try #require(marked.tokens.map(\.tag) == ["B-PER", "O", "O", "B-LOC", "O"])
      try #require(examples.name == "the given sentences")
      let spans = opened.tags(in: text).flatMap(\.spans)
      try #require(spans.map { String(text[$0.range]) } == ["Ben", "New York", "Emma", "Cairo"])
      try #require(spans.map(\.type) == ["PER", "LOC", "PER", "LOC"])
    }
  }
}
