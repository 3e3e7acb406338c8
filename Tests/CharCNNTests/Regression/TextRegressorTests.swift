import CharCNNToolkit
import Foundation
import TestSupport
import Testing

@Suite struct TextRegressorTests {
  @Test(arguments: [
    nil, "ngrams", "network", "table",
  ])
  func `scores of many batches are learned by the network, the n-grams and both`(kind: String?) throws {
    let settings: [String] =
      switch kind {
      case "network": ["ngrams=none", "epochs=12", "globalPooling=average"]
      case "table": ["ngramTraining=steps", "ngramBits=10", "epochs=6"]
      default: []
      }
    let options = try ToyScores.options(settings, model: kind == "ngrams" ? "ngrams" : nil)
    var notes: [String] = []
    let (regressor, summary) = try TextRegressor.train(on: ToyScores.texts(700), options: options) { event in
      if case .prepared(let data) = event { notes = data.notes }
    }
    let report = try regressor.evaluate(on: ToyScores.texts(600, seed: 7))
    #expect(report.texts == 600 && report.accuracy == nil && report.quadraticKappa == nil)
    // What learns in steps would need more of them.
    let least = options.ngrams.isSolved ? 0.9 : 0.8
    #expect(try #require(report.pearson) > least, "\(report)")
    #expect(try #require(report.spearman) > least, "\(report)")
    #expect(report.rootMeanSquaredError < 0.3 && report.meanAbsoluteError < report.rootMeanSquaredError, "\(report)")
    let area = try regressor.evaluate(on: ToyScores.texts(600, seed: 7), cut: -0.6).report.areaUnderROC
    #expect(try #require(area) > (options.ngrams.isSolved ? 0.95 : 0.9))
    #expect(abs(report.cut + 0.76) < 1e-6, "the middle of -1.5 to -0.02")
    #expect(regressor.grades == nil && abs(regressor.range.lowerBound + 1.5) < 1e-6)
    #expect(regressor.range.contains(regressor.score(for: "splendid splendid splendid splendid splendid splendid")))
    #expect(regressor.score(for: "river paper") < regressor.score(for: "splendid paper splendid splendid"))
    #expect(notes.contains { $0.hasPrefix("scores: -1.5 to -0.02, mean ") }, "\(notes)")
    #expect((summary.epochs == 0) == (kind == "ngrams") && summary.report.texts == 70)
    #expect(regressor.record?.provenance?.metrics["pearson"] == summary.report.pearson)
  }

  @Test(arguments: [nil, "ngrams"])
  func `grades are learned in their order, and their probabilities fall from being above each`(model: String?) throws {
    let options = try ToyScores.options(["ordinal=true"], model: model)
    let (regressor, _) = try TextRegressor.train(on: ToyScores.grades(700), options: options)
    #expect(regressor.grades == [1, 2, 3, 4, 5] && regressor.range == 1...5)
    let report = try regressor.evaluate(on: ToyScores.grades(600, seed: 7))
    #expect(try #require(report.accuracy) > 0.7, "\(report)")
    #expect(try #require(report.quadraticKappa) > 0.85, "\(report)")
    #expect(try #require(report.spearman) > 0.9 && report.cut == 3, "\(report)")
    for prediction in regressor.predictions(for: ["", "river", "splendid splendid river", "漢字 🙂"]) {
      let hypotheses = try #require(prediction.hypotheses)
      #expect(Set(hypotheses.map(\.label)) == ["1", "2", "3", "4", "5"])
      #expect(abs(hypotheses.reduce(0) { $0 + $1.probability } - 1) < 1e-9)
      #expect(hypotheses.allSatisfy { $0.probability >= 0 })
      #expect(zip(hypotheses, hypotheses.dropFirst()).allSatisfy { $0.probability >= $1.probability })
      #expect(prediction.grade == Double(hypotheses[0].label))
      let expected = hypotheses.reduce(0) { $0 + $1.probability * (Double($1.label) ?? 0) }
      #expect(abs(prediction.score - expected) < 1e-9 && regressor.range.contains(prediction.score))
    }
  }

  @Test func `two grades are a question, and grades that training lacks are above those below them`() throws {
    let texts = ToyScores.graded(300).map { LabeledText($0.text, label: $0.grade > 2 ? "1" : "-2") }
    let held = ToyScores.graded(60, seed: 3).map { LabeledText($0.text, label: $0.grade > 2 ? "1.5" : "-2") }
    let (regressor, summary) = try TextRegressor.train(
      on: Examples(texts), validation: Examples(held), options: ToyScores.options(["ordinal=true"], model: "ngrams"))
    #expect(regressor.grades == [-2, 1])
    #expect(try #require(summary.report.pearson) > 0.8 && summary.report.accuracy ?? 1 < 0.7, "\(summary.report)")
  }

