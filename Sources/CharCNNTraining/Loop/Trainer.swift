public import CharCNNCompute
internal import CharCNNEvaluation
public import CharCNNNetworks

/// Trains parameters for a ``TrainingTask``: random batches, an optimizer with a rate schedule, clipping, norm limits, a moving average of the
/// weights, validation after each epoch, and the best model kept.
public final class Trainer<Task: TrainingTask> {
  /// The parameters in training.
  public let store: ParameterStore
  /// Training loss of every step of this trainer, after those of its checkpoint.
  public private(set) var losses: [Double] = []
  private let task: Task
  private let device: any Device
  private let settings: TrainingSettings
  private let workspace = Workspace()
  private let gradients: DeviceMemory
  private let updates: GroupUpdates
  private let average: ParameterStore?
  private let schedule: LearningRateSchedule
  private let budget: Int
  /// Examples of each class, for class-uniform epochs; empty where each comes once.
  private let members: [[Int32]]
  /// Numbers of the examples of a step.
  private var batch: [Int] = []
  private var position = TrainingPosition()
  /// Whether what is fitted to the examples has its values.
  private var isFitted = false
  private var best: ParameterStore?
  /// How it did on the held-out examples.
  private var bestReport: Task.Report?

  /// Times that step memory was taken from the system: constant once warm.
  public var allocationCount: Int { workspace.allocationCount }

  /// - Parameters:
  ///   - task: What to learn.
  ///   - store: Its initial parameters; trained in place.
  ///   - settings: Valid settings.
  ///   - device: Does the arithmetic.
  ///   - groups: How parameters come to their values; nil for the groups of the task.
  public init(
    task: Task, store: ParameterStore, settings: TrainingSettings, device: any Device,
    groups: [ParameterGroup]? = nil
  ) {
    self.task = task
    let layout = task.parameters
    self.store = store
    self.settings = settings
    self.device = device
    gradients = DeviceMemory(count: layout.trainedCount)
    updates = GroupUpdates(groups ?? task.groups(settings), layout: layout, settings: settings)
    average = settings.averaging > 0 ? store.copy(device: device) : nil
    schedule = LearningRateSchedule(settings)
    let wanted =
      settings.batchCharacters ?? (settings.batchTexts == nil ? Self.automaticBudget(task) : .max)
    budget = min(wanted, Self.largestBudget)
    members = settings.sampling == .classUniform ? task.members : []
  }

  /// Rows of a batch, and the numbers that a network keeps of each, are counted in 32 bits; long before that, memory ends.
  private static var largestBudget: Int { 1 << 24 }

  /// Rows of the largest batch: those of the longest text, or of as many as a batch takes in.
  package var largestBatch: Int {
    let longest = (0..<task.count).reduce(0) { max($0, task.length(of: $1)) }
    let total = task.totalLength
    // A batch of a number of texts has one long one and others as they come.
    let bounded = settings.batchTexts.map { longest + ($0 - 1) * (total / max(task.count, 1)) } ?? .max
    return max(longest, min(budget, total, bounded))
  }

  /// About 32 texts, within bounds that keep a step neither tiny nor slow to come round.
  private static func automaticBudget(_ task: Task) -> Int {
    let mean = task.totalLength / max(task.count, 1)
    return min(max(32 * mean, 1_024), 16_384)
  }

