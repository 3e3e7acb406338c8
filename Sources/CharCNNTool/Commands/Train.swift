#if Tool
internal import ArgumentParser
internal import CharCNN
import CharCNNNetworks

/// `charcnn train`.
struct Train: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Train a model on labelled texts and write it as a model bundle.",
    discussion: """
      The format of the data (CSV, TSV, JSON Lines, fastText, a folder or a file for each class) and the columns of \
      texts and labels are recognized; say --format, --text and --label where they are not. Without --validation, a \
      tenth of the data, at most 10,000 texts, is split off. The model that is best on the validation data is kept. The output is checked \
      before anything is read, and is written in one step at the end.

      --task tagging learns a tag for every character or word of sentences in CoNLL-U or in columns; --text and --label \
      are the columns of tokens and tags then, and --model is character-tagger or word-tagger.

      --task matching learns how two texts relate: --text, --second and --label are the columns of a pair then. \
      --set objective=contrastive brings the vectors of texts that match near one another, --set objective=regression \
      learns scores, such as 1 to 5.

      --folds K and --seeds N train several times, tell mean and standard deviation of the figures, and write no model.

      Ctrl-C ends the training after the present step and saves the best model so far; a second Ctrl-C ends at once.

      Once a minute the whole state of the training is written to OUTPUT.checkpoint. After a crash, a kill or Ctrl-C, \
      --resume goes on from there and makes the same model, byte for byte, that the training would have made without \
      the interruption. It needs nothing else; --threads, --output, --overwrite, --history, --tensorboard, --json and --quiet may \
      be said again. Data that moved together with the checkpoints are found; where they are elsewhere now, they are said again: \
      --resume FOLDER DATA --validation FILE. A time limit counts the time of training before and after.

      Example:
        charcnn train reviews.csv --output reviews.charcnn --time-limit 10m
        charcnn train train.tsv --validation dev.tsv --output small.charcnn --set filters=128 blocks=3
        charcnn train --task tagging train.conllu --validation dev.conllu --output words.charcnn
        charcnn train --task matching pairs.tsv --output questions.charcnn
        charcnn train --resume reviews.charcnn.checkpoint
        charcnn train reviews.csv --folds 5 --predictions answers.csv

      Settings for --set and their defaults, each explained by 'charcnn help settings NAME' (with --task TASK --help or --model NAME --help: those of that task or model):
        \(settings)
      """)

  /// All settings with their defaults. Every run of the tool asks every command for its description, and listing them takes
  /// several milliseconds: they are listed for those who read them.
  private static var settings: String {
    guard asksForHelp else { return "" }
    return ModelArguments.listedSettings(
      task: said("--task").flatMap(ModelTask.init(rawValue:)) ?? .classification, model: said("--model"))
  }

  /// The value of an option on the command line, before anything is parsed.
  private static func said(_ option: String) -> String? {
    let arguments = CommandLine.arguments
    if let joined = arguments.last(where: { $0.hasPrefix(option + "=") }) {
      return String(joined.dropFirst(option.count + 1))
    }
    guard let place = arguments.lastIndex(of: option), place + 1 < arguments.count else { return nil }
    return arguments[place + 1]
  }

  /// Tasks that it trains.
  static let tasks = ModelTask.allCases.filter { $0.model is any DataTrainedModel.Type }

  static var asksForHelp: Bool { CommandLine.arguments.contains { $0.hasSuffix("-h") || $0.contains("help") } }

  @Argument(help: "Labelled texts: a file, or a folder.")
  var train: String?

  @Option(
    help: ArgumentHelp(
      "What to learn: \(Train.tasks.map(\.rawValue).joined(separator: ", ")). (default: classification)",
      valueName: "task"),
    transform: { name in
      guard let task = Train.tasks.first(where: { $0.rawValue == name }) else {
        throw ValidationError("must be \(Train.tasks.map(\.rawValue).joined(separator: " or ")), not \(name)")
      }
      return task
    })
  var task: ModelTask?

  @Option(help: ArgumentHelp("Labelled texts to choose the best model with.", valueName: "file"))
  var validation: String?

  @Option(
    name: .customLong("from"),
    help: ArgumentHelp(
      "A model to start from: one of charcnn pretrain, a classifier with these or other labels, a matcher or a tagger; a tagger of words starts from another one only.",
      valueName: "bundle"))
  var base: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Keep the first layers of the base as they are; the embedding is the first.", valueName: "layers"))
  var freeze: Int?

  @OptionGroup var network: ModelArguments

  @Option(help: ArgumentHelp("Character vectors to start from, in word2vec's text format (.vec).", valueName: "file"))
  var embeddings: String?

  @Flag(help: "Keep the loaded character vectors as they are.")
  var frozenEmbeddings = false

  @Option(
    help: ArgumentHelp(
      "A MyThes thesaurus (.dat beside its .idx): training texts get some words replaced by synonyms.",
      valueName: "file"))
  var thesaurus: String?

  @Flag(
    help:
      "Let every class count as much as any other, however rare it is: among the n-grams (ngramBalance=full) and for the network, which then sees classes equally often."
  )
  var balance = false

  @Option(
    help: ArgumentHelp(
      "Largest size of a classifier with all its files: 500kB, 1MB. The n-grams that count most are kept, and standard error says what that costs; a table of n-grams gets fewer rows.",
      valueName: "bytes"),
    transform: SizeArgument.init(parsing:))
  var size: SizeArgument?

  @Flag(
    help:
      "Ask the network of a classifier only about texts of which the n-grams beside it are unsure, which is faster; how sure they must be, the validation texts tell."
  )
  var cascade = false

  @Option(
    help: ArgumentHelp(
      "How many labels a text of a classifier has: one, the first of several; or several, or none. (default: several where the data are written so, or one text of a hundred has them)",
      valueName: "count"),
    transform: { name in
      guard let count = ClassificationOptions.LabelCount(rawValue: name) else {
        throw ValidationError("must be one or several, not \(name)")
      }
      return count
    })
  var labels: ClassificationOptions.LabelCount?

  @OptionGroup var repetition: RepetitionArguments
  @OptionGroup var training: RunArguments
  @OptionGroup var data: DataArguments

  func validate() throws {
    // A tagger's says whether characters or words have tags.
    if base != nil, network.model != nil, task != .tagging {
      throw ValidationError("--from brings its network; --model cannot stand beside it")
    }
    if freeze != nil, base == nil { throw ValidationError("--freeze needs --from") }
    if frozenEmbeddings, embeddings == nil { throw ValidationError("--frozen-embeddings needs --embeddings") }
    guard training.checkpoints.resume == nil else {
      if saysWhatCheckpointsKnow {
        throw ValidationError(
          "--resume goes on with the settings of the checkpoint; only the data and --validation, where they were moved to, --threads, --output, --overwrite, --history, --tensorboard, --json and --quiet may stand beside it"
        )
      }
      return
    }
    if train == nil { throw ValidationError("missing expected argument '<train>'") }
    try validateRepetition()
    if training.output == nil, !repetition.isGiven {
      throw ValidationError("missing expected argument '--output <bundle>'")
    }
  }

  private var saysWhatCheckpointsKnow: Bool {
    base != nil || freeze != nil || task != nil || embeddings != nil || thesaurus != nil || balance || size != nil
      || cascade || labels != nil || repetition.isGiven || network.isGiven || data.isGiven
      || training.saysWhatCheckpointsKnow
  }

  func run() throws {
    if let folder = training.checkpoints.resume {
      return try training.resume(folder, data: train.map { [$0] } ?? [], validation: validation.map { [$0] } ?? [])
    }
    guard let train else { return }
    guard let model = (task ?? .classification).model as? any DataTrainedModel.Type else { return }
    try model.train(for: self, on: train)
  }

  /// Refuses what goes with one training alone.
  private func validateRepetition() throws {
    guard repetition.isGiven else { return }
    if repetition.group != nil, task == .tagging {
      throw ValidationError("--group is for tables and JSON lines, not for sentences with tags")
    }
    if training.output != nil {
      throw ValidationError(
        "--folds and --seeds measure and write no model; train one without them, and leave --output out here")
    }
    if training.checkpoints.isGiven || training.curves.history != nil || training.curves.tensorboard != nil {
      throw ValidationError(
        "--folds and --seeds train several times; checkpoints, --history and --tensorboard go with one training")
    }
  }

  /// Checks where the model goes, before anything is read.
  func checkOutput() throws { if !repetition.isGiven { _ = try training.checkedOutput() } }

  /// Trains a model and writes it; or several, and tells how good they are.
  ///
  /// - Parameter groups: Reads what the rows of the data belong to, by their numbers.
  func train<Model: ToolModel>(
    _ model: Model.Type, on examples: Examples<Model.Example>, validation: Examples<Model.Example>?,
    options: Model.Options, groups: () throws -> [Int: UInt64] = { [:] }
  ) throws {
    guard repetition.isGiven else {
      return try training.train(model, on: examples, validation: validation, options: options)
    }
    try RepeatedTraining<Model>(
      arguments: repetition, console: training.console, overwrite: training.overwrite, isJSON: training.json
    ).run(on: examples, validation: validation, options: options, groups: groups())
  }

  /// Puts what was said into the options of a training.
  func apply(to options: inout some RunOptions) throws {
    if let freeze { options.training.frozenLayers = freeze }
    try training.apply(to: &options)
  }

  /// Refuses the files that only classifiers have.
  func refuseFilesOfClassifiers(_ task: ModelTask) throws {
    if size != nil { throw ValidationError("--size is for classifiers, not for the task \(task.rawValue)") }
    if balance { throw ValidationError("--balance is for classifiers, not for the task \(task.rawValue)") }
    if labels != nil { throw ValidationError("--labels is for classifiers, not for the task \(task.rawValue)") }
    if cascade { throw ValidationError("--cascade is for classifiers, not for the task \(task.rawValue)") }
    if embeddings != nil || thesaurus != nil {
      throw ValidationError(
        "--embeddings and --thesaurus are for classifiers, not for the task \(task.rawValue)")
    }
  }

  /// Tells what was recognized of the data.
  func say(_ path: String, _ summary: String, _ held: (path: String, summary: String)?) {
    training.console.say("\(path): \(summary)")
    if let held { training.console.say("\(held.path): \(held.summary)") }
  }
}
#endif