  @Test func `empty texts and unknown characters have scores, and many texts the same as single ones`() throws {
    let (regressor, _) = try TextRegressor.train(on: ToyScores.texts(120), options: ToyScores.options(["epochs=1"]))
    let texts = ["", "splendid", "漢字 🙂", String(repeating: "river ", count: 4_000)]
    let together = regressor.predictions(for: texts)
    for (text, prediction) in zip(texts, together) {
      #expect(prediction.score.isFinite && regressor.range.contains(prediction.score))
      #expect(regressor.prediction(for: text) == prediction)
      #expect(prediction.grade == nil && prediction.hypotheses == nil)
    }
    #expect(regressor.predictions(for: []).isEmpty)
    #expect(regressor.cuts(texts[3]) && !regressor.cuts(texts[1]))
    let report = try regressor.evaluate(
      on: Examples([LabeledText(texts[3], label: "-1"), LabeledText("a", label: "0")]))
    #expect(report.cutTexts == 1)
    let vector = regressor.vector(for: "splendid river")
    #expect(vector.count == regressor.dimension && vector.allSatisfy(\.isFinite) && !vector.isEmpty)
  }

  @Test func `a cut is what was asked for, and answers are those to the texts`() throws {
    let (regressor, _) = try TextRegressor.train(
      on: ToyScores.texts(200), options: ToyScores.options([], model: "ngrams"))
    let held = ToyScores.texts(80, seed: 4)
    var answers: [TextRegressor.EvaluatedText] = []
    let (report, _) = try regressor.evaluate(on: held, cut: -1, answered: { answers.append($0) })
    #expect(report.cut == -1 && answers.count == 80 && answers.map(\.row) == Array(1...80))
    #expect(answers.allSatisfy { regressor.prediction(for: $0.text) == $0.prediction })
    // By its definition: of all pairs of a high and another text, those in which the high one has the higher score.
    let (high, low) = (answers.filter { $0.score > -1 }, answers.filter { $0.score <= -1 })
    var won = 0.0
    for first in high {
      for second in low {
        let (one, other) = (first.prediction.score, second.prediction.score)
        won += one > other ? 1 : one == other ? 0.5 : 0
      }
    }
    let area = try #require(report.areaUnderROC)
    #expect(abs(area - won / Double(high.count * low.count)) < 1e-12)
    #expect(try regressor.evaluate(on: held, cut: 99).report.areaUnderROC == nil)
    #expect(throws: ConfigurationError.self) { try regressor.evaluate(on: held, cut: .nan) }
  }

  @Test func `texts count as their weights say`() throws {
    let texts = ToyScores.graded(400).enumerated().map { place, text in
      // Every second text says the opposite and counts next to nothing.
      var example = LabeledText(text.text, label: "\(place % 2 == 0 ? text.grade : 4 - text.grade)")
      example.weight = place % 2 == 0 ? 1 : 0.001
      return example
    }
    let held = Examples(ToyScores.graded(100, seed: 5).map { LabeledText($0.text, label: "\($0.grade)") })
    for model in [nil, "ngrams"] {
      let (regressor, _) = try TextRegressor.train(
        on: Examples(texts), validation: held,
        options: ToyScores.options(["epochs=8"].filter { _ in model == nil }, model: model))
      #expect(try #require(regressor.evaluate(on: held).pearson) > 0.8)
    }
  }

