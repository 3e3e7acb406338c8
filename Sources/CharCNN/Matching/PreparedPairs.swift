internal import CharCNNFiles
import CharCNNNetworks
import CharCNNText
import CharCNNTraining

/// Encoded training and validation pairs, split where no validation pairs are given.
struct PreparedPairs {
  let encoder: TextEncoder
  /// Nil for scores.
  let labels: LabelSet?
  /// Whether somebody has said, or its name tells, which of two labels is that of texts that match; true for scores.
  let knowsPositive: Bool
  /// Lowest and highest score of the training pairs; nil for labels.
  let scores: ClosedRange<Float>?
  let training: EncodedPairs
  /// Which of the training pairs are learned from.
  let pairs: [Int]
  let validation: EncodedPairs
  let summary: DataSummary
  let inputs: [RunInput]

  /// - Parameters:
  ///   - source: Pairs to learn from.
  ///   - validation: Pairs to measure with; nil splits some off.
  ///   - options: How.
  ///   - alphabet: Makes the alphabet of the run from that of the pairs.
  init(
    _ source: Examples<TextPair>, validation: Examples<TextPair>?, options: MatchingOptions,
    alphabet: (Alphabet) throws -> Alphabet
  ) throws {
    let isScore = options.network.objective == .regression
    let first = try PairVocabulary(source, options: options, isScore: isScore)
    labels = isScore ? nil : try Self.labels(first.labels.keys.sorted(), of: source, network: options.network)
    scores = try Self.range(first.scores, of: source)
    knowsPositive =
      options.network.positive != nil
      || labels.map { $0.count == 2 && PositiveLabel.recognized($0[0], $0[1]) != nil } ?? true
    encoder = TextEncoder(
      settings: options.text,
      alphabet: try alphabet(
        first.alphabet.build(minimumCount: options.data.minimumCount, maximumSize: options.data.maximumAlphabet)))
    var summary = DataSummary()
    summary.unit = "pair"
    var inputs = [RunInput(name: "training", path: source.name, digest: first.digest)]
    let (labels, encoder) = (labels, encoder)
    func score(_ pair: TextPair, _ examples: Examples<TextPair>) throws -> Float {
      isScore ? try pair.score(of: examples) : 0
    }

    var training = EncodedPairs(encoder: encoder, source: source.source)
    var held: EncodedPairs
    if let validation {
      held = EncodedPairs(encoder: encoder, source: validation.source)
      var digest = RunningSHA256()
      let report = try validation.forEachPair { pair, reference in
        digest.add(pair)
        held.append(pair, labels: labels, score: try score(pair, validation), reference: reference)
      }
      if held.count == 0 {
        throw TrainingError.noExamples(path: validation.name, isInMemory: validation.isInMemory)
      }
      if held.unseen.count == held.count {
        throw DataError.noKnownLabel(of: validation, given: held.unseen.values, known: labels?.labels ?? [])
      }
      summary.warnings += report.warnings
      pairs = Array(0..<first.count)
      inputs.append(RunInput(name: "validation", path: validation.name, digest: digest.hexDigest))
      try source.forEachPair { pair, reference in
        training.append(pair, labels: labels, score: try score(pair, source), reference: reference)
      }
    } else {
      held = EncodedPairs(encoder: encoder, source: source.source)
      let split = stratifiedSplit(
        labels: first.numbers(labels), validationFraction: options.data.validationFraction,
        seed: options.training.seed)
      if split.validation.isEmpty || split.train.isEmpty {
        throw TrainingError.noValidation(path: source.name, isInMemory: source.isInMemory)
      }
      pairs = split.train
      // Both are in the order of the source.
      var next = 0
      try source.forEachPair { pair, reference in
        let value = try score(pair, source)
        if next < split.validation.count, split.validation[next] == training.count {
          held.append(pair, labels: labels, score: value, reference: reference)
          next += 1
        }
        training.append(pair, labels: labels, score: value, reference: reference)
      }
      summary.validationIsSplit = true
    }
    // A file that somebody writes to meanwhile is another one when it is read for the second time.
    if training.count != first.count || !training.unseen.isEmpty {
      throw TrainingError.changed(path: source.name, what: "holds other texts or labels")
    }
    self.validation = held
    self.training = training
    summary.trainingExamples = pairs.count
    summary.validationExamples = self.validation.count
    summary.labels = labels?.labels ?? []
    summary.positive = labels.flatMap { $0.count == 2 ? $0[1] : nil }
    summary.alphabetSize = encoder.alphabet.count
    summary.characters = pairs.reduce(0) { $0 + training.length(of: $1) }
    summary.warnings += first.report.warnings + LabelWarnings.lines(first.labels, unit: "pair", areScores: isScore)
    for label in self.validation.unseen.values { summary.unseenLabels[label, default: 0] += 1 }
    for (label, count) in summary.unseenLabels.sorted(by: { $0.key < $1.key }) {
      summary.warnings.append(
        "the validation data has \(count == 1 ? "1 pair" : "\(count) pairs") with the label \"\(label)\", which the training data lacks; they count as wrong"
      )
    }
    if training.cutTexts > 0 {
      summary.warnings.append(
        "\(training.cutTexts == 1 ? "1 text" : "\(training.cutTexts) texts") cut to the first \(options.text.maximumLength) characters (`maximumLength`)"
      )
    }
    self.summary = summary
    self.inputs = inputs
  }

