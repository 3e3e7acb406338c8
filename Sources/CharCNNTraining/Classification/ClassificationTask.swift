public import CharCNNCompute
public import CharCNNEvaluation
public import CharCNNNetworks

/// Texts and their classes.
public final class ClassificationTask: TrainingTask {
  /// What a run learns from and is measured on.
  public struct Data {
    /// Texts to learn from; every label is known.
    public var training: any TextCorpus
    /// Texts to validate with.
    public var validation: any TextCorpus
    /// Class names in the order of the scores.
    public var labels: [String]
    /// Label of a validation text whose class training lacks.
    public var unseenLabel: (Int) -> String?
    /// Characters of a chunk, where the training texts are chunks and the validation texts are judged by theirs.
    public var chunkLength: Int?
    /// What the numbers in the place of class numbers mean, where texts may have several labels; nil where each has one.
    package var sets: LabelSets?
    /// What the numbers in the place of class numbers mean, where texts have scores; nil where they have classes.
    package var scores: ScoreTargets?
    /// Soft labels and weights, by the original numbers of the training texts; nil where each has one label and all count the same.
    package var targets: ExampleTargets?
    /// The same of the validation texts.
    package var heldTargets: ExampleTargets?

    /// Data of a run.
    public init(
      training: any TextCorpus, validation: any TextCorpus, labels: [String],
      unseenLabel: @escaping (Int) -> String? = { _ in nil }, chunkLength: Int? = nil
    ) {
      self.chunkLength = chunkLength
      self.training = training
      self.validation = validation
      self.labels = labels
      self.unseenLabel = unseenLabel
    }
  }

  public let parameters: ParameterLayout
  private let ngrams: NgramConfiguration
  let network: any TextNetwork
  let data: Data
  /// What solved n-grams say of the validation texts, or of their chunks, once it is known.
  private var ngramScores: NgramScores?
  /// What the scores of solved n-grams count by training texts that were left out in turn; nil where none were.
  let foldedNgramWeight: Float?

  /// - Parameters:
  ///   - network: What to train.
  ///   - ngrams: Settings of its wide part.
  ///   - data: Texts and labels.
  public convenience init(network: any TextNetwork, ngrams: NgramConfiguration = .none, data: Data) {
    self.init(network: network, ngrams: ngrams, data: data, foldedNgramWeight: nil)
  }

  /// As ``init(network:ngrams:data:)``, with what is known of solved n-grams.
  ///
  /// - Parameter foldedNgramWeight: What their scores count by training texts that were left out in turn; nil where none were.
  package init(network: any TextNetwork, ngrams: NgramConfiguration, data: Data, foldedNgramWeight: Float?) {
    self.foldedNgramWeight = foldedNgramWeight
    self.network = network
    self.ngrams = ngrams
    self.data = data
    parameters = network.parameters
  }

  public var count: Int { data.training.count }

  public func length(of text: Int) -> Int { network.length ?? max(data.training.plannedLength(of: text), 1) }

  public var members: [[Int32]] {
    // Texts of no label are a class by themselves.
    var members = [[Int32]](repeating: [], count: data.labels.count + 1)
    for text in 0..<count {
      let label = data.training.label(of: text)
      let classes = data.sets.map { $0[label].classes } ?? [label]
      for label in classes.isEmpty ? [Int32(data.labels.count)] : classes { members[Int(label)].append(Int32(text)) }
    }
    return members.filter { !$0.isEmpty }
  }

  public var fittedByValidation: [Parameter] { network.mixture.map { [$0] } ?? [] }

  /// The rows of n-grams learn by a rule of their own.
  public func groups(_ settings: TrainingSettings) -> [ParameterGroup] {
    let rate = HighestRate(
      ngrams.ngramRate ?? NgramConfiguration.usualRate, setting: "ngramRate", lower: ["0.1", "0.02", "0.004"])
    return parameters.groups(settings, tables: .rows(rate: rate, decay: ngrams.ngramDecay))
  }

  /// Counts how rare each n-gram is.
  public func fit(_ store: ParameterStore, device: any Device) throws {
    try store.fit(ngrams, to: data.training, device: device)
  }

