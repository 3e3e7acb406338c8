import CharCNNToolkit
import Foundation
import TestSupport
import Testing

/// Classifiers that say that they do not know.
@Suite struct CalibrationTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static let words = [
    "fruit": ["apple", "plum", "pear", "cherry", "quince", "medlar"],
    "metal": ["iron", "copper", "zinc", "nickel", "cobalt", "silver"],
    "river": ["danube", "volga", "elbe", "loire", "rhone", "tagus"],
  ]

  /// Texts of words of their class, and of others now and then, so that no answer is certain.
  private static func texts(_ count: Int, seed: UInt64 = 1) -> [LabeledText] {
    var stream = RandomStream(key: Randomness(seed: seed).key(.test))
    let names = words.keys.sorted()
    return (0..<count).map { number in
      let label = names[number % 3]
      let chosen = (0..<3).map { _ in
        words[stream.uniform() < 0.7 ? label : names[stream.below(3)]]?[stream.below(6)] ?? ""
      }
      return LabeledText(chosen.joined(separator: " "), label: label)
    }
  }

  /// Texts that are of none of the classes.
  private static func others(_ count: Int) -> [LabeledText] {
    (0..<count).map { LabeledText("xyzzy \($0) 00\($0 % 7) qq", label: nil) }
  }

  private func trained(_ settings: String..., model: String? = "ngrams") throws -> TextClassifier {
    var options = try model == nil ? ToyTexts.options() : ClassificationOptions()
    if let model { try options.use(model: model) }
    options.threads = 2
    for setting in settings { try options.set(setting) }
    return try TextClassifier.train(on: Examples(Self.texts(600)), options: options).model
  }

  @Test func `precision and coverage are reached, also on more than a piece of texts`() throws {
    let model = try trained()
    let held = Self.texts(2_600, seed: 3)
    let (careful, report) = try model.calibrated(on: Examples(held), goal: .precision(0.97))
    #expect(report.texts == 2_600 && report.accuracy < 0.95 && report.coverage < 1)
    #expect(try #require(report.accuracyAnswered) >= 0.97)
    #expect(try #require(report.errorAfter) <= 0.05 && report.lossAfter <= report.lossBefore + 1e-6)
    // What the report says is what the model does, one by one, together and measured.
    let answers = careful.answers(for: held.map(\.text))
    let given = zip(answers, held).filter { $0.0.label != nil }
    #expect(Double(given.count) / 2_600 == report.coverage)
    #expect(Double(given.count { $0.0.label == $0.1.label }) / Double(given.count) == report.accuracyAnswered)
    for (answer, text) in zip(answers, held).prefix(300) {
      #expect(careful.predictedLabel(for: text.text) == answer.label)
    }
    var unknown: [Bool?] = []
    let measured = try careful.evaluate(on: Examples(held), answered: { unknown.append($0.isUnknown) }).report
    #expect(unknown == answers.map { $0.label == nil })
    #expect(measured.coverage == report.coverage && measured.accuracyAnswered == report.accuracyAnswered)
    #expect(measured.accuracy == report.accuracy && measured.expectedCalibrationError == report.errorAfter)
    #expect(measured.coverageCurve?.first?.accuracy == report.accuracy && measured.brierScore ?? 2 < 0.5)
    // Texts of a label that it does not know: what it answers to them is wrong, as in the accuracy.
    let strangers = held.enumerated().map { $0 % 4 == 0 ? LabeledText($1.text, label: "nobody") : $1 }
    let mixed = try careful.evaluate(on: Examples(strangers))
    let right = zip(answers, strangers).count { $0.label != nil && $0.label == $1.label }
    #expect(mixed.coverage == report.coverage)
    #expect(mixed.accuracyAnswered == Double(right) / Double(given.count) && mixed.accuracyAnswered ?? 1 < 0.8)
    #expect(mixed.coverageCurve?.first?.accuracy == mixed.accuracy)
    // The likeliest labels are those of before, and a model that answers everything says nothing of coverage.
    #expect(zip(answers, model.predictions(for: held.map(\.text))).allSatisfy { $0.hypotheses[0].label == $1[0].label })
    #expect(try model.evaluate(on: Examples(held)).coverage == nil)

    let share = try model.calibrated(on: Examples(held), goal: .coverage(0.8)).report
    #expect((0.8...0.81).contains(share.coverage) && share.rejection.labelThresholds.isEmpty)
    #expect(try model.calibrated(on: Examples(held), goal: .coverage(1)).report.rejection.threshold == 0)
  }

  @Test func `texts of no class are told from others`() throws {
    let model = try trained()
    let held = Self.texts(900, seed: 5)
    let others = Examples(Self.others(2_100))
    let (careful, report) = try model.calibrated(on: Examples(held), outside: others)
    #expect(report.outsideTexts == 2_100 && report.outsideRefused ?? 0 > 0.9 && report.areaUnderROC ?? 0 > 0.9)
    let measured = try careful.evaluate(on: Examples(held), outside: others, answered: nil).report
    #expect(measured.outside?.refused == report.outsideRefused)
    #expect(measured.outside?.areaUnderROC == report.areaUnderROC && measured.outside?.texts == 2_100)
    #expect(try model.evaluate(on: Examples(held), outside: others, answered: nil).report.outside?.refused == nil)
    // The same where they stand among the others, under a label that the model does not know.
    let mixed = held + Self.others(2_100).map { LabeledText($0.text, label: "oos") }
    let second = try model.calibrated(on: Examples(mixed)).report
    #expect(second.unknownLabels == ["oos": 2_100] && second.rejection == report.rejection)
    #expect(throws: ConfigurationError.self) { try model.calibrated(on: Examples(held)) }
  }

  private static let kinds: [(settings: [String], model: String?)] = [
    ([], nil), ([], "ngrams"), (["ngrams=none", "epochs=6"], nil), (["chunkLength=16"], nil),
  ]

  @Test(arguments: kinds.indices) func `it is kept in files, in 8 bits and by explanations`(kind: Int) throws {
    var options = try Self.kinds[kind].model == nil ? ToyTexts.options() : ClassificationOptions()
    if let model = Self.kinds[kind].model { try options.use(model: model) }
    for setting in Self.kinds[kind].settings { try options.set(setting) }
    let model = try TextClassifier.train(on: Examples(Self.texts(600)), options: options).model
    let held = Self.texts(400, seed: 9).map(\.text)
    // Of the certainties of this model the middle one, and one that few answers reach.
    let certainties = try model.rejecting(TextClassifier.RejectOption(temperature: 1.7)).answers(for: held)
      .map(\.certainty).sorted()
    let (usual, high) = (certainties[200], certainties[380])
    let option = TextClassifier.RejectOption(temperature: 1.7, threshold: usual, labelThresholds: ["metal": high])
    let careful = try model.rejecting(option)
    let answers = careful.answers(for: held, maximumCount: 3)
    #expect(answers.contains { $0.label == nil } && answers.contains { $0.label != nil })
    for answer in answers {
      let least = answer.hypotheses[0].label == "metal" ? high : usual
      #expect((answer.label == nil) == (answer.certainty < least))
      #expect((answer.hypotheses.reduce(0) { $0 + $1.probability } - 1).magnitude < 1e-5)
    }
    try careful.write(to: folder.path("m.charcnn"))
    let opened = try TextClassifier(contentsOf: folder.path("m.charcnn"))
    #expect(opened.rejection == option && opened.answers(for: held, maximumCount: 3) == answers)
    #expect(try opened.rejecting(nil).predictions(for: held) == model.predictions(for: held))
    let report = try opened.evaluate(on: Examples(Self.texts(400, seed: 9)))
    #expect(report.coverage == Double(answers.count { $0.label != nil }) / 400)
    if kind == 0 { #expect(try opened.quantized().rejection == option) }
    // The score of an explanation is the log-odds of the probability that is answered.
    for text in held.prefix(5) where kind != 3 {
      let explanation = try opened.explanation(of: text)
      let odds = log(explanation.probability / (1 - explanation.probability))
      #expect((explanation.total - odds).magnitude < 0.02, "\(explanation.total) \(odds)")
      #expect(opened.walkthrough(of: text).predictions.count == 3)
    }
  }

  @Test func `several labels get a temperature and thresholds anew`() throws {
    var options = ClassificationOptions()
    try options.use(model: "ngrams")
    options.labels = .several
    let texts = Self.texts(900).map {
      LabeledText($0.text, labels: $0.text.contains("iron") ? ["metal", "old"] : ["other"])
    }
    let model = try TextClassifier.train(on: Examples(texts), options: options).model
    let (calibrated, report) = try model.calibrated(on: Examples(texts), goal: .probabilities)
    #expect(report.thresholds?.count == 3 && calibrated.thresholds == report.thresholds && report.lossAfter.isFinite)
    #expect(throws: ConfigurationError.self) { try model.calibrated(on: Examples(texts), goal: .precision(0.9)) }
    #expect(throws: ConfigurationError.self) {
      try model.rejecting(TextClassifier.RejectOption(threshold: 0.5))
    }
  }

  @Test func `values out of their range are refused, in files too`() throws {
    let model = try trained()
    let faulty: [TextClassifier.RejectOption] = [
      .init(temperature: 0), .init(temperature: .nan), .init(temperature: 101), .init(threshold: 1.1),
      .init(threshold: .nan), .init(labelThresholds: ["metal": -1]), .init(labelThresholds: ["no": 0.5]),
    ]
    for option in faulty { #expect(throws: ConfigurationError.self) { try model.rejecting(option) } }
    for goal in [TextClassifier.RejectOption.Goal.precision(1), .precision(0), .coverage(0), .coverage(1.5)] {
      #expect(throws: ConfigurationError.self) { try model.calibrated(on: Examples(Self.texts(30)), goal: goal) }
    }
    #expect(throws: DataError.self) {
      try model.calibrated(on: Examples([LabeledText("a", label: "no")]), goal: .probabilities)
    }
    #expect(throws: TrainingError.self) {
      try model.calibrated(on: Examples([LabeledText]()), goal: .probabilities)
    }
  }
}
