#if Tool
internal import CharCNN
import CharCNNEvaluation
import CharCNNText
import CharCNNTraining

/// Tells on standard error how a training goes: a bar that is drawn in place on a terminal, plain lines elsewhere.
final class TrainingProgress {
  private let console: Console
  /// The folder of checkpoints that this run makes; nil where there is none, or where it was there before.
  private let checkpoints: String?
  /// Whether the run has written a checkpoint.
  private(set) var hasCheckpoint = false
  /// What TensorBoard reads; nil for none.
  private let events: EventFile?
  private let terminal: Terminal?
  private var last = ContinuousClock.now
  private var hasBar = false

  private var lastEpoch: ContinuousClock.Instant?
  /// The line of the last epoch, while it is held back because it came too soon.
  private var heldBack: String?
  private var isMissingCheckpoints = false
  private var isListening = false
  private var isMissingEvents = false

  /// Time between two lines within an epoch, where there is no terminal.
  private static let interval = Duration.seconds(10)
  /// Time between the lines of two epochs: thousands of quick ones are not worth a line each.
  private static let epochInterval = Duration.seconds(1)

  /// - Parameters:
  ///   - console: Where to tell it.
  ///   - checkpoints: The folder of checkpoints that the run will make, if it does: none is left behind empty.
  ///   - events: What TensorBoard reads.
  init(console: Console, checkpoints: String? = nil, events: EventFile? = nil) {
    self.console = console
    self.events = events
    self.checkpoints = checkpoints
    terminal = console.isQuiet ? nil : Terminal()
  }

  /// Runs a training, of any task, that reports here, and tells how it goes. From the moment the data is read, Ctrl-C ends
  /// the training with the best model.
  func follow<Report: ModelReport, Result>(
    _ train: (_ progress: (TrainingEvent<Report>) -> Void, _ isCancelled: @escaping @Sendable () -> Bool) throws ->
      Result
  ) rethrows -> Result {
    defer { end() }
    if let checkpoints { Interrupt.removeWhenKilled(checkpoints) }
    return try train(report, { Interrupt.isRequested })
  }

  private func end() {
    wipe()
    if let heldBack { console.say(heldBack) }
  }

  /// Tells an event.
  private func report<Report>(_ event: TrainingEvent<Report>) {
    switch event {
    case .reading(let examples): show("reading: \(Numbers.count(examples, "text"))")
    case .solving(let solving):
      listen()
      let line = Self.line(solving)
      if let terminal {
        draw(bar(line.head, line.facts, solving.fraction, columns: terminal.width - 1), on: terminal)
      } else {
        show(line.head + line.facts.joined(separator: ", "))
      }
    case .prepared(let summary):
      listen()
      tell(summary)
    case .step(let step):
      record([("training/loss", step.loss)], step: step.step)
      if let terminal { draw(bar(step, columns: terminal.width - 1), on: terminal) } else { show(line(step)) }
    case .epoch(let epoch):
      let figures = epoch.validation.figures.map { ("validation/\($0.key)", $0.value) }
      record(
        [("training/epochLoss", epoch.trainingLoss)] + (epoch.validation.loss.map { [("validation/loss", $0)] } ?? [])
          + figures, step: epoch.step)
      tell(epoch)
    case .checkpoint(let checkpoint): tell(checkpoint)
    }
  }

  /// Adds figures to what TensorBoard reads. Tells once that they cannot be written; the run itself is worth more.
  private func record(_ figures: [(tag: String, value: Double)], step: Int) {
    guard let events else { return }
    events.add(figures, step: step)
    if events.isWhole || isMissingEvents { return }
    isMissingEvents = true
    say("warning: \(events.path) could not be written to, training goes on without it")
  }

  /// From here on Ctrl-C asks the training to end. Before, there is nothing to save: it may kill.
  private func listen() {
    if !isListening { Interrupt.install(quiet: console.isQuiet) }
    isListening = true
  }

  /// Wipes the bar.
  private func wipe() {
    if hasBar { terminal?.clear() }
    hasBar = false
  }

  private func say(_ line: String) {
    wipe()
    console.say(line)
  }

  private func draw(_ line: String, on terminal: Terminal) {
    terminal.draw(line)
    hasBar = true
  }

  /// Draws on the terminal, or says a line when the last one is long ago.
  private func show(_ line: String) {
    if let terminal {
      draw(line, on: terminal)
    } else if ContinuousClock.now - last >= Self.interval {
      console.say(line)
      last = .now
    }
  }

