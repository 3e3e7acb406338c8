import CharCNN
import TestSupport
import Testing

/// Values that a program can pass and that make no sense are errors, or are documented to mean nothing.
@Suite struct ValueTests {
  @Test func `vectors and queries that are none are errors of an index`() throws {
    for dimension in [0, -1, .min] {
      #expect(throws: ConfigurationError.self) { try VectorIndex([1, 2], dimension: dimension) }
    }
    for vectors in [[1], [1, 2, 3], [1, .nan], [.infinity, 0]] as [[Float]] {
      #expect(throws: ConfigurationError.self) { try VectorIndex(vectors, dimension: 2) }
    }
    for similarity in VectorIndex.Similarity.allCases {
      let index = try VectorIndex([1, 2, 3, 4], dimension: 2, similarity: similarity)
      for count in [0, -1, .min] {
        #expect(throws: ConfigurationError.self) { try index.nearest(to: [1, 2], count: count) }
      }
      for queries in [[1], [1, 2, 3], [.nan, 1], [1, -.infinity]] as [[Float]] {
        #expect(throws: ConfigurationError.self) { try index.nearest(toEach: queries, count: 1) }
      }
      #expect(try index.nearest(to: [1, 2], count: .max).count == 2)
    }
  }

  @Test func `a detector answers whatever its settings, and is not calibrated by a share out of range`() throws {
    let classifier = try TextClassifier.train(on: Examples(ToyTexts.texts(30)), options: ToyTexts.options()).model
    var detector = LanguageDetector(classifier)
    for share in [0, -0.5, 1.5, .nan, .infinity] {
      #expect(throws: ConfigurationError.self) { try detector.calibrate(on: ["plum"], answering: share) }
    }
    #expect(detector.settings == LanguageDetector.Settings())
    let wild = [Double.nan, -.infinity, .infinity, -1, 1e308]
    for value in wild {
      detector.settings.minimumProbability = value
      detector.settings.minimumKnownShare = value
      detector.settings.switchCost = value
      detector.languageHints = ["fruit": value, "metal": 1e308, "none": value]
      #expect(detector.detections(for: ["plum iron", ""], maximumCount: -1).count == 2)
      _ = detector.spans(in: "plum iron danube")
      #expect(throws: ConfigurationError.self) { try detector.settings.validate() }
    }
    detector.processString("plum")
    #expect(detector.languageHypotheses(withMaximum: .min).isEmpty)
  }

  @Test func `counts of answers below one give none`() throws {
    let classifier = try TextClassifier.train(on: Examples(ToyTexts.texts(30)), options: ToyTexts.options()).model
    for count in [0, -1, .min] {
      #expect(classifier.predictedLabelHypotheses(for: "plum", maximumCount: count).isEmpty)
      #expect(classifier.predictions(for: ["plum", ""], maximumCount: count) == [[], []])
    }
    #expect(classifier.predictions(for: ["plum"], maximumCount: .max)[0].count == 3)
    let tagger = try SequenceTagger(contentsOf: TaskBundle.words.path(), threads: -3)
    for sequences in [0, -1, .min] { #expect(tagger.tags(ofWords: ["the"], sequences: sequences).sequences.count == 1) }
    #expect(tagger.tags(ofWords: [], sequences: .max).tokens.isEmpty)
    let model = try CharacterLanguageModel(contentsOf: TaskBundle.causal.path(), threads: 0)
    var options = CharacterLanguageModel.SamplingOptions()
    for length in [-1, .min] {
      #expect(throws: ConfigurationError.self) { try model.text(continuing: "a", length: length) }
    }
    for temperature in [-1, .nan, .infinity] {
      options.temperature = temperature
      #expect(throws: ConfigurationError.self) { try model.text(continuing: "a", length: 3, options: options) }
    }
    options = CharacterLanguageModel.SamplingOptions()
    for topK in [0, -1, .min] {
      options.topK = topK
      #expect(throws: ConfigurationError.self) { try model.text(continuing: "a", length: 3, options: options) }
    }
  }

  /// A change of options that makes no training.
  struct Change: CustomTestStringConvertible {
    let name: String
    let apply: @Sendable (inout ClassificationOptions) -> Void
    var testDescription: String { name }

    static let all: [Change] =
      [-1, 0, .min, .max].flatMap { (value: Int) in
        [
          Change(name: "maximumLength \(value)") { $0.text.maximumLength = value },
          Change(name: "chunkLength \(value)") { $0.text.chunkLength = value },
          Change(name: "batchTexts \(value)") { $0.training.batchTexts = value == .max ? 0 : value },
          Change(name: "batchCharacters \(value)") { $0.training.batchCharacters = value == .max ? 0 : value },
          Change(name: "epochs \(value)") { $0.training.epochs = value == .max ? -7 : value },
          Change(name: "ngramBits \(value)") { $0.ngrams.ngramBits = value },
        ]
      }
      + [.nan, -1, .infinity].flatMap { (value: Double) in
        [
          Change(name: "rate \(value)") { $0.training.rate = Float(value) },
          Change(name: "validationFraction \(value)") { $0.data.validationFraction = value },
          Change(name: "clip \(value)") { $0.training.clip = Float(value) },
          Change(name: "averaging \(value)") { $0.training.averaging = Float(value) },
          Change(name: "labelSmoothing \(value)") { $0.training.labelSmoothing = Float(value) },
          Change(name: "cuts \(value)") { $0.data.cuts = Float(value) },
          Change(name: "ngramDropout \(value)") { $0.ngrams.ngramDropout = Float(value) },
        ]
      }
  }

  /// Times that cannot be meant, and the option that an error names.
  static let times: [(String, @Sendable (inout ClassificationOptions) -> Void)] = [
    ("timeLimit", { $0.timeLimit = .zero }), ("timeLimit", { $0.timeLimit = .seconds(-1) }),
    ("checkpoint.interval", { $0.checkpoint = CheckpointOptions(folder: "/dev/null/x", interval: .seconds(-1)) }),
  ]

  @Test(arguments: times.indices) func `times that cannot be meant are errors before anything is read`(number: Int)
    throws
  {
    let (name, change) = Self.times[number]
    var options = try ToyTexts.options()
    change(&options)
    let texts = Examples<LabeledText> { _ in Issue.record("the examples are read") }
    let error = #expect(throws: ConfigurationError.self) { try TextClassifier.train(on: texts, options: options) }
    #expect(error?.setting == name)
  }

  @Test(arguments: Change.all)
  func `settings out of range are errors before anything is read`(change: Change) throws {
    var options = try ToyTexts.options()
    change.apply(&options)
    #expect(throws: ConfigurationError.self) {
      try TextClassifier.train(on: Examples(ToyTexts.texts(30)), options: options)
    }
  }
}
