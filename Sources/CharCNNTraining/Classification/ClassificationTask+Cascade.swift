package import CharCNNCompute
package import CharCNNEvaluation
package import CharCNNNetworks

extension ClassificationTask {
  /// What became of the search for a cascade.
  package enum CascadeSearch {
    /// A cascade, how the model does with it on the validation texts, and what it comes to.
    case found(NgramCascade, ClassificationReport, CascadeReport)
    /// There is none, for this reason.
    case none(String)
  }

  /// Texts whose n-grams are scored at once.
  private static let cascadeBlock = 1_024

  /// Looks for the texts that the solved n-grams can answer alone, by the validation texts. What it finds is a function of the parameters and
  /// these texts; the times in the report are not.
  ///
  /// - Parameters:
  ///   - store: The parameters, which do not change any more.
  ///   - device: Does the arithmetic.
  ///   - check: Called now and then; what it throws ends the search.
  /// - Throws: When a text cannot be read again; what `check` throws.
  package func cascade(_ store: ParameterStore, device: any Device, check: () throws -> Void) throws -> CascadeSearch {
    guard let scorer = network.ngramScorer, let mixture = network.mixture, mixture.count == 2 else {
      return .none("there are no solved n-grams beside the network")
    }
    if device.read(store.tensor(mixture))[0] == 0 {
      return .none("the network counts nothing, so it is not asked anyway")
    }
    let known = (0..<data.validation.count).count { data.validation.label(of: $0) >= 0 }
    guard known >= CascadeThreshold.leastTexts else {
      return .none("\(known) validation texts tell too little, \(CascadeThreshold.leastTexts) are needed")
    }
    store.freeze(device: device)
    let lengths = data.validation.lengths
    let (without, isRight, secondsWithout) = try measure(store, device: device, cascade: nil, check: check)
    var evaluator = Evaluator(network: network, device: device)
    evaluator.foldedNgramWeight = foldedNgramWeight
    let weight = try evaluator.ngramWeight(
      scorer, for: data.validation, classes: data.labels.count, check: check)
    guard weight > 0 else { return .none("the n-grams alone tell nothing") }
    var threshold = CascadeThreshold()
    var margins: [Float] = []
    let workspace = Workspace()
    let classes = data.labels.count
    for first in stride(from: 0, to: lengths.count, by: Self.cascadeBlock) {
      try check()
      let texts = Array(first..<min(first + Self.cascadeBlock, lengths.count))
      let scores = try scorer.scores(of: texts, data.validation, lengths, device)
      let answers = NgramCascade.probabilities(
        scores, classes: classes, weight: weight, device: device, workspace: workspace)
      workspace.reset()
      for (row, text) in texts.enumerated() {
        let places = row * classes..<(row + 1) * classes
        margins.append(NgramCascade.margin(scores[places]))
        // Nobody is right about a text of a class that training lacks.
        guard data.validation.label(of: text) >= 0 else { continue }
        threshold.add(
          margin: margins[text],
          isRightAlone: Evaluator.predicted(answers[places]) == Int(data.validation.label(of: text)),
          isRight: isRight[text])
      }
    }
    guard let least = threshold.found()?.threshold else {
      return .none("wherever the n-grams are sure of validation texts, the network knows better")
    }
    let texts = margins.count { Double($0) >= least }
    let share = Double(texts) / Double(lengths.count)
    let cascade = NgramCascade(threshold: least, weight: Double(weight), share: share)
    let (report, _, seconds) = try measure(store, device: device, cascade: cascade, check: check)
    return .found(
      cascade, report.counting(answeredByNgrams: texts),
      CascadeReport(
        share: share, accuracy: report.accuracy, accuracyWithout: without.accuracy, seconds: seconds,
        secondsWithout: secondsWithout))
  }

  /// Predicts the validation texts: how well, about which of them rightly, and how long that took.
  private func measure(
    _ store: ParameterStore, device: any Device, cascade: NgramCascade?, check: () throws -> Void
  ) throws -> (report: ClassificationReport, isRight: [Bool], seconds: Double) {
    // Nothing that was found before is used, since a program that predicts has nothing of it either.
    let evaluator = Evaluator(network: network, device: device, cascade: cascade)
    var accumulator = ClassificationAccumulator(labels: data.labels)
    var isRight: [Bool] = []
    let start = ContinuousClock.now
    try evaluator.add(
      data.validation, unseenLabel: data.unseenLabel, to: &accumulator, store: store,
      answered: { text, probabilities in
        try check()
        isRight.append(Evaluator.predicted(probabilities) == Int(data.validation.label(of: text)))
      })
    return (accumulator.report(), isRight, (ContinuousClock.now - start) / .seconds(1))
  }
}
