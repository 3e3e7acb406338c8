#if Tool
public import ArgumentParser
public import CharCNN
internal import CharCNNFiles
import CharCNNStorage
import CharCNNText

/// `charcnn explain`.
struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say why a model answers so: what each character adds.",
    discussion: """
      Texts are arguments, or lines of standard input, or come from a file, --input, which is read as charcnn predict reads it. \
      For each text the score of its likeliest label, its log-odds, is taken apart: what each character adds, beside the \
      score of the text with none of its characters seen. The sum is right to a hundredth. With texts --label names \
      another label to explain; with --top K the K likeliest ones are. On a terminal the text is coloured, \
      orange for the label and blue against it (NO_COLOR=1 switches that off); elsewhere the ten strongest characters are listed. \
      --html writes a page that needs nothing else.

      A matcher takes two texts, as predict does, and explains how they relate. A tagger explains the first tag of each \
      span, or all tags where they mark no spans; --at PLACE explains the token at that place, counted in Unicode scalars from 0.

      A model of scores explains its score, of grades the expected one, in its own units.

      --data FILE shows what a classifier goes by: for each class the n-grams that add most to its score, what they add to a text of the class on average, and \
      the filters that read characters and add most, with the windows of text that excite them most. --top K shows K of each; \
      --label is the column of the labels then.

      --json gives an object a text and label: label, probability, total and baseline, which are the scores of the text and without its \
      characters, and contributions with start, end (Unicode scalars), utf8Start, utf8End and value.

      Example:
        charcnn explain reviews.charcnn "What a lovely day" "Never again"
        charcnn explain reviews.charcnn "What a lovely day" --label bad --html why.html
        charcnn explain reviews.charcnn --input new.csv --json > why.jsonl
        charcnn explain reviews.charcnn --data reviews.csv --top 5
      """)

  @Argument(help: "A model bundle.")
  var bundle: String

  @Argument(help: "Texts; none, or - alone, reads standard input, a text a line.")
  var texts: [String] = []

  @Option(parsing: .unconditional, help: "Labels to explain of each text, the likeliest first.")
  var top: Int?

  @Option(help: "How: gradients, which add up, or occlusion, which takes each character out.")
  var method = TextClassifier.Explanation.Method.gradients

  @Option(parsing: .unconditional, help: "Taggers: explain the token at this place only.")
  var at: Int?

  @Option(
    help: ArgumentHelp(
      "A file or folder of texts to explain; - reads standard input in the --format that is said.", valueName: "file"))
  var input: String?

  @Option(
    help: ArgumentHelp(
      "Classifiers: instead of texts, show the n-grams and filters that make each class, found on these labelled texts.",
      valueName: "file"))
  var data: String?

  @OptionGroup var reading: DataArguments
  @OptionGroup var zeroShot: ZeroShotArguments
  @OptionGroup var computing: ComputingArguments

  @Option(help: ArgumentHelp("Write a page for a browser.", valueName: "file"))
  var html: String?

  @Flag(help: "With --html: replace an existing file.")
  var overwrite = false

  @Flag(help: "Write a JSON object for each text and label.")
  var json = false

  @Flag(help: "Say nothing on standard error but errors.")
  var quiet = false

  /// The labels that were asked for: with texts --label means a label, since they need no column of labels.
  var labels: [String] { data == nil ? reading.labelColumns : [] }

  /// The one label that was asked for, of a model whose answers are explained one by one.
  func onlyLabel() throws -> String? {
    if labels.count > 1 { throw ValidationError("\(bundle) is explained for one --label, not for \(labels.count)") }
    return labels.first
  }

  func validate() throws {
    if overwrite, html == nil { throw ValidationError("--overwrite goes with --html") }
    if let top, top < 1 { throw ValidationError("--top must be at least 1, not \(top)") }
    if top != nil, !labels.isEmpty { throw ValidationError("--label names what to explain; leave --top out") }
    if let at, at < 0 { throw ValidationError("--at must be at least 0, not \(at)") }
    if input == nil, data == nil, readsFile {
      throw ValidationError(
        "--text, --second, --format, --separator, --header, --encoding and --skip-invalid go with --input or --data")
    }
    if data != nil, input != nil || !texts.isEmpty || at != nil || method != .gradients {
      throw ValidationError("--data shows what the model goes by; texts, --input, --at and --method explain answers")
    }
    if input != nil, !texts.isEmpty {
      throw ValidationError("--input is a file to explain; texts cannot stand beside it")
    }
    if input == "-", reading.format == nil {
      throw ValidationError("--input - needs --format, since standard input has no name to tell it by")
    }
    try TextArguments.refuseFiles(texts) { "charcnn explain \(ShellText.quoted(bundle)) --input \($0)" }
  }

  /// Whether something was said that only a file has.
  private var readsFile: Bool {
    var others = reading
    others.labelColumns = []
    return others.isGiven
  }

  func run() throws {
    let model = try ModelBundle(contentsOf: bundle)
    let type = try model.task().model
    try zeroShot.refuse(beside: type, bundle)
    if type.task != .matching, reading.secondColumn != nil {
      throw ValidationError("--second is for pairs of texts, which matchers read")
    }
    if type.task != .tagging, at != nil { throw ValidationError("--at is for taggers; \(bundle) judges whole texts") }
    if type.task != .classification, data != nil {
      throw ValidationError("--data is for classifiers; \(bundle) is a \(type.noun)")
    }
    try computing.open(type, model).explain(for: self)
  }

  /// Explains the labels of texts.
  func explain(_ classifier: TextClassifier) throws {
    if let data { return try read(classifier, data) }
    var cutTexts = 0
    var sink = try ExplanationSink(self)
    try forEachText(trained: classifier.columns) { text in
      if classifier.cuts(text) { cutTexts += 1 }
      var chosen: [String?] = labels.isEmpty ? [nil] : labels
      if let top { chosen = classifier.predictions(for: [text], maximumCount: top)[0].map(\.label) }
      for label in chosen {
        try sink.append(ExplainedText([text], classifier.explanation(of: text, for: label, method: method)))
      }
    }
    try sink.finish()
    Console(isQuiet: quiet).warn(
      cutTexts: cutTexts, to: classifier.textSettings.maximumLength, ngrams: classifier.ngramLength)
  }

  /// Hands the texts to `body`, those of standard input as they come.
  func forEachText(trained: DataColumns?, _ body: (_ text: String) throws -> Void) throws {
    if let input { return try forEachText(of: input, trained: trained, body) }
    if !texts.isEmpty, texts != ["-"] { return try texts.forEach(body) }
    var reader = LineReader(descriptor: 0)
    while let lines = try reader.next() { try lines.forEach(body) }
  }

  private func forEachText(of path: String, trained: DataColumns?, _ body: (_ text: String) throws -> Void) throws {
    var own = reading
    own.labelColumns = []
    let records = try RecordFiles(
      path: path, options: own.options(trained: trained, needsLabels: false), arePairs: false)
    try FilePlace.refuse(html, amongst: records.files, option: "--html")
    let console = Console(isQuiet: quiet)
    console.say("\(records.path): \(records.textSummary)")
    var report = ReadingReport(path: records.path, skipsInvalid: records.options.skipsInvalid)
    try records.forEachRecord(records.textFields, report: &report) { record, report in
      let text: String
      do throws(DataError) { text = try records.text(of: record) } catch {
        report.add(error)
        return
      }
      guard report.isDelivering else { return }
      report.addRecord()
      try body(text)
    }
    for warning in report.warnings { console.warn(warning) }
    try report.finish()
  }
}

extension TextClassifier.Explanation.Method: ExpressibleByArgument {}
#endif
