import CharCNN
import Foundation
import TestSupport
import Testing

/// The Swift code of the articles on measuring, on tuning, on saying "I don't know" and on soft labels.
@Suite struct MeasuringExampleTests {
  @Test func `the example of unknown answers works`() async {
    await #expect(processExitsWith: .success) {
      let folder = try ArticleFolder.makeCurrent()
      try ArticleFolder.copySupportMessages(into: folder)
      var options = ClassificationOptions()
      try options.use(model: "ngrams")
      options.threads = 1
      try TextClassifier.train(on: Examples(contentsOf: "Examples/support/train.csv"), options: options).model.write(
        to: "support.charcnn")

      let model = try TextClassifier(contentsOf: "support.charcnn")
      let held = try Examples<LabeledText>(contentsOf: "Examples/support/held.csv")
      let (careful, found) = try model.calibrated(on: held, goal: .precision(0.95))
      print(found.coverage, found.rejection.threshold)
      for answer in careful.answers(for: ["where is my parcel", "good night"]) {
        print(answer.label ?? "unknown", answer.certainty)
      }
      try careful.write(to: "careful.charcnn", overwrite: true)

      try #require(found.accuracyAnswered ?? 0 >= 0.95 && found.coverage < 1)
      try #require(try TextClassifier(contentsOf: "careful.charcnn").rejection == found.rejection)
    }
  }

  @Test func `the example of a comparison works`() async {
    await #expect(processExitsWith: .success) {
      let folder = try ArticleFolder.makeCurrent()
      try ArticleFolder.copySupportMessages(into: folder)
      var options = ClassificationOptions()
      try options.use(model: "ngrams")
      options.threads = 1
      for name in ["old.charcnn", "new.charcnn"] {
        try TextClassifier.train(on: Examples(contentsOf: "Examples/support/train.csv"), options: options).model.write(
          to: name)
      }

      let held = try Examples<LabeledText>(contentsOf: "Examples/support/held.csv")
      let (old, new) = (try TextClassifier(contentsOf: "old.charcnn"), try TextClassifier(contentsOf: "new.charcnn"))
      let difference = try new.comparison(with: old, on: held)
      print(difference.difference, difference.differenceInterval, difference.pValue)
      let noisy = try new.robustness(on: held)
      print(noisy.table())

      try #require(difference.difference == 0 && difference.pValue == 1)
      try #require(noisy.accuracy == difference.accuracy && noisy.texts == 305)
    }
  }

  @Test func `the example of a search for settings works`() async {
    await #expect(processExitsWith: .success) {
      let folder = try ArticleFolder.makeCurrent()
      try ArticleFolder.copySupportMessages(into: folder)
      let texts = try Examples<LabeledText>(contentsOf: "Examples/support/train.csv")
      var options = ClassificationOptions()
      try options.use(model: "ngrams")
      let (classifier, summary, search) = try TextClassifier.tune(on: texts, options: options, timeLimit: .seconds(15))
      print(search.settings, search.gain ?? 0, search.trials.count, summary.stopReason)
      try classifier.write(to: "found.charcnn")
      let run = try ModelBundle.Run(contentsOf: "found.charcnn")
      let again = try TextClassifier.train(repeating: run, on: texts).model
      print(try again.data() == classifier.data())

      // Where one training takes longer than the limit it is cut, and cannot be repeated.
      try #require(try summary.stopReason == .timeLimit || again.data() == classifier.data())
    }
  }

  @Test func `the example of a soft label works`() {
    var text = LabeledText("it never came", shares: ["delivery": 0.4, "refund": 0.6])
    text.weight = 2
    print(text.label ?? "", text.shares ?? [:])

    #expect(text.label == "refund")
  }
}
