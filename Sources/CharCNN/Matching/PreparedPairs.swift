/// Encoded training and validation pairs, split where no validation pairs are given.
struct PreparedPairs {
  let encoder: TextEncoder
  /// Nil for scores.
  let labels: LabelSet?
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
  ///   - digests: Whether a checkpoint will need to know the pairs again.
  init(
    _ source: TextPairs, validation: TextPairs?, options: MatchingOptions, digests: Bool,
    alphabet: (Alphabet) throws -> Alphabet
  ) throws {
    let settings = options.training
    let all = try source.read()
    let held = try validation?.read()
    let isScore = options.network.objective == .regression
    labels = isScore ? nil : try Self.labels(of: all, path: source.path, network: options.network)
    let values = isScore ? try all.map { try $0.score(path: source.path) } : []
    scores = try Self.range(of: values, path: source.path, isScore: isScore)
    var builder = AlphabetBuilder()
    for pair in all {
      builder.add(text: pair.first, settings: options.text)
      builder.add(text: pair.second, settings: options.text)
    }
    encoder = TextEncoder(
      settings: options.text,
      alphabet: try alphabet(
        builder.build(minimumCount: settings.minimumCount, maximumSize: settings.maximumAlphabet)))
    let training = try Self.encode(all, path: source.path, labels: labels, encoder: encoder)
    var summary = DataSummary()
    summary.unit = "pair"
    var inputs = digests ? [RunInput(name: "training", path: source.path, digest: all.digest)] : []
    if let held, let validation {
      self.validation = try Self.encode(held, path: validation.path, labels: labels, encoder: encoder)
      pairs = Array(0..<training.count)
      if digests { inputs.append(RunInput(name: "validation", path: validation.path, digest: held.digest)) }
    } else {
      let split = stratifiedSplit(
        labels: training.labels, validationFraction: settings.validationFraction, seed: settings.seed)
      if split.validation.isEmpty || split.train.isEmpty { throw TrainingError.noValidation(path: source.path) }
      pairs = split.train
      self.validation = try Self.encode(
        split.validation.map { all[$0] }, path: source.path, labels: labels, encoder: encoder)
      summary.validationIsSplit = true
    }
    self.training = training
    summary.trainingExamples = pairs.count
    summary.validationExamples = self.validation.count
    summary.labels = labels?.labels ?? []
    summary.positive = labels.flatMap { $0.count == 2 ? $0[1] : nil }
    summary.alphabetSize = encoder.alphabet.count
    summary.characters = pairs.reduce(0) { $0 + training.length(of: $1) }
    for label in self.validation.unseen.values { summary.unseenLabels[label, default: 0] += 1 }
    for (label, count) in summary.unseenLabels.sorted(by: { $0.key < $1.key }) {
      summary.warnings.append(
        "the validation data has \(count == 1 ? "1 pair" : "\(count) pairs") with the label \"\(label)\", which the training data lacks; they count as wrong"
      )
    }
    if training.cutTexts > 0 {
      summary.warnings.append(
        "\(training.cutTexts == 1 ? "1 text" : "\(training.cutTexts) texts") cut to the first \(options.text.maximumLength) characters (--set maximumLength=…)"
      )
    }
    self.summary = summary
    self.inputs = inputs
  }

  /// The labels; of two the one of texts that match comes second, as the loss and the figures have it.
  private static func labels(of pairs: [TextPair], path: String, network: MatcherConfiguration) throws -> LabelSet {
    let labels = LabelSet(pairs.compactMap(\.label))
    if labels.count < 2 { throw TrainingError.notEnoughClasses(path: path, label: labels.labels.first ?? "") }
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
        "is needed: neither \"\(first)\" nor \"\(second)\" is known as the label of texts that match; say which with --set positive=\(second)"
    )
  }

  private static func range(of values: [Float], path: String, isScore: Bool) throws -> ClosedRange<Float>? {
    guard isScore, let low = values.min(), let high = values.max() else { return nil }
    if low < high { return low...high }
    throw TrainingError.oneScore(path: path, score: "\(low)")
  }

  /// - Throws: `DataError` where a score is wanted and the label is no number.
  static func encode(_ pairs: [TextPair], path: String, labels: LabelSet?, encoder: TextEncoder) throws
    -> EncodedPairs
  {
    var encoded = EncodedPairs()
    for pair in pairs {
      encoded.append(
        pair, labels: labels, score: labels == nil ? try pair.score(path: path) : 0, encoder: encoder)
    }
    return encoded
  }
}