  /// Trains to the end of the run.
  ///
  /// - Parameters:
  ///   - epochs: Passes over the training data.
  ///   - timeLimit: The learning rate falls in time for it, and training stops at it; the last validation comes on top.
  ///     Time before a checkpoint that the run goes on from counts.
  ///   - isCancelled: Asked before each step; true ends the run with the best model kept.
  ///   - isAbandoned: Asked before each step and while it validates; true ends the run at once, with the best model so far.
  ///   - keeper: Gets the state of the run now and then, between steps. What the run computes does not depend on it.
  ///   - progress: Receives steps (a few a second) and epochs.
  /// - Returns: The best parameters, and the summary with their report on the validation data.
  /// - Throws: ``TrainingError`` when the loss is not a number before there is anything to keep; `CancellationError` for a run
  ///   that was abandoned before; what reading a text throws.
  public func run(
    epochs: Int, timeLimit: Duration?, isCancelled: () -> Bool, isAbandoned: () -> Bool = { false },
    keeper: StateKeeper? = nil,
    progress: (TrainingEvent<Task.Report>) -> Void
  ) throws -> (best: ParameterStore, summary: TrainingSummary<Task.Report>) {
    if store.isQuantized { throw TrainingError.quantized }
    try fit()
    var clock = RunClock(limit: timeLimit, characters: expectedCharacters * Double(epochs), from: position)
    var timer = keeper.map(CheckpointTimer.init)
    func writeCheckpoint() {
      position.seconds = clock.seconds
      position.recentLosses = losses.suffix(TrainingPosition.recentLosses)
      if let report = timer?.write(state) { progress(.checkpoint(report)) }
    }
    if keeper?.beginsAtOnce == true, position.steps == 0 { writeCheckpoint() }
    var stop = StopReason.finished
    var epoch = position.epochs
    while stop == .finished, epoch < epochs {
      if let patience = settings.patience, let bestEpoch = position.bestEpoch, epoch - bestEpoch >= patience {
        stop = .converged
        break
      }
      epoch += 1
      let plan = plan(epoch: epoch)
      while position.batches < plan.count {
        plan.copy(position.batches, into: &batch)
        let isLeft = isAbandoned()
        if isLeft || isCancelled() {
          stop = .cancelled
          // A run that is worth a checkpoint can go on from here.
          if let keeper, clock.seconds >= keeper.interval.inSeconds { writeCheckpoint() }
          // Nobody waits for a validation.
          if isLeft { return try kept(epochs: epoch, clock, stop) }
          break
        }
        if clock.isOver {
          stop = .timeLimit
          break
        }
        let height = schedule.height(at: clock.fraction, epoch: epoch)
        let loss: Double
        let characters: Int
        do { (loss, characters) = try step(batch, height: height, epoch: epoch) } catch let error
          as TrainingError
        {
          // What an earlier epoch reached is worth keeping.
          guard best != nil else { throw error }
          stop = .diverged
          break
        }
        position.epochLoss.add(loss, weight: batch.count)
        position.batches += 1
        clock.advance(characters: characters)
        position.characters = clock.done
        if let pace = clock.report() {
          progress(
            .step(
              StepReport(
                epoch: epoch, epochs: epochs, fraction: clock.fraction, charactersPerSecond: pace, loss: smoothedLoss,
                best: bestReport, secondsLeft: clock.secondsLeft, step: position.steps)))
        }
        if timer?.isDue == true { writeCheckpoint() }
      }
      if position.steps == 0 { throw TrainingError.stoppedBeforeFirstStep }
      // Stopped at its first step, or with numbers that are none any more: the epoch before is the last one.
      if position.epochLoss.isEmpty || stop == .diverged, best != nil {
        epoch -= 1
        break
      }
      do {
        progress(.epoch(try endEpoch(epoch, of: epochs, clock: clock, isAbandoned: isAbandoned)))
      } catch is CancellationError {
        return try kept(epochs: epoch, clock, .cancelled)
      }
      if timer?.isDue == true, stop == .finished { writeCheckpoint() }
    }
    if best == nil { throw TrainingError.stoppedBeforeFirstStep }
    return try kept(epochs: epoch, clock, stop)
  }

  /// The result: the best parameters so far.
  ///
  /// - Throws: `CancellationError` where there are none.
  private func kept(epochs: Int, _ clock: RunClock, _ stop: StopReason) throws -> (
    best: ParameterStore, summary: TrainingSummary<Task.Report>
  ) {
    guard let best, let bestEpoch = position.bestEpoch, let report = bestReport else { throw CancellationError() }
    var summary = TrainingSummary(
      epochs: epochs, bestEpoch: bestEpoch, report: report, seconds: clock.seconds,
      charactersPerSecond: clock.pace, parameters: task.parameters.learnedCount, stopReason: stop,
      divergedAtStep: stop == .diverged ? position.steps : nil,
      divergedAdvice: stop == .diverged ? updates.advice : nil)
    summary.history = position.history
    return (best, summary)
  }

