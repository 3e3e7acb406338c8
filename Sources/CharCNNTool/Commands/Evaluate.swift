#if Tool
internal import ArgumentParser
internal import CharCNN
internal import CharCNNFiles
import CharCNNStorage

/// `charcnn evaluate`.
struct Evaluate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measure a model on labelled texts.",
    discussion: """
      Writes accuracy and macro F1, a table of the labels, and what is confused with what. Labels that the model does \
      not know count as errors. Of a calibrated model, and with --outside, texts of no class, it also tells how many texts it \
      answers, how many of the answers are right, and what would be if only the surest were given. Of a tagger: span F1, accuracy of tags, and a table of the types of spans. A language \
      model is measured on a file of plain text, or a folder of them: bits and nats per character. A matcher is measured \
      on pairs: accuracy and F1 of the labels, or Pearson's and Spearman's correlation of scores. A model of scores: both correlations, \
      mean absolute and root mean squared error, and the area under ROC of the scores above --cut; of grades also the accuracy of the most \
      probable one and its quadratic weighted kappa. A base of vectors is measured on texts and its teacher's vectors of them: the mean \
      cosine, and how well texts stand to each other as they do for the teacher; with --labels, on labelled texts; with \
      --second, on pairs with scores, which the cosine should follow.

      Example:
        charcnn evaluate reviews.charcnn held-out.csv
        charcnn evaluate reviews.charcnn held-out.csv --json
        charcnn evaluate reviews.charcnn held-out.csv --predictions answers.csv
        charcnn evaluate intents.charcnn held-out.csv --outside other.csv
        charcnn evaluate new.charcnn held-out.csv --against old.charcnn
        charcnn evaluate reviews.charcnn held-out.csv --noise
        charcnn evaluate words.charcnn held-out.conllu
        charcnn evaluate words.charcnn held-out.conllu --against old-words.charcnn --noise
        charcnn evaluate questions.charcnn pairs.tsv --json
        charcnn evaluate stars.charcnn held-out.csv --cut 3.5
        charcnn evaluate base.charcnn texts.txt --vectors vectors.npy
        charcnn evaluate base.charcnn news.csv --labels "sports, economy, music"
        charcnn evaluate base.charcnn pairs.tsv --text sentence_A --second sentence_B --label score
      """)

  @Argument(help: "A model bundle.")
  var bundle: String

  @Argument(help: "Labelled texts: a file, or a folder.")
  var data: String

  @Option(
    help: ArgumentHelp(
      "Write each text with its label and the answer: row (from 1), label, predicted, probability and text, as CSV, with tabs or as JSON lines, by the ending .csv, .tsv or .jsonl.",
      valueName: "file"))
  var predictions: String?

  @OptionGroup var outsideData: OutsideArguments

  @Option(
    help: ArgumentHelp(
      "Another model of the same kind, to be compared text by text, token by token or pair by pair: which one is right where the other is wrong, and whether chance would do that.",
      valueName: "bundle"))
  var against: String?

  @Flag(
    help:
      "Measure too what is left when characters go wrong: swapped, missing, doubled, neighbouring keys, case, look-alikes, width."
  )
  var noise = false

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Models of scores: the score above which a text counts as a high one for the area under ROC. (default: the middle of the range of scores)",
      valueName: "score"))
  var cut: Double?

  @OptionGroup var vectors: VectorArguments
  @OptionGroup var zeroShot: ZeroShotArguments

  @Flag(help: "With --predictions: replace an existing file.")
  var overwrite = false

  @OptionGroup var reading: DataArguments
  @OptionGroup var computing: ComputingArguments
  @OptionGroup var precision: PrecisionArguments

  @Flag(help: "Write the report as a JSON object.")
  var json = false

  @Flag(help: "Say nothing on standard error but errors.")
  var quiet = false

  func validate() throws {
    if overwrite, predictions == nil { throw ValidationError("--overwrite goes with --predictions") }
    if let cut, !cut.isFinite { throw ValidationError("--cut must be a number, not \(cut)") }
    if let predictions, AnswerTable.Format(path: predictions) == nil {
      throw ValidationError("--predictions must end with .csv, .tsv or .jsonl, not '\(predictions)'")
    }
  }

  /// What the model and the one that it is compared with are called.
  func names(against other: String) -> (this: String, other: String) {
    let names = [bundle, other].map { FilePath.parts($0).last ?? $0 }
    return names[0] == names[1] ? (bundle, other) : (names[0], names[1])
  }

  func run() throws {
    let console = Console(isQuiet: quiet)
    let model = try ModelBundle(contentsOf: bundle)
    let type = try model.task().model
    try zeroShot.refuse(beside: type, bundle)
    let isOfLabels = zeroShot.names != nil
    if predictions != nil, !isOfLabels, let refusal = type.refusalOfPredictions { throw ValidationError(refusal) }
    if outsideData.outside != nil, type.task != .classification, !isOfLabels {
      throw ValidationError("--outside is for classifiers, which choose a class for each text")
    }
    if vectors.isGiven, isOfLabels {
      throw ValidationError("--labels measures answers, and --vectors and --vector-field vectors; give one of them")
    }
    if vectors.isGiven, type.task != .embedding {
      throw ValidationError("--vectors and --vector-field are for bases of vectors; \(bundle) is a \(type.noun)")
    }
    if against != nil || noise, !isOfLabels, [.language, .regression, .embedding].contains(type.task) {
      throw ValidationError("--against and --noise are for models of labels and tags; \(bundle) is a \(type.noun)")
    }
    if cut != nil, type.task != .regression {
      throw ValidationError("--cut is for models of scores; \(bundle) is a \(type.noun)")
    }
    try precision.open(type, model, computing, say: console.say).evaluate(for: self, console: console)
  }
}
#endif
