public import CharCNNCompute
public import CharCNNEvaluation

/// Everything that a run has come to: its counters, and the vectors of numbers that it changes.
public struct TrainingState {
  /// The counters.
  public let position: TrainingPosition
  /// How the best model so far did on the held-out examples; nil before the first epoch.
  public let report: (any ModelReport)?
  /// The vectors under their names: weights, running statistics and tables, the average of the first two, what the
  /// optimizer remembers, and the best model so far. They go on changing when training does.
  public let vectors: [(name: String, memory: DeviceMemory)]
}

/// How often a run hands out its state, and to whom.
public struct StateKeeper {
  /// Time from one checkpoint to the next; zero for one after each step. It is stretched where writing takes long, so that
  /// training does not stand still for more than a twentieth of the time.
  public var interval: Duration
  /// Whether the state before the first step is worth writing, since much was found before it.
  public var beginsAtOnce = false
  /// Writes the state; what it throws is reported, and training goes on.
  public var write: (TrainingState) throws -> Void

  /// A keeper of states.
  public init(interval: Duration, write: @escaping (TrainingState) throws -> Void) {
    self.interval = interval
    self.write = write
  }
}

/// Tells when a checkpoint is due.
struct CheckpointTimer {
  private let keeper: StateKeeper
  private var last = ContinuousClock.now
  private var cost = Duration.zero

  /// Training time for each second of writing.
  private static let share = 19

  init(_ keeper: StateKeeper) { self.keeper = keeper }

  var isDue: Bool {
    keeper.interval <= .zero || ContinuousClock.now - last >= max(keeper.interval, cost * Self.share)
  }

  /// Writes a state and tells what became of it.
  mutating func write(_ state: TrainingState) -> CheckpointReport {
    let start = ContinuousClock.now
    var problem: String?
    do { try keeper.write(state) } catch { problem = "\(error)" }
    last = .now
    cost = last - start
    return CheckpointReport(seconds: cost.inSeconds, step: state.position.steps, problem: problem)
  }
}
