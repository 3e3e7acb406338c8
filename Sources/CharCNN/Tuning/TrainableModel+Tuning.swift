internal import CharCNNFiles
import CharCNNNetworks
import CharCNNStorage
public import CharCNNText
public import CharCNNTraining

extension TrainingSummary {
  /// A trial of a search for settings.
  public struct Trial: Sendable, Hashable, Codable {
    /// Settings, each written `name=value`; empty for those that the search began with.
    public let settings: [String]
    /// Part of the examples that it learned from, of those that are not measured on.
    public let fraction: Double
    /// The part of the examples that it was measured on, from 1.
    public let part: Int
    /// Examples that it was measured on.
    public let examples: Int
    /// What is to be as high as it can be; nil where there is no such model.
    public let figure: Double?
    /// Seconds from reading to measuring.
    public let seconds: Double
    /// Bytes of the model's files.
    public let bytes: Int
    /// Why there is no model, such as one that is too large.
    public let problem: String?

    init(_ outcome: TrialOutcome) {
      settings = outcome.request.settings
      fraction = Double(outcome.request.percent) / 100
      part = outcome.request.part + 1
      examples = outcome.examples
      figure = outcome.figure
      seconds = outcome.seconds
      bytes = outcome.bytes
      problem = outcome.problem
    }
  }

  /// What a search for settings came to.
  public struct Search: Sendable {
    /// All trials in the order in which they ended.
    public let trials: [Trial]
    /// The settings of the model; empty where none were better than those that the search began with.
    public let settings: [String]
    /// The key of the figure that was to be as high as it can be.
    public let metric: String
    /// What the settings gained on examples that they were measured on with all others: the mean of the parts; nil where they gained nothing.
    public let gain: Double?
    /// A 95 % interval of the gain, by the examples or parts that differ. It flatters a little: the settings were chosen by some of them.
    public let interval: ClosedRange<Double>?
    /// Examples that the gain was measured on.
    public let examples: Int
  }
}

extension TrainableModel {
  /// What a search comes to: the model of its winner, the summary of its training, and the search.
  public typealias Tuned = (model: Self, summary: TrainingSummary<Report>, search: TrainingSummary<Report>.Search)

