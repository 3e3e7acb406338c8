#if Tool
internal import ArgumentParser
internal import CharCNN
import CharCNNStorage

/// What every training of the tool can be told: how long, where to, on what.
struct RunArguments: ParsableArguments {
  @Option(help: ArgumentHelp("The bundle to write, such as reviews.charcnn.", valueName: "bundle"))
  var output: String?

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

  @Option(
    help: ArgumentHelp(
      "Do the training of a model again: its bundle, or the run.json in it. The data are looked for here and beside the model, unless they are said. Only --set, --seed, --epochs, --time-limit, --instructions and --precision change it.",
      valueName: "run"))
  var config: String?

  @OptionGroup var description: DescriptionArguments
  @OptionGroup var curves: CurveArguments
  @OptionGroup var checkpoints: CheckpointArguments
  @OptionGroup var computing: ComputingArguments
  @OptionGroup var precision: PrecisionArguments

  @Flag(help: "Replace an existing bundle, and the checkpoints of an earlier training.")
  var overwrite = false

  @Flag(help: "Write the result as a JSON object.")
  var json = false

  @Flag(help: "Say nothing on standard error but errors.")
  var quiet = false

  var console: Console { Console(isQuiet: quiet) }

  /// Whether anything was said that a checkpoint knows.
  var saysWhatCheckpointsKnow: Bool {
    config != nil || epochs != nil || timeLimit != nil || seed != nil || description.isGiven || checkpoints.isGiven
      || computing.instructions != nil || precision.precision != nil
  }

  /// Refuses settings that an option of the same name says too.
  func refuse(doubled assignments: [String]) throws {
    for (name, isGiven) in [
      ("seed", seed != nil), ("epochs", epochs != nil), ("precision", precision.precision != nil),
    ] where isGiven && assignments.contains(where: { $0.hasPrefix(name + "=") }) {
      throw ValidationError("--\(name) and --set \(name)=… say the same; give one of them")
    }
  }

  /// Whether something was said that makes another model than a run that is repeated.
  var changesRuns: Bool {
    epochs != nil || timeLimit != nil || seed != nil || computing.instructions != nil || precision.precision != nil
  }

  /// Puts what was said into the options of a training.
  ///
  /// - Throws: ``ConfigurationError`` for settings that make no run, before anything is read.
  func apply(to options: inout some RunOptions) throws {
    if let epochs { options.training.epochs = epochs }
    if let seed { options.training.seed = seed }
    if let timeLimit { options.timeLimit = timeLimit.duration }
    options.threads = computing.threads
    if let instructions = computing.instructions { options.instructions = instructions }
    let chosen = precision.chosen(options.instructions, hasProducts: Self.hasProducts(options)) { line in
      // Of what is slow the library warns.
      if precision.precision == .automatic { console.say(line) }
    }
    if let chosen { options.training.precision = chosen }
    try options.run.validate()
    try description.check()
  }

  /// Whether something is learned by products: n-grams alone are sums.
  private static func hasProducts(_ options: some RunOptions) -> Bool {
    switch options {
    case let options as ClassificationOptions: options.architecture.hasNetwork
    case let options as TextRegressor.Options: options.architecture.hasNetwork
    default: true
    }
  }

  /// What the model says of where it comes from.
  private var origin: ModelOrigin { ModelOrigin(description: description.value, command: ModelOrigin.command()) }

  /// Where the model goes; it is checked before anything is read.
  func checkedOutput() throws -> String {
    guard let output else { throw ValidationError("missing expected argument '--output <bundle>'") }
    try ModelBundle.checkWritable(path: output, overwrite: overwrite)
    _ = try checkpoints.options(output: output, overwrite: overwrite, origin: origin)
    try curves.check(output: output, overwrite: overwrite)
    return output
  }

  /// Trains a model and writes it.
  ///
  /// - Parameters:
  ///   - digests: What the examples were in the run that is repeated.
  ///   - former: Where the model of that run comes from.
  func train<Model: ToolModel>(
    _ model: Model.Type, on examples: Examples<Model.Example>, validation: Examples<Model.Example>?,
    options: Model.Options, digests: [String: String] = [:], former: ModelBundle.Provenance? = nil
  ) throws {
    let output = try checkedOutput()
    let origin = origin.following(former)
    var options = options
    let curves = try curves.begin(output: output, overwrite: overwrite)
    if options.goesInSteps {
      options.checkpoint = try checkpoints.options(output: output, overwrite: overwrite, origin: origin)
    }
    let reporter = TrainingProgress(
      console: console, checkpoints: options.checkpoint?.folder, events: curves.events)
    let (model, summary) = try reporter.follow { progress, isCancelled in
      try Model.train(
        on: examples, validation: validation, options: options, digests: digests, progress: progress,
        isCancelled: isCancelled)
    }
    let destination = Destination(
      output: output, overwrite: overwrite, checkpoints: options.checkpoint?.folder,
      hasOwnCheckpoint: reporter.hasCheckpoint, curves: curves, isJSON: json, origin: origin)
    try destination.finish(model, summary, console: console)
  }

  /// Goes on with the training of ``CheckpointArguments/resume``.
  ///
  /// - Parameters:
  ///   - folder: The folder of its checkpoints.
  ///   - data: Where the data are now; empty where they are found.
  ///   - validation: The same of the validation data.
  ///   - vectors: Where a teacher's vectors are now; nil where they are found.
  func resume(
    _ folder: String, data: [String], validation: [String],
    vectors: (training: String?, validation: String?) = (nil, nil)
  ) throws {
    try ResumedTraining(
      folder: folder, vectors: vectors, data: data, validation: validation, output: output, overwrite: overwrite,
      curves: curves, threads: computing.threads, isJSON: json
    ).run(console: console)
  }
}
#endif
