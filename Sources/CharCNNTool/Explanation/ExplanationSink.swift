#if Tool
internal import CharCNN
import CharCNNStorage

/// Where explanations go: standard output as they come, and a page once it is whole.
struct ExplanationSink {
  private let json: Bool
  private let printing = ExplanationPrinting()
  private let path: String?
  private let overwrite: Bool
  private var page: ExplanationPage?
  private var output = StandardOutput()
  private let terminal: Terminal?
  private let started = ContinuousClock.now
  private var last = ContinuousClock.now
  private var count = 0
  private var incomplete = 0
  private let console: Console

  init(_ command: Explain) throws {
    (json, path, overwrite) = (command.json, command.html, command.overwrite)
    page = command.html.map { _ in ExplanationPage(model: command.bundle) }
    console = Console(isQuiet: command.quiet)
    // What is written to a terminal is progress enough.
    terminal = command.quiet || command.input == nil ? nil : Terminal()
    if let path { try AtomicFile.checkWritable(path, overwrite: overwrite) }
  }

  /// Writes an explanation.
  mutating func append(_ explained: ExplainedText) throws {
    if json { try output.append(json: ExplanationOutput(explained)) } else { output.append(printing.text(explained)) }
    try output.flush()
    page?.append(explained)
    count += 1
    if explained.explanation.method == .gradients, !explained.explanation.isComplete { incomplete += 1 }
    guard let terminal, ContinuousClock.now - last >= .milliseconds(100) else { return }
    last = .now
    let seconds = max((last - started) / .seconds(1), 1e-9)
    terminal.draw("explaining: \(Numbers.count(count, "text")), \(Numbers.short(Double(count) / seconds)) texts/s")
  }

  /// Writes the page, and tells what could not be done exactly.
  mutating func finish() throws {
    terminal?.clear()
    if let page, let path {
      try AtomicFile.write(Array(page.html().utf8), to: path, overwrite: overwrite)
      console.say("\(path): \(Numbers.count(count, "explanation"))")
    }
    if incomplete > 0 {
      console.say(
        "warning: \(Numbers.count(incomplete, "explanation")) whose sum was off by more than a hundredth before the rest was spread over the characters; "
          + "--json tells it as gap, and --method occlusion is another view")
    }
  }
}
#endif
