/// A training that is ready to begin or to go on: what all tasks do between their preparation and their model.
struct TrainingRun<Plan: RunPlan> {
  /// What to learn.
  let task: any TrainingTask
  /// The task's own members of `run.json`.
  let plan: Plan
  let options: any RunOptions
  let epochs: Int
  let alphabet: Alphabet
  /// What every checkpoint carries beside the alphabet, such as the labels: a run goes on only where they are the same.
  let files: [BundleFile]
  /// What the run reads; empty where no checkpoint will need to know it again.
  let inputs: [RunInput]
  /// Names of parameters that stay as they are.
  var frozen: Set<String> = []
  /// Floats that a step keeps for each character of a batch, roughly.
  let activationsPerCharacter: Double
  /// Characters of the longest text that is validated with; 0 where none can be longer than a batch.
  var longestValidation = 0

  /// Trains to the end.
  ///
  /// - Parameters:
  ///   - store: Initial parameters; trained in place.
  ///   - device: Does the arithmetic.
  ///   - folder: Where checkpoints go; nil for none.
  ///   - checkpoint: Where the run stands; nil at its beginning.
  ///   - progress: Receives what happens.
  ///   - isCancelled: Asked before each step.
  /// - Throws: ``TrainingError``; ``ConfigurationError`` where the largest batch does not fit into memory; `StorageError`
  ///   where the checkpoint is of another program's run.
  func run(
    store: ParameterStore, device: any Device, folder: CheckpointFolder?, checkpoint: TrainingCheckpoint?,
    progress: (TrainingEvent) -> Void, isCancelled: () -> Bool
  ) throws -> (best: ParameterStore, summary: TrainingSummary) {
    let trainer = Trainer(
      task: task, store: store, settings: options.training, device: device, frozen: frozen)
    try RunMemory(
      parameters: task.parameters.learnedCount, activationsPerCharacter: activationsPerCharacter,
      characters: trainer.largestBatch, validated: longestValidation
    ).validate()
    var writer: CheckpointWriter?
    if let folder, let checkpoints = options.checkpoint {
      let files = [try BundleFile(TrainingCheckpoint.FileName.alphabet, json: alphabet)] + files
      try checkpoint?.check(inputs: inputs, epochs: epochs, layout: task.parameters, files: files)
      try checkpoint?.restore(trainer)
      let description = try BundleFile(
        TrainingCheckpoint.FileName.description, json: StoredRun(run: description(checkpoints), plan: plan))
      writer = CheckpointWriter(
        folder: folder, newest: checkpoint?.number, interval: checkpoints.interval, files: [description] + files,
        device: device)
    }
    return try trainer.run(
      epochs: epochs, timeLimit: options.timeLimit, isCancelled: isCancelled, keeper: writer?.keeper,
      progress: progress)
  }

  private func description(_ checkpoints: CheckpointOptions) -> RunDescription {
    RunDescription(
      task: Plan.task.rawValue, training: options.training, instructions: options.instructions,
      threads: options.threads, timeLimit: options.timeLimit, interval: checkpoints.interval,
      userInfo: checkpoints.userInfo, folder: StoredSource.absolute(checkpoints.folder),
      digests: Dictionary(uniqueKeysWithValues: inputs.map { ($0.name, $0.digest) }), epochs: epochs,
      weights: RunDescription.weights(task.parameters))
  }
}