  /// Validates, keeps the model if it is the best so far, and counts the epoch as done.
  private func endEpoch(_ epoch: Int, of epochs: Int, clock: RunClock, isAbandoned: () -> Bool) throws
    -> EpochReport<Task.Report>
  {
    let report = try validate { if isAbandoned() { throw CancellationError() } }
    let isBest = task.isBetter(report, than: bestReport)
    if isBest {
      let kept = best ?? ParameterStore(layout: task.parameters)
      kept.assign(evaluated, device: device)
      best = kept
      position.bestEpoch = epoch
      bestReport = report
    }
    let trainingLoss = position.epochLoss.value
    position.epochs = epoch
    position.batches = 0
    position.epochLoss = MeanLoss()
    let result = EpochReport(
      epoch: epoch, epochs: epochs, trainingLoss: trainingLoss, validation: report, isBest: isBest,
      seconds: clock.seconds, charactersPerSecond: clock.pace, step: position.steps)
    position.history.append(TrainingPosition.Epoch(result))
    return result
  }

  /// What the run has come to.
  private var state: TrainingState { TrainingState(position: position, report: bestReport, vectors: vectors) }

  /// Computes what is fitted to the examples, unless a checkpoint brought it.
  private func fit() throws {
    if isFitted || !updates.needsFitting { return }
    try task.fit(store, device: device)
    isFitted = true
    if position.steps == 0 { average?.assign(store, device: device) }
    shareFitted()
  }

  /// What no step changes is the same in all copies of the parameters.
  private func shareFitted() {
    for copy in [average, best].compactMap({ $0 }) { device.copy(store.fitted.all, into: copy.fitted.all) }
  }

  /// Name of the vector of what was fitted; checkpoints of earlier programs lack it.
  private static var fittedVector: String { "weights.fitted" }

  /// Every vector that a step or a validation changes, or that was fitted. The average's tables are none: they are taken
  /// over before use.
  private var vectors: [(name: String, memory: DeviceMemory)] {
    func parts(_ store: ParameterStore, _ name: String, tables: Bool) -> [(name: String, memory: DeviceMemory)] {
      [(name, store.values), ("\(name).state", store.state)] + (tables ? [("\(name).tables", store.tables)] : [])
    }
    return parts(store, "weights", tables: true) + [(Self.fittedVector, store.fitted)]
      + (average.map { parts($0, "average", tables: false) } ?? [])
      + updates.state.map { ("optimizer.\($0.name)", $0.memory) }
      + (best.map { parts($0, "best", tables: true) } ?? [])
  }

  /// Goes on where another trainer with the same data and settings stood.
  ///
  /// - Parameters:
  ///   - position: Its counters.
  ///   - report: How its best model did; nil before the first epoch.
  ///   - epochs: Passes over the training data.
  ///   - holds: Whether there is a vector of this name.
  ///   - floats: The vector of this name and number of floats.
  /// - Returns: False for counters that no such run can have; nothing is changed then.
  /// - Throws: What `floats` throws.
  public func restore(
    _ position: TrainingPosition, report: Task.Report?, epochs: Int, holds: (_ name: String) -> Bool,
    floats: (_ name: String, _ count: Int) throws -> [Float]
  ) rethrows -> Bool {
    guard position.isPossible(epochs: epochs), (position.bestEpoch == nil) == (report == nil), losses.isEmpty else {
      return false
    }
    if position.epochs < epochs, position.batches > plan(epoch: position.epochs + 1).count { return false }
    best = position.bestEpoch == nil ? nil : ParameterStore(layout: task.parameters)
    isFitted = store.fitted.count == 0 || holds(Self.fittedVector)
    for (name, memory) in vectors where memory.count > 0 && (isFitted || name != Self.fittedVector) {
      device.write(try floats(name, memory.count), to: memory.all)
    }
    shareFitted()
    self.position = position
    bestReport = report
    losses = position.recentLosses
    updates.resume(after: position.steps)
    return true
  }

