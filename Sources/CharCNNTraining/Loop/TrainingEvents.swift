public import CharCNNEvaluation

/// What training tells while it runs.
#if hasAttribute(nonexhaustive)
@nonexhaustive
#endif
public enum TrainingEvent<Report: ModelReport>: Sendable {
  /// So many records of a file were read.
  case reading(examples: Int)
  /// The weights of n-grams are being looked for, which is before the data are told and the network begins to learn.
  case solving(SolvingReport)
  /// The data is read and the network laid out.
  case prepared(DataSummary)
  /// Somewhere within an epoch.
  case step(StepReport<Report>)
  /// An epoch is over and validated.
  case epoch(EpochReport<Report>)
  /// A checkpoint was written, or could not be; training goes on in both cases.
  case checkpoint(CheckpointReport)
}

/// How far the search for the weights of n-grams is.
public struct SolvingReport: Sendable {
  /// Part of the search that is done, 0 to 1, as far as can be told; 0 while n-grams are counted.
  public var fraction: Double
  /// Passes over the training texts so far, each for up to sixteen classes or costs at once.
  public var passes: Int
  /// Seconds since it began.
  public var seconds: Double
  /// Estimated seconds to its end; nil where nothing can be told yet.
  public var secondsLeft: Double?

  /// A report.
  public init(fraction: Double, passes: Int, seconds: Double, secondsLeft: Double? = nil) {
    self.fraction = fraction
    self.passes = passes
    self.seconds = seconds
    self.secondsLeft = secondsLeft
  }
}

/// What became of a checkpoint.
public struct CheckpointReport: Sendable {
  /// Seconds that it took, during which training stood still.
  public var seconds: Double
  /// Updates so far.
  public var step: Int
  /// One line: why it could not be written; the one before is still there. Nil for one that was written.
  public var problem: String?

  /// A report.
  public init(seconds: Double, step: Int, problem: String? = nil) {
    self.seconds = seconds
    self.step = step
    self.problem = problem
  }
}

/// What the data of a run is.
public struct DataSummary: Sendable {
  /// What an example is called: a text, a sentence, a window.
  public var unit = "text"
  /// Examples to learn from.
  public var trainingExamples = 0
  /// Examples to validate with.
  public var validationExamples = 0
  /// Class names in the order of the scores; empty for tasks without classes.
  public var labels: [String] = []
  /// Of two labels of pairs the positive one, that of texts that match; nil for other tasks and numbers of labels.
  public var positive: String?
  /// Characters of the alphabet, the unknown one included.
  public var alphabetSize = 0
  /// Characters of the training texts.
  public var characters = 0
  /// Texts that were longer than the longest length and are cut.
  public var cutTexts = 0
  /// Texts without a single character.
  public var emptyTexts = 0
  /// Labels of the validation data that training lacks, with their number; they count as wrong.
  public var unseenLabels: [String: Int] = [:]
  /// Whether validation was split off the training data.
  public var validationIsSplit = false
  /// Passes over the data; 0 for a training that does not go in steps.
  public var epochs = 0
  /// Trained parameters of the network; of n-grams alone, their weights.
  public var parameters = 0
  /// One line each: what the data decided.
  public var notes: [String] = []
  /// One line each: what a user should know before waiting for the result.
  public var warnings: [String] = []

  /// An empty summary.
  public init() {}
}

/// How far a run is.
public struct StepReport<Report: ModelReport>: Sendable {
  /// Epoch, from 1.
  public var epoch: Int
  /// Epochs planned.
  public var epochs: Int
  /// Part of the whole run that is done, 0 to 1.
  public var fraction: Double
  /// Training characters a second since the last report.
  public var charactersPerSecond: Double
  /// Training loss, smoothed.
  public var loss: Double
  /// How the best epoch so far did on the validation data.
  public var best: Report?
  /// Estimated seconds to the end.
  public var secondsLeft: Double?
  /// Updates so far.
  public var step: Int

  /// A report.
  public init(
    epoch: Int, epochs: Int, fraction: Double, charactersPerSecond: Double, loss: Double, best: Report? = nil,
    secondsLeft: Double? = nil, step: Int = 0
  ) {
    self.step = step
    self.epoch = epoch
    self.epochs = epochs
    self.fraction = fraction
    self.charactersPerSecond = charactersPerSecond
    self.loss = loss
    self.best = best
    self.secondsLeft = secondsLeft
  }
}

