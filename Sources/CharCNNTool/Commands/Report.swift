#if Tool
internal import ArgumentParser
internal import CharCNN
internal import CharCNNFiles
import CharCNNStorage
import CharCNNText

/// `charcnn report`.
struct Report: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write a page about a classifier: how good it is, where it errs and why, what its data are like.",
    discussion: """
      Measures the model on labelled texts and writes one page that needs nothing else: the figures with their intervals, the curves of the training, a \
      table of the labels that sorts, what is taken for what, how far probabilities can be believed, what would be if only the surest were answered, the \
      surest errors with what each character says for them, what an audit finds in the texts, and the settings.

      Example:
        charcnn report reviews.charcnn held-out.csv --html report.html
        charcnn report intents.charcnn held-out.csv --outside other.csv --against old.charcnn --html report.html
      """)

  @Argument(help: "A classifier.")
  var bundle: String

  @Argument(help: "Labelled texts that it has not learned from: a file, or a folder.")
  var data: String

  @Option(help: ArgumentHelp("The page to write.", valueName: "file"))
  var html: String

  @OptionGroup var outsideData: OutsideArguments

  @Option(help: ArgumentHelp("Another classifier, to be compared text by text.", valueName: "bundle"))
  var against: String?

  @Flag(help: "Replace an existing file.")
  var overwrite = false

  @OptionGroup var reading: DataArguments
  @OptionGroup var computing: ComputingArguments

  @Flag(help: "Say nothing on standard error but errors.")
  var quiet = false

  func run() throws {
    let console = Console(isQuiet: quiet)
    try AtomicFile.checkWritable(html, overwrite: overwrite)
    let classifier = try computing.open(TextClassifier.self, at: bundle, command: "report")
    let other = try against.map { try computing.open(TextClassifier.self, at: $0, command: "report --against") }
    if let against,
      let several = classifier.allowsSeveralLabels ? bundle : other?.allowsSeveralLabels == true ? against : nil
    {
      throw ValidationError("--against is for texts of one label each; \(several) gives a text several or none")
    }
    if classifier.allowsSeveralLabels, outsideData.outside != nil {
      throw ValidationError("--outside is for texts of one label each; \(bundle) gives a text several or none")
    }
    let source = try reading.source(data, for: classifier)
    console.say("\(data): \(source.summary)")
    let outside = try outsideData.source(classifier, reading, console)
    try FilePlace.refuse(html, amongst: source.files + (outside?.files ?? []), option: "--html")
    let progress = WorkProgress(console: console)
    let examples = Examples<LabeledText>(source)
    let started = ContinuousClock.now
    let (report, read) = try classifier.evaluate(
      on: examples, outside: outside.map { Examples($0) }, progress: { progress.tell(compared: $0) }, answered: nil)
    let seconds = (ContinuousClock.now - started) / .seconds(1)
    progress.end()
    for warning in read.warnings(ofSeveralLabels: classifier.allowsSeveralLabels) { console.warn(warning) }
    let comparison = try other.map { try classifier.comparison(with: $0, on: examples) }
    var errors: [(error: ReportPage.WrongAnswer, explained: ExplainedText)] = []
    for error in report.surestErrors ?? [] {
      let explanation = try classifier.explanation(of: error.text, for: error.predicted)
      errors.append((error, ExplainedText([error.text], explanation)))
    }
    let audit = try LabeledText.Audit(of: examples)
    let inspection = try classifier.inspection(path: bundle)
    let page = ReportPage(
      model: bundle, data: data, report: report, seconds: seconds, errors: errors,
      comparison: comparison.flatMap { comparison in against.map { ($0, comparison) } }, audit: audit,
      history: TrainingHistory(epochs: classifier.record?.history ?? []), facts: inspection.facts)
    try AtomicFile.write(Array(page.html().utf8), to: html, overwrite: overwrite)
    try StandardOutput.write(
      "\(html): \(report.figures.map { "\($0.name) \(Numbers.fixed($0.value))" }.joined(separator: ", "))\n")
  }
}
#endif
