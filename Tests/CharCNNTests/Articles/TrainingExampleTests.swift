import CharCNN
import Foundation
import TestSupport
import Testing

private struct Ticket {
  enum Topic: String { case payment, delivery }
  let body: String
  let topic: Topic
}

/// The Swift code of the articles on training, predicting and files.
@Suite struct TrainingExampleTests {
  @Test func `the example of training on a file works`() async {
    await #expect(processExitsWith: .success) {
      let folder = try ArticleFolder.makeCurrent()
      try ArticleFolder.writeReviews(to: "reviews.csv", in: folder)
      try ArticleFolder.writeReviews(to: "more-reviews.csv", in: folder)

      let reviews = try Examples<LabeledText>(contentsOf: "reviews.csv")
      let more = try Examples<LabeledText>(contentsOf: "more-reviews.csv")
      var options = ClassificationOptions()
      options.training.epochs = 5
      options.network.filters = 32
      options.checkpoint = CheckpointOptions(folder: "reviews.checkpoint", interval: .seconds(30))
      let (classifier, summary) = try TextClassifier.train(on: reviews, validation: more, options: options)
      print(summary.accuracy)
      try classifier.write(to: "reviews.charcnn")

      try #require(summary.epochs == 5 && classifier.labels == ["bad", "good"])
      try #require((classifier.architecture.configuration as? GatedConfiguration)?.filters == 32)
    }
  }

  @Test func `the example of going on with a training works`() async {
    await #expect(processExitsWith: .success) {
      let folder = try ArticleFolder.makeCurrent()
      try ArticleFolder.writeReviews(to: "reviews.csv", in: folder)
      var options = try ToyTexts.options("epochs=2")
      options.checkpoint = CheckpointOptions(folder: "reviews.checkpoint", interval: .zero)
      let whole = try TextClassifier.train(on: Examples(contentsOf: "reviews.csv"), options: options).model

      let checkpoint = try TrainingCheckpoint(contentsOf: "reviews.checkpoint")
      let (classifier, _) = try TextClassifier.resume(checkpoint)
      try classifier.write(to: "reviews.charcnn")
      TrainingCheckpoint.remove(at: "reviews.checkpoint")

      let (bytes, expected) = (try classifier.data(), try whole.data())
      try #require(bytes == expected)
      try #require(!FileManager.default.fileExists(atPath: "reviews.checkpoint"))
    }
  }

  @Test func `the examples of training in a task work`() async {
    await #expect(processExitsWith: .success) {
      let folder = try ArticleFolder.makeCurrent()
      defer { withExtendedLifetime(folder) {} }
      let tickets = (1...30).flatMap {
        [
          Ticket(body: "The card was charged twice, order \($0).", topic: .payment),
          Ticket(body: "The parcel has not arrived, order \($0).", topic: .delivery),
        ]
      }

      let examples = Examples(tickets, text: \.body, label: \.topic)
      let few = Examples([
        LabeledText("I want my money back.", label: "payment"), LabeledText("Where is my parcel?", label: "delivery"),
      ])
      let (router, _) = try await TextClassifier.train(on: examples, validation: few) { event in
        if case .epoch(let epoch) = event { print(epoch.epoch, epoch.validation.accuracy) }
      }

      for try await update in TextClassifier.training(on: examples) {
        switch update {
        case .progress(.step(let step)): print("\(Int(100 * step.fraction)) %")
        case .finished(let classifier, let summary):
          print(summary.accuracy)
          try classifier.write(to: "tickets.charcnn")
        default: break
        }
      }

      let task = Task { try await TextClassifier.train(on: examples) }
      task.cancel()
      do {
        let (classifier, summary) = try await task.value
        print("\(summary.epochs) epochs gave a model of \(classifier.labels)")
      } catch is CancellationError {
        print("cancelled before there was a model")
      }

      try #require(router.labels == ["delivery", "payment"])
      try #require(TextClassifier(contentsOf: "tickets.charcnn").labels == router.labels)
    }
  }

  @Test func `the examples of predicting work`() async {
    await #expect(processExitsWith: .success) {
      let folder = try ArticleFolder.makeCurrent()
      try ArticleFolder.writeReviews(to: "more-reviews.csv", in: folder)
      try ArticleFolder.writeModel(to: "reviews.charcnn")

      let classifier = try TextClassifier(contentsOf: "reviews.charcnn")
      let label = classifier.predictedLabel(for: "A film to remember.")
      let both = classifier.predictedLabelHypotheses(for: "A film to remember.", maximumCount: 2)
      let answers = classifier.predictions(for: ["One text.", "Another one."], maximumCount: 1)

      let more = try Examples<LabeledText>(contentsOf: "more-reviews.csv")
      let report = try classifier.evaluate(on: more)
      print(report.accuracy, report.macroF1)

      var wrong: [String] = []
      _ = try classifier.evaluate(on: more) { answer in
        if answer.prediction.label != answer.label { wrong.append(answer.text) }
      }

      let bytes = try classifier.data()
      let copy = try TextClassifier(data: bytes)

      try #require(label != nil && both.count == 2 && answers.count == 2)
      try #require(wrong.count == Int((Double(40) * (1 - report.accuracy)).rounded()))
      try #require(copy.predictions(for: ["One text."]) == classifier.predictions(for: ["One text."]))
    }
  }

  @Test func `the example of reading files works`() async {
    await #expect(processExitsWith: .success) {
      let folder = try ArticleFolder.makeCurrent()
      try folder.write("body,topic\nThe card was charged twice.,payment\nWhere is it?,\n", to: "tickets.csv")

      let options = DataOptions(text: .name("body"), label: .name("topic"), skipsInvalid: true)
      let tickets = try Examples<LabeledText>(contentsOf: "tickets.csv", options: options)
      print(tickets.summary ?? "")

      var bodies: [String] = []
      let reading = try tickets.forEach({ ticket, _, _ in bodies.append(ticket.text) })
      try #require(bodies == ["The card was charged twice."])
      try #require(reading.records == 1 && reading.faultCount == 1)
    }
  }
}
