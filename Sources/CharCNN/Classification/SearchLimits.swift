import CharCNNFiles
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
  ///   - isAlone: Whether there is no network.
  ///   - checkTexts: Checks that somebody waits for the texts.
  init<Model>(
    _ request: TrainingRequest<Model>, isAlone: Bool, checkTexts: @escaping @Sendable () throws -> Void
  ) {
    cancellation = request.cancellation
    self.checkTexts = checkTexts
    isModel = isAlone
    // A network needs the other half to learn.
    longest = request.options.timeLimit.map { isAlone ? $0 : $0 / 2 }
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
    let outcome = solved.outcome
    if outcome.isCut || outcome.unfinished > 0 && isEnding(.models) {
      reason = isModel && cancellation.isStopped() ? .cancelled : .timeLimit
    }
    return FinishedSearch(
      start: start, duration: seconds.map { .seconds($0) } ?? ContinuousClock.now - start, stopReason: reason,
      weights: solved.complete.parameterCount)
  }

  /// Lines for a search that ended before its optimum, and for n-grams that were left out at a price.
  static func warnings(_ solved: SolvedNgrams) -> [String] {
    let outcome = solved.outcome
    var lines: [String] = []
    if outcome.isCut || outcome.unfinished > 0 {
      let omissions = outcome.omissions.map(\.text)
      let unsolved =
        outcome.unfinished > 0
        ? ["\(outcome.unfinished) of \(outcome.machines) problems are not solved to a thousandth"] : []
      lines.append(
        "the search for the weights of the n-grams ended before its optimum (\((unsolved + omissions).joined(separator: ", "))); answers may be better with more time"
      )
    }
    if let reduction = outcome.reduction, reduction.whole - reduction.kept >= costly {
      lines.append(
        "the n-grams that were left out cost \(Decimals.rounded(100 * (reduction.whole - reduction.kept), decimals: 1)) % of the validation texts; raise `ngramSize`, or `size` where it was named"
      )
    }
    return lines
  }

  /// Part of the validation texts from which on a smaller model is worth a warning.
  private static let costly = 0.01
}

extension NgramOutcome.Omission {
  fileprivate var text: String {
    switch self {
    case .costs: "not all costs were compared"
    case .validationTexts: "the validation texts were not learned from"
    case .learningAnew: "n-grams were left out without learning the others anew"
    }
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
