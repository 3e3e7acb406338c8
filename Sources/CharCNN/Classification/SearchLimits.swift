import CharCNNTraining

/// When a search for the weights of n-grams ends before its time, and how.
struct SearchLimits: Sendable {
  /// When it began.
  let start = ContinuousClock.now
  private let cancellation: Cancellation
  /// Checks that somebody waits for the texts.
  private let checkTexts: @Sendable () throws -> Void
  /// The longest time; nil for none.
  private let longest: Duration?
  /// Whether what the search has found at its end is a model by itself. Beside a network it is none: the network would not have learned.
  private let isModel: Bool
  /// Set once n-grams are counted: before, there is nothing to keep.
  private let isSearching = CancellationFlag()

  /// - Parameters:
  ///   - request: What was asked for.
  ///   - checkTexts: Checks that somebody waits for the texts.
  init(_ request: TrainingRequest<TextClassifier>, checkTexts: @escaping @Sendable () throws -> Void) {
    cancellation = request.cancellation
    self.checkTexts = checkTexts
    isModel = request.options.isAlone
    // A network needs the other half to learn.
    longest = request.options.timeLimit.map { request.options.isAlone ? $0 : $0 / 2 }
  }

  /// Says that n-grams are counted and the search begins.
  func beginSearch() { isSearching.set() }

  /// Whether the time is over, or, for n-grams alone, somebody wants the model as it is. The costs have half of the time.
  @Sendable func isEnding(_ part: NgramSearchPart) -> Bool {
    if isModel, cancellation.isStopped() { return true }
    return longest.map { ContinuousClock.now - start >= (part == .costs ? $0 / 2 : $0) } ?? false
  }

  /// Throws where there is nothing to keep and somebody wants it to end.
  @Sendable func check() throws {
    try checkTexts()
    if cancellation.isStopped(), !(isModel && isSearching.isSet) { throw TrainingError.stoppedBeforeFirstStep }
  }

  /// What became of a search that has just ended, or, where `seconds` are given, had taken so many before a run went on.
  func finished(_ solved: SolvedNgrams, seconds: Double?) -> FinishedSearch {
    var reason = StopReason.finished
    if solved.outcome.unfinished > 0, isEnding(.models) {
      reason = isModel && cancellation.isStopped() ? .cancelled : .timeLimit
    }
    return FinishedSearch(
      start: start, duration: seconds.map { .seconds($0) } ?? ContinuousClock.now - start, stopReason: reason,
      weights: solved.complete.parameterCount)
  }

  /// A line for a search that ended before its optimum.
  static func warnings(_ solved: SolvedNgrams) -> [String] {
    let (all, unfinished) = (solved.outcome.machines, solved.outcome.unfinished)
    if unfinished == 0 { return [] }
    return [
      "the search for the weights of the n-grams ended before its optimum (\(unfinished) of \(all) problems are not solved to a thousandth); answers may be better with more time"
    ]
  }
}

/// Reports of a search, a few a second.
struct SearchReports {
  private let start: ContinuousClock.Instant
  private var last: ContinuousClock.Instant?
  private var hasPasses = false

  private static let interval = Duration.milliseconds(100)

  init(_ limits: SearchLimits) { start = limits.start }

  /// The report of how far it is; nil where the last one was just now. The first pass is always told.
  mutating func next(fraction: Double, passes: Int) -> SolvingReport? {
    let now = ContinuousClock.now
    let isFirst = passes > 0 && !hasPasses
    if let last, now - last < Self.interval, !isFirst { return nil }
    last = now
    hasPasses = passes > 0
    let seconds = (now - start) / .seconds(1)
    return SolvingReport(
      fraction: fraction, passes: passes, seconds: seconds,
      secondsLeft: fraction > 0 ? seconds * (1 - fraction) / fraction : nil)
  }
}
