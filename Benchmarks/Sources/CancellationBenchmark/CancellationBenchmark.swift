import CharCNNToolkit

/// How long a cancelled training takes to answer: while it reads, between its steps, and while it validates.
@main
struct CancellationBenchmark {
  static let words = ["river", "stone", "letter", "garden", "window", "summer", "number", "little"]

  static func text(_ number: Int, words count: Int) -> LabeledText {
    let text = (0..<count).map { words[(number * 7 + $0 * ($0 + 3)) % words.count] }.joined(separator: " ")
    return LabeledText("\(text) \(number)", label: "class \(number % 4)")
  }

  static func examples(_ count: Int, words: Int) -> Examples<LabeledText> {
    Examples { body in for number in 0..<count { try body(text(number, words: words)) } }
  }

  /// Milliseconds from the cancellation to the answer, where it is cancelled at the event for which `isMoment` holds, and
  /// a little later.
  static func answer(
    to training: TrainingRun<TextClassifier>, delay: Duration,
    _ isMoment: @escaping @Sendable (TrainingEvent<ClassificationReport>) -> Bool
  ) async throws -> Double {
    let reached = AsyncStream<Void>.makeStream()
    let task = Task {
      for try await update in training {
        if case .progress(let event) = update, isMoment(event) { reached.continuation.finish() }
      }
    }
    for await _ in reached.stream {}
    try await Task.sleep(for: delay)
    let clock = ContinuousClock()
    let start = clock.now
    task.cancel()
    _ = await task.result
    return Double((clock.now - start).components.attoseconds) * 1e-15
      + Double((clock.now - start).components.seconds) * 1e3
  }

  static func main() async throws {
    var options = ClassificationOptions()
    options.training.epochs = 50
    let large = examples(4_000_000, words: 6)
    print("| cancelled | milliseconds to the answer, five times |")
    print("|---|---|")
    func row(_ name: String, _ measure: () async throws -> Double) async throws {
      var times: [String] = []
      for _ in 0..<5 { times.append("\((try await measure() * 10).rounded() / 10)") }
      print("| \(name) | \(times.joined(separator: ", ")) |")
    }
    try await row("while the texts are read") {
      try await answer(to: TextClassifier.training(on: large, options: options), delay: .milliseconds(50)) {
        if case .reading = $0 { true } else { false }
      }
    }
    try await row("between steps, the default network, texts of 1,000 characters") {
      try await answer(
        to: TextClassifier.training(on: examples(2_000, words: 150), options: options), delay: .milliseconds(700)
      ) { if case .step = $0 { true } else { false } }
    }
    var short = options
    short.network.filters = 16
    short.network.blocks = 2
    short.network.dilations = [1, 2]
    try await row("while 200,000 texts are validated with") {
      try await answer(
        to: TextClassifier.training(
          on: examples(400, words: 4), validation: examples(200_000, words: 20), options: short), delay: .seconds(2)
      ) { if case .prepared = $0 { true } else { false } }
    }
  }
}