  public func addGradients(of texts: [Int], epoch: Int, settings: TrainingSettings, _ pass: Pass) throws
    -> (loss: Double, rows: Int)
  {
    let batch: CharacterBatch
    if data.training.varies {
      let edition = try data.training.edition(of: texts, epoch: epoch)
      batch = try CharacterBatch(edition.corpus, texts: edition.texts, network: network, workspace: pass.workspace)
    } else {
      batch = try CharacterBatch(data.training, texts: texts, network: network, workspace: pass.workspace)
    }
    if let scores = data.scores?.standardised {
      let targets = texts.map { scores[Int(data.training.label(of: $0))] }
      let weights = data.targets.map { known in texts.map { known.weight(of: data.training.original(of: $0)) } }
      return (network.addGradients(batch, scores: targets, weights: weights, pass), batch.sequences.rows)
    }
    if let sets = data.sets {
      let targets = texts.map { sets.targets(data.training.label(of: $0), classes: outputs) }
      let weights = data.targets.map { known in texts.map { known.weight(of: data.training.original(of: $0)) } }
      return (
        network.addGradients(
          batch, targets: targets, weights: weights, smoothing: settings.labelSmoothing, pass), batch.sequences.rows
      )
    }
    if let targets = data.targets {
      let originals = texts.map { data.training.original(of: $0) }
      let loss = network.addGradients(
        batch, shares: originals.map { targets.row(of: $0, classes: data.labels.count) },
        weights: originals.map { targets.weight(of: $0) }, smoothing: settings.labelSmoothing, pass)
      return (loss, batch.sequences.rows)
    }
    let labels = pass.workspace.indices(count: texts.count)
    for (row, text) in texts.enumerated() { labels.host[row] = data.training.label(of: text) }
    let loss = network.addGradients(batch, labels: labels, smoothing: settings.labelSmoothing, pass)
    return (loss, batch.sequences.rows)
  }

  /// Beside solved n-grams the loss decides. They are right about most texts from the first epoch on, so that which epoch has the most
  /// right answers is chance; and their weights are fitted to just this loss. So it is with several labels a text, whose thresholds are fitted
  /// to the same texts.
  public func isBetter(_ report: ClassificationReport, than best: ClassificationReport?) -> Bool {
    guard network.ngramScorer != nil || data.sets != nil, let loss = report.loss, let least = best?.loss else {
      return report.isBetter(than: best)
    }
    return loss < least
  }

  /// What people should know of the mixture when training has ended; nil for nothing.
  package func noteOfMixture(_ store: ParameterStore, device: any Device) -> String? {
    guard network.ngramScorer != nil, let mixture = network.mixture, mixture.count == 2,
      device.read(store.tensor(mixture))[0] == 0
    else { return nil }
    return
      "the network adds nothing to the n-grams on the validation texts and is not asked; n-grams alone are a smaller model"
  }

  public func validate(
    _ store: ParameterStore, device: any Device, workspace: Workspace, check: () throws -> Void
  ) throws -> ClassificationReport {
    let evaluator = try fittedEvaluator(store, device: device, workspace: workspace, check: check)
    if let sets = data.sets { return try severalLabels(sets, evaluator, store: store, check: check) }
    var accumulator = ClassificationAccumulator(labels: data.labels)
    try evaluator.add(
      data.validation, unseenLabel: data.unseenLabel, to: &accumulator, store: store, answered: { _, _ in try check() })
    return accumulator.report()
  }

  /// Fits the weights of the network's parts to the validation texts.
  ///
  /// - Returns: What asks the network about these.
  /// - Throws: When a text cannot be read again; what `check` throws.
  func fittedEvaluator(
    _ store: ParameterStore, device: any Device, workspace: Workspace, check: () throws -> Void
  ) throws -> Evaluator {
    var evaluator = Evaluator(network: network, device: device, chunkLength: data.chunkLength)
    let rows = evaluator.rows(of: data.validation)
    if ngramScores == nil, let scorer = network.ngramScorer {
      ngramScores = try scorer.scores(of: rows, classes: outputs, device: device, check: check)
    }
    evaluator.ngramScores = ngramScores
    evaluator.foldedNgramWeight = foldedNgramWeight
    evaluator.sets = data.sets
    evaluator.targets = data.heldTargets
    evaluator.scores = data.scores
    if let mixture = network.mixture {
      let weights = try evaluator.mixture(
        parts: mixture.count, classes: outputs, for: rows, store: store, workspace: workspace, check: check)
      store.write(weights, to: mixture, device: device)
    }
    return evaluator
  }

  /// Numbers that the network says of a text.
  private var outputs: Int { data.scores?.scale.outputs ?? data.labels.count }

  /// Probabilities that are kept at most.
  private static let mostProbabilities = 64_000_000

  /// Fits the thresholds of the labels to the validation texts and measures with them.
  private func severalLabels(
    _ sets: LabelSets, _ evaluator: Evaluator, store: ParameterStore, check: () throws -> Void
  ) throws -> ClassificationReport {
    let (texts, classes) = (data.validation.count, data.labels.count)
    // Of very many texts, those that are spread evenly tell the thresholds, and all are predicted once more.
    let every = max(1, (texts * classes + Self.mostProbabilities - 1) / Self.mostProbabilities)
    var fit = LabelThresholds(labels: classes)
    var kept: [Float] = []
    _ = try evaluator.forEachAnswer(to: data.validation, store: store) { text, probabilities in
      try check()
      guard text % every == 0 else { return }
      fit.add(probabilities, right: sets[data.validation.label(of: text)].classes)
      kept += probabilities
    }
    var accumulator = ClassificationAccumulator(labels: data.labels, thresholds: fit.thresholds())
    if every == 1 {
      for text in 0..<texts {
        try evaluator.add(
          kept[text * classes..<(text + 1) * classes], text: text, of: data.validation, unseenLabel: { _ in nil },
          to: &accumulator)
      }
    } else {
      try evaluator.add(
        data.validation, unseenLabel: { _ in nil }, to: &accumulator, store: store, answered: { _, _ in try check() })
    }
    return accumulator.report()
  }
}