  /// Looks for settings that are better than the given ones, by successive halving, and trains a model with the winner on all examples.
  ///
  /// Each trial learns from some of the examples and is measured on others, which no training sees that is compared on them; the better settings
  /// are tried again on more. The winner is one that was better by more than a standard error beside the given settings; without one these
  /// are kept. Settings that differ from the defaults stay as they are.
  ///
  /// The model is an ordinary one: its run says its settings, and a training with them makes it again.
  ///
  /// - Parameters:
  ///   - examples: Examples to learn from: 50 or more.
  ///   - validation: Examples to measure on, and to choose the best epoch of the model by; nil takes parts of the others.
  ///   - options: What to begin with; nil for the defaults for the examples.
  ///   - timeLimit: Time for search and training together. Where one training takes longer, there is no search.
  ///   - metric: The key of a figure of the task's reports that is to be high, such as `macroF1`; nil for the first one.
  ///   - sizeLimit: Bytes of the model's files at most; nil for no bound.
  ///   - names: Names of settings that are not changed, beside those that differ from the defaults.
  ///   - journal: A file that keeps the trials, so that a search that was interrupted goes on: a path. Nil keeps them in memory.
  ///   - progress: Receives what happens in the training of the winner.
  ///   - searching: Receives what happens in the trainings of the trials.
  ///   - trial: Receives each trial that ended, with the number of all so far.
  ///   - isCancelled: Asked before each step; true ends the search with an error, and the training of the winner with the best model so far.
  /// - Returns: The model, its summary and the search.
  /// - Throws: ``ConfigurationError`` for a figure that there is not, or too few examples; `StorageError` for a journal of another search;
  ///   `CancellationError` where the search was cancelled; what training throws.
  public static func tune(
    on examples: Examples<Example>, validation: Examples<Example>? = nil, options: Options? = nil,
    timeLimit: Duration, metric: String? = nil, sizeLimit: Int? = nil, keeping names: Set<String> = [],
    journal: String? = nil, progress: (TrainingEvent<Report>) -> Void = { _ in },
    searching: (TrainingEvent<Report>) -> Void = { _ in },
    trial: (TrainingSummary<Report>.Trial, _ count: Int) -> Void = { _, _ in },
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws -> Tuned {
    guard timeLimit > .zero else {
      throw ConfigurationError(setting: "timeLimit", problem: "must be above zero, not \(timeLimit)")
    }
    var usual = options ?? defaultOptions(for: examples)
    usual.checkpoint = nil
    usual.timeLimit = nil
    if let sizeLimit, var bounded = usual as? ClassificationOptions {
      bounded.size = min(sizeLimit, bounded.size ?? sizeLimit)
      usual = bounded as? Options ?? usual
    }
    _ = try steps.validate(usual)
    let parts = try TuningParts(examples, validation: validation, seed: usual.training.seed)
    var bench = TrialBench<Self>(
      usual: usual, parts: parts, metric: metric, size: sizeLimit, isCancelled: isCancelled)
    bench.journal = try TrialJournal(journal, bench.head)
    let (start, limit) = (ContinuousClock.now, timeLimit / .seconds(1))
    // What was done before an interruption takes the time that it took then, so that the search goes the same way.
    var before = 0.0
    func elapsed() -> Double { before + (ContinuousClock.now - start) / .seconds(1) }
    let fixed = bench.changedSettings.union(names)
    let candidates = TuningMoves.candidates(100, seed: usual.training.seed) { settings in
      settings.allSatisfy { !fixed.contains(String($0.prefix { $0 != "=" })) }
        && (try? bench.options(settings)).map { (try? steps.validate($0)) != nil } ?? false
    }
    var count = 0
    let found = try SettingSearch(
      candidates: candidates, limit: limit, percents: parts.percents, parts: TuningParts<Example>.count,
      measuresTheSame: validation != nil, finalFactor: parts.finalFactor, elapsed: elapsed
    ).result { request, until in
      let known = bench.journal?.outcome(of: request)
      before += known?.seconds ?? 0
      guard
        let outcome = try known
          ?? bench.outcome(of: request, until: start + .seconds(until - before), progress: searching)
      else { return nil }
      bench.metric = outcome.metric ?? bench.metric
      count += 1
      trial(TrainingSummary<Report>.Trial(outcome), count)
      return outcome
    }
    var final = try bench.options(found.winner)
    // Without a search nobody knows how long a training takes, and it has to be in time.
    let isSearched = found.isSearched
    if !isSearched { final.timeLimit = .seconds(max(limit - elapsed(), 1)) }
    // A training that is cut cannot be repeated: one that takes a little longer than it should goes on.
    let end = start + .seconds(limit * 1.1 + 1 - before)
    var (model, summary) = try train(
      on: examples, validation: validation, options: final, progress: progress,
      isCancelled: { isCancelled() || isSearched && ContinuousClock.now > end })
    if summary.stopReason == .cancelled, !isCancelled() {
      summary.stopReason = .timeLimit
      summary.notes.append(
        "the training took longer than those before it and was cut: a training with its settings makes another model")
    }
    return (model, summary, TrainingSummary<Report>.Search(found, metric: bench.metric))
  }
}

extension TrainingSummary.Search {
  init(_ found: SettingSearch.Result, metric: String) {
    trials = found.trials.map { TrainingSummary.Trial($0) }
    settings = found.winner
    self.metric = metric
    gain = found.comparison?.gain
    interval = found.comparison?.interval
    examples = found.comparison?.examples ?? 0
  }
}

/// Tries settings of a model.
struct TrialBench<Model: TrainableModel> {
  /// What is changed.
  let usual: Model.Options
  let parts: TuningParts<Model.Example>
  /// The key of the figure that is to be high; the first one of the task's reports where none was asked for.
  var metric: String
  private let isFirst: Bool
  let size: Int?
  let isCancelled: @Sendable () -> Bool
  var journal: TrialJournal?

  init(
    usual: Model.Options, parts: TuningParts<Model.Example>, metric: String?, size: Int?,
    isCancelled: @escaping @Sendable () -> Bool
  ) {
    (self.usual, self.parts, self.size, self.isCancelled) = (usual, parts, size, isCancelled)
    (self.metric, isFirst) = (metric ?? "", metric == nil)
  }

  /// What a journal says of the search.
  var head: TrialJournal.Head {
    get throws {
      var options = usual
      // The same trials come out of any number of threads.
      options.threads = nil
      return TrialJournal.Head(
        task: Model.task.rawValue, digest: parts.digest, hasValidation: parts.validation != nil, metric: metric,
        options: String(decoding: try CanonicalJSON.encode(options), as: UTF8.self))
    }
  }

  /// The options with settings.
  func options(_ settings: [String]) throws -> Model.Options {
    guard !settings.isEmpty else { return usual }
    guard var changed = usual as? any TaskOptions else {
      throw ConfigurationError(setting: "the task", problem: "has no settings to search")
    }
    for setting in settings { try changed.set(setting) }
    return changed as? Model.Options ?? usual
  }