  /// The labels; of two the one of texts that match comes second, as the loss and the figures have it.
  private static func labels(
    _ names: [String], of source: Examples<TextPair>, network: MatcherConfiguration
  ) throws -> LabelSet {
    let labels = LabelSet(names)
    if labels.count < 2 {
      throw TrainingError.notEnoughClasses(
        path: source.name, label: labels.labels.first ?? "", isInMemory: source.isInMemory)
    }
    guard labels.count == 2 else { return labels }
    return labels.with(last: try positive(of: labels[0], labels[1], network: network))
  }

  private static func positive(of first: String, _ second: String, network: MatcherConfiguration)
    throws(ConfigurationError) -> String
  {
    if let positive = network.positive {
      if positive == first || positive == second { return positive }
      throw ConfigurationError(
        setting: "positive", problem: "must be one of the labels \"\(first)\" and \"\(second)\", not \"\(positive)\"")
    }
    if let known = PositiveLabel.recognized(first, second) { return known }
    // A label is as good as the other; distances need to know which of them draws texts together.
    if network.objective == .classification { return second }
    throw ConfigurationError(
      setting: "positive",
      problem:
        "is needed: neither \"\(first)\" nor \"\(second)\" is known as the label of texts that match",
      advice: "say which with `positive=\(second)`"
    )
  }

  private static func range(_ scores: ClosedRange<Float>?, of source: Examples<TextPair>) throws -> ClosedRange<Float>?
  {
    guard let scores else { return nil }
    if scores.lowerBound < scores.upperBound { return scores }
    throw TrainingError.oneScore(
      path: source.name, score: "\(scores.lowerBound)", isInMemory: source.isInMemory)
  }
}

/// What a first reading of pairs learns.
private struct PairVocabulary {
  var alphabet = AlphabetBuilder()
  /// How often each label occurs.
  var labels: [String: Int] = [:]
  /// Lowest and highest score; nil for labels.
  var scores: ClosedRange<Float>?
  var count = 0
  let digest: String
  let report: ReadingReport
  /// The place of each pair's label among those that came before it; none for scores.
  private var places: [Int32] = []
  private var found: [String] = []

  init(_ source: Examples<TextPair>, options: MatchingOptions, isScore: Bool) throws {
    var digest = RunningSHA256()
    var (alphabet, labels, places, found, count) = (AlphabetBuilder(), [String: Int](), [Int32](), [String](), 0)
    var known: [String: Int32] = [:]
    var scores: ClosedRange<Float>?
    report = try source.forEachPair { pair, _ in
      digest.add(pair)
      alphabet.add(text: pair.first, settings: options.text)
      alphabet.add(text: pair.second, settings: options.text)
      count += 1
      if isScore {
        let score = try pair.score(of: source)
        scores = min(scores?.lowerBound ?? score, score)...max(scores?.upperBound ?? score, score)
        return
      }
      let label = pair.label ?? ""
      labels[label, default: 0] += 1
      if known[label] == nil {
        known[label] = Int32(found.count)
        found.append(label)
      }
      places.append(known[label] ?? 0)
    }
    if count == 0 { throw TrainingError.noExamples(path: source.name, isInMemory: source.isInMemory) }
    (self.alphabet, self.labels, self.places, self.found, self.count) = (alphabet, labels, places, found, count)
    self.scores = scores
    self.digest = digest.hexDigest
  }

  /// The number of each pair's label; -1 for scores.
  func numbers(_ labels: LabelSet?) -> [Int32] {
    guard let labels else { return [Int32](repeating: -1, count: count) }
    let numbers = found.map { labels.index(of: $0) ?? -1 }
    return places.map { numbers[Int($0)] }
  }
}