/// The result of an epoch.
public struct EpochReport<Report: ModelReport>: Sendable {
  /// Epoch, from 1.
  public var epoch: Int
  /// Epochs planned.
  public var epochs: Int
  /// Mean training loss of the epoch, with dropout and label smoothing.
  public var trainingLoss: Double
  /// How it did on the validation data.
  public var validation: Report
  /// Whether it is the best so far.
  public var isBest: Bool
  /// Seconds since the run began.
  public var seconds: Double
  /// Training characters a second, validation included.
  public var charactersPerSecond: Double
  /// Updates so far.
  public var step: Int

  /// A report.
  public init(
    epoch: Int, epochs: Int, trainingLoss: Double, validation: Report, isBest: Bool, seconds: Double,
    charactersPerSecond: Double, step: Int = 0
  ) {
    self.step = step
    self.epoch = epoch
    self.epochs = epochs
    self.trainingLoss = trainingLoss
    self.validation = validation
    self.isBest = isBest
    self.seconds = seconds
    self.charactersPerSecond = charactersPerSecond
  }
}

/// Why a run ended.
#if hasAttribute(nonexhaustive)
@nonexhaustive
#endif
public enum StopReason: String, Sendable, Codable {
  /// All epochs done.
  case finished
  /// No better validation score for `patience` epochs.
  case converged
  /// The time limit was reached.
  case timeLimit
  /// The caller asked for it.
  case cancelled
  /// The loss was no number any more; the best epoch before is kept.
  case diverged
}

/// The result of a run.
public struct TrainingSummary<Report: ModelReport>: Sendable, Codable {
  /// Epochs done, whole or in part; 0 for a training that does not go in steps.
  public var epochs: Int
  /// Epoch of the model that is kept; 0 likewise.
  public var bestEpoch: Int
  /// How it did on the validation data.
  public var report: Report
  /// Seconds of training, validation included.
  public var seconds: Double
  /// Training characters a second, validation included.
  public var charactersPerSecond: Double
  /// Trained parameters.
  public var parameters: Int
  /// Why it ended.
  public var stopReason: StopReason
  /// The step whose loss was no number, for a run that diverged.
  public var divergedAtStep: Int?
  /// What may help then, in words.
  public var divergedAdvice: String?
  /// What the cascade of a classifier comes to; nil where it has none.
  public var cascade: CascadeReport?
  /// One line each: what was decided when training had ended.
  public var notes: [String] = []
  /// What the epochs came to; those before an interruption are missing where an earlier program wrote the checkpoint.
  public var history: [TrainingPosition.Epoch] = []

  /// A summary.
  public init(
    epochs: Int, bestEpoch: Int, report: Report, seconds: Double, charactersPerSecond: Double, parameters: Int,
    stopReason: StopReason, divergedAtStep: Int? = nil, divergedAdvice: String? = nil
  ) {
    self.epochs = epochs
    self.bestEpoch = bestEpoch
    self.report = report
    self.seconds = seconds
    self.charactersPerSecond = charactersPerSecond
    self.parameters = parameters
    self.stopReason = stopReason
    self.divergedAtStep = divergedAtStep
    self.divergedAdvice = divergedAdvice
  }

  /// Reads a summary; those of earlier versions have no ``notes`` and no ``history``.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    epochs = try container.decode(Int.self, forKey: .epochs)
    bestEpoch = try container.decode(Int.self, forKey: .bestEpoch)
    report = try container.decode(Report.self, forKey: .report)
    seconds = try container.decode(Double.self, forKey: .seconds)
    charactersPerSecond = try container.decode(Double.self, forKey: .charactersPerSecond)
    parameters = try container.decode(Int.self, forKey: .parameters)
    stopReason = try container.decode(StopReason.self, forKey: .stopReason)
    divergedAtStep = try container.decodeIfPresent(Int.self, forKey: .divergedAtStep)
    divergedAdvice = try container.decodeIfPresent(String.self, forKey: .divergedAdvice)
    cascade = try container.decodeIfPresent(CascadeReport.self, forKey: .cascade)
    notes = try container.decodeIfPresent([String].self, forKey: .notes) ?? []
    history = try container.decodeIfPresent([TrainingPosition.Epoch].self, forKey: .history) ?? []
  }
}

extension EpochReport {
  /// Mean loss on the validation data.
  public var validationLoss: Double { validation.loss ?? 0 }
}

extension SolvingReport {
  /// Estimated time to its end.
  public var timeLeft: Duration? { secondsLeft.map { .seconds($0) } }
}

extension StepReport {
  /// Estimated time to the end.
  public var timeLeft: Duration? { secondsLeft.map { .seconds($0) } }
}

extension EpochReport {
  /// Time since the run began.
  public var duration: Duration { .seconds(seconds) }
}

extension TrainingSummary {
  /// Time of training, validation included.
  public var duration: Duration { .seconds(seconds) }
}
