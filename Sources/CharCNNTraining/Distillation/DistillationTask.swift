package import CharCNNCompute
package import CharCNNEvaluation
package import CharCNNNetworks

/// Texts and the vectors that a teacher gives them (Hinton 2015, "Distilling the Knowledge in a Neural Network", for what a small model learns
/// of a large one; Reimers & Gurevych 2020, "Making Monolingual Sentence Embeddings Multilingual using Knowledge Distillation", for vectors).
package final class DistillationTask: TrainingTask {
  /// Texts and their vectors.
  package struct Part {
    /// The texts.
    package var texts: any TextCorpus
    /// The vectors, by the original numbers of the texts.
    package var vectors: TeacherVectors

    /// Texts and their vectors.
    package init(texts: any TextCorpus, vectors: TeacherVectors) {
      self.texts = texts
      self.vectors = vectors
    }

    /// The vectors of some texts, one after another.
    func vectors(of texts: [Int]) -> [Float] { vectors.vectors(of: texts.map { self.texts.original(of: $0) }) }
  }

  package let parameters: ParameterLayout
  private let network: EmbedderNetwork
  private let training: Part
  private let validation: Part

  /// - Parameters:
  ///   - network: The student.
  ///   - training: What it learns from.
  ///   - validation: What it is measured on.
  package init(network: EmbedderNetwork, training: Part, validation: Part) {
    self.network = network
    self.training = training
    self.validation = validation
    parameters = network.parameters
  }

  package var count: Int { training.texts.count }

  package func length(of text: Int) -> Int { max(training.texts.length(of: text), 1) }

  /// The rows of n-grams learn by a rule of their own.
  package func groups(_ settings: TrainingSettings) -> [ParameterGroup] {
    let rate = HighestRate(
      network.configuration.ngramRate, setting: "ngramRate", lower: ["0.001", "0.0003", "0.0001"])
    return parameters.groups(settings, tables: .adamRows(rate: rate))
  }

  package func addGradients(of texts: [Int], epoch: Int, settings: TrainingSettings, _ pass: Pass) throws
    -> (loss: Double, rows: Int)
  {
    let batch = try CharacterBatch(training.texts, texts: texts, network: network, workspace: pass.workspace)
    let (scores, saved) = network.forward(batch, pass)
    let y = scores.only
    let target = pass.tensor(rows: y.rows, columns: y.columns)
    pass.device.write(training.vectors(of: texts), to: target)
    let dy = pass.tensor(rows: y.rows, columns: y.columns)
    let loss = pass.device.vectorLoss(y, target: target, into: dy, workspace: pass.workspace)
    network.backward(PartScores(dy), saved, pass)
    return (loss, batch.sequences.rows)
  }

  package func validate(
    _ store: ParameterStore, device: any Device, workspace: Workspace, check: () throws -> Void
  ) throws -> EmbeddingReport {
    try Self.measure(network, on: validation, store, device: device, workspace: workspace, check: check)
  }

  /// The loss decides: it is what is learned.
  package func isBetter(_ report: EmbeddingReport, than best: EmbeddingReport?) -> Bool {
    guard let loss = report.loss, let least = best?.loss else { return report.isBetter(than: best) }
    return loss < least
  }

  /// Texts whose neighbours are compared at most.
  private static let sample = 500

  /// Measures a network on texts and their vectors.
  ///
  /// - Parameters:
  ///   - network: The student.
  ///   - part: The texts.
  ///   - store: Its parameters.
  ///   - device: Does the arithmetic.
  ///   - workspace: Memory, which is reset before each batch.
  ///   - check: Called for each batch; what it throws ends the measure.
  package static func measure(
    _ network: EmbedderNetwork, on part: Part, _ store: ParameterStore, device: any Device, workspace: Workspace,
    check: () throws -> Void
  ) throws -> EmbeddingReport {
    let texts = part.texts
    let plan = BatchPlan(lengths: (0..<texts.count).map { max(texts.length(of: $0), 1) })
    let every = max(1, (texts.count + sample - 1) / sample)
    var (cosines, losses) = (0.0, 0.0)
    var sampled: [Int: (own: ArraySlice<Float>, other: ArraySlice<Float>)] = [:]
    let dimension = part.vectors.dimension
    for number in 0..<plan.count {
      try check()
      workspace.reset()
      let chosen = plan[number]
      let pass = Pass.prediction(device: device, workspace: workspace, store: store)
      let batch = try CharacterBatch(texts, texts: chosen, network: network, workspace: workspace)
      let y = network.forward(batch, pass).scores.only
      let vectors = part.vectors(of: chosen)
      let target = workspace.tensor(rows: y.rows, columns: y.columns)
      device.write(vectors, to: target)
      let all = workspace.tensor(rows: y.rows, columns: 1)
      device.cosines(y, target, into: all)
      cosines += device.sum(all)
      let unused = workspace.tensor(rows: y.rows, columns: y.columns)
      losses += Double(y.rows) * device.vectorLoss(y, target: target, into: unused, workspace: workspace)
      let own = device.read(y)
      for (row, text) in chosen.enumerated() where text % every == 0 {
        let range = row * dimension..<(row + 1) * dimension
        sampled[text] = (own[range], vectors[range])
      }
    }
    workspace.reset()
    let order = sampled.keys.sorted()
    let agreement = EmbeddingReport.agreement(
      order.flatMap { sampled[$0]?.own ?? [] }, order.flatMap { sampled[$0]?.other ?? [] }, dimension: dimension)
    let count = Double(max(texts.count, 1))
    return EmbeddingReport(
      texts: texts.count, cosine: cosines / count, loss: losses / count, neighborAgreement: agreement.neighbors,
      similarityCorrelation: agreement.correlation)
  }
}
