import CharCNNCompute
public import CharCNNEvaluation
internal import CharCNNFiles
import CharCNNNetworks
import CharCNNText
import CharCNNTraining

extension TextEmbedder: TrainableModel {
  /// What it learns from.
  public typealias Example = EmbeddedText
  /// How well it does.
  public typealias Report = EmbeddingReport

  /// The default options, whatever the texts.
  public static func defaultOptions(for examples: Examples<EmbeddedText>) -> Options { Options() }

  /// How texts and a teacher's vectors become a model.
  public static var steps: TrainingRun<TextEmbedder>.Steps { .init(prepare: prepare, contents: { try $0.contents() }) }

  private static func prepare(
    _ request: TrainingRequest<TextEmbedder>, progress: (TrainingEvent<Report>) -> Void
  ) throws -> TrainingPreparation<TextEmbedder> {
    let (texts, options) = (request.examples, request.options)
    let alphabet = try alphabet(of: texts, options) { progress(.reading(examples: $0)) }
    let encoder = TextEncoder(settings: options.text, alphabet: alphabet)
    var all = try PreparedVectors(texts, encoder: encoder, dimension: nil)
    guard all.part.texts.count > 0 else {
      throw TrainingError.noExamples(path: texts.name, isInMemory: texts.isInMemory)
    }
    guard all.part.texts.count > 1 || request.validation != nil else {
      throw TrainingError.noValidation(path: texts.name, isInMemory: texts.isInMemory)
    }
    var held = try request.validation.map { try PreparedVectors($0, encoder: encoder, dimension: all.dimension) }
    let inputs =
      [RunInput(name: "training", path: texts.name, digest: all.digest, content: "texts or vectors")]
      + (held.map {
        [
          RunInput(
            name: "validation", path: request.validation?.name ?? "", digest: $0.digest, content: "texts or vectors")
        ]
      } ?? [])
    try request.checkpoint?.check(inputs: inputs)
    let givesUnits = all.areUnits
    // So that the loss means the same whatever the teacher's lengths.
    let scale = givesUnits ? 1 : all.meanLength
    all.part.vectors = all.part.vectors.scaled(by: 1 / scale)
    if let unscaled = held?.part.vectors { held?.part.vectors = unscaled.scaled(by: 1 / scale) }

    var summary = DataSummary()
    let parts: (training: DistillationTask.Part, validation: DistillationTask.Part)
    if let held {
      parts = (all.part, held.part)
    } else {
      let split = split(all.part, options)
      parts = split
      summary.validationIsSplit = true
    }
    guard parts.validation.texts.count > 0 else {
      let split = request.validation ?? texts
      throw TrainingError.noValidation(path: split.name, isInMemory: split.isInMemory)
    }
    let device = options.makeDevice()
    var configuration = options.network.choosingLengths(
      setsWordsApart: try parts.training.texts.setsWordsApart(alphabet))
    configuration.dimension = all.dimension
    configuration.alphabetSize = alphabet.count
    let most = configuration.rows(alphabet: alphabet.count)
    guard most > 0 else {
      throw ConfigurationError(
        setting: "size",
        problem: "leaves no room for n-grams: the layers alone take more than \(configuration.size) bytes",
        advice: "raise it, or lower rank or hidden")
    }
    let reader = try BagReader(
      counting: parts.training.texts, configuration.features, roles: alphabet.wordRoles(options.text), most: most,
      device: device, check: texts.checkNow)
    guard reader.vocabulary.count > 0 else {
      throw TrainingError.nothingToLearn(
        path: texts.name, problem: "no n-gram occurs in \(configuration.minimumTexts) texts",
        advice: "give more texts, or lower minimumTexts")
    }
    let network = EmbedderNetwork(configuration, learning: reader)
    let task = DistillationTask(network: network, training: parts.training, validation: parts.validation)
    summary.trainingExamples = parts.training.texts.count
    summary.validationExamples = parts.validation.texts.count
    summary.alphabetSize = alphabet.count
    summary.characters = (0..<parts.training.texts.count).reduce(0) { $0 + parts.training.texts.length(of: $1) }
    summary.cutTexts = all.cutTexts + (held?.cutTexts ?? 0)
    summary.emptyTexts = all.emptyTexts + (held?.emptyTexts ?? 0)
    summary.notes = [
      "vectors: \(all.dimension) numbers, \(givesUnits ? "of length 1" : "of length \(Decimals.readable(Double(scale))) on average")",
      "n-grams: \(reader.vocabulary.count): \(configuration.features.description)",
    ]
    summary.warnings = all.warnings + (held?.warnings ?? [])
    let (told, resolved, longest) = (summary, configuration, options.text.maximumLength)
    let validation = parts.validation
    return TrainingPreparation<TextEmbedder>(
      task: task, automaticEpochs: TrainingSettings.distillationEpochs, summary: summary, alphabet: alphabet,
      inputs: inputs, activationsPerCharacter: 0,
      model: { store, _, result in
        let model = try TextEmbedder(
          configuration: resolved, learned: network, reader: reader, store: store, givesUnits: givesUnits, scale: scale,
          encoder: encoder, device: device)
        // What is told is what the model does, whose rows have 8 bits.
        result.report = try DistillationTask.measure(
          model.network, on: validation, model.store, device: device, workspace: Workspace(), check: {})
        let record = Record(
          settings: options.run, trainingExamples: told.trainingExamples, validationExamples: told.validationExamples,
          epochs: result.epochs, bestEpoch: result.bestEpoch, cosine: result.report.cosine,
          neighborAgreement: result.report.neighborAgreement,
          similarityCorrelation: result.report.similarityCorrelation, history: result.history,
          provenance: try request.provenance(told, inputs: inputs, longest: longest, result))
        return model.recording(record)
      })
  }

