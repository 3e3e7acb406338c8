import CharCNNToolkit
import Foundation
import TestSupport
import Testing

/// Training and predicting with products of bfloat16.
@Suite struct PrecisionTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static let texts = ToyTexts.texts(300)

  private func trained(_ assignments: String..., threads: Int = 1) throws -> TextClassifier {
    var options = try ToyTexts.options("ngrams=none", "filters=48", "epochs=8", "rate=0.01")
    for assignment in assignments { try options.set(assignment) }
    options.threads = threads
    return try TextClassifier.train(on: Examples(Self.texts), options: options).0
  }

  /// The files of a model, but for what it says of its making.
  private func weights(_ model: TextClassifier) throws -> Data {
    let path = folder.path("\(UUID()).charcnn")
    try model.write(to: path)
    return try Data(contentsOf: URL(fileURLWithPath: path + "/model.safetensors"))
  }

  @Test func `a model learns in bfloat16 what it learns in single precision, with other bits`() throws {
    let (single, half) = (try trained(), try trained("precision=bf16"))
    let held = ToyTexts.texts(150, seed: 7)
    for model in [single, half] {
      let answers = model.predictions(for: held.map(\.text)).map { $0[0].label }
      let right = zip(answers, held).count { $0 == $1.label }
      #expect(right >= 140, "\(right) of 150")
    }
    #expect(try weights(single) != weights(half))
  }

  @Test func `the same bits on any number of threads`() throws {
    let models = try [1, 2, 5].map { try weights(try trained("precision=bf16", threads: $0)) }
    #expect(models[0] == models[1] && models[0] == models[2])
  }

  @Test func `a model that learned in bfloat16 is an ordinary one, which says how it learned`() throws {
    let model = try trained("precision=bf16")
    let path = folder.path("half.charcnn")
    try model.write(to: path)
    let texts = ToyTexts.texts(150, seed: 7).map(\.text)
    let opened = try TextClassifier(contentsOf: path, threads: 1)
    #expect(opened.predictions(for: texts) == model.predictions(for: texts))
    let run = try String(contentsOfFile: path + "/run.json", encoding: .utf8)
    #expect(run.contains("\"precision\"") && run.contains("bf16"))
    let single = folder.path("single.charcnn")
    try trained().write(to: single)
    #expect(try !String(contentsOfFile: single + "/run.json", encoding: .utf8).contains("precision"))
  }

  @Test(arguments: Precision.allCases)
  func `what is said of a model is said of its answers in single precision`(precision: Precision) throws {
    var options = try ToyTexts.options("ngrams=none", "filters=48", "epochs=4", "rate=0.01")
    options.training.precision = precision
    let held = ToyTexts.texts(150, seed: 7)
    let (model, summary) = try TextClassifier.train(
      on: Examples(Self.texts), validation: Examples(held), options: options)
    let losses = zip(model.predictions(for: held.map(\.text), maximumCount: 3), held).map { hypotheses, text in
      -log(hypotheses.first { $0.label == text.label }?.probability ?? 0)
    }
    let loss = losses.reduce(0, +) / Double(losses.count)
    #expect(abs(try #require(summary.report.loss) - loss) < 1e-6)
  }

  @Test func `any model predicts in bfloat16, nearly the same, and in any company`() throws {
    let path = folder.path("model.charcnn")
    try trained().write(to: path)
    let texts = ToyTexts.texts(400, seed: 9).map(\.text)
    let single = try TextClassifier(contentsOf: path, threads: 1).predictions(for: texts, maximumCount: 3)
    let half = try TextClassifier(contentsOf: path, threads: 1, precision: .bf16)
    let together = half.predictions(for: texts, maximumCount: 3)
    #expect(together != single)
    for (ours, other) in zip(together, single) {
      for hypothesis in ours {
        let expected = other.first { $0.label == hypothesis.label }?.probability ?? 0
        #expect(abs(hypothesis.probability - expected) < 0.05)
      }
    }
    #expect(texts.map { half.predictions(for: [$0], maximumCount: 3)[0] } == together)
    let threads = try TextClassifier(contentsOf: path, threads: 5, precision: .bf16)
    #expect(threads.predictions(for: texts, maximumCount: 3) == together)
  }

  @Test func `a quantized model answers the same in bfloat16, alone and in company`() throws {
    let path = folder.path("small.charcnn")
    try trained().quantized().write(to: path)
    let texts = ToyTexts.texts(200, seed: 9).map(\.text)
    let single = try TextClassifier(contentsOf: path, threads: 1).predictions(for: texts)
    let half = try TextClassifier(contentsOf: path, threads: 2, precision: .bf16)
    let together = half.predictions(for: texts)
    #expect(together == single)
    #expect(texts.map { half.predictions(for: [$0])[0] } == together)
    #expect(!half.multipliesFloats)
  }

  @Test func `an explanation in bfloat16 is one of the answer in bfloat16`() throws {
    let path = folder.path("model.charcnn")
    try trained("dropout=0").write(to: path)
    let (single, half) = (
      try TextClassifier(contentsOf: path, threads: 1),
      try TextClassifier(contentsOf: path, threads: 1, precision: .bf16)
    )
    for text in ToyTexts.texts(5, seed: 3).map(\.text) {
      let label = single.predictions(for: [text])[0][0].label
      let (exact, explanation) = (
        try single.explanation(of: text, for: label), try half.explanation(of: text, for: label)
      )
      let difference = explanation.total - explanation.baseline
      let sum = explanation.contributions.reduce(0) { $0 + $1.value }
      #expect(abs(sum - difference) < 1e-9 * max(1, abs(difference)))
      #expect(abs(explanation.total - exact.total) < 0.05 * max(1, abs(exact.total)))
    }
  }

  @Test func `a precision that is none is refused`() throws {
    var options = ClassificationOptions()
    #expect(throws: ConfigurationError.self) { try options.set("precision=double") }
    try options.set("precision=bf16")
    #expect(options.training.precision == .bf16)
    try options.set("precision=single")
    #expect(options.training.precision == .single)
  }
}
