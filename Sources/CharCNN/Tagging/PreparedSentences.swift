internal import CharCNNFiles
import CharCNNNetworks
import CharCNNText
import CharCNNTraining

/// Encoded training and validation sentences, split where no validation sentences are given.
struct PreparedSentences {
  let encoder: TextEncoder
  let labels: LabelSet
  let training: EncodedSentences
  /// Which of the training sentences are learned from.
  let sentences: [Int]
  let validation: EncodedSentences
  let summary: DataSummary
  let inputs: [RunInput]

  /// - Parameters:
  ///   - source: Sentences to learn from.
  ///   - validation: Sentences to measure with; nil splits some off.
  ///   - options: How.
  ///   - alphabet: Makes the alphabet of the run from that of the sentences.
  init(
    _ source: Examples<TaggedSentence>, validation: Examples<TaggedSentence>?, options: TaggingOptions,
    alphabet: (Alphabet) throws -> Alphabet
  ) throws {
    let unit = options.architecture.unit
    let read = try source.read()
    let held = try validation?.read()
    let all = read.prepared(for: unit, scheme: options.scheme)
    labels = try Self.labels(of: all, source)
    let scheme = TagScheme(recognizing: labels.labels)
    let unseparated = source.unseparated(read)
    encoder = TextEncoder(settings: options.text, alphabet: try alphabet(Self.alphabet(of: all, options: options)))
    var summary = DataSummary()
    summary.unit = "sentence"
    let training = Self.encode(all, unit: unit, labels: labels, encoder: encoder)
    var inputs = [RunInput(name: "training", path: source.name, digest: read.digest)]
    if let held, let validation {
      self.validation = Self.encode(
        held.prepared(for: unit, scheme: scheme, isKnown: true), unit: unit, labels: labels, encoder: encoder)
      sentences = Array(0..<training.count)
      inputs.append(RunInput(name: "validation", path: validation.name, digest: held.digest))
    } else {
      let split = stratifiedSplit(
        labels: [Int32](repeating: 0, count: all.count), validationFraction: options.data.validationFraction,
        seed: options.training.seed)
      if let unseparated { throw unseparated }
      if split.validation.isEmpty || split.train.isEmpty {
        throw TrainingError.noValidation(path: source.name, isInMemory: source.isInMemory)
      }
      sentences = split.train
      self.validation = Self.encode(split.validation.map { all[$0] }, unit: unit, labels: labels, encoder: encoder)
      summary.validationIsSplit = true
    }
    self.training = training
    summary.trainingExamples = sentences.count
    summary.validationExamples = self.validation.count
    summary.labels = labels.labels
    summary.alphabetSize = encoder.alphabet.count
    summary.characters = sentences.reduce(0) { $0 + training.characterCount(of: $1) }
    if let unseparated { summary.warnings.append(unseparated.problemAndAdvice) }
    for tag in self.validation.unseen.values { summary.unseenLabels[tag, default: 0] += 1 }
    for (tag, count) in summary.unseenLabels.sorted(by: { $0.key < $1.key }) {
      summary.warnings.append(
        "the validation data has \(count == 1 ? "1 token" : "\(count) tokens") with the tag \"\(tag)\", which the training data lacks; they count as wrong"
      )
    }
    if training.cutTokens > 0 {
      summary.warnings.append(
        "\(training.cutTokens == 1 ? "1 word" : "\(training.cutTokens) words") cut to the first \(options.text.maximumLength) characters (`maximumLength`)"
      )
    }
    self.summary = summary
    self.inputs = inputs
  }

  private static func labels(of sentences: [TaggedSentence], _ source: Examples<TaggedSentence>) throws -> LabelSet {
    let labels = LabelSet(sentences.flatMap { $0.tokens.compactMap(\.tag) })
    if labels.count < 2 {
      throw TrainingError.oneTag(path: source.name, tag: labels.labels.first ?? "", isInMemory: source.isInMemory)
    }
    return labels
  }

  /// The characters of all tokens; of those that have tags themselves, the first unit each.
  private static func alphabet(of sentences: [TaggedSentence], options: TaggingOptions) -> Alphabet {
    var builder = AlphabetBuilder()
    var settings = options.text
    if options.architecture.unit == .character { settings.maximumLength = 1 }
    for sentence in sentences { for token in sentence.tokens { builder.add(text: token.text, settings: settings) } }
    return builder.build(
      minimumCount: options.data.minimumCount, maximumSize: options.data.maximumAlphabet)
  }

  static func encode(_ sentences: [TaggedSentence], unit: TaggingUnit, labels: LabelSet, encoder: TextEncoder)
    -> EncodedSentences
  {
    var encoded = EncodedSentences(unit: unit)
    for sentence in sentences { encoded.append(sentence.tokens, labels: labels, encoder: encoder) }
    return encoded
  }
}