  @Test func `scores that single precision cannot tell apart stay apart`() throws {
    let dates = Examples(ToyScores.graded(300).map { LabeledText($0.text, label: "\(20_240_101 + $0.grade)") })
    let (regressor, _) = try TextRegressor.train(
      on: dates, options: ToyScores.options(["ordinal=true"], model: "ngrams"))
    #expect(regressor.grades == [20_240_101, 20_240_102, 20_240_103, 20_240_104, 20_240_105])
    #expect(try #require(regressor.evaluate(on: dates).accuracy) > 0.8)
    let high = ToyScores.texts(300, factor: 1, offset: 999_999_990)
    let scores = try TextRegressor.train(on: high, options: ToyScores.options(model: "ngrams")).model
    #expect(try #require(scores.evaluate(on: high).pearson) > 0.9)
    let tenths = Examples(ToyScores.graded(300).map { LabeledText($0.text, label: "0.\($0.grade)") })
    let few = try TextRegressor.train(on: tenths, options: ToyScores.options(["ordinal=true"], model: "ngrams")).model
    #expect(few.grades == [0, 0.1, 0.2, 0.3, 0.4])
    let tiny = Examples(ToyScores.graded(300).map { LabeledText($0.text, label: "\($0.grade)e-9") })
    let small = try TextRegressor.train(on: tiny, options: ToyScores.options(["ordinal=true"], model: "ngrams")).model
    #expect(
      small.prediction(for: "river splendid").hypotheses?.map(\.label).sorted() == [
        "0", "1e-09", "2e-09", "3e-09", "4e-09",
      ])
    let report = try small.evaluate(on: tiny)
    #expect(report.table().contains("e-1") && report.meanAbsoluteError > 0, "\(report.table())")
  }

  @Test func `scores that are none are told with their rows`() throws {
    for label in ["good", "nan", "inf", "-infinity", "1e30", "3,5", "0x10", ""] {
      let texts = Examples([LabeledText("a", label: "1"), LabeledText("b", label: label), LabeledText("c", label: "2")])
      let error = #expect(throws: DataError.self) { try TextRegressor.train(on: texts) }
      #expect(error?.line == 2, "\(label)")
    }
    let several = Examples([LabeledText("a", labels: ["1", "2"]), LabeledText("b", label: "1")])
    #expect(throws: DataError.self) { try TextRegressor.train(on: several) }
    let error = #expect(throws: TrainingError.self) {
      try TextRegressor.train(on: Examples((0..<30).map { LabeledText("text \($0)", label: "2.0") }))
    }
    #expect(error?.description.contains("every text has the score 2") == true)
    #expect(throws: TrainingError.self) { try TextRegressor.train(on: Examples([LabeledText]())) }
  }

  @Test func `a file of scores is recognized, and what is none is counted or left out`() throws {
    let folder = try TemporaryFolder()
    let rows = ToyScores.graded(60).map { "\($0.text),\(Double($0.grade) / 2),1\n" }.joined()
    let faulty = rows + "a river,bad,0\na table,NaN,0\nno score,,1\n"
    let path = try folder.write("review,stars,seen\n" + faulty, to: "stars.csv")
    var data = DataOptions(needsScores: true)
    let error = #expect(throws: DataError.self) {
      try TextRegressor.train(
        on: Examples(contentsOf: path, options: data), options: ToyScores.options(model: "ngrams"))
    }
    #expect(
      error?.line == 62 && error?.description.contains("3 records are faulty") == true, "\(String(describing: error))")
    data.skipsInvalid = true
    var warnings: [String] = []
    let (regressor, summary) = try TextRegressor.train(
      on: Examples(contentsOf: path, options: data), options: ToyScores.options(model: "ngrams")
    ) { event in
      if case .prepared(let summary) = event { warnings = summary.warnings }
    }
    #expect(summary.report.texts == 6 && regressor.columns?.label == "stars")
    #expect(warnings.contains { $0.contains("3 faulty records were left out") }, "\(warnings)")
  }

  @Test(arguments: [
    "chunkLength=64", "cuts=0.5", "sampling=classUniform", "ngramBalance=full", "labelSmoothing=0.2", "ngramBayes=0.1",
    "lowest=1e10", "ordinal=perhaps", "classes=3", "nothing=1",
  ])
  func `settings of classes are refused`(assignment: String) throws {
    var options = TextRegressor.Options()
    #expect(throws: ConfigurationError.self) {
      try options.set(assignment)
      _ = try TextRegressor.train(on: ToyScores.texts(40), options: options)
    }
  }

  @Test func `what scores cannot be is told before or after the data are read`() throws {
    var options = try ToyScores.options(model: "ngrams")
    for (assignments, setting) in [
      (["lowest=2", "highest=1"], "highest"), (["ordinal=true", "lowest=0"], "lowest"), (["lowest=3"], "lowest"),
      (["highest=-9"], "highest"),
    ] {
      var wrong = options
      for assignment in assignments { try wrong.set(assignment) }
      let error = #expect(throws: ConfigurationError.self) {
        try TextRegressor.train(on: ToyScores.texts(40), options: wrong)
      }
      #expect(error?.setting == setting)
    }
    options.text.chunkLength = 64
    #expect(throws: ConfigurationError.self) { try TextRegressor.train(on: ToyScores.texts(40), options: options) }
    let many = Examples((0..<200).map { LabeledText("text \($0)", label: "\($0)") })
    let error = #expect(throws: ConfigurationError.self) {
      try TextRegressor.train(on: many, options: ToyScores.options(["ordinal=true"], model: "ngrams"))
    }
    #expect(error?.description.contains("200 different scores") == true)
  }

  @Test func `bounds that were asked for are those of the answers`() throws {
    let options = try ToyScores.options(["lowest=-3", "highest=-0.5"], model: "ngrams")
    let (regressor, _) = try TextRegressor.train(on: ToyScores.texts(200), options: options)
    #expect(regressor.range == -3...(-0.5))
    #expect(regressor.score(for: "splendid splendid splendid splendid splendid splendid") <= -0.5)
  }

  @Test func `folds and seeds measure every text once`() throws {
    let repetitions = try TextRegressor.trainRepeatedly(
      on: ToyScores.texts(150), folds: 3, seeds: 2, options: ToyScores.options(model: "ngrams"))
    #expect(repetitions.count == 6 && repetitions.allSatisfy { $0.report.texts > 20 })
    #expect(repetitions.filter { $0.seed == 1 }.reduce(0) { $0 + $1.report.texts } == 150)
  }

  @Test func `any distinct scores are shared out among folds`() throws {
    let texts = ToyScores.graded(120).enumerated().map {
      LabeledText($1.text, label: "\(Double($1.grade) + Double($0) / 1_000)")
    }
    let repetitions = try TextRegressor.trainRepeatedly(
      on: Examples(texts), folds: 4, options: ToyScores.options(model: "ngrams"))
    #expect(repetitions.allSatisfy { (20...40).contains($0.report.texts) }, "\(repetitions.map(\.report.texts))")
  }
}
