internal import ArgumentParser
internal import CharCNN

/// `charcnn quantize`.
struct Quantize: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write a model in 8-bit integers: a quarter of the size, and faster.",
    discussion: """
      The result is used like any model, and cannot be trained; keep the original. With --check, both are measured on \
      labelled texts.

      Example:
        charcnn quantize reviews.charcnn --output reviews-int8.charcnn --check held-out.csv
      """)

  @Argument(help: "A model bundle.")
  var bundle: String

  @Option(help: "The model to write, by custom NAME.charcnn.")
  var output: String

  @Option(help: ArgumentHelp("Labelled texts to measure both models on: a file, or a folder.", valueName: "data"))
  var check: String?

  @OptionGroup var reading: DataArguments
  @OptionGroup var computing: ComputingArguments

  @Flag(help: "Replace an existing model.")
  var overwrite = false

  func run() throws {
    let original = try computing.classifier(.open(bundle, for: .classification, command: "quantize"))
    let source = try check.map { try reading.source($0) }
    let quantized = try original.quantized()
    try quantized.write(to: output, overwrite: overwrite)
    guard let source else { return }
    let (before, after) = (try original.evaluate(on: source), try quantized.evaluate(on: source))
    try StandardOutput.write(
      Table.text(
        [
          ["weights", "accuracy", "macro F1"],
          ["32-bit floats", Numbers.fixed(before.accuracy), Numbers.fixed(before.macroF1)],
          ["8-bit integers", Numbers.fixed(after.accuracy), Numbers.fixed(after.macroF1)],
        ], leftColumns: 1))
  }
}