  /// Names of the settings that somebody has changed.
  var changedSettings: Set<String> {
    var usualOfNetwork = Model.defaultOptions(for: parts.examples)
    if let given = usual as? ClassificationOptions, var defaults = usualOfNetwork as? ClassificationOptions {
      // What a paper's network has is nothing that somebody has said.
      try? defaults.use(model: given.architecture.name)
      usualOfNetwork = defaults as? Model.Options ?? usualOfNetwork
    }
    guard let given = usual as? any TaskOptions, let defaults = usualOfNetwork as? any TaskOptions else { return [] }
    let known = Dictionary(defaults.settings.map { ($0.name, $0.value) }) { first, _ in first }
    return Set(given.settings.filter { known[$0.name] != $0.value }.map(\.name))
  }

  /// Trains and measures.
  ///
  /// - Returns: Nil where the time is over.
  mutating func outcome(
    of request: TrialRequest, until end: ContinuousClock.Instant, progress: (TrainingEvent<Model.Report>) -> Void
  ) throws -> TrialOutcome? {
    if ContinuousClock.now > end { return nil }
    let start = ContinuousClock.now
    let (training, measured) = parts.examples(of: request)
    var options = try options(request.settings)
    options.training.seed &+= UInt64(request.part)
    let isCancelled = isCancelled
    func isOver() -> Bool { ContinuousClock.now > end }
    func seconds() -> Double { (ContinuousClock.now - start) / .seconds(1) }
    let trained: Model.Trained
    do {
      trained = try Model.train(
        on: training, validation: nil, options: options, progress: progress,
        isCancelled: { isCancelled() || ContinuousClock.now > end })
    } catch let error as ConfigurationError where !request.settings.isEmpty {
      let outcome = TrialOutcome(request: request, seconds: seconds(), problem: error.description)
      try journal?.add(outcome)
      return outcome
    } catch {
      if isCancelled() { throw CancellationError() }
      if isOver() { return nil }
      throw error
    }
    if isCancelled() { throw CancellationError() }
    if trained.summary.stopReason == .cancelled { return nil }
    let (report, wrong) = try Self.measured(trained.model, on: measured)
    guard let figure = isFirst ? report.figures.first : report.figures.first(where: { $0.key == metric }) else {
      throw ConfigurationError(
        setting: "metric", problem: "cannot be \(metric)",
        advice: "it can be \(report.figures.map(\.key).joined(separator: ", "))")
    }
    metric = figure.key
    let bytes = try Model.steps.contents(trained.model).allFiles.reduce(0) { $0 + $1.bytes.count }
    var outcome = TrialOutcome(
      request: request, figure: figure.value, metric: metric, wrong: metric == Self.accuracy ? wrong : nil,
      examples: report.examples, seconds: seconds(), bytes: bytes)
    if let size, bytes > size {
      outcome.figure = nil
      outcome.problem = "takes \(bytes) bytes, more than \(size)"
      if request.settings.isEmpty {
        throw ConfigurationError(
          setting: "sizeLimit", problem: outcome.problem ?? "", advice: "choose a smaller network")
      }
    }
    try journal?.add(outcome)
    return outcome
  }

  /// The figure of which each example is right or wrong.
  private static var accuracy: String { "accuracy" }

  /// A report, and the numbers of the examples that were answered wrongly where each is right or wrong.
  private static func measured(
    _ model: Model, on examples: Examples<Model.Example>
  ) throws -> (report: Model.Report, wrong: [Int]?) {
    guard let classifier = model as? TextClassifier, let texts = examples as? Examples<LabeledText> else {
      return (try model.evaluate(on: examples), nil)
    }
    var wrong: [Int] = []
    let report = try classifier.evaluate(
      on: texts, progress: { _ in },
      answered: { answer in
        let isRight =
          answer.assigned.map { Set($0.map(\.label)) == Set(answer.labels ?? []) }
          ?? (answer.prediction.label == answer.label)
        if !isRight { wrong.append(answer.row) }
      }
    ).report
    guard let report = report as? Model.Report else { return (try model.evaluate(on: examples), nil) }
    return (report, wrong)
  }
}

/// Files that keep the trials of searches.
package enum TuningJournal {
  /// Whether a file is one, or has nothing in it.
  package static func isOne(at path: String) -> Bool { TrialJournal.isOne(at: path) }

  /// Deletes such a file, which no search is writing.
  ///
  /// - Throws: `StorageError` where one is.
  package static func remove(at path: String) throws(StorageError) {
    let file = try JournalFile(path)
    withExtendedLifetime(file) { _ = unlink(path) }
  }
}
