import CharCNN
import Foundation
import Observation
import TestSupport
import Testing

struct Note {
  let text: String
  let folder: String
}

actor ReviewModel {
  private let location: URL
  private var opened: TextClassifier?

  init(at location: URL) { self.location = location }

  func classifier() throws -> TextClassifier {
    if let opened { return opened }
    let classifier = try TextClassifier(contentsOf: location)
    opened = classifier
    return classifier
  }
}

@MainActor @Observable final class NoteTraining {
  private(set) var fraction = 0.0
  private(set) var accuracy: Double?
  private(set) var task: Task<Void, any Error>?

  func train(on notes: [Note], into location: URL) {
    task = Task {
      let examples = Examples(notes, text: \.text, label: \.folder)
      var options = ClassificationOptions()
      options.training.epochs = 10
      options.threads = 2
      for try await update in TextClassifier.training(on: examples, options: options) {
        switch update {
        case .progress(.step(let step)): fraction = step.fraction
        case .progress(.epoch(let epoch)): accuracy = epoch.validation.accuracy
        case .finished(let classifier, let summary):
          accuracy = summary.accuracy
          try classifier.write(to: location)
        default: break
        }
      }
    }
  }

  func cancel() { task?.cancel() }
}

/// The Swift code of the article on apps.
@Suite struct AppExampleTests {
  @Test func `a model is opened once, by its URL, and goes in one piece`() async throws {
    let folder = try TemporaryFolder()
    try ArticleFolder.writeModel(to: folder.path("reviews.charcnn"))
    let model = ReviewModel(at: folder.url.appendingPathComponent("reviews.charcnn"))
    let classifier = try await model.classifier()
    #expect(try await model.classifier() === classifier)

    let bytes = Data(try classifier.data())
    let copy = try TextClassifier(data: bytes)

    #expect(copy.predictions(for: ["a dull film"]) == classifier.predictions(for: ["a dull film"]))
  }

  @Test @MainActor func `a training on the main actor writes its model`() async throws {
    let folder = try TemporaryFolder()
    let location = folder.url.appendingPathComponent("notes.charcnn")
    let training = NoteTraining()
    training.train(
      on: (1...20).flatMap {
        [Note(text: "bread and milk \($0)", folder: "shopping"), Note(text: "call the bank \($0)", folder: "work")]
      }, into: location)
    try await training.task?.value
    #expect(try TextClassifier(contentsOf: location).labels == ["shopping", "work"])
    #expect(training.accuracy != nil)
  }
}
