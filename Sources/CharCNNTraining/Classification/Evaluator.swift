public import CharCNNCompute
public import CharCNNEvaluation
internal import CharCNNFiles
public import CharCNNNetworks

/// Measures a network on labelled texts.
public struct Evaluator: Sendable {
  let network: any TextNetwork
  let device: any Device
  /// Characters of a chunk, for networks that judge long texts by their chunks.
  private let chunkLength: Int?
  private let cascade: NgramCascade?
  private let workspaces = WorkspacePool()
  /// What solved n-grams say of the rows of the corpus that is measured, where it was found out before.
  var ngramScores: NgramScores?
  /// What the scores of the n-grams count by training texts that were left out in turn; nil where none were.
  var foldedNgramWeight: Float?
  /// What is done to the probabilities of a text; nil where nothing is.
  package var temperature: Temperature?
  /// What the numbers in the place of class numbers mean, where texts may have several labels.
  package var sets: LabelSets?
  /// What the numbers in the place of class numbers mean, where texts have scores.
  package var scores: ScoreTargets?
  /// Soft labels, by the original numbers of the texts: what weights of parts are fitted to; nil where each text has one label.
  package var targets: ExampleTargets?

  /// An evaluator of a network.
  ///
  /// - Parameter cascade: Says of which texts the network is not asked; nil asks it of all.
  public init(
    network: any TextNetwork, device: any Device, chunkLength: Int? = nil, cascade: NgramCascade? = nil
  ) {
    self.chunkLength = chunkLength
    self.cascade = cascade
    self.network = network
    self.device = device
  }

  /// What the network judges of a corpus: its texts, or their chunks.
  func rows(of corpus: any TextCorpus) -> any TextCorpus { chunkLength.map { corpus.chunked(length: $0) } ?? corpus }

  /// Predicts every text of a corpus and gathers the figures.
  ///
  /// - Parameters:
  ///   - corpus: Encoded texts with class numbers.
  ///   - unseenLabel: The label of a text whose class number is -1.
  ///   - store: The parameters.
  ///   - labels: Class names.
  ///   - progress: Receives the number of texts done.
  /// - Throws: When a text cannot be read again.
  public func evaluate(
    _ corpus: any TextCorpus, unseenLabel: (Int) -> String?, store: ParameterStore,
    labels: [String], progress: (Int) -> Void = { _ in }
  ) throws -> ClassificationReport {
    var accumulator = ClassificationAccumulator(labels: labels)
    try add(corpus, unseenLabel: unseenLabel, to: &accumulator, store: store, progress: progress)
    return accumulator.report()
  }

  /// Predicts every text of a corpus and adds the figures to those of others; see
  /// ``evaluate(_:unseenLabel:store:labels:progress:)``.
  ///
  /// - Parameter answered: Receives each text's number and the probabilities of its classes, in order.
  /// - Returns: How many texts the n-grams answered alone; 0 without a cascade.
  /// - Throws: When a text cannot be read again, and what `answered` throws.
  @discardableResult public func add(
    _ corpus: any TextCorpus, unseenLabel: (Int) -> String?, to accumulator: inout ClassificationAccumulator,
    store: ParameterStore, progress: (Int) -> Void = { _ in },
    answered: (_ text: Int, _ probabilities: ArraySlice<Float>) throws -> Void = { _, _ in }
  ) throws -> Int {
    try forEachAnswer(to: corpus, store: store) { text, probabilities in
      try add(probabilities, text: text, of: corpus, unseenLabel: unseenLabel, to: &accumulator)
      try answered(text, probabilities)
      progress(text + 1)
    }
  }

  /// Predicts every text of a corpus.
  ///
  /// - Parameter body: Receives each text's number and the probabilities of its classes, in order.
  /// - Returns: How many texts the n-grams answered alone; 0 without a cascade.
  /// - Throws: When a text cannot be read again, and what `body` throws.
  func forEachAnswer(
    to corpus: any TextCorpus, store: ParameterStore,
    _ body: (_ text: Int, _ probabilities: ArraySlice<Float>) throws -> Void
  ) throws -> Int {
    func give(_ text: Int, _ probabilities: ArraySlice<Float>) throws {
      try body(text, temperature?.applied(to: probabilities)[...] ?? probabilities)
    }
    guard let chunkLength else { return try forEachText(corpus, store: store, give) }
    // What the chunks of each text say together.
    let chunks = ChunkedCorpus(corpus, chunkLength: chunkLength)
    var pooled: PooledProbabilities?
    var seen = 0
    return try forEachText(chunks, store: store) { chunk, probabilities in
      var sums =
        pooled ?? PooledProbabilities(classes: probabilities.count, hasSeveral: network.allowsSeveralLabels)
      sums.add(probabilities)
      seen += 1
      let text = chunks.text(ofChunk: chunk)
      if seen == chunks.chunks(of: text) {
        try give(text, sums.take()[...])
        seen = 0
      }
      pooled = sums
    }
  }

