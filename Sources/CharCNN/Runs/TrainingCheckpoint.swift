public import CharCNNFiles
import CharCNNNetworks
public import CharCNNStorage
import CharCNNText
public import CharCNNTraining

/// The state of an interrupted training, opened to go on with it.
///
/// ```swift
/// let checkpoint = try TrainingCheckpoint(contentsOf: "reviews.checkpoint")
/// let (classifier, summary) = try TextClassifier.resume(checkpoint)
/// try classifier.write(to: "reviews.charcnn")
/// TrainingCheckpoint.remove(at: checkpoint.folder)
/// ```
///
/// The model is the one, byte for byte, that the training would have made without the interruption, on any number of
/// threads; except with a time limit, which follows the clock. Nobody else can open the folder meanwhile.
public struct TrainingCheckpoint: Sendable {
  /// The folder.
  public var folder: String { keeper.path }
  /// What is learned, which says whose `resume` goes on with it.
  public let task: ModelTask
  /// Number of threads; nil for one a core.
  public var threads: Int?
  /// How far the training is.
  public let position: TrainingPosition
  /// What the program that wrote it wanted to know again; see ``CheckpointOptions/userInfo``.
  public var userInfo: [String: String] { run.userInfo }
  /// Where the training texts are; empty where they were given as an array. They are looked for where they were; then at the
  /// same place as seen from the folder, for a training that was moved with its data; then beside the folder. Setting it
  /// says where they are. Other texts than before are an error in any case.
  public var trainingPaths: [String]
  /// The same of the validation texts; empty where there were none.
  public var validationPaths: [String]
  /// Where the files of a teacher's vectors are now; nil where they are looked for as the texts are.
  package var vectorPaths: (training: String?, validation: String?)
  /// What should be known before the training goes on, one line each: newer checkpoints that are damaged and were passed
  /// over, and texts that were found at another place.
  public let warnings: [String]

  let keeper: CheckpointFolder
  let number: Int
  let run: RunDescription
  /// Where the training's other files may have moved to.
  let moved: MovedFiles
  /// Where the examples were when the training began.
  let sources: StoredPaths
  /// Its files.
  let bundle: ModelBundle
  private let vectors: SafetensorsFile

  enum FileName {
    static let description = "run.json"
    static let alphabet = "alphabet.json"
    static let labels = "labels.json"
    static let position = "position.json"
    static let vectors = "state.safetensors"
  }

  private struct Content {
    let bundle: ModelBundle
    let run: RunDescription
    let task: ModelTask
    let position: TrainingPosition
    let vectors: SafetensorsFile
    let sources: StoredPaths

    /// More than any machine has, far fewer than the system refuses.
    private static let mostThreads = 4_096

    /// What `run.json` says of every task's kind.
    private struct Kind: Decodable {
      var version: Int
      var task: String
    }

    init(_ bundle: ModelBundle) throws(StorageError) {
      guard bundle.contains(FileName.description) else {
        throw StorageError(
          .notABundle, path: bundle.path, problem: "is not a checkpoint of a training",
          advice: "give the folder of a training's checkpoints")
      }
      let kind = try bundle.decode(Kind.self, named: FileName.description)
      guard kind.version == RunDescription.currentVersion, let task = ModelTask(rawValue: kind.task) else {
        throw StorageError(
          .newerVersion, path: bundle.path,
          problem: "is a checkpoint of the kind \(kind.task) \(kind.version), which this program cannot read",
          advice: "go on with the program that wrote it")
      }
      self.bundle = bundle
      self.task = task
      try RemovedSettings.check(
        bundle.data(named: FileName.description), path: "\(bundle.path)/\(FileName.description)")
      run = try bundle.decode(RunDescription.self, named: FileName.description)
      position = try bundle.decode(TrainingPosition.self, named: FileName.position)
      guard position.isPossible(epochs: run.epochs) else {
        throw StorageError(
          .corrupted, path: "\(bundle.path)/\(FileName.position)", problem: "holds counters that no such training has",
          advice: "begin the training anew")
      }
      guard run.threads.map((1...Self.mostThreads).contains) ?? true else {
        throw StorageError(
          .corrupted, path: "\(bundle.path)/\(FileName.description)",
          problem: "asks for an impossible number of threads",
          advice: "begin the training anew")
      }
      vectors = try bundle.safetensors(named: FileName.vectors)
      sources = try bundle.decode(StoredPaths.self, named: FileName.description)
    }
  }

