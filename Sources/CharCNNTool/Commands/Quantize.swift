#if Tool
internal import ArgumentParser
internal import CharCNN
internal import CharCNNFiles
import CharCNNStorage

/// `charcnn quantize`.
struct Quantize: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write a model in 8-bit integers: a quarter of the size, and faster.",
    discussion: """
      The result is used like any model, and cannot be trained; keep the original. With --check, the accuracy of both is \
      measured on labelled texts before anything is written.

      Example:
        charcnn quantize reviews.charcnn --output reviews-int8.charcnn --check held-out.csv
      """)

  @Argument(help: "A model bundle.")
  var bundle: String

  @Option(help: ArgumentHelp("The bundle to write, such as reviews-int8.charcnn.", valueName: "bundle"))
  var output: String

  @Option(help: ArgumentHelp("Labelled texts to measure both models on: a file, or a folder.", valueName: "data"))
  var check: String?

  @OptionGroup var reading: DataArguments
  @OptionGroup var computing: ComputingArguments

  @Flag(help: "Replace an existing model.")
  var overwrite = false

  func validate() throws {
    if check == nil, reading.isGiven { throw ValidationError("--text, --label and --format go with --check") }
  }

  func run() throws {
    let original = try computing.open(TextClassifier.self, at: bundle, command: "quantize")
    if original.isSolvedAlone {
      throw Failure(
        .usage,
        "\(bundle): is in 8-bit integers already: it is of n-grams alone that were solved, whose weights always are; use it as it is"
      )
    }
    if original.quantization != nil {
      throw Failure(.usage, "\(bundle): is quantized already; give the model that it was made from")
    }
    try ModelBundle.checkWritable(path: output, overwrite: overwrite)
    let quantized = try original.quantized()
    // Faulty data leave no output.
    let table = try check.map { try measured($0, original, quantized) }
    let card = try ModelBundle(contentsOf: bundle).ownCard(besides: original)
    try quantized.write(to: output, overwrite: overwrite)
    try card.map { try ModelBundle.keepCard($0, in: output, Console(isQuiet: false)) }
    if let table { try StandardOutput.write(table) }
  }

  /// The figures of both models on the texts of a file or folder.
  private func measured(_ path: String, _ original: TextClassifier, _ quantized: TextClassifier) throws -> String {
    let console = Console(isQuiet: false)
    let source = try reading.source(path, for: original)
    console.say("\(path): \(source.summary)")
    let examples = Examples<LabeledText>(source)
    let (before, after) = (try original.evaluate(on: examples), try quantized.evaluate(on: examples))
    console.warn(unseen: before.unseenLabels, of: "text", with: "labels")
    return TextTable(
      rows: [
        ["weights", "accuracy", "macro F1"],
        ["32-bit floats", Numbers.fixed(before.accuracy), Numbers.fixed(before.macroF1)],
        ["8-bit integers", Numbers.fixed(after.accuracy), Numbers.fixed(after.macroF1)],
      ], cells: .whole
    ).text()
  }
}
#endif
