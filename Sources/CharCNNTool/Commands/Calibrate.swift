#if Tool
internal import ArgumentParser
internal import CharCNN
internal import CharCNNFiles
import CharCNNStorage
import CharCNNText

/// `charcnn calibrate`.
struct Calibrate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Find when a classifier should say that it does not know, and store it with the model.",
    discussion: """
      Takes labelled texts that the model has not learned from, and makes its probabilities as sure as they should be (a temperature). \
      --precision P finds the threshold of the most answers of which the part P is right, and thresholds of their own for labels that need \
      them; --coverage C the one that answers the part C of the texts; with --outside, texts of no class, the one that tells these from \
      others best, unless --precision or --coverage says more. Texts whose label the model does not know count as texts of no class too. \
      With none of these there is a temperature and no threshold. Of a model whose texts may have several labels the thresholds of the labels are fitted anew.

      The temperature is the one of the least loss. The model is written to --output, or over itself with --overwrite; with neither, what was found is shown and nothing is written. predict, \
      evaluate, detect and the library then answer "unknown" (in JSON null) where the model is not sure enough.

      Example:
        charcnn calibrate intents.charcnn held-out.csv --outside other.csv --output careful.charcnn
        charcnn calibrate intents.charcnn held-out.csv --precision 0.95 --output careful.charcnn
        charcnn calibrate intents.charcnn held-out.csv --coverage 0.9 --overwrite
      """)

  @Argument(help: "A classifier.")
  var bundle: String

  @Argument(help: "Labelled texts that it has not learned from: a file, or a folder.")
  var data: String

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Part of the answers that is to be right, such as 0.95.", valueName: "share"))
  var precision: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Part of the texts that is to be answered, such as 0.9.", valueName: "share"))
  var coverage: Double?

  @OptionGroup var outsideData: OutsideArguments

  @Option(help: ArgumentHelp("The bundle to write.", valueName: "bundle"))
  var output: String?

  @Flag(help: "Replace an existing model; without --output the one that is calibrated.")
  var overwrite = false

  @OptionGroup var reading: DataArguments
  @OptionGroup var computing: ComputingArguments

  @Flag(help: "Write the result as a JSON object.")
  var json = false

  @Flag(help: "Say nothing on standard error but errors.")
  var quiet = false

  func validate() throws {
    if precision != nil, coverage != nil {
      throw ValidationError("--precision and --coverage are two goals; give one")
    }
    if let precision, !(precision > 0 && precision < 1) {
      throw ValidationError("--precision must be above 0 and below 1, not \(precision)")
    }
    if let coverage, !(coverage > 0 && coverage <= 1) {
      throw ValidationError("--coverage must be above 0 and at most 1, not \(coverage)")
    }
  }

  /// Answers below which their number is told.
  private static let fewAnswers = 20

  /// Where the model goes; nil for nowhere.
  private var destination: String? { output ?? (overwrite ? bundle : nil) }

  func run() throws {
    let console = Console(isQuiet: quiet)
    let classifier = try computing.open(TextClassifier.self, at: bundle, command: "calibrate")
    if classifier.allowsSeveralLabels, precision != nil || coverage != nil || outsideData.outside != nil {
      throw ValidationError(
        "--precision, --coverage and --outside are for texts of one label each; \(bundle) gives a text several or none, and each label a threshold"
      )
    }
    if let destination { try ModelBundle.checkWritable(path: destination, overwrite: overwrite) }
    let source = try reading.source(data, for: classifier)
    console.say("\(data): \(source.summary)")
    let outside = try outsideData.source(classifier, reading, console)
    let progress = WorkProgress(console: console)
    let (calibrated, report) = try classifier.calibrated(
      on: Examples(source), outside: outside.map { Examples($0) }, goal: goal(hasOutside: outside != nil),
      progress: { progress.tell(compared: $0) })
    progress.end()
    for warning in report.warnings { console.warn(warning) }
    if classifier.labels.contains(Predict.unknown) {
      console.warn(
        "a label is called \"\(Predict.unknown)\", as is an answer that is not given; only --json tells them apart, by null"
      )
    }
    let answered = Int((report.coverage * Double(report.texts)).rounded())
    if !classifier.allowsSeveralLabels, answered < Self.fewAnswers, answered < report.texts,
      report.texts >= Self.fewAnswers
    {
      console.warn("the thresholds rest on \(Numbers.count(answered, "answer")); other texts may show another picture")
    }
    if report.texts < Self.fewAnswers {
      console.warn(
        "the temperature rests on \(Numbers.count(report.texts, "text")); other texts may show another picture")
    }
    if !report.unknownLabels.isEmpty {
      let count = report.unknownLabels.values.reduce(0, +)
      let labels = report.unknownLabels.keys.sorted().prefix(3).map { "\"\($0)\"" }.joined(separator: ", ")
      console.say(
        "note: \(Numbers.count(count, "text has", "texts have")) labels that the model does not know, such as \(labels), and are taken for texts of no class"
      )
    }
    if let destination {
      let card = try ModelBundle(contentsOf: bundle).ownCard(besides: classifier)
      try calibrated.write(to: destination, overwrite: overwrite)
      try card.map { try ModelBundle.keepCard($0, in: destination, console) }
    }
    let result = CalibrationResult(report, labels: classifier.labels, output: destination)
    if json { try StandardOutput.write(json: result) } else { try StandardOutput.write(result.text) }
    if destination == nil {
      console.say("nothing was written: add --output FOLDER, or --overwrite to store it with \(bundle)")
    }
  }

  private func goal(hasOutside: Bool) -> TextClassifier.RejectOption.Goal {
    if let precision { return .precision(precision) }
    if let coverage { return .coverage(coverage) }
    return hasOutside ? .separation : .probabilities
  }
}

/// Texts of no class.
struct OutsideArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Texts of no class, which should not be answered: a file or folder; labels in it do not matter.",
      valueName: "data"))
  var outside: String?

  /// Opens them; nil where there are none.
  ///
  /// - Parameter reading: How the labelled texts are read: in the same encoding, and with as much patience.
  func source(
    _ classifier: TextClassifier, _ reading: DataArguments, _ console: Console
  ) throws -> LabeledTextSource? {
    guard let outside else { return nil }
    let source = try LabeledTextSource(
      path: outside,
      options: DataOptions(
        encoding: reading.encoding, trained: classifier.columns, needsLabels: false, skipsInvalid: reading.skipInvalid))
    console.say("\(outside): \(source.summary)")
    return source
  }
}
#endif