  private func forEachText(
    _ corpus: any TextCorpus, store: ParameterStore, _ body: (Int, ArraySlice<Float>) throws -> Void
  ) throws -> Int {
    let predictor = BatchPredictor(
      network: network, store: store, device: device, workspaces: workspaces, cascade: cascade)
    return try predictor.forEachText(
      lengths: corpus.lengths, ngramScores: ngramScores,
      copy: { try corpus.copyCharacters(of: $0, into: $1) }, body)
  }

  /// The class of the highest probability, the first among equals.
  package static func predicted(_ row: ArraySlice<Float>) -> Int {
    row.indices.max { row[$0] < row[$1] }.map { $0 - row.startIndex } ?? 0
  }

  /// The classes that a number in the place of a class number means.
  func classes(of label: Int32) -> [Int32] { sets.map { $0[label].classes } ?? [label] }

  /// The shares of the classes of a text of a corpus.
  func shares(of text: Int, in corpus: any TextCorpus) -> [(label: Int32, share: Float)] {
    if sets == nil, let targets { return targets.classes(of: corpus.original(of: text)) }
    return classes(of: corpus.label(of: text)).map { ($0, 1) }
  }

  /// Adds an answer to the figures of others.
  func add(
    _ row: ArraySlice<Float>, text: Int, of corpus: any TextCorpus, unseenLabel: (Int) -> String?,
    to accumulator: inout ClassificationAccumulator
  ) throws(EvaluationError) {
    let label = corpus.label(of: text)
    if let sets {
      return try accumulator.add(
        actual: sets[label].classes.map(Int.init), unseen: sets[label].unseen, probabilities: row)
    }
    let predicted = Self.predicted(row)
    let actual = label < 0 ? nil : Int(label)
    let loss = actual.map { -log(Double(max(row[row.startIndex + $0], .leastNormalMagnitude))) }
    let squares = row.reduce(1) { $0 + Double($1) * Double($1) }
    let squaredError = squares - 2 * (actual.map { Double(row[row.startIndex + $0]) } ?? 0)
    try accumulator.add(
      actual: actual, unseenLabel: actual == nil ? unseenLabel(text) : nil, predicted: predicted,
      probability: Double(row[row.startIndex + predicted]), loss: loss,
      squaredError: squaredError)
  }

  /// Hands texts to `body` in batches.
  func forEachBatch(
    _ corpus: any TextCorpus, texts: [Int], workspace: Workspace, _ body: ([Int], CharacterBatch) throws -> Void
  ) throws {
    let lengths = corpus.lengths
    let plan = BatchPlan(lengths: texts.map { network.rows(ofText: lengths[$0]) })
    for number in 0..<plan.count {
      workspace.reset()
      let chosen = plan[number].map { texts[$0] }
      var batch = try CharacterBatch(corpus, texts: chosen, network: network, workspace: workspace)
      if let scorer = network.ngramScorer {
        let scores = try ngramScores?.scores(of: chosen) ?? scorer.scores(of: chosen, corpus, lengths, device)
        batch.attach(ngramScores: scores, workspace: workspace, device: device)
      }
      try body(chosen, batch)
    }
    workspace.reset()
  }
}

extension TextCorpus {
  /// Characters of every text.
  var lengths: [Int] { (0..<count).map { length(of: $0) } }
}

extension CharacterBatch {
  /// Some texts of a corpus, as much of them as the network reads.
  init(_ corpus: any TextCorpus, texts: [Int], network: any TextNetwork, workspace: Workspace) throws {
    var failure: (any Error)?
    self.init(
      count: texts.count, fixedLength: network.length, workspace: workspace,
      length: { network.characters(ofText: corpus.length(of: texts[$0])) },
      copy: { text, buffer in
        do { try corpus.copyCharacters(of: texts[text], into: buffer) } catch { failure = error }
      })
    if let failure { throw failure }
  }
}
