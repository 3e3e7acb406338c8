public import ArgumentParser
public import CharCNN

/// `charcnn pretrain`.
struct Pretrain: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Train a language model on running text.",
    discussion: """
      Texts are plain files in UTF-8, or folders of them, of any size. The model learns to predict the next character \
      (--objective causal), which `charcnn generate` writes texts with, or hidden characters from both sides \
      (--objective masked). `charcnn train --from` makes either into a classifier or a matcher, and a masked one into a \
      tagger of characters. Without --validation, blocks that are spread over the texts are held out. The figures are \
      bits and nats (bits times 0.693) per character.

      Ctrl-C, checkpoints and --resume work as in `charcnn train`.

      Example:
        charcnn pretrain novels/ --output novels.charcnn --time-limit 1h
        charcnn generate novels.charcnn --prompt "It was"
        charcnn pretrain reviews.txt --objective masked --output base.charcnn
        charcnn train labelled.csv --from base.charcnn --output reviews.charcnn

      Settings for --set and their defaults with the causal objective:
        \(settings)
      """)

  private static var settings: String {
    Train.asksForHelp ? LanguageOptions().settings.map { "\($0.name)=\($0.value)" }.joined(separator: " ") : ""
  }

  @Argument(help: "Files of text, or folders of them.")
  var texts: [String] = []

  @Option(help: ArgumentHelp("Text to choose the best model with.", valueName: "file"))
  var validation: [String] = []

  @Option(help: ArgumentHelp("The bundle to write, such as base.charcnn.", valueName: "bundle"))
  var output: String?

  @Option(help: "What to predict. (default: causal)")
  var objective: LanguageObjective?

  @Option(
    name: .customLong("set"), parsing: .upToNextOption,
    help: ArgumentHelp("Settings of network, training or text, such as filters=128 epochs=5.", valueName: "key=value"))
  var assignments: [String] = []

  @Option(parsing: .unconditional, help: "Passes over the data. (default: chosen by its size)")
  var epochs: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Longest time to train: 90, 90s, 1.5h, 1h30m; the last validation comes on top.", valueName: "time"),
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
          "--resume goes on with the settings of the checkpoint; only the texts and --validation, where they were moved to, --threads, --output, --overwrite, --json and --quiet may stand beside it"
        )
      }
      return
    }
    if texts.isEmpty { throw ValidationError("missing expected argument '<texts>'") }
    if output == nil { throw ValidationError("missing expected argument '--output <bundle>'") }
  }

  private var saysWhatCheckpointsKnow: Bool {
    objective != nil || !assignments.isEmpty || epochs != nil
      || timeLimit != nil || seed != nil || checkpoints.isGiven || computing.instructions != nil
  }

  func run() throws {
    let console = Console(isQuiet: quiet)
    if let folder = checkpoints.resume {
      return try ResumedTraining(
        folder: folder, data: texts, validation: validation, output: output, overwrite: overwrite,
        threads: computing.threads, isJSON: json
      ).run(console: console)
    }
    guard let output else { return }
    var options = try languageOptions()
    try ModelBundle.checkWritable(path: output, overwrite: overwrite)
    options.checkpoint = try checkpoints.options(output: output, overwrite: overwrite)
    let reporter = TrainingProgress(console: console, checkpoints: options.checkpoint?.folder)
    let (model, summary) = try reporter.follow { progress, isCancelled in
      try CharacterLanguageModel.train(
        on: texts, validation: validation, options: options, progress: progress, isCancelled: isCancelled)
    }
    let destination = Destination(
      output: output, overwrite: overwrite, checkpoints: options.checkpoint?.folder,
      hasOwnCheckpoint: reporter.hasCheckpoint, isJSON: json)
    try destination.finish(model, summary, console: console)
  }

  private func languageOptions() throws -> LanguageOptions {
    var options = LanguageOptions(objective ?? .causal)
    for assignment in assignments {
      guard assignment.contains("=") else {
        throw ValidationError(
          "--set needs key=value, not '\(assignment)'; a file that follows --set must stand before it")
      }
      try options.set(assignment)
    }
    if let epochs { try options.set("epochs=\(epochs)") }
    if let seed { options.training.seed = seed }
    if let timeLimit { options.timeLimit = timeLimit.duration }
    options.threads = computing.threads
    if let instructions = computing.instructions { options.instructions = instructions }
    return options
  }
}

extension LanguageObjective: ExpressibleByArgument {}