  /// The characters of the texts that are frequent enough.
  private static func alphabet(
    of texts: Examples<EmbeddedText>, _ options: Options, progress: (_ texts: Int) -> Void
  ) throws -> Alphabet {
    var builder = AlphabetBuilder()
    var count = 0
    func add(_ example: EmbeddedText, _ reference: RecordReference?, _ row: Int) {
      builder.add(text: example.text, settings: options.text)
      count += 1
      if count % 4_096 == 0 { progress(count) }
    }
    try texts.forEach(add)
    return builder.build(minimumCount: options.data.minimumCount, maximumSize: options.data.maximumAlphabet)
  }

  /// Texts that are split off at most: more would not tell more.
  private static let mostHeld = 5_000

  private static func split(
    _ all: DistillationTask.Part, _ options: Options
  ) -> (training: DistillationTask.Part, validation: DistillationTask.Part) {
    let count = all.texts.count
    let wanted = min(
      max(Int((Double(count) * options.data.validationFraction).rounded()), 1), mostHeld, count - 1)
    var stream = RandomStream(key: Randomness(seed: options.training.seed).key(.folds))
    var order = Array(0..<count)
    for place in 0..<wanted { order.swapAt(place, Int.random(in: place..<count, using: &stream)) }
    func part(_ texts: some Sequence<Int>) -> DistillationTask.Part {
      DistillationTask.Part(texts: CorpusSubset(all.texts, texts: texts.sorted()), vectors: all.vectors)
    }
    return (part(order[wanted...]), part(order[..<wanted]))
  }

  /// A model of what was learned: its rows are rounded to 8 bits.
  private convenience init(
    configuration: EmbedderConfiguration, learned network: EmbedderNetwork, reader: BagReader, store: ParameterStore,
    givesUnits: Bool, scale: Float, encoder: TextEncoder, device: CPUDevice
  ) throws {
    guard let table = network.table else { preconditionFailure("a network that learns has a table") }
    let rank = configuration.rank
    let rows = device.read(store.tensor(table))
    let ngrams = LinearNgrams(
      features: reader.features, roles: reader.roles, vocabulary: reader.vocabulary, classes: rank,
      bias: Array(repeating: 0, count: rank), device: device,
      fill: { row, weights in
        for column in 0..<rank { weights[column] = rows[row * rank + column] }
      })
    let known = EmbedderNetwork(configuration, known: ngrams)
    let own = ParameterStore(layout: known.parameters, seed: 0, device: device)
    let learned = Dictionary(uniqueKeysWithValues: network.parameters.trained.map { ($0.name, $0) })
    for parameter in known.parameters.trained {
      guard let from = learned[parameter.name] else { preconditionFailure("the layers are the same") }
      own.write(store.read(from, device: device), to: parameter, device: device)
    }
    self.init(
      configuration: configuration, ngrams: ngrams, givesUnits: givesUnits, scale: scale, store: own, encoder: encoder,
      device: device, record: nil)
  }

  private func recording(_ record: Record) -> TextEmbedder {
    TextEmbedder(
      configuration: configuration, ngrams: ngrams, givesUnits: givesUnits, scale: scale, store: store,
      encoder: encoder, device: device, record: record)
  }

  /// Measures the model on texts and a teacher's vectors of them.
  ///
  /// - Parameters:
  ///   - examples: Texts with vectors.
  ///   - progress: Receives the number of texts done.
  /// - Throws: `DataError` for faulty files; ``TrainingError/noExamples(path:isInMemory:)`` where there is none; ``ConfigurationError`` for
  ///   vectors of another length.
  public func evaluate(on examples: Examples<EmbeddedText>, progress: (_ texts: Int) -> Void) throws -> EmbeddingReport
  {
    let report = try measured(on: examples).report
    progress(report.texts)
    return report
  }

  /// Measures the model as `evaluate(on:progress:)` does, and says what of the texts was left out or cut, one line each.
  package func measured(on examples: Examples<EmbeddedText>) throws -> (report: EmbeddingReport, warnings: [String]) {
    var prepared = try PreparedVectors(examples, encoder: encoder, dimension: dimension)
    guard prepared.part.texts.count > 0 else {
      throw TrainingError.noExamples(path: examples.name, isInMemory: examples.isInMemory)
    }
    if !givesUnits { prepared.part.vectors = prepared.part.vectors.scaled(by: 1 / scale) }
    let report = try DistillationTask.measure(
      network, on: prepared.part, store, device: device, workspace: Workspace(), check: examples.checkNow)
    return (report, prepared.warnings)
  }
}
