import CharCNNToolkit

/// What a model says of some texts: what is kept of an old program's answers, and what this one's are compared with.
struct ModelAnswers: Codable, Equatable {
  /// Labels, tags, languages and generated texts, by what was asked.
  var words: [String: [String]] = [:]
  /// Probabilities, vectors and measures, by what was asked. A decimal number that was written from a float or double is
  /// read as the same one.
  var numbers: [String: [Double]] = [:]
  /// SHA-256 of the weights of a model that was made of a checkpoint; empty for others.
  var weights = ""

  /// Known and unknown characters, long and empty texts.
  static let texts = [
    "a lovely film; never again", "很好看的电影", "味道太差，不会再来", "", "x", "🙂", "This shop is a pain. Ada sees the cat.",
    "the old house by the sea and the moon", "das schöne haus", "我们和朋友一起走", "12:30", "Ünïcödé ﬁlm ＡＢＣ",
    "How do I pay?", "车站怎么走", "gladly again and again and again and again and again and again and again",
  ]
  /// Words of a sentence.
  static let sentence = ["Ada", "sees", "the", "猫", "and", "draws", "一只", "lamp", "."]

  /// The answers of a model of any task.
  ///
  /// - Parameters:
  ///   - path: The bundle.
  ///   - data: What it was trained on, to measure it with.
  ///   - threads: Number of threads.
  ///   - instructions: Vector instructions.
  init(ofModel path: String, data: String, threads: Int, instructions: InstructionSet) throws {
    let bundle = try ModelBundle(contentsOf: path)
    switch try bundle.task() {
    case .classification:
      let model = try TextClassifier(bundle, threads: threads, instructions: instructions)
      take(model, detector: LanguageDetector(model))
      let answers = model.answers(for: Self.texts)
      words["answer"] = answers.map { $0.label ?? "unknown" }
      numbers["answer"] = answers.map(\.certainty)
      let report = try model.evaluate(on: Examples(contentsOf: data))
      numbers["evaluate"] = [report.accuracy, report.macroF1] + (report.thresholds ?? []).map(Double.init)
    case .tagging: try take(SequenceTagger(bundle, threads: threads, instructions: instructions), data: data)
    case .matching: try take(TextMatcher(bundle, threads: threads, instructions: instructions), data: data)
    case .regression:
      let model = try TextRegressor(bundle, threads: threads, instructions: instructions)
      let predictions = model.predictions(for: Self.texts)
      numbers["predict"] = predictions.map(\.score) + predictions.compactMap(\.grade)
      let report = try model.evaluate(on: Examples(contentsOf: data))
      numbers["evaluate"] = [report.pearson, report.spearman, report.meanAbsoluteError].compactMap { $0 }
    case .embedding:
      numbers["evaluate"] = [try TextEmbedder(bundle, threads: threads).evaluate(on: Examples(contentsOf: data)).cosine]
    case .language: try take(CharacterLanguageModel(bundle, threads: threads, instructions: instructions), data: data)
    }
    let extractor = try bundle.featureExtractor(threads: threads, instructions: instructions)
    for level in FeatureOptions.Level.allCases {
      let options = FeatureOptions(level: level)
      guard (try? extractor.featureDimension(options)) != nil else { continue }
      numbers["embed \(level.rawValue)"] = try extractor.features(of: Self.texts, options).flatMap(\.values)
        .map(Double.init)
    }
  }

  private mutating func take(_ model: TextClassifier, detector: LanguageDetector) {
    let predictions = model.predictions(for: Self.texts, maximumCount: model.labels.count)
    words["predict"] = predictions.flatMap { $0.map(\.label) }
    numbers["predict"] = predictions.flatMap { $0.map(\.probability) }
    guard model.labels.contains("eng") else { return }
    numbers["detection"] = [
      detector.settings.minimumProbability, detector.settings.minimumKnownShare, detector.settings.switchCost,
    ]
    words["detect"] = detector.detections(for: Self.texts).map { $0.language ?? "unknown" }
  }

  private mutating func take(_ tagger: SequenceTagger, data: String) throws {
    var sentences = tagger.unit == .word ? [tagger.tags(ofWords: Self.sentence, sequences: 2)] : []
    if tagger.unit == .character { sentences = Self.texts.flatMap { tagger.tags(in: $0, sequences: 2) } }
    words["tags"] = sentences.flatMap(\.tags) + sentences.flatMap { $0.spans.map(\.type) }
    numbers["tags"] = sentences.flatMap { sentence in
      sentence.tokens.map(\.probability) + sentence.spans.map(\.probability) + sentence.sequences.map(\.probability)
    }
    let report = try tagger.evaluate(on: Examples(contentsOf: data))
    numbers["evaluate"] = [report.accuracy]
  }

  private mutating func take(_ matcher: TextMatcher, data: String) throws {
    let pairs = zip(Self.texts, Self.texts.reversed()).map { (first: $0, second: $1) }
    let matches = matcher.matches(for: pairs)
    words["match"] = matches.compactMap(\.label)
    numbers["match"] = matches.map(\.score)
    let report = try matcher.evaluate(on: Examples(contentsOf: data))
    numbers["evaluate"] = [report.accuracy, report.macroF1].compactMap { $0 }
  }

  private mutating func take(_ model: CharacterLanguageModel, data: String) throws {
    let report = try model.evaluate(on: Examples(contentsOf: data))
    numbers["evaluate"] = [report.bitsPerCharacter, report.accuracy]
    words["text"] = [try model.text(continuing: "The old ", length: 60)]
  }
}
