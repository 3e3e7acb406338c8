internal import ArgumentParser
internal import CharCNN

/// `charcnn predict`.
struct Predict: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Label texts.",
    discussion: """
      Texts are arguments, or lines of standard input. Each gives one line: the label, a tab and its probability; with \
      --top K, the K best pairs, best first. Lines are answered as they come, so that it serves in a pipe and at a \
      keyboard alike.

      Example:
        charcnn predict reviews.charcnn "What a lovely day" "Never again"
        charcnn predict reviews.charcnn --top 3 --json < texts.txt
      """)

  @Argument(help: "A model bundle.")
  var bundle: String

  @Argument(help: "Texts; none, or - alone, reads standard input, a text a line.")
  var texts: [String] = []

  @Option(parsing: .unconditional, help: "Number of labels for each text.")
  var top = 1

  @OptionGroup var computing: ComputingArguments

  @Flag(help: "Write a JSON object for each text.")
  var json = false

  func validate() throws {
    if top < 1 { throw ValidationError("--top must be at least 1, not \(top)") }
  }

  func run() throws {
    let classifier = try computing.classifier(bundle)
    var output = StandardOutput()
    if !texts.isEmpty, texts != ["-"] { return try answer(texts, by: classifier, in: &output) }
    var reader = LineReader(descriptor: 0)
    while let lines = try reader.next() { try answer(lines, by: classifier, in: &output) }
  }

  private func answer(_ texts: [String], by classifier: TextClassifier, in output: inout StandardOutput) throws {
    for (text, hypotheses) in zip(texts, classifier.predictions(for: texts, maximumCount: top)) {
      if json {
        try output.append(json: Prediction(text: text, hypotheses: hypotheses))
      } else {
        let pairs = hypotheses.map { "\(Self.field($0.label))\t\(Numbers.fixed($0.probability))" }
        output.append(pairs.joined(separator: "\t") + "\n")
      }
    }
    try output.flush()
  }

  /// A label that cannot be taken for two fields or lines.
  private static func field(_ label: String) -> String {
    String(String.UnicodeScalarView(label.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }))
  }
}

/// The answer to a text as JSON.
private struct Prediction: Encodable {
  struct Pair: Encodable {
    let label: String
    let probability: Double
  }

  let text: String
  let predictions: [Pair]

  init(text: String, hypotheses: [Hypothesis]) {
    self.text = text
    // Single precision has no more digits worth writing.
    predictions = hypotheses.map { Pair(label: $0.label, probability: ($0.probability * 1e6).rounded() / 1e6) }
  }
}