  /// Opens the newest checkpoint that is whole: sizes and checksums of all files are checked. Damaged ones are passed over
  /// and told in ``warnings``.
  ///
  /// - Parameter location: The folder of the training's checkpoints, a path or a URL.
  /// - Throws: `StorageError`: `missing` without a checkpoint, also where the folder is a model's; the newest one's error if none is whole, `inUse` while
  ///   another training has the folder.
  public init(contentsOf location: some FileLocation) throws(StorageError) {
    let folder = location.filePath
    keeper = try CheckpointFolder(opening: folder)
    let (content, number, damages): (Content, Int, [StorageError])
    do {
      (content, number, damages) = try keeper.newest { bundle throws(StorageError) in try Content(bundle) }
    } catch {
      throw error.kind == .missing ? Self.misplaced(folder) ?? error : error
    }
    keeper.removeUnfinished()
    self.number = number
    bundle = content.bundle
    run = content.run
    task = content.task
    position = content.position
    vectors = content.vectors
    moved = MovedFiles(folder: folder, run: run)
    sources = content.sources
    let (training, validation) = (sources.training, sources.validation)
    trainingPaths = training.map { [moved] in moved.place(of: $0) ?? $0 }
    validationPaths = validation.map { [moved] in moved.place(of: $0) ?? $0 }
    warnings =
      damages.map {
        StorageError($0.kind, path: $0.path, problem: $0.problem, advice: "an older checkpoint is used").description
      }
      + zip(training + validation, trainingPaths + validationPaths).filter { $0 != $1 }.map {
        "\($0) is not there any more; found \($1)"
      }
    threads = content.run.threads
  }

  /// What to say of a folder without checkpoints that is a model, or one of the checkpoints itself; nil for others.
  private static func misplaced(_ folder: String) -> StorageError? {
    guard let bundle = try? ModelBundle(contentsOf: folder) else { return nil }
    if let task = try? bundle.task() {
      return StorageError(
        .missing, path: folder,
        problem: "holds no checkpoint: it is a finished model of the task \(task.rawValue)",
        advice: "open it with `\(task.model)`")
    }
    guard bundle.contains(FileName.description) else { return nil }
    return StorageError(
      .missing, path: folder, problem: "is a checkpoint itself, and not the folder of a training's checkpoints",
      advice: "give the folder that it lies in")
  }

  /// Deletes the checkpoints in a folder, and the folder unless something else is in it: for when the model is written. What
  /// cannot be deleted stays.
  ///
  /// - Parameter location: The folder, a path or a URL.
  public static func remove(at location: some FileLocation) { CheckpointFolder.remove(location.filePath) }

  /// Where to write what ``userInfo`` has an absolute path for: there, or, where its folder went away because the training
  /// was moved, at the same place as seen from the checkpoints.
  public func destination(_ path: String) -> String { moved.destination(path) }

  /// What a task's training was asked to do.
  ///
  /// - Throws: `StorageError` where the checkpoint is of another task, or does not say it.
  func plan<Plan: Decodable>(_ type: Plan.Type = Plan.self, of wanted: ModelTask) throws(StorageError) -> Plan {
    guard task == wanted else {
      throw StorageError(
        .otherTask, path: folder,
        problem: "is a checkpoint of the task \(task.rawValue), not of \(wanted.rawValue)",
        advice: "go on with it by \(task.model).resume")
    }
    return try bundle.decode(type, named: FileName.description)
  }

  /// The characters of the run.
  func alphabet() throws(StorageError) -> Alphabet { try bundle.decode(Alphabet.self, named: FileName.alphabet) }

  /// Checks that what a run reads is what it was.
  ///
  /// - Throws: ``TrainingError/changed(path:what:)`` where it is not.
  func check(inputs: [RunInput]) throws(TrainingError) {
    for input in inputs where run.digests[input.name] != input.digest {
      throw TrainingError.changed(path: input.path, what: "holds other \(input.content)")
    }
  }

  /// Checks that a run that was prepared anew is the one of the checkpoint.
  ///
  /// - Throws: ``TrainingError/changed(path:what:)`` for inputs that are not what they were, `StorageError` where this
  ///   program makes something else of them.
  func check(inputs: [RunInput], epochs: Int, layout: ParameterLayout, files: [BundleFile]) throws {
    try check(inputs: inputs)
    guard
      inputs.count == run.digests.count, epochs == run.epochs, RunDescription.weights(layout) == run.weights,
      try files.allSatisfy({ file throws(StorageError) in try bundle.data(named: file.name) == file.bytes })
    else {
      throw StorageError(
        .newerVersion, path: folder,
        problem: "is of a training that this program would not make so: another version, or another network, wrote it",
        advice: "go on with the program that wrote it, or begin the training anew")
    }
  }

  /// Sets a trainer to the state of the checkpoint.
  ///
  /// - Throws: `StorageError` where it is not the state of such a run.
  func restore<Task: TrainingTask>(_ trainer: Trainer<Task>) throws {
    let best = try bundle.decode(StoredReport<Task.Report>.self, named: FileName.position)
    let isRestored = try trainer.restore(
      position, report: best.report, epochs: run.epochs, holds: vectors.contains
    ) { name, count in
      try vectors.expect(name, shape: [count])
      return try vectors.floats(name)
    }
    guard isRestored else {
      throw StorageError(
        .corrupted, path: folder, problem: "holds counters that no such training has", advice: "begin the training anew"
      )
    }
  }
}
