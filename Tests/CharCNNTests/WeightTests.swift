import CharCNNToolkit
import TestSupport
import Testing

/// Texts that count for nothing, or next to nothing, in models of solved n-grams and beside a network.
@Suite struct WeightTests {
  private static let words = [["apple", "plum", "pear"], ["iron", "zinc", "tin"]]

  private static func text(_ number: Int) -> String {
    "\(words[number % 2][number / 2 % 3]) and \(words[number % 2][number / 6 % 3]) \(number % 17)"
  }

  /// What is learned: one class, several labels, scores.
  enum Kind: CaseIterable { case classes, several, scores, grades }

  private static func label(_ kind: Kind, _ number: Int) -> String {
    switch kind {
    case .classes, .several: ["fruit", "metal"][number % 2]
    case .scores: "\(Double(number % 2) + Double(number % 7) / 10)"
    case .grades: "\(1 + number % 2 + (number % 14 == 3 ? 1 : 0))"
    }
  }

  /// The model as bytes.
  private static func model(
    _ texts: [LabeledText], _ kind: Kind, settings: [String] = [], validation: [LabeledText]? = nil
  ) throws -> (bytes: [UInt8], answers: [Double]) {
    let (examples, held) = (Examples(texts, name: "texts"), validation.map { Examples($0, name: "held") })
    let asked = (0..<40).map(text)
    if kind == .classes || kind == .several {
      var options = ClassificationOptions()
      try options.use(model: "ngrams")
      for setting in settings { try options.set(setting) }
      if kind == .several { options.labels = .several }
      options.threads = 2
      let model = try TextClassifier.train(on: examples, validation: held, options: options).model
      return (try model.data(), model.predictions(for: asked, maximumCount: 2).flatMap { $0.map(\.probability) })
    }
    let assignments = kind == .grades ? ["ordinal=true"] + settings : settings
    let regressor = try TextRegressor.train(
      on: examples, validation: held, options: ToyScores.options(assignments, model: "ngrams")
    ).model
    return (try regressor.data(), regressor.predictions(for: asked).map(\.score))
  }

  @Test(arguments: Kind.allCases)
  func `texts of the weight 0 are as if they were not there, bit for bit`(kind: Kind) throws {
    for hasOtherWeights in [false, true] {
      let counted = (0..<700).map { number -> LabeledText in
        var text = LabeledText(Self.text(number), label: Self.label(kind, number))
        if hasOtherWeights { text.weight = 1 + Double(number % 3) }
        return text
      }
      func mixed(_ label: (Int) -> String) -> [LabeledText] {
        counted.enumerated().flatMap { number, text -> [LabeledText] in
          // Some repeat a text, some have characters that no other has.
          var none = LabeledText(number % 4 == 0 ? "Ω \(number)" : text.text, label: label(number))
          none.weight = 0
          return number % 3 == 0 ? [none, text] : [text]
        }
      }
      let without = try Self.model(counted, kind)
      let right = try Self.model(mixed { Self.label(kind, $0) }, kind)
      let wrong = try Self.model(mixed { kind == .grades || kind == .scores ? "\(99 + $0)" : "other \($0 % 5)" }, kind)
      #expect(without.answers == right.answers && without.answers == wrong.answers)
      #expect(without.bytes == right.bytes && without.bytes == wrong.bytes)
    }
  }

  @Test(arguments: Kind.allCases, [[], ["ngramBalance=full"]])
  func `what texts of next to no weight say does not matter`(kind: Kind, settings: [String]) throws {
    if kind != .classes, !settings.isEmpty { return }
    let held = (0..<200).map { LabeledText(Self.text($0), label: Self.label(kind, $0)) }
    let models = try [0, 1].map { shift in
      let texts = (0..<400).flatMap { number -> [LabeledText] in
        let sure = LabeledText(Self.text(number), label: Self.label(kind, number))
        // More of them have one label, so that classes would be as frequent as they are not.
        var light = LabeledText(
          Self.text(number), label: Self.label(kind, number % 3 == 0 ? 0 : number + shift))
        light.weight = 1e-8
        return [sure, light]
      }
      return try Self.model(texts, kind, settings: settings, validation: held)
    }
    for (first, second) in zip(models[0].answers, models[1].answers) { #expect(abs(first - second) < 1e-4) }
  }

  @Test func `a file that others are measured with needs no column of weights`() throws {
    let folder = try TemporaryFolder()
    let rows = (0..<200).map { "\(Self.text($0)),\(Self.label(.classes, $0)),\($0 % 3)\n" }.joined()
    let train = try folder.write("text,label,trust\n" + rows, to: "train.csv")
    let held = try folder.write(
      "text,label\n" + (0..<60).map { "\(Self.text($0)),\(Self.label(.classes, $0))\n" }.joined(), to: "held.csv")
    var options = DataOptions()
    options.weight = .name("trust")
    let source = try LabeledTextSource(path: train, options: options)
    options.trained = source.trainedColumns
    let validation = try LabeledTextSource(path: held, options: options)
    #expect(validation.columns?.weight == nil && !validation.summary.contains("weight"))
    options.trained = nil
    let error = #expect(throws: DataError.self) { try LabeledTextSource(path: held, options: options) }
    #expect(error?.kind == .missingColumn)
    var told: [String] = []
    var training = ClassificationOptions()
    try training.use(model: "ngrams")
    _ = try TextClassifier.train(on: Examples(source), validation: Examples(validation), options: training) { event in
      if case .prepared(let data) = event { told = data.warnings }
    }
    #expect(told.contains { $0.hasSuffix("67 records of the weight 0 are left out") }, "\(told)")
  }
}
