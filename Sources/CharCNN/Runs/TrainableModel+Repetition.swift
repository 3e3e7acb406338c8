import CharCNNNetworks
public import CharCNNText
public import CharCNNTraining

extension TrainingSummary {
  /// One of several trainings: a fold of a cross-validation, a seed, or both.
  public struct Repetition: Sendable {
    /// The part of the examples that was left out and measured on, from 1; nil where none was.
    public let fold: Int?
    /// The seed of all that was random.
    public let seed: UInt64
    /// How well the model does: on the part that was left out, or without one on the validation examples, which chose its best epoch.
    public let report: Report
    /// The training.
    public let summary: TrainingSummary<Report>
  }
}

extension TrainableModel {
  /// Trains several times, and measures each time: with each part of the examples left out in turn (cross-validation; Stone 1974,
  /// "Cross-Validatory Choice and Assessment of Statistical Predictions"), with several seeds, or both.
  ///
  /// Every part has the same mixture of labels, and copies of a text are in one part. Validation examples of each training are split off what
  /// it learns from, so that what is measured on has no part in any choice.
  ///
  /// - Parameters:
  ///   - examples: Examples to learn from and to measure on.
  ///   - validation: Without folds: examples to choose the best epoch by and to measure on; nil splits some off.
  ///   - folds: Number of parts, 2 to 100; nil leaves none out.
  ///   - seeds: Number of seeds, from that of the options on: 1 to 1,000.
  ///   - options: As for training; nil for the defaults for the examples.
  ///   - group: What the example of a row, counted from 1, belongs to beside the copies of its text: what belongs together is in one part.
  ///   - progress: Receives what happens, with the number of the training, from 0.
  ///   - measure: Measures a model on the part that was left out, whose number is given, from 1; nil does it with ``evaluate(on:progress:)``.
  ///   - isCancelled: Asked before each step; true ends all of it.
  /// - Returns: What each training came to, fold by fold and for each fold seed by seed.
  /// - Throws: What training and measuring throw; ``ConfigurationError`` for numbers out of their range; `CancellationError` where it was
  ///   cancelled with a model that is not whole, ``TrainingError/stoppedBeforeFirstStep`` where it was before there was one.
  public static func trainRepeatedly(
    on examples: Examples<Example>, validation: Examples<Example>? = nil, folds: Int? = nil, seeds: Int = 1,
    options: Options? = nil, group: (_ row: Int) -> String? = { _ in nil },
    progress: (_ training: Int, TrainingEvent<Report>) -> Void = { _, _ in },
    measure: ((Self, Examples<Example>, _ fold: Int) throws -> Report)? = nil,
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws -> [TrainingSummary<Report>.Repetition] {
    if let folds, !(2...FoldAssignment.most).contains(folds) {
      throw ConfigurationError(
        setting: "folds", problem: "must be 2 to \(FoldAssignment.most), not \(folds)")
    }
    guard (1...1_000).contains(seeds) else {
      throw ConfigurationError(setting: "seeds", problem: "must be 1 to 1000, not \(seeds)")
    }
    if folds != nil, validation != nil {
      throw ConfigurationError(
        setting: "validation", problem: "goes with one training, and folds split theirs off what they learn from",
        advice: "leave it out")
    }
    var options = options ?? defaultOptions(for: examples)
    options.checkpoint = nil
    let first = options.training.seed
    let assignment = try folds.map { try examples.assigned(toFolds: $0, seed: first, group: group) }
    if let folds, let assignment, assignment.count < folds {
      throw ConfigurationError(
        setting: "folds", problem: "must be at most the \(assignment.count) examples, not \(folds)")
    }
    if let folds, let assignment, assignment.used < folds {
      throw ConfigurationError(
        setting: "folds",
        problem:
          "must be at most \(assignment.used), not \(folds): copies and groups stay together, and there are no more of them",
        advice: "choose fewer parts, or other groups")
    }
    var done: [TrainingSummary<Report>.Repetition] = []
    for fold in 0..<(folds ?? 1) {
      let training = assignment.map { parts in examples.keeping { parts.fold(of: $0) != fold } } ?? examples
      for seed in 0..<UInt64(seeds) {
        options.training.seed = first &+ seed
        let number = done.count
        let (model, summary) = try train(
          on: training, validation: validation, options: options, progress: { progress(number, $0) },
          isCancelled: isCancelled)
        if summary.stopReason == .cancelled { throw CancellationError() }
        var report = summary.report
        if let assignment {
          let held = examples.keeping { assignment.fold(of: $0) == fold }
          report = try measure?(model, held, fold + 1) ?? model.evaluate(on: held)
        }
        done.append(
          TrainingSummary<Report>.Repetition(
            fold: assignment == nil ? nil : fold + 1, seed: options.training.seed, report: report, summary: summary))
      }
    }
    return done
  }
}
