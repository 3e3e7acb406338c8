#if Tool
internal import CharCNN
import CharCNNText
import CharCNNTraining

/// Tells on standard error how far a long piece of work is: in place on a terminal, else a line now and then.
final class WorkProgress {
  private let console: Console
  private let terminal: Terminal?
  private var last = ContinuousClock.now
  private var start = ContinuousClock.now
  private var isDrawn = false

  /// Time between two lines where there is no terminal, and between two drawings.
  private static let interval = (line: Duration.seconds(10), drawing: Duration.milliseconds(100))

  init(console: Console) {
    self.console = console
    terminal = console.isQuiet ? nil : Terminal()
  }

  /// Ends a piece of work: what was drawn goes, and the clock begins anew.
  func end() {
    if isDrawn { terminal?.clear() }
    isDrawn = false
    start = .now
  }

  /// How far the reading of an audit is.
  func tell(_ progress: LabeledText.Audit.Progress) {
    switch progress {
    case .reading(let texts): show { "reading: \(Numbers.count(texts, "text")), \($0(Double(texts))) texts/s" }
    case .comparing(let fraction): show(fraction, "comparing texts")
    }
  }

  /// How far the search for wrong labels is.
  func tell(_ solving: SolvingReport) {
    if solving.passes == 0 { return show { _ in "judging labels: counting n-grams" } }
    show(solving.fraction, "judging labels") { rate in ", \(rate(Double(solving.passes))) passes/s" }
  }

  /// How many texts a model was asked about.
  func tell(compared texts: Int) {
    show { "asking the model: \(Numbers.count(texts, "text")), \($0(Double(texts))) texts/s" }
  }

  /// How many records were read.
  func tell(read records: Int) {
    show { "reading: \(Numbers.count(records, "record")), \($0(Double(records))) records/s" }
  }

  /// How many records were written.
  func tell(written records: Int) {
    show { "writing: \(Numbers.count(records, "record")), \($0(Double(records))) records/s" }
  }

  private func show(
    _ fraction: Double, _ what: String, _ more: (_ rate: @escaping (Double) -> String) -> String = { _ in "" }
  ) {
    show { rate in
      let spent = seconds
      let left = fraction > 0.01 ? ", \(Numbers.time(spent * (1 - fraction) / fraction)) left" : ""
      return "\(what): \(Numbers.percent(fraction))\(more(rate))\(left)"
    }
  }

  private var seconds: Double { (ContinuousClock.now - start) / .seconds(1) }

  /// - Parameter line: Makes the line; receives what writes a number of things done as their rate.
  private func show(_ line: (_ rate: @escaping (Double) -> String) -> String) {
    let interval = terminal == nil ? Self.interval.line : Self.interval.drawing
    guard !console.isQuiet, ContinuousClock.now - last >= interval else { return }
    last = .now
    let spent = max(seconds, 1e-3)
    let text = line { done in
      let rate = done / spent
      return rate < 10 ? Numbers.fixed(rate, decimals: 1) : Numbers.short(rate)
    }
    if let terminal {
      terminal.draw(text)
      isDrawn = true
    } else {
      console.say(text)
    }
  }
}
#endif
