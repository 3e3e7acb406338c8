import CharCNNCompute
import CharCNNNetworks
import CharCNNStorage
import CharCNNText
import CharCNNTraining

extension TrainingRun {
  /// What a task does in its own way when a model of it is trained. ``TrainableModel`` brings the rest.
  ///
  /// Only the library makes one; its members are described where the tasks are.
  public struct Steps: Sendable {
    typealias Prepare =
      @Sendable (TrainingRequest<Model>, (TrainingEvent<Model.Report>) -> Void) throws -> TrainingPreparation<Model>

    /// Completes options and checks everything that does not depend on the data, so that a wrong setting is found before
    /// a long reading.
    let validate: @Sendable (Model.Options) throws -> Model.Options
    /// Makes a training of the examples; tells how many were read, and what else takes long.
    let prepare: Prepare
    /// What a checkpoint's `run.json` says of the options and the examples.
    let plan: @Sendable (TrainingRequest<Model>) -> any Encodable
    /// What a model writes into its bundle.
    let contents: @Sendable (Model) throws -> BundleContents
    /// What a checkpoint says: the options, and the examples, unless they are given.
    let reopen:
      @Sendable (TrainingCheckpoint, _ given: Examples<Model.Example>?, _ validation: Examples<Model.Example>?) throws
        ->
        (options: Model.Options, examples: Examples<Model.Example>, validation: Examples<Model.Example>?)
  }
}

extension TrainingRun.Steps where Model.Options: TaskOptions {
  /// The steps of a task that says itself what its plan is.
  init<Plan: Encodable & SendableMetatype>(
    prepare: @escaping Prepare,
    plan: @escaping @Sendable (TrainingRequest<Model>) -> Plan,
    contents: @escaping @Sendable (Model) throws -> BundleContents,
    reopen:
      @escaping @Sendable (TrainingCheckpoint, Examples<Model.Example>?, Examples<Model.Example>?) throws ->
      (options: Model.Options, examples: Examples<Model.Example>, validation: Examples<Model.Example>?)
  ) {
    validate = { options in
      let options = options.resolved
      try options.validate()
      return options
    }
    (self.prepare, self.plan, self.contents, self.reopen) = (prepare, { plan($0) }, contents, reopen)
  }

  /// The steps of a task whose examples come from one file or folder: its plan is a ``TrainingPlan``.
  ///
  /// - Parameter find: Looks for the files that the options name where they may have moved to with a checkpoint.
  init(
    prepare: @escaping Prepare,
    contents: @escaping @Sendable (Model) throws -> BundleContents,
    find: @escaping @Sendable (inout Model.Options, MovedFiles) -> Void = { _, _ in }
  ) {
    self.init(
      prepare: prepare, plan: { TrainingPlan($0.options.withAbsolutePaths, $0) }, contents: contents,
      reopen: { checkpoint, given, validation in
        let plan = try checkpoint.plan(TrainingPlan<Model>.self, of: Model.task)
        var options = plan.options
        find(&options, checkpoint.moved)
        let (examples, held) = try plan.examples(given: given, validation: validation, at: checkpoint)
        return (options, examples, held)
      })
  }
}

/// A training as it was asked for.
struct TrainingRequest<Model: TrainableModel> {
  let examples: Examples<Model.Example>
  let validation: Examples<Model.Example>?
  /// Checked options.
  let options: Model.Options
  /// Where checkpoints go; nil for none.
  let folder: CheckpointFolder?
  /// Where the training stands; nil at its beginning.
  let checkpoint: TrainingCheckpoint?
  /// Whether somebody wants the training to end.
  let cancellation: Cancellation
  /// Digests of what an earlier training read that this one repeats, by the names of ``RunInput``.
  var expected: [String: String] = [:]
}

/// What a task makes of examples and options: a training that is ready to begin or to go on.
struct TrainingPreparation<Model: TrainableModel> {
  /// What to learn.
  let task: any TrainingTask<Model.Report>
  /// How it is learned, where the data have a say in it; nil for the settings of the options.
  var training: TrainingSettings?
  /// Whether it learns in steps, where the options leave that open.
  var goesInSteps = true
  /// Passes over so many characters of so many examples, where the settings leave that open.
  var automaticEpochs: (_ characters: Int, _ examples: Int) -> Int = TrainingSettings.automaticEpochs
  /// What the data are.
  var summary: DataSummary
  let alphabet: Alphabet
  /// What every checkpoint carries beside the alphabet, such as the labels: a run goes on only where they are the same.
  var files: [BundleFile] = []
  /// What every checkpoint carries besides: a run that goes on takes it from there.
  var carried: [BundleFile] = []
  /// What the run reads, to know it again.
  var inputs: [RunInput] = []
  /// What was found before the first step; nil where nothing is looked for.
  var search: FinishedSearch?
  /// Names of parameters that stay as they are.
  var frozen: Set<String> = []
  /// Floats that a step keeps for each character of a batch, roughly.
  let activationsPerCharacter: Double
  /// Characters of the longest text that is validated with; 0 where none can be longer than a batch.
  var longestValidation = 0
  /// Gives parameters that do not start at random their values.
  ///
  /// - Returns: One line each: what should be known before waiting for the result.
  var start: (ParameterStore, any Device) throws -> [String] = { _, _ in [] }
  /// Makes the model of the best parameters. What is found out on the way goes into the summary.
  ///
  /// - Throws: When an example cannot be read again.
  let model: (ParameterStore, any Device, inout TrainingSummary<Model.Report>) throws -> Model
}

/// A search for weights that came before the first step.
struct FinishedSearch {
  /// When it began.
  let start: ContinuousClock.Instant
  /// How long it took.
  let duration: Duration
  /// Whether it ended where it should.
  let stopReason: StopReason
  /// Weights that it found.
  let weights: Int
}
