#if Tool
internal import CharCNN
import CharCNNEvaluation
internal import CharCNNFiles
import CharCNNTraining

/// Tells on standard error how a search for settings goes: a line for each trial, and what is left of the time.
final class SearchProgress {
  private let console: Console
  private let limit: Double
  private let terminal: Terminal?
  private let start = ContinuousClock.now
  private var last = ContinuousClock.now
  private var isDrawn = false

  init(console: Console, limit: Duration) {
    self.console = console
    self.limit = limit / .seconds(1)
    terminal = console.isQuiet ? nil : Terminal()
  }

  private var spent: Double { (ContinuousClock.now - start) / .seconds(1) }

  /// Something happened in a trial: draws how much time is left, on a terminal.
  func tick() {
    guard let terminal, ContinuousClock.now - last >= .milliseconds(200) else { return }
    last = .now
    terminal.draw("searching: \(Numbers.time(spent)) of \(Numbers.time(limit))")
    isDrawn = true
  }

  /// A trial ended.
  func tell<Report: ModelReport>(_ trial: TrainingSummary<Report>.Trial, count: Int) {
    if isDrawn { terminal?.clear() }
    isDrawn = false
    let settings = trial.settings.isEmpty ? "defaults" : trial.settings.joined(separator: " ")
    let result = trial.figure.map { Numbers.fixed($0) } ?? trial.problem ?? "no model"
    console.say(
      "trial \(count), \(Numbers.percent(trial.fraction)) of the texts, part \(trial.part): \(settings): \(result) (\(Numbers.time(trial.seconds)); \(Numbers.time(spent)) of \(Numbers.time(limit)))"
    )
  }
}
#endif
