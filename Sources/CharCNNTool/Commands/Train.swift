#if Tool
internal import ArgumentParser
internal import CharCNN
import CharCNNNetworks
import CharCNNText

/// `charcnn train`.
struct Train: ParsableCommand, LearningCommand {
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

      --task regression learns a score for each text: --label is a column of numbers then. --set ordinal=true learns them as grades, which \
      have an order and no distances.

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
        charcnn train --task regression reviews.csv --output stars.charcnn
        charcnn train --resume reviews.charcnn.checkpoint
        charcnn train reviews.csv --folds 5 --predictions answers.csv
        charcnn train texts.txt --teacher large.charcnn --output small.charcnn --model ngrams

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

  static var asksForHelp: Bool { CommandLine.arguments.contains { $0.hasSuffix("-h") || $0.contains("help") } }

  @Argument(help: "Labelled texts: a file, or a folder.")
  var train: String?

  @Option(
    help: ArgumentHelp(
      "Largest size of a classifier with all its files: 500kB, 1MB. The n-grams that count most are kept, and standard error says what that costs; a table of n-grams gets fewer rows.",
      valueName: "bytes"),
    transform: SizeArgument.init(parsing:))
  var size: SizeArgument?

  @Option(
    help: ArgumentHelp(
      "A classifier or a model of scores that answers the texts, which need no labels; the new model learns from its answers, which are written to OUTPUT.teacher.jsonl.",
      valueName: "bundle"))
  var teacher: String?

  @OptionGroup var learning: LearningArguments
  @OptionGroup var repetition: RepetitionArguments
  @OptionGroup var training: RunArguments

  func validate() throws {
    guard training.checkpoints.resume == nil else {
      if saysWhatCheckpointsKnow {
        throw ValidationError(
          "--resume goes on with the settings of the checkpoint; only the data and --validation, where they were moved to, --threads, --output, --overwrite, --history, --tensorboard, --json and --quiet may stand beside it"
        )
      }
      return
    }
    if training.config != nil {
      if saysWhatRunsKnow {
        throw ValidationError(
          "--config brings the settings of its run; only the data, --validation, --set, --seed, --epochs, --time-limit, --folds, --seeds and what says where the model goes may stand beside it"
        )
      }
    } else if train == nil {
      throw ValidationError("missing expected argument '<train>'")
    }
    if teacher != nil, repetition.isGiven {
      throw ValidationError("--teacher goes with one training; repeat it with the file of answers that it writes")
    }
    try training.refuse(doubled: learning.network.assignments)
    try validateRepetition()
    if training.output == nil, !repetition.isGiven {
      throw ValidationError("missing expected argument '--output <bundle>'")
    }
  }

  private var saysWhatCheckpointsKnow: Bool {
    saysWhatRunsKnow || repetition.isGiven || learning.network.isGiven || training.saysWhatCheckpointsKnow
  }

  private var saysWhatRunsKnow: Bool {
    learning.saysWhatRunsKnow || size != nil || teacher != nil || repetition.group != nil
  }

  /// Bytes of a classifier at most.
  var bytes: Int? { size?.bytes }

  func run() throws {
    if let folder = training.checkpoints.resume {
      return try training.resume(
        folder, data: train.map { [$0] } ?? [], validation: learning.validation.map { [$0] } ?? [])
    }
    if let config = training.config { return try again(ModelBundle.Run(contentsOf: config)) }
    guard let train, let model = learning.model else { return }
    if let teacher { return try learn(from: teacher, on: train) }
    try model.train(for: self, on: train)
  }

  /// Refuses what goes with one training alone.
  private func validateRepetition() throws {
    guard repetition.isGiven else { return }
    if repetition.group != nil, learning.task == .tagging {
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

  func checkOutput() throws { if !repetition.isGiven { _ = try training.checkedOutput() } }

  func refuseCheckpoints() throws {
    try training.checkpoints.refuse()
    if training.curves.history != nil || training.curves.tensorboard != nil {
      throw ValidationError(
        "a training of n-grams alone has no epochs to write down; leave --history and --tensorboard out, or let them learn in steps: --set ngramTraining=steps"
      )
    }
  }

  func groups(of path: String) throws -> [Int: UInt64] { try repetition.groups(of: path, learning.data) }

  /// Trains a model and writes it; or several, and tells how good they are.
  func train<Model: ToolModel>(
    _ model: Model.Type, on examples: Examples<Model.Example>, validation: Examples<Model.Example>?,
    options: Model.Options, groups: () throws -> [Int: UInt64]
  ) throws {
    guard repetition.isGiven else {
      return try training.train(model, on: examples, validation: validation, options: options)
    }
    try RepeatedTraining<Model>(
      arguments: repetition, console: training.console, overwrite: training.overwrite, isJSON: training.json
    ).run(on: examples, validation: validation, options: options, groups: groups())
  }

  /// Does the training of another model again.
  private func again(_ run: ModelBundle.Run) throws {
    guard LearningArguments.tasks.contains(run.task) else {
      throw ValidationError("\(run.path) is a run of charcnn \(run.task.model.trainingCommand); say it there")
    }
    try checkOutput()
    try again(run.task.model, run)
  }

  private func again<Model: ToolModel>(_ model: Model.Type, _ run: ModelBundle.Run) throws {
    let assignments = try learning.network.checkedAssignments()
    let (training, held) = (train.map { [$0] } ?? [], learning.validation.map { [$0] } ?? [])
    let again = try self.training.opened(model, run, training: training, validation: held, assignments: assignments)
    guard repetition.isGiven else {
      return try self.training.train(
        model, on: again.examples, validation: again.validation, options: again.options, digests: again.digests,
        former: self.training.former(again, of: run, files: training + held, assignments: assignments))
    }
    if repetition.folds != nil, let validation = again.validation {
      self.training.console.say("\(validation.name) is left out: each fold splits its own off what it learns from")
    }
    try train(
      model, on: again.examples, validation: repetition.folds == nil ? again.validation : nil, options: again.options,
      groups: { [:] })
  }

  func apply(to options: inout some RunOptions) throws {
    try training.apply(to: &options)
  }

  func say(_ path: String, _ summary: String, _ held: (path: String, summary: String)?) {
    training.console.say("\(path): \(summary)")
    if let held { training.console.say("\(held.path): \(held.summary)") }
  }

  func say<Example: TrainingExample>(adviceFor examples: Examples<Example>, text: (Example) -> String) {
    // Of a teacher's answers there are as many as there are texts.
    if !training.console.isQuiet, teacher == nil {
      BaseAdvice.line(for: examples, text: text).map(training.console.say)
    }
  }
}
#endif