  /// The batches of an epoch.
  private func plan(epoch: Int) -> BatchPlan {
    let randomness = Randomness(seed: settings.seed, step: UInt64(epoch))
    let order =
      members.isEmpty
      ? EpochOrder.shuffled(count: task.count, randomness: randomness)
      : EpochOrder.classUniform(members: members, randomness: randomness)
    return BatchPlan(order: order, budget: budget, texts: settings.batchTexts ?? .max, length: task.length)
  }

  /// Characters of an epoch; their mean where texts are drawn.
  private var expectedCharacters: Double {
    let classes = members.filter { !$0.isEmpty }
    guard !classes.isEmpty else { return Double(task.totalLength) }
    let means = classes.map { texts in Double(texts.reduce(0) { $0 + task.length(of: Int($1)) }) / Double(texts.count) }
    return means.reduce(0, +) / Double(classes.count) * Double(task.count)
  }

  /// The weights that are validated and kept: their average, with the tables as they are, since a row that is touched
  /// now and then moves little.
  private var evaluated: ParameterStore {
    guard let average else { return store }
    device.copy(store.tables.all, into: average.tables.all)
    return average
  }

  private func validate(check: () throws -> Void) throws -> Task.Report {
    let evaluated = evaluated
    let report = try task.validate(evaluated, device: device, workspace: workspace, check: check)
    if evaluated !== store {
      for parameter in task.fittedByValidation {
        device.copy(evaluated.tensor(parameter), into: store.tensor(parameter))
      }
    }
    return report
  }

  /// One update. Returns the mean loss of the batch and its number of rows.
  private func step(_ examples: [Int], height: Float, epoch: Int) throws -> (loss: Double, rows: Int) {
    workspace.reset()
    let randomness = Randomness(seed: settings.seed, step: UInt64(position.steps))
    let pass = Pass.training(
      device: device, workspace: workspace, store: store, gradients: gradients,
      sparseGradients: updates.sparseGradients,
      randomness: randomness)
    device.fill(gradients.all, with: 0)
    for gradient in updates.sparseGradients { gradient.clear() }
    let (loss, rows) = try task.addGradients(of: examples, epoch: epoch, settings: settings, pass)
    for parameter in updates.still { device.fill(ParameterStore.window(parameter, of: gradients), with: 0) }
    let norm = device.sumOfSquares(gradients.all).squareRoot()
    losses.append(loss)
    position.steps += 1
    guard loss.isFinite, norm.isFinite else {
      throw TrainingError.notFinite(step: position.steps, epoch: epoch, advice: updates.advice)
    }
    let scale = settings.clip.map { Float(min(1, Double($0) / max(norm, 1e-12))) } ?? 1
    updates.update(
      store, gradients: gradients, height: height, gradientScale: scale, examples: examples.count, device: device)
    updateAverage()
    return (loss, rows)
  }

  /// The average forgets faster at first, so that it does not remember the random start.
  private func updateAverage() {
    guard let average else { return }
    let count = Double(position.steps)
    let decay = Float(min(Double(settings.averaging), (1 + count) / (10 + count)))
    device.blend(store.values.all, alpha: 1 - decay, beta: decay, into: average.values.all)
    device.blend(store.state.all, alpha: 1 - decay, beta: decay, into: average.state.all)
    // Rounding would let the average of what never changes wander off.
    for parameter in updates.still { device.copy(store.tensor(parameter), into: average.tensor(parameter)) }
  }

  private var smoothedLoss: Double {
    let recent = losses.suffix(TrainingPosition.recentLosses)
    return recent.reduce(0, +) / Double(max(recent.count, 1))
  }
}

extension TrainingTask {
  /// Rows of work of all training examples.
  fileprivate var totalLength: Int { (0..<count).reduce(0) { $0 + length(of: $1) } }
}