  private func tell(_ data: DataSummary) {
    let validation =
      data.validationExamples == 0
      ? "none to measure with"
      : "\(Numbers.grouped(data.validationExamples)) \(data.validationIsSplit ? "split off for validation" : "for validation")"
    let labels =
      data.labels.isEmpty
      ? "" : ", \(Numbers.count(data.labels.count, "label")): \(Self.listed(data.labels.map(Label.quoted)))"
    let positive = data.positive.map { " (positive: \($0))" } ?? ""
    say(
      "\(Numbers.count(data.trainingExamples, data.unit)) to learn from, " + validation + labels + positive)
    let goesInSteps = data.epochs > 0
    say(
      "\(Numbers.grouped(data.characters)) characters\(goesInSteps ? " an epoch" : ""), "
        + "an alphabet of \(Numbers.grouped(data.alphabetSize)), \(Numbers.grouped(data.parameters)) parameters"
        + (goesInSteps ? ", \(Numbers.count(data.epochs, "epoch"))" : ""))
    data.notes.map(FlagNames.spelled).forEach(say)
    for warning in data.warnings { say("warning: \(FlagNames.spelled(warning))") }
    last = .now
  }

  private func tell<Report>(_ epoch: EpochReport<Report>) {
    let now = ContinuousClock.now
    if let lastEpoch, now - lastEpoch < Self.epochInterval {
      heldBack = line(epoch)
      return
    }
    heldBack = nil
    say(line(epoch))
    lastEpoch = now
    last = now
  }

  /// Notes a checkpoint. Tells once that checkpoints cannot be written; the run itself is worth more.
  private func tell(_ checkpoint: CheckpointReport) {
    if checkpoint.problem == nil { hasCheckpoint = true }
    guard let problem = checkpoint.problem, !isMissingCheckpoints else { return }
    isMissingCheckpoints = true
    say("warning: a checkpoint could not be written, training goes on: \(problem)")
  }

  private static func listed(_ items: [String], limit: Int = 10) -> String {
    let rest = items.count - limit
    return items.prefix(limit).joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
  }

  private func line<Report>(_ epoch: EpochReport<Report>) -> String {
    "epoch \(epoch.epoch)/\(epoch.epochs): loss \(Numbers.fixed(epoch.trainingLoss)), validation loss "
      + "\(Numbers.fixed(epoch.validationLoss)), \(measure(epoch.validation))"
      + "\(epoch.isBest ? " (best)" : ""), \(Numbers.short(epoch.charactersPerSecond)) characters/s, "
      + Numbers.time(epoch.seconds)
  }

  private func measure(_ report: some ModelReport) -> String {
    "\(report.measure.name) \(Numbers.fixed(report.measure.value))"
  }

  private func facts(_ step: StepReport<some ModelReport>) -> [String] {
    var facts = [
      Numbers.percent(step.fraction), "\(Numbers.short(step.charactersPerSecond)) characters/s",
      "loss \(Numbers.fixed(step.loss))",
    ]
    if let best = step.best { facts.append(measure(best)) }
    if let seconds = step.secondsLeft { facts.append("\(Numbers.time(seconds)) left") }
    return facts
  }

  private func line(_ step: StepReport<some ModelReport>) -> String {
    "epoch \(step.epoch)/\(step.epochs): \(facts(step).joined(separator: ", "))"
  }

  /// What is told of a search: `n-grams: 45.0 %, 12 passes/s, 8 s left`.
  private static func line(_ solving: SolvingReport) -> (head: String, facts: [String]) {
    if solving.passes == 0 { return ("n-grams: ", ["counting"]) }
    let rate = Double(solving.passes) / max(solving.seconds, 1e-9)
    var facts = [
      Numbers.percent(solving.fraction),
      "\(rate < 10 ? Numbers.fixed(rate, decimals: 1) : Numbers.short(rate)) passes/s",
    ]
    if let seconds = solving.secondsLeft { facts.append("\(Numbers.time(seconds)) left") }
    return ("n-grams: ", facts)
  }

  private func bar(_ step: StepReport<some ModelReport>, columns: Int) -> String {
    bar("epoch \(step.epoch)/\(step.epochs) ", facts(step), step.fraction, columns: columns)
  }

  /// `epoch 3/20 [=====>      ]  45.0 % …`, with as many facts as there is room for, and a bar in what is left.
  private func bar(_ head: String, _ facts: [String], _ fraction: Double, columns: Int) -> String {
    var tail = ""
    for fact in facts {
      if head.count + tail.count + fact.count + 2 > columns { break }
      tail += "  " + fact
    }
    let room = min(columns - head.count - tail.count - 2, 40)
    guard room >= 5 else { return head + tail }
    let filled = min(max(Int(fraction * Double(room)), 0), room)
    let arrow = filled < room ? ">" : ""
    let bar = String(repeating: "=", count: filled) + arrow
    return head + "[" + bar + String(repeating: " ", count: room - bar.count) + "]" + tail
  }
}
#endif
