internal import ArgumentParser
internal import CharCNN

/// `charcnn evaluate`.
struct Evaluate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measure a model on labelled texts.",
    discussion: """
      Writes accuracy and macro F1, a table of the labels, and what is confused with what. Labels that the model does \
      not know count as errors.

      Example:
        charcnn evaluate reviews.charcnn held-out.csv
        charcnn evaluate reviews.charcnn held-out.csv --json
      """)

  @Argument(help: "A model bundle.")
  var bundle: String

  @Argument(help: "Labelled texts: a file, or a folder.")
  var data: String

  @OptionGroup var reading: DataArguments
  @OptionGroup var computing: ComputingArguments

  @Flag(help: "Write the report as a JSON object.")
  var json = false

  @Flag(help: "Say nothing on standard error but errors.")
  var quiet = false

  func run() throws {
    let console = Console(isQuiet: quiet)
    let classifier = try computing.classifier(bundle)
    let source = try reading.source(data)
    console.say("\(data): \(source.summary)")
    let terminal = quiet ? nil : Terminal()
    let report = try classifier.evaluate(on: source) { examples in
      terminal?.draw("evaluating: \(Numbers.count(examples, "text"))")
    }
    terminal?.clear()
    if !report.unseenLabels.isEmpty {
      let total = report.unseenLabels.values.reduce(0, +)
      console.say("warning: \(Numbers.count(total, "text")) counted as wrong, with labels that the model does not know")
    }
    if json { try StandardOutput.write(json: report) } else { try StandardOutput.write(report.table()) }
  }
}
