#if Tool
internal import ArgumentParser
internal import CharCNN
internal import CharCNNFiles
import CharCNNStorage
import CharCNNText

/// `charcnn predict`.
struct Predict: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Label texts.",
    discussion: """
      Texts are arguments, or lines of standard input. Each gives one line: the label, a tab and its probability; with \
      --top K, the K best pairs, best first. Lines are answered as they come, so that it serves in a pipe and at a \
      keyboard alike.

      A tagger writes a line for each token: token, tag and probability, and a blank line after each sentence; with \
      --top K, at most \(SequenceTagger.mostSequences), further columns for the next best sequences of tags. --conllu writes \
      CoNLL-U, --json objects with offsets, which count Unicode scalars, and with spans.

      A matcher takes two texts: as arguments, as lines TEXT<TAB>TEXT of standard input, or in a file, --pairs, whose \
      columns are recognized or said with --text and --second. It writes the label and its probability, or the cosine, or \
      the score.

      A base of vectors has no labels: --labels names some, and a text gets the one whose name means most what the text means.

      A model of scores writes the score; one of grades the expected grade, then the most probable one and its probability.

      --input FILE reads whatever charcnn train reads, and writes it with the answers added: a table or JSON objects keep \
      all their columns and get label and probability (with --top K also label_2, probability_2 and so on; predicted_label \
      and so on where there is a column of such a name already). fastText, plain lines and folders give a table with tabs, \
      the source of each text first. Taggers add tokens and tags, matchers label and score, models of scores score (and grade and probability). \
      The columns are those that the model was trained on, or recognized, and are told on standard error.

      Example:
        charcnn predict reviews.charcnn "What a lovely day" "Never again"
        charcnn predict reviews.charcnn --input new.csv --output answered.csv
        charcnn predict words.charcnn --conllu "The cat sat." > tagged.conllu
        charcnn predict reviews.charcnn --top 3 --json < texts.txt
        charcnn predict questions.charcnn "How do I pay?" "How can I pay?"
        charcnn predict base.charcnn --labels "sports, economy, music" "They won in the last minute"
      """)

  @Argument(help: "A model bundle.")
  var bundle: String

  @Argument(help: "Texts; none, or - alone, reads standard input, a text a line.")
  var texts: [String] = []

  @Option(parsing: .unconditional, help: "Number of labels for each text.")
  var top = 1

  @OptionGroup var zeroShot: ZeroShotArguments
  @OptionGroup var computing: ComputingArguments
  @OptionGroup var precision: PrecisionArguments

  @Flag(help: "Write a JSON object for each text.")
  var json = false

  @Flag(help: "Taggers: write CoNLL-U.")
  var conllu = false

  @Flag(help: "Taggers: the texts are cut into words already, by spaces.")
  var words = false

  @Option(
    help: ArgumentHelp("Taggers of words: a tagger of characters that cuts texts into words.", valueName: "bundle"))
  var segmenter: String?

  @Option(help: ArgumentHelp("Matchers: a file of pairs.", valueName: "file"))
  var pairs: String?

  @Option(
    help: ArgumentHelp(
      "A file or folder to answer, with all its columns kept; - reads standard input in the --format that is said.",
      valueName: "file"))
  var input: String?

  @Option(help: ArgumentHelp("With --input: the file to write. (default: standard output)", valueName: "file"))
  var output: String?

  /// The file to write; nil for standard output.
  var destination: String? { output == "-" ? nil : output }

  @OptionGroup var reading: DataArguments

  @Flag(help: "With --output: replace an existing file.")
  var overwrite = false

  @Flag(help: "Say nothing on standard error but errors.")
  var quiet = false

  func validate() throws {
    if pairs == nil, input == nil, reading.isGiven {
      throw ValidationError(
        "--text, --second, --label, --format, --separator, --header, --encoding and --skip-invalid go with --input or --pairs"
      )
    }
    if pairs != nil, input != nil { throw ValidationError("--pairs and --input are two files to read; give one") }
    if input == nil, output != nil || overwrite { throw ValidationError("--output and --overwrite go with --input") }
    if overwrite, output == nil { throw ValidationError("--overwrite goes with --output") }
    if input != nil, !texts.isEmpty {
      throw ValidationError("--input is a file to answer; texts cannot stand beside it")
    }
    if input != nil, json { throw ValidationError("--input keeps the format of its file; leave --json out") }
    if input == "-", reading.format == nil {
      throw ValidationError("--input - needs --format, since standard input has no name to tell it by")
    }
    if top < 1 { throw ValidationError("--top must be at least 1, not \(top)") }
    if json, conllu { throw ValidationError("--json and --conllu are two forms of output; give one") }
    if conllu, top > 1 {
      throw ValidationError("--conllu holds one sequence of tags; --top \(top) goes with columns or --json")
    }
    try TextArguments.refuseFiles(texts) { "charcnn predict \(ShellText.quoted(bundle)) --input \($0)" }
    if words, segmenter != nil { throw ValidationError("--words says that nothing is to be cut, and --segmenter cuts") }
  }

  func run() throws {
    let model = try ModelBundle(contentsOf: bundle)
    let type = try model.task().model
    try zeroShot.refuse(beside: type, bundle)
    if type.task != .matching, pairs != nil {
      throw ValidationError("--pairs is for matchers; \(bundle) reads single texts")
    }
    if input != nil {
      if conllu || words { throw ValidationError("--conllu and --words go with texts, not with --input") }
      if type.task != .matching, reading.secondColumn != nil {
        throw ValidationError("--second is for pairs of texts, which matchers read")
      }
      if type.task != .tagging, segmenter != nil { throw ValidationError("--segmenter is for taggers of words") }
    }
    try precision.open(type, model, computing, say: Console(isQuiet: quiet).say).predict(for: self)
  }

  /// Predicts with a classifier.
  func predict(_ classifier: TextClassifier) throws {
    if let input { return try predictFile(input, classifier) }
    try refuseOptionsOfTaggers("labels whole texts")
    try predictLabels(classifier)
  }

  /// Predicts with a matcher.
  func predict(_ matcher: TextMatcher) throws {
    if let input { return try predictPairs(input, matcher) }
    try refuseOptionsOfTaggers("matches texts")
    try predictMatches(matcher)
  }

  /// Predicts with a model of scores.
  func predict(_ regressor: TextRegressor) throws {
    if let input { return try predictFile(input, regressor) }
    try refuseOptionsOfTaggers("gives whole texts scores")
    try predictScores(regressor)
  }

  /// Predicts with a tagger.
  func predict(_ tagger: SequenceTagger) throws {
    if let input { return try predictSentences(input, tagger) }
    try predictTags(tagger)
  }

  private func refuseOptionsOfTaggers(_ reason: String) throws {
    if conllu || words || segmenter != nil {
      throw ValidationError("--conllu, --words and --segmenter are for taggers; \(bundle) \(reason)")
    }
  }

  /// Hands the texts to `answer`, those of standard input as they come.
  func forEachPiece(_ answer: (_ texts: [String], _ output: inout StandardOutput) throws -> Void) throws {
    var output = StandardOutput()
    if !texts.isEmpty, texts != ["-"] { return try answer(texts, &output) }
    var reader = LineReader(descriptor: 0)
    while let lines = try reader.next() { try answer(lines, &output) }
  }
}
#endif
