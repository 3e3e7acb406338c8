/// The state of an interrupted training, opened to go on with it.
///
/// ```swift
/// let checkpoint = try TrainingCheckpoint(opening: "reviews.checkpoint")
/// let (classifier, summary) = try TextClassifier.resume(checkpoint)
/// try classifier.write(to: "reviews.charcnn")
/// CheckpointFolder.remove(checkpoint.folder)
/// ```
///
/// The model is the one, byte for byte, that the training would have made without the interruption, on any number of
/// threads; except with a time limit, which follows the clock. Nobody else can open the folder meanwhile.
public struct TrainingCheckpoint: Sendable {
  /// The folder.
  public var folder: String { keeper.path }
  /// What the training was asked to do; only the number of threads may be changed.
  public let options: TrainingOptions
  /// Number of threads; nil for one a core.
  public var threads: Int?
  /// How far the training is.
  public let position: TrainingPosition
  /// What the program that wrote it wanted to know again; see ``CheckpointOptions/userInfo``.
  public var userInfo: [String: String] { description.userInfo }
  /// Path of the training texts; nil where they were given as an array.
  public var trainingPath: String? { description.source?.path }
  /// Newer checkpoints that are damaged and were passed over, one line each.
  public let warnings: [String]

  let keeper: CheckpointFolder
  let number: Int
  let description: RunDescription
  let alphabet: Alphabet
  let labels: LabelSet
  let vectors: SafetensorsFile

  enum FileName {
    static let description = "run.json"
    static let alphabet = "alphabet.json"
    static let labels = "labels.json"
    static let position = "position.json"
    static let vectors = "state.safetensors"
  }

  private struct Content {
    let description: RunDescription
    let position: TrainingPosition
    let alphabet: Alphabet
    let labels: LabelSet
    let vectors: SafetensorsFile

    init(_ bundle: ModelBundle) throws(StorageError) {
      guard bundle.contains(FileName.description) else {
        throw StorageError(
          .notABundle, path: bundle.path, problem: "is not a checkpoint of a training",
          advice: "give the folder of a training's checkpoints")
      }
      description = try bundle.decode(RunDescription.self, named: FileName.description)
      guard description.version == RunDescription.currentVersion, description.task == RunDescription.task else {
        throw StorageError(
          .newerVersion, path: bundle.path,
          problem:
            "is a checkpoint of the kind \(description.task) \(description.version), which this program cannot read",
          advice: "go on with the program that wrote it")
      }
      position = try bundle.decode(TrainingPosition.self, named: FileName.position)
      alphabet = try bundle.decode(Alphabet.self, named: FileName.alphabet)
      labels = try bundle.decode(LabelSet.self, named: FileName.labels)
      vectors = try bundle.safetensors(named: FileName.vectors)
    }
  }

  /// Opens the newest checkpoint that is whole: sizes and checksums of all files are checked. Damaged ones are passed over
  /// and told in ``warnings``.
  ///
  /// - Parameter folder: The folder of the training's checkpoints.
  /// - Throws: `StorageError`: `missing` without a checkpoint, the newest one's error if none is whole, `inUse` while
  ///   another training has the folder.
  public init(opening folder: String) throws(StorageError) {
    keeper = try CheckpointFolder(opening: folder)
    let (content, number, damages) = try keeper.newest { bundle throws(StorageError) in try Content(bundle) }
    keeper.removeUnfinished()
    self.number = number
    description = content.description
    position = content.position
    alphabet = content.alphabet
    labels = content.labels
    vectors = content.vectors
    warnings = damages.map { "\($0); an older checkpoint is used" }
    options = content.description.options(folder: keeper.path)
    threads = options.threads
  }

  /// The texts that the training reads.
  ///
  /// - Throws: `DataError` where a file is gone; ``ConfigurationError`` where there was none and no texts are given.
  func texts(given texts: LabeledTexts?, validation: LabeledTexts?) throws -> (LabeledTexts, LabeledTexts?) {
    func source(_ given: LabeledTexts?, _ stored: RunDescription.Source?, _ name: String) throws -> LabeledTexts {
      if let given { return given }
      guard let stored else {
        throw ConfigurationError(setting: name, problem: "came from no file and must be given again to go on with it")
      }
      return .source(try LabeledTextSource(path: stored.path, options: stored.options))
    }
    let training = try source(texts, description.source, "texts")
    guard description.hasValidation else { return (training, nil) }
    return (training, try source(validation, description.validation, "validation"))
  }

  /// Checks that a run that was prepared anew is the one of the checkpoint.
  ///
  /// - Throws: ``TrainingError/changed(path:what:)``.
  func check(
    texts: LabeledTexts, validation: LabeledTexts?, digests: RunDescription.Digests, epochs: Int, alphabet: Alphabet,
    labels: LabelSet, layout: ParameterLayout
  ) throws {
    let old = description.digests
    if digests.training != old.training {
      throw TrainingError.changed(path: texts.path, what: "holds other texts or labels")
    }
    if digests.validation != old.validation {
      throw TrainingError.changed(path: validation?.path ?? texts.path, what: "holds other texts or labels")
    }
    if digests.thesaurus != old.thesaurus {
      throw TrainingError.changed(path: options.thesaurus ?? "the thesaurus", what: "holds other synonyms")
    }
    guard
      alphabet == self.alphabet && labels == self.labels && epochs == description.epochs
        && RunDescription.weights(layout) == description.weights
    else {
      throw StorageError(
        .newerVersion, path: folder, problem: "was written by a version of the program that makes another network",
        advice: "go on with that version, or begin anew")
    }
  }

  /// Sets a trainer to the state of the checkpoint.
  ///
  /// - Throws: `StorageError` where it is not the state of such a run.
  func restore(_ trainer: Trainer) throws {
    let isRestored = try trainer.restore(position, epochs: description.epochs) { name, count in
      try vectors.expect(name, shape: [count])
      return try vectors.floats(name)
    }
    guard isRestored else {
      throw StorageError(
        .corrupted, path: folder, problem: "holds counters that no such training has", advice: "begin anew")
    }
  }
}
