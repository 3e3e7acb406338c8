import CharCNN
import Foundation
import TestSupport
import Testing

/// The Swift code of the articles on features, languages and authors, each run in a folder with the files that it speaks of, in a
/// process of its own, since the current folder is the whole process's.
@Suite struct HowToExampleTests {
  private static func makeFolderCurrent() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try #require(FileManager.default.changeCurrentDirectoryPath(folder.path))
    return folder
  }

  private static func train(_ texts: [(text: String, label: String)], _ name: String) throws {
    let options = try ToyTexts.options("epochs=10")
    let (classifier, _) = try TextClassifier.train(on: Examples(texts), validation: Examples(texts), options: options)
    try classifier.write(to: name)
  }

  @Test func `the example of features works`() async {
    await #expect(processExitsWith: .success) {
      let folder = try HowToExampleTests.makeFolderCurrent()
      defer { withExtendedLifetime(folder) {} }
      try HowToExampleTests.train(
        (1...20).flatMap { [("a wonderful film \($0)", "good"), ("a dull film \($0)", "bad")] }, "reviews.charcnn")

      let classifier = try TextClassifier(contentsOf: "reviews.charcnn")
      let writer = try FeatureWriter("reviews.npy", of: classifier)
      try writer.append(["A film to remember.", "A dull film."])
      try writer.finish()

      let index = try VectorIndex(contentsOf: "reviews.npy")
      let nearest = try index.nearest(to: classifier.vector(for: "A film to forget."), count: 1)

      var films = try VectorIndex(dimension: classifier.dimension)
      try films.append(classifier.vector(for: "A film to remember."), identifier: "film-17")
      try films.append(classifier.vector(for: "A dull film."), identifier: "film-4")
      try films.write(to: "films.safetensors")

      let opened = try VectorIndex(contentsOf: "films.safetensors")
      for film in try opened.nearest(to: classifier.vector(for: "A film to forget."), count: 2) {
        print(film.identifier ?? "", film.score)
      }

      try #require(index.count == 2 && nearest.count == 1)
      try #require(opened.identifiers == ["film-17", "film-4"])
    }
  }

  @Test func `the example of features from text without labels works`() async {
    await #expect(processExitsWith: .success) {
      let folder = try HowToExampleTests.makeFolderCurrent()
      defer { withExtendedLifetime(folder) {} }
      let text = try folder.write(
        (1...40).map { "we saw a dull film \($0) and told everybody\n" }.joined(), to: "unlabelled.txt")
      var options = LanguageOptions(.masked)
      for assignment in ["filters=64", "blocks=4", "dilations=1,2,4,8", "window=64", "epochs=1"] {
        try options.set(assignment)
      }
      try CharacterLanguageModel.train(on: Examples(contentsOf: text), options: options).model.write(to: "base.charcnn")

      let base = try ModelBundle(contentsOf: "base.charcnn").featureExtractor()
      let characters = try base.features(of: ["a film"], FeatureOptions(level: .character))[0]

      try #require(characters.ranges.count == 6 && characters.dimension == 32)
    }
  }

  @Test func `the example of languages works`() async {
    await #expect(processExitsWith: .success) {
      let folder = try HowToExampleTests.makeFolderCurrent()
      defer { withExtendedLifetime(folder) {} }
      try HowToExampleTests.train(
        (1...20).flatMap {
          [
            ("the old house by the river \($0)", "eng-US"), ("das alte Haus am Fluss, die Hand \($0)", "deu"),
            ("het oude huis aan de rivier \($0)", "nld"),
          ]
        }, "languages.charcnn")

      var detector = try LanguageDetector(contentsOf: "languages.charcnn")
      let language = detector.dominantLanguage(for: "the old house by the river")
      detector.languageConstraints = ["deu", "eng-US", "nld"]
      detector.languageHints = ["deu": 0.7]
      detector.processString("die Hand")
      let hypotheses = detector.languageHypotheses(withMaximum: 2)
      let spans = detector.spans(in: "He said that he would come tomorrow: ich weiß aber nicht, ob das stimmt.")

      try #require(language == "eng-US" && hypotheses.count == 2 && !spans.isEmpty)
      try #require((hypotheses["deu"] ?? 0) > 0.5)
    }
  }

  @Test func `the example of authors works`() async {
    await #expect(processExitsWith: .success) {
      let folder = try HowToExampleTests.makeFolderCurrent()
      defer { withExtendedLifetime(folder) {} }
      let rows = (1...20).flatMap {
        ["Verily it was so \($0),Anna\n", "well it kind of was \($0),Ben\n"]
      }
      try folder.write("text,label\n" + rows.joined(), to: "articles.csv")

      var options = ClassificationOptions()
      for setting in ["foldsCase=false", "maximumLength=20000", "chunkLength=750"] { try options.set(setting) }
      let articles = try Examples<LabeledText>(contentsOf: "articles.csv")
      let (authors, summary) = try TextClassifier.train(on: articles, options: options)

      try #require(authors.textSettings.chunkLength == 750 && summary.epochs > 0)
    }
  }
}