extension TextNetwork {
  /// Forward, loss and backward: adds the gradients and returns the mean cross entropy over the texts (eq. 9 of the
  /// tutorial's model, divided by the number of texts) and over the parts of the network, each of which has its own error.
  func addGradients(_ batch: CharacterBatch, labels: IndexTensor, smoothing: Float, _ pass: Pass) -> Double {
    let (scores, saved) = forward(batch, pass)
    let logits = scores.all
    let targets = pass.workspace.indices(count: logits.rows)
    for row in 0..<logits.rows { targets.host[row] = labels.host[row % scores.texts] }
    let losses = pass.workspace.tensor(rows: logits.rows, columns: 1)
    let dlogits = pass.workspace.tensor(rows: logits.rows, columns: logits.columns)
    let count = max(labels.count, 1)
    pass.device.crossEntropy(
      logits, labels: targets, smoothing: smoothing, scale: 1 / Float(count), losses: losses, into: dlogits)
    backward(PartScores(dlogits, parts: scores.count), saved, pass)
    return pass.device.sum(losses) / Double(max(logits.rows, 1))
  }

  /// As ``addGradients(_:labels:smoothing:_:)``, of texts that may have several labels: the sum of the cross entropies of the labels, each of
  /// which is right or wrong by itself. Smoothing spreads over the labels what it would spread over classes.
  ///
  /// - Parameters:
  ///   - targets: For each text, which labels are right.
  ///   - weights: How much each text counts; nil where all count the same.
  func addGradients(
    _ batch: CharacterBatch, targets: [[Bool]], weights: [Float]? = nil, smoothing: Float, _ pass: Pass
  ) -> Double {
    let (scores, saved) = forward(batch, pass)
    let logits = scores.all
    let (low, high) = (smoothing / Float(max(logits.columns, 1)), 1 - smoothing)
    let rows = weights.map { weights in (0..<scores.count).flatMap { _ in weights } }
    let values = (0..<scores.count).flatMap { _ in targets.flatMap { $0.map { low + ($0 ? high : 0) } } }
    let dlogits = pass.workspace.tensor(rows: logits.rows, columns: logits.columns)
    let loss = pass.device.logisticLoss(
      logits, targets: values, weights: rows, scale: 1 / Float(max(targets.count, 1)), into: dlogits)
    backward(PartScores(dlogits, parts: scores.count), saved, pass)
    return loss / Double(max(logits.rows, 1))
  }

  /// As ``addGradients(_:labels:smoothing:_:)``, of texts that have scores: half the squared error.
  ///
  /// - Parameters:
  ///   - scores: What each text should get.
  ///   - weights: How much each text counts; nil where all count the same.
  func addGradients(_ batch: CharacterBatch, scores targets: [Float], weights: [Float]? = nil, _ pass: Pass) -> Double {
    let (scores, saved) = forward(batch, pass)
    let outputs = scores.all
    let doutputs = pass.workspace.tensor(rows: outputs.rows, columns: outputs.columns)
    func ofAllParts(_ values: [Float]) -> [Float] { (0..<scores.count).flatMap { _ in values } }
    let loss = pass.device.squaredError(
      outputs, targets: ofAllParts(targets), weights: weights.map(ofAllParts), scale: 1 / Float(max(targets.count, 1)),
      into: doutputs)
    backward(PartScores(doutputs, parts: scores.count), saved, pass)
    return loss / Double(max(outputs.rows, 1))
  }

  /// As ``addGradients(_:labels:smoothing:_:)``, of texts with shares of classes, or that count differently.
  ///
  /// - Parameters:
  ///   - shares: For each text the share of each class.
  ///   - weights: How much each text counts.
  func addGradients(
    _ batch: CharacterBatch, shares: [[Float]], weights: [Float], smoothing: Float, _ pass: Pass
  ) -> Double {
    let (scores, saved) = forward(batch, pass)
    let logits = scores.all
    let (low, high) = (smoothing / Float(max(logits.columns, 1)), 1 - smoothing)
    let targets = (0..<scores.count).flatMap { _ in shares.flatMap { $0.map { low + high * $0 } } }
    let dlogits = pass.workspace.tensor(rows: logits.rows, columns: logits.columns)
    let loss = pass.device.softCrossEntropy(
      logits, targets: targets, weights: (0..<scores.count).flatMap { _ in weights },
      scale: 1 / Float(max(shares.count, 1)), into: dlogits)
    backward(PartScores(dlogits, parts: scores.count), saved, pass)
    return loss / Double(max(logits.rows, 1))
  }
}
