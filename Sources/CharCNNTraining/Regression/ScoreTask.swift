package import CharCNNCompute
package import CharCNNEvaluation
package import CharCNNNetworks

/// Texts and their scores: learned as texts and their classes are, with other errors and other figures.
package final class ScoreTask: TrainingTask {
  private let base: ClassificationTask
  private let targets: ScoreTargets

  /// - Parameters:
  ///   - network: What to train.
  ///   - ngrams: Settings of its wide part.
  ///   - data: Texts with the numbers of their scores, and what these mean.
  ///   - foldedNgramWeight: What the scores of solved n-grams count by training texts that were left out in turn; nil where none were.
  package init(
    network: any TextNetwork, ngrams: NgramConfiguration, data: ClassificationTask.Data, foldedNgramWeight: Float?
  ) {
    guard let targets = data.scores else { preconditionFailure("texts without scores") }
    base = ClassificationTask(
      network: network, ngrams: ngrams, data: data, foldedNgramWeight: foldedNgramWeight)
    self.targets = targets
  }

  package var parameters: ParameterLayout { base.parameters }
  package var count: Int { base.count }
  package var fittedByValidation: [Parameter] { base.fittedByValidation }

  package func length(of text: Int) -> Int { base.length(of: text) }

  package func groups(_ settings: TrainingSettings) -> [ParameterGroup] { base.groups(settings) }

  package func fit(_ store: ParameterStore, device: any Device) throws { try base.fit(store, device: device) }

  package func addGradients(of texts: [Int], epoch: Int, settings: TrainingSettings, _ pass: Pass) throws
    -> (loss: Double, rows: Int)
  {
    var settings = settings
    // What is above a grade is no label that somebody may have mistaken.
    settings.labelSmoothing = 0
    return try base.addGradients(of: texts, epoch: epoch, settings: settings, pass)
  }

  package func validate(
    _ store: ParameterStore, device: any Device, workspace: Workspace, check: () throws -> Void
  ) throws -> ScoreReport {
    let evaluator = try base.fittedEvaluator(store, device: device, workspace: workspace, check: check)
    let validation = base.data.validation
    var accumulator = ScoreAccumulator(targets.scale)
    _ = try evaluator.forEachAnswer(to: validation, store: store) { text, outputs in
      try check()
      accumulator.add(outputs, score: targets.values[Int(validation.label(of: text))])
    }
    return try accumulator.report()
  }

  /// The loss decides: it is what is learned, and tells more than the error of rounded grades.
  package func isBetter(_ report: ScoreReport, than best: ScoreReport?) -> Bool {
    guard let loss = report.loss, let least = best?.loss else { return report.isBetter(than: best) }
    return loss < least
  }

  /// What people should know of the mixture when training has ended; nil for nothing.
  package func noteOfMixture(_ store: ParameterStore, device: any Device) -> String? {
    base.noteOfMixture(store, device: device)
  }
}
