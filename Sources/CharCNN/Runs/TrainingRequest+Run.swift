import CharCNNCompute
internal import CharCNNFiles
import CharCNNNetworks
import CharCNNStorage
import CharCNNTraining

extension TrainingRequest {
  /// Prepares the training, does it, and makes the model of what it comes to.
  ///
  /// - Parameter progress: Receives what happens.
  /// - Throws: What preparing and training throws; ``ConfigurationError`` where network or batch do not fit into memory;
  ///   `StorageError` where the checkpoint is of another program's run.
  func run(progress: (TrainingEvent<Model.Report>) -> Void) throws -> Model.Trained {
    let preparation = try Model.steps.prepare(self, progress)
    let layout = preparation.task.parameters
    try layout.validateMemory()
    let settings = preparation.training ?? options.training
    let device = options.makeDevice()
    var data = preparation.summary
    let epochs =
      !preparation.goesInSteps
      ? 0
      // A run goes on for as long as it was begun for, whatever another version of the program would choose.
      : settings.epochs ?? checkpoint?.run.epochs
        ?? preparation.automaticEpochs(data.characters, data.trainingExamples)
    data.epochs = epochs
    data.parameters = preparation.parameterCount
    let store = ParameterStore(layout: layout, seed: settings.seed, device: device)
    data.warnings += try preparation.start(store, device)
    data.warnings += settings.warnings(for: layout)
    data.warnings += options.deviceWarnings
    let formerly = expected[StoredTraining<Model>.brainFloatsName].flatMap(BrainFloatInstructionSet.init(rawValue:))
    if let former = checkpoint?.run.brainFloats ?? formerly, let now = options.brainFloats, !now.adds(like: former) {
      data.warnings.append(
        "the training began with the instructions \(former.rawValue) for bf16 and goes on with \(now.rawValue); the model will differ by rounding"
      )
    }
    data.warnings += preparation.inputs.filter { (expected[$0.name] ?? $0.digest) != $0.digest }.map {
      "\($0.path) holds other \($0.content) than the run that is repeated had: the model will be another one"
    }
    let read = Set(preparation.inputs.map(\.name))
    if !expected.isEmpty {
      data.warnings += optionFiles.sorted { $0.key < $1.key }.filter { name, file in
        !read.contains(name) && (expected[name] ?? file.digest) != file.digest
      }.map { "\($0.value.path) is another \($0.key) than the run that is repeated had: the model will be another one" }
    }
    progress(.prepared(data))
    guard preparation.goesInSteps else {
      var summary = try measure(preparation.task, preparation, store: store, device: device)
      return (try preparation.model(store, device, &summary), summary)
    }
    var (best, summary) = try train(
      preparation.task, preparation, settings, store: store, device: options.makeLearningDevice(), epochs: epochs,
      progress: progress)
    if options.training.precision != .single {
      // What is said of the model, and what is found by validation, such as thresholds, is that of single precision, in which it answers.
      summary.report = try preparation.task.validate(
        best, device: device, workspace: Workspace(),
        check: { if cancellation.isAbandoned() { throw CancellationError() } })
    }
    return (try preparation.model(best, device, &summary), summary)
  }

  /// Measures what was found without a step.
  private func measure<Task: TrainingTask<Model.Report>>(
    _ task: Task, _ preparation: TrainingPreparation<Model>, store: ParameterStore, device: any Device
  ) throws -> TrainingSummary<Model.Report> {
    let start = preparation.search?.start ?? .now
    let report = try task.validate(
      store, device: device, workspace: Workspace(),
      check: { if cancellation.isAbandoned() { throw CancellationError() } })
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    return TrainingSummary(
      epochs: 0, bestEpoch: 0, report: report, seconds: seconds,
      charactersPerSecond: Double(preparation.summary.characters) / max(seconds, 1e-9),
      parameters: preparation.parameterCount, stopReason: preparation.search?.stopReason ?? .finished)
  }

  private func train<Task: TrainingTask<Model.Report>>(
    _ task: Task, _ preparation: TrainingPreparation<Model>, _ settings: TrainingSettings, store: ParameterStore,
    device: any Device, epochs: Int, progress: (TrainingEvent<Model.Report>) -> Void
  ) throws -> (best: ParameterStore, summary: TrainingSummary<Model.Report>) {
    let trainer = Trainer(
      task: task, store: store, settings: settings, device: device,
      groups: task.groups(settings).freezing(preparation.frozen))
    try RunMemory(
      parameters: task.parameters.learnedCount, activationsPerCharacter: preparation.activationsPerCharacter,
      characters: trainer.largestBatch, validated: preparation.longestValidation
    ).validate()
    var writer: CheckpointWriter?
    if let folder, let checkpoints = options.checkpoint {
      let files =
        [try BundleFile(TrainingCheckpoint.FileName.alphabet, json: preparation.alphabet)] + preparation.files
      try checkpoint?.check(inputs: preparation.inputs, epochs: epochs, layout: task.parameters, files: files)
      try checkpoint?.restore(trainer)
      let run = description(checkpoints, inputs: preparation.inputs, epochs: epochs, layout: task.parameters)
      let description = try BundleFile(
        TrainingCheckpoint.FileName.description, json: StoredRun(run: run, plan: Model.steps.plan(self)))
      writer = CheckpointWriter(
        folder: folder, newest: checkpoint?.number, interval: checkpoints.interval,
        files: [description] + files + preparation.carried, device: device)
    }
    var keeper = writer?.keeper
    // A search that took longer than a checkpoint is apart from the next must not be lost within the first of them.
    if let search = preparation.search, let interval = keeper?.interval, interval > .zero, search.duration >= interval {
      keeper?.beginsAtOnce = true
    }
    let (best, found) = try trainer.run(
      epochs: epochs, timeLimit: options.timeLimit.map { max($0 - (preparation.search?.duration ?? .zero), $0 / 2) },
      isCancelled: cancellation.isStopped,
      isAbandoned: cancellation.isAbandoned, keeper: keeper,
      progress: progress)
    var summary = found
    summary.parameters = preparation.parameterCount
    return (best, summary)
  }

  private func description(
    _ checkpoints: CheckpointOptions, inputs: [RunInput], epochs: Int, layout: ParameterLayout
  ) -> RunDescription {
    RunDescription(
      task: Model.task.rawValue, training: options.run, instructions: options.instructions,
      brainFloats: options.brainFloats,
      threads: options.threads, timeLimit: options.timeLimit, interval: checkpoints.interval,
      userInfo: checkpoints.userInfo, folder: FilePath.absolute(checkpoints.folder),
      digests: Dictionary(uniqueKeysWithValues: inputs.map { ($0.name, $0.digest) }),
      optionDigests: optionDigests, names: names,
      epochs: epochs,
      weights: RunDescription.weights(layout))
  }
}

extension TrainingPreparation {
  /// What a run tells as the number of its parameters: those that learn, and the weights that were found before.
  fileprivate var parameterCount: Int { task.parameters.learnedCount + (search?.weights ?? 0) }
}

extension ParameterLayout {
  /// Values, gradients, two moments, the average and the best so far must fit into the machine.
  func validateMemory() throws(ConfigurationError) {
    guard Double(learnedCount) * 6 * Double(MemoryLayout<Float>.stride) <= RunMemory.physical else {
      throw ConfigurationError(
        setting: "the network", problem: "has \(learnedCount) parameters, more than this machine's memory can train")
    }
  }
}
