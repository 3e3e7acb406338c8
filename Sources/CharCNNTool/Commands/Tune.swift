#if Tool
internal import ArgumentParser
internal import CharCNN
internal import CharCNNFiles
import CharCNNStorage
import CharCNNText
import CharCNNTraining

/// `charcnn tune`.
struct Tune: ParsableCommand, LearningCommand {
  static let configuration = CommandConfiguration(
    abstract: "Look for settings that suit labelled texts better than the defaults, and train a model with them.",
    discussion: """
      Tries many settings on few of the texts, the better ones on more, the best on all (successive halving), and measures each time on a part \
      that was not learned from; what time is left compares the best two with the defaults on further parts. Settings win that were \
      better there by more than a standard error; otherwise the defaults stay. Settings that --set names or --model changes are kept as they are.

      The winner is trained on all texts and written as an ordinary model: 'charcnn train --config OUTPUT' trains it again. \
      Search and training together take no more than --time-limit. With --validation, that is what is measured on.

      Trials are kept in OUTPUT.trials until the model is written: after a kill or Ctrl-C the same command with --resume goes on.

      Example:
        charcnn tune tickets.csv --time-limit 15m --output tickets.charcnn
        charcnn tune tickets.csv --time-limit 1h --size-limit 2MB --metric macroF1 --output tickets.charcnn --trials trials.csv
      """)

  @Argument(help: "Labelled texts: a file, or a folder.")
  var train: String

  @Option(help: ArgumentHelp("The bundle to write, such as reviews.charcnn.", valueName: "bundle"))
  var output: String

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Longest time for search and training: 90s, 15m, 1h30m. (default: 15m)", valueName: "time"),
    transform: DurationArgument.init(parsing:))
  var timeLimit: DurationArgument?

  @Option(
    help: ArgumentHelp("Largest size of the model with all its files: 500kB, 2MB.", valueName: "bytes"),
    transform: SizeArgument.init(parsing:))
  var sizeLimit: SizeArgument?

  @Option(
    help: ArgumentHelp(
      "What is to be high, by its name in --json: accuracy or macroF1 of classifiers, spanF1 of taggers. (default: the first figure of the task)",
      valueName: "figure"))
  var metric: String?

  @Option(help: ArgumentHelp("Write the trials as a table (CSV).", valueName: "file"))
  var trials: String?

  @Flag(help: "Go on with an interrupted search.")
  var resume = false

  @Option(parsing: .unconditional, help: "Seed of all that is random. (default: 1)")
  var seed: UInt64?

  @OptionGroup var learning: LearningArguments
  @OptionGroup var description: DescriptionArguments
  @OptionGroup var computing: ComputingArguments

  @Flag(help: "Replace an existing bundle, table of trials, and trials of an earlier search.")
  var overwrite = false

  @Flag(help: "Write the result as a JSON object.")
  var json = false

  @Flag(help: "Say nothing on standard error but errors.")
  var quiet = false

  var bytes: Int? { sizeLimit?.bytes }

  private static let usualLimit = Duration.seconds(15 * 60)

  private var console: Console { Console(isQuiet: quiet) }

  /// Where the trials are kept.
  private var journal: String { FilePath.path(of: FilePath.parts(output)) + ".trials" }

  func run() throws { try learning.model?.train(for: self, on: train) }

  func checkOutput() throws {
    try ModelBundle.checkWritable(path: output, overwrite: overwrite)
    if let trials {
      let others = [output, journal].map(FilePath.absolute)
      if others.contains(FilePath.absolute(trials)) {
        throw ValidationError("--trials and --output must be different files, and \(journal) is kept for the search")
      }
      let read = [train, learning.validation, learning.base, learning.embeddings, learning.thesaurus]
      try FilePlace.refuse(trials, amongst: read.compactMap { $0 }, option: "--trials")
      try AtomicFile.checkWritable(trials, overwrite: overwrite)
    }
    let isThere = FilePath.exists(journal)
    if resume {
      if isThere { return }
      throw ValidationError("there is no interrupted search to go on with: \(journal) is missing")
    }
    guard isThere else { return }
    guard overwrite else {
      throw StorageError(
        .exists, path: journal, problem: "holds the trials of an interrupted search",
        advice: "--resume goes on with it, --overwrite begins anew")
    }
  }

  func refuseCheckpoints() throws {}

  func apply(to options: inout some RunOptions) throws {
    if let seed { options.training.seed = seed }
    options.threads = computing.threads
    if let instructions = computing.instructions { options.instructions = instructions }
    try options.run.validate()
    try description.check()
  }

  func say(_ path: String, _ summary: String, _ held: (path: String, summary: String)?) {
    console.say("\(path): \(summary)")
    if let held { console.say("\(held.path): \(held.summary)") }
  }

  func say<Example: TrainingExample>(adviceFor examples: Examples<Example>, text: (Example) -> String) {
    if !console.isQuiet { BaseAdvice.line(for: examples, text: text).map(console.say) }
  }

  func groups(of path: String) throws -> [Int: UInt64] { [:] }

  func train<Model: ToolModel>(
    _ model: Model.Type, on examples: Examples<Model.Example>, validation: Examples<Model.Example>?,
    options: Model.Options, groups: () throws -> [Int: UInt64]
  ) throws {
    if overwrite, !resume { try removeJournal() }
    let limit = timeLimit?.duration ?? Self.usualLimit
    let watcher = SearchProgress(console: console, limit: limit)
    let reporter = TrainingProgress(console: console)
    Interrupt.install(quiet: quiet)
    let (model, summary, search): Model.Tuned
    do {
      (model, summary, search) = try reporter.follow { progress, isCancelled in
        try Model.tune(
          on: examples, validation: validation, options: options, timeLimit: limit, metric: metric,
          sizeLimit: bytes, keeping: Set(learning.network.assignments.map { String($0.prefix { $0 != "=" }) }),
          journal: journal, progress: progress, searching: { _ in watcher.tick() },
          trial: { watcher.tell($0, count: $1) }, isCancelled: isCancelled)
      }
    } catch is CancellationError {
      let isKept = FilePath.exists(journal)
      throw Failure(
        .interrupted,
        isKept ? "interrupted; the same command with --resume goes on" : "interrupted before the first trial")
    }
    for note in summary.notes { console.say(FlagNames.spelled(note)) }
    if let bytes {
      let size = try model.data().count
      if size > bytes { console.warn("the model takes \(Numbers.bytes(size)), more than --size-limit") }
    }
    try model.write(
      to: output, describedBy: description.value, command: ModelOrigin.command(), overwrite: overwrite)
    let result = TuningResult(
      search, training: TrainingResult(output: output, summary: summary, labels: model.labelCount))
    if let trials { try AtomicFile.write(Array(result.table.utf8), to: trials, overwrite: overwrite) }
    try removeJournal()
    if json { try StandardOutput.write(json: result) } else { try StandardOutput.write(result.text) }
  }

  /// Deletes the trials of a search, and nothing else that has their name.
  private func removeJournal() throws {
    guard FilePath.exists(journal) else { return }
    guard TuningJournal.isOne(at: journal) else {
      throw StorageError(
        .exists, path: journal, problem: "is no file of trials, and only such a one is replaced",
        advice: "move it away, or choose another output")
    }
    try TuningJournal.remove(at: journal)
  }
}
#endif
