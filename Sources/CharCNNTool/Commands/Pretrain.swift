public import ArgumentParser
public import CharCNN

/// `charcnn pretrain`.
struct Pretrain: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Train a language model, or a base for classifiers, on running text.",
    discussion: """
      Texts are plain files in UTF-8, or folders of them, of any size. The model learns to predict the next character \
      (--objective causal), which `charcnn generate` writes texts with, hidden characters from both sides \
      (--objective masked), or the words around a piece of a text, each line being one (--objective context). \
      `charcnn train --from` makes each into a classifier; the last suits questions of what a text is about and how it is \
      meant. Without --validation, blocks or lines that are spread over the texts are held out. The figures are bits and \
      nats (bits times 0.693) per character, or nats per word.

      Ctrl-C, checkpoints and --resume work as in `charcnn train`.

      Example:
        charcnn pretrain novels/ --output novels.charcnn --time-limit 1h
        charcnn generate novels.charcnn --prompt "It was"
        charcnn pretrain reviews.txt --objective context --output base.charcnn
        charcnn train labelled.csv --from base.charcnn --output reviews.charcnn

      Settings for --set and their defaults with the causal objective:
        \(settings(LanguageOptions().settings))

      And with the context objective:
        \(settings(ContextOptions().settings))
      """)

  private static func settings(_ list: @autoclosure () -> [(name: String, value: String)]) -> String {
    Train.asksForHelp ? list().map { "\($0.name)=\($0.value)" }.joined(separator: " ") : ""
  }

  @Argument(help: "Files of text, or folders of them.")
  var texts: [String] = []

  @Option(help: ArgumentHelp("Text to choose the best model with.", valueName: "file"))
  var validation: [String] = []

  @Option(help: ArgumentHelp("The bundle to write, such as base.charcnn.", valueName: "bundle"))
  var output: String?

  @Option(help: "What to predict. (default: causal)")
  var objective: PretrainingObjective?

  @Option(
    name: .customLong("set"), parsing: .upToNextOption,
    help: ArgumentHelp("Settings of network, training or text, such as filters=128 epochs=5.", valueName: "key=value"))
  var assignments: [String] = []

  @Option(parsing: .unconditional, help: "Passes over the data. (default: chosen by its size)")
  var epochs: Int?

  @Option(
    help: ArgumentHelp(
      "Longest time to train: 90, 90s, 10m, 1h30m; the last validation comes on top.", valueName: "time"),
    transform: DurationArgument.init(parsing:))
  var timeLimit: DurationArgument?

  @Option(
    parsing: .unconditional, help: "Seed of all that is random; the same seed gives the same model. (default: 1)")
  var seed: UInt64?

  @OptionGroup var checkpoints: CheckpointArguments
  @OptionGroup var computing: ComputingArguments

  @Flag(help: "Replace an existing bundle, and the checkpoints of an earlier training.")
  var overwrite = false

  @Flag(help: "Write the result as a JSON object.")
  var json = false

  @Flag(help: "Say nothing on standard error but errors.")
  var quiet = false

  func validate() throws {
    guard checkpoints.resume == nil else {
      if saysWhatCheckpointsKnow {
        throw ValidationError(
          "--resume goes on with the texts and settings of the checkpoint; only --threads, --output, --overwrite, --json and --quiet may stand beside it"
        )
      }
      return
    }
    if texts.isEmpty { throw ValidationError("missing expected argument '<texts>'") }
    if output == nil { throw ValidationError("missing expected argument '--output <bundle>'") }
  }

  private var saysWhatCheckpointsKnow: Bool {
    !texts.isEmpty || !validation.isEmpty || objective != nil || !assignments.isEmpty || epochs != nil
      || timeLimit != nil || seed != nil || checkpoints.isGiven || computing.instructions != nil
  }

  func run() throws {
    if let folder = checkpoints.resume {
      let console = Console(isQuiet: quiet)
      return try ResumedTraining(
        folder: folder, output: output, overwrite: overwrite, threads: computing.threads, isJSON: json
      ).run(console: console)
    }
    guard let output else { return }
    let console = Console(isQuiet: quiet)
    try ModelBundle.checkWritable(path: output, overwrite: overwrite)
    let checkpoints = try checkpoints.options(output: output, overwrite: overwrite)
    let destination = Destination(
      output: output, overwrite: overwrite, checkpoints: checkpoints?.folder, isJSON: json)
    let progress = TrainingProgress(console: console)
    switch objective ?? .causal {
    case .context:
      var options = ContextOptions()
      for assignment in try allAssignments() { try options.set(assignment) }
      complete(&options, checkpoints)
      let (model, summary) = try progress.follow {
        try TextClassifier.pretrain(
          on: texts, validation: validation, options: options, progress: $0, isCancelled: $1)
      }
      try destination.finish(model, summary, labels: model.labels.count, console: console)
    case .causal, .masked:
      var options = LanguageOptions(objective == .masked ? .masked : .causal)
      for assignment in try allAssignments() { try options.set(assignment) }
      complete(&options, checkpoints)
      let (model, summary) = try progress.follow {
        try CharacterLanguageModel.train(
          on: texts, validation: validation, options: options, progress: $0, isCancelled: $1)
      }
      try destination.finish(model, summary, console: console)
    }
  }

  private func allAssignments() throws -> [String] {
    if let wrong = assignments.first(where: { !$0.contains("=") }) {
      throw ValidationError("--set needs key=value, not '\(wrong)'; a file that follows --set must stand before it")
    }
    return assignments + (epochs.map { ["epochs=\($0)"] } ?? [])
  }

  private func complete(_ options: inout some RunOptions, _ checkpoints: CheckpointOptions?) {
    if let seed { options.training.seed = seed }
    if let timeLimit { options.timeLimit = timeLimit.duration }
    options.threads = computing.threads
    if let instructions = computing.instructions { options.instructions = instructions }
    options.checkpoint = checkpoints
  }
}

/// What `charcnn pretrain` learns to predict.
enum PretrainingObjective: String, CaseIterable, ExpressibleByArgument {
  case causal
  case masked
  case context
}
