internal import CharCNNFiles
public import CharCNNStorage
import CharCNNText

extension ModelBundle {
  /// What the training of a model was asked to do, `run.json` of its bundle: enough to do it again, to the bit.
  ///
  /// Files are in it by their names, so that it says nothing of the machine; where they are is said again, or found in the working
  /// folder or beside the model.
  ///
  /// ```swift
  /// let run = try ModelBundle.Run(contentsOf: "reviews.charcnn")
  /// let (again, _) = try TextClassifier.train(repeating: run)
  /// ```
  public struct Run: Sendable, Hashable {
    /// What it is called in a bundle.
    public static let fileName = "run.json"

    /// Where it was read.
    public let path: String
    /// What was learned, which says whose `train(repeating:)` does it again.
    public let task: ModelTask
    /// Its file.
    let bytes: [UInt8]

    /// The run of a model.
    ///
    /// - Parameter location: The model's bundle, or a file as it is in one: a path or a URL.
    /// - Throws: `StorageError` where it cannot be read, holds no run, or is one of a newer version.
    public init(contentsOf location: some FileLocation) throws(StorageError) {
      let path = location.filePath
      if FilePath.isFolder(path) {
        let bundle = try ModelBundle(contentsOf: path)
        _ = try bundle.modelKind()
        guard bundle.contains(Self.fileName) else {
          throw StorageError(
            .missing, path: path, problem: "does not say how it was trained: an earlier program made it",
            advice: "give the command anew; `inspect` tells what is known of the training")
        }
        try self.init(FilePath.join(path, Self.fileName), bundle.data(named: Self.fileName))
      } else {
        try self.init(path, FileBytes(mapping: path).withBytes { Array($0) })
      }
    }

    init(_ path: String, _ bytes: [UInt8]) throws(StorageError) {
      let head = try CanonicalJSON.decode(RunHead.self, from: bytes, path: path)
      if (try? CanonicalJSON.decode(RunDescription.self, from: bytes, path: path)) != nil {
        throw StorageError(
          .otherTask, path: path, problem: "belongs to a checkpoint of a training that was interrupted",
          advice: "go on with it (`TrainingCheckpoint`)")
      }
      guard head.version == RunHead.currentVersion, let task = ModelTask(rawValue: head.task) else {
        throw StorageError(
          .newerVersion, path: path,
          problem: "is a run of the kind \(head.task) \(head.version), which this program cannot repeat",
          advice: "update the program")
      }
      (self.path, self.task, self.bytes) = (path, task, bytes)
    }

    /// The run of a training.
    init(_ bytes: [UInt8], of task: ModelTask) { (path, self.task, self.bytes) = (Self.fileName, task, bytes) }

    /// Whether two say the same, wherever they were read.
    public static func == (first: Run, second: Run) -> Bool { first.bytes == second.bytes }

    /// Hashes what it says.
    public func hash(into hasher: inout Hasher) { hasher.combine(bytes) }

    /// Where the model comes from that it is the run of; nil where it lies in no bundle.
    package var provenance: Provenance? { try? ModelBundle(contentsOf: FilePath.folder(of: path)).provenance() }

    /// Where a file of the run is now: in the working folder, or beside the model.
    ///
    /// - Returns: Nil where it is at neither, and for what is no name.
    func place(of name: String) -> String? {
      if name.contains("/") { return nil }
      let folder = FilePath.folder(of: FilePath.absolute(path))
      let above = FilePath.folder(of: folder)
      return [name, FilePath.join(above, name), FilePath.join(folder, name)].first(where: FilePath.exists)
    }
  }
}

/// What every version of `run.json` has.
private struct RunHead: Codable {
  static let currentVersion = 1

  var version = Self.currentVersion
  var task: String
}

/// `run.json` of a model of one task.
struct StoredTraining<Model: TrainableModel>: Codable {
  /// Files that were read together, and how.
  struct Files: Codable {
    var names: [String]
    var options: Model.Example.Source.Options
  }

  /// The options, without what changes nothing in the model.
  var options: Model.Options
  /// What was learned from; nil for examples in memory.
  var training: Files?
  /// What chose the best epoch; nil for examples in memory, and for those that were split off.
  var validation: Files?
  /// Whether the validation examples were given.
  var hasValidation: Bool
  /// Digests of what the training read, by the names of ``RunInput``; as ``brainFloatsName`` the instructions that multiplied bf16, where any did.
  var digests: [String: String]

  /// What the instructions for bf16 stand by among the digests.
  static var brainFloatsName: String { "instructions for bf16" }

  private enum CodingKeys: String, CodingKey { case options, training, validation, hasValidation, digests }

  /// The run of a training, for its model.
  static func run(_ request: TrainingRequest<Model>, inputs: [RunInput]) throws -> ModelBundle.Run {
    func files(_ examples: Examples<Model.Example>?, _ began: [String]?) -> Files? {
      guard let source = examples?.wholeSource else { return nil }
      let paths = began ?? (source as? PlainTextSource)?.paths ?? [source.path]
      return Files(
        names: paths.map(name), options: Model.Example.Source.options(source.options, replacingPaths: name))
    }
    // A training that goes on makes the same model, wherever its files are now and whatever they are called.
    let began = request.checkpoint?.sources
    var options = request.options
    options.threads = nil
    for (_, path) in Self.paths { options[keyPath: path] = options[keyPath: path].map(name) }
    var digests = request.optionDigests
    for input in inputs { digests[input.name] = input.digest }
    // The vector instructions of the options do not say which of those for bf16 were at hand, and sums differ by rounding.
    let brainFloats = request.checkpoint?.run.brainFloats ?? options.brainFloats
    digests[brainFloatsName] = brainFloats?.rawValue
    let stored = StoredTraining(
      options: options, training: files(request.examples, began?.training),
      validation: files(request.validation, began?.validation), hasValidation: request.validation != nil,
      digests: digests)
    return ModelBundle.Run(
      try CanonicalJSON.encode(stored, path: ModelBundle.Run.fileName), of: Model.task)
  }

  private static func name(_ path: String) -> String { FilePath.parts(FilePath.absolute(path)).last ?? path }

  /// Where the options name files.
  fileprivate static var paths: [(name: String, path: WritableKeyPath<Model.Options, String?>)] {
    (Model.Options.self as? any TaskOptions.Type)?.pathsOf(Model.Options.self) ?? []
  }

  init(
    options: Model.Options, training: Files?, validation: Files?, hasValidation: Bool, digests: [String: String]
  ) {
    (self.options, self.training, self.validation) = (options, training, validation)
    (self.hasValidation, self.digests) = (hasValidation, digests)
  }

  func encode(to encoder: any Encoder) throws {
    try RunHead(task: Model.task.rawValue).encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(options, forKey: .options)
    try container.encodeIfPresent(training, forKey: .training)
    try container.encodeIfPresent(validation, forKey: .validation)
    try container.encode(hasValidation, forKey: .hasValidation)
    try container.encode(digests, forKey: .digests)
  }

  /// What a run describes, with its files where they are now.
  ///
  /// - Throws: `StorageError` for a run of another task, and one that does not fit.
  init(_ run: ModelBundle.Run) throws(StorageError) {
    guard run.task == Model.task else {
      throw StorageError(
        .otherTask, path: run.path, problem: "is a run of the task \(run.task.rawValue), not of \(Model.task.rawValue)",
        advice: "repeat it by `\(run.task.model).train`")
    }
    try RemovedSettings.check(run.bytes, path: run.path)
    self = try CanonicalJSON.decode(Self.self, from: run.bytes, path: run.path)
    // Somebody may have written the file: a misspelt setting must not be passed over.
    let known = try CanonicalJSON.encode(self, path: run.path)
    if let name = CanonicalJSON.firstName(in: run.bytes, missingIn: known) {
      throw StorageError(
        .invalidJSON, path: run.path, problem: "has \(name), which this program does not know",
        advice: "look for a slip of the pen, or update the program")
    }
    for (_, path) in Self.paths {
      options[keyPath: path] = options[keyPath: path].map { run.place(of: $0) ?? $0 }
    }
  }
}

extension TrainingRequest {
  /// Digests of the files that the options name, as they were when the training began.
  var optionDigests: [String: String] { checkpoint?.run.optionDigests ?? optionFiles.mapValues(\.digest) }

  /// The files that the options name and their digests, by what a run calls them; of a folder with a manifest, such as a model, that of the
  /// manifest, which has the digests of all its files.
  var optionFiles: [String: (path: String, digest: String)] {
    var files: [String: (path: String, digest: String)] = [:]
    for (name, path) in StoredTraining<Model>.paths {
      guard let place = options[keyPath: path].map({ ShippedModels.place(of: $0) }) else { continue }
      let file = FilePath.isFolder(place) ? FilePath.join(place, ModelBundle.manifestName) : place
      // Without such a file training would have failed, or it is a folder of another kind, of which nothing is said.
      guard let bytes = try? FileBytes(mapping: file) else { continue }
      files[name] = (place, bytes.withBytes { SHA256.hexDigest(of: $0) })
    }
    return files
  }
}

/// A training that is done again: what a ``ModelBundle/Run`` says, with the files where they are.
package struct RepeatedRun<Model: TrainableModel> {
  /// What to train and how; may be changed, and the model is another one then.
  package var options: Model.Options
  /// What to learn from.
  package let examples: Examples<Model.Example>
  /// What chooses the best epoch; nil splits it off.
  package let validation: Examples<Model.Example>?
  /// Names of the files that it read.
  package let names: [String]
  /// Digests of what it read.
  package let digests: [String: String]

  /// Opens the files of a run.
  ///
  /// - Parameters:
  ///   - run: The run.
  ///   - training: Where the texts are now; empty looks for them.
  ///   - validation: The same of the validation texts.
  /// - Throws: `DataError` for files that are not found; ``ConfigurationError`` where examples in memory are not given again.
  package init(_ run: ModelBundle.Run, training: [String] = [], validation: [String] = []) throws {
    let stored = try StoredTraining<Model>(run)
    self.init(
      stored, examples: try Self.open(training, stored.training, of: run, "training"),
      validation: stored.hasValidation || !validation.isEmpty
        ? try Self.open(
          validation, validation.isEmpty ? stored.validation : stored.validation ?? stored.training, of: run,
          "validation") : nil)
  }

  init(
    _ stored: StoredTraining<Model>, examples: Examples<Model.Example>, validation: Examples<Model.Example>?
  ) {
    (options, digests) = (stored.options, stored.digests)
    names = (stored.training?.names ?? []) + (stored.validation?.names ?? [])
    (self.examples, self.validation) = (examples, validation)
  }

  /// Examples of files, which are where somebody says, or else where they are found.
  static func open(
    _ given: [String], _ stored: StoredTraining<Model>.Files?, of run: ModelBundle.Run, _ part: String
  ) throws -> Examples<Model.Example> {
    guard !given.isEmpty || stored != nil else {
      throw ConfigurationError(
        setting: "the \(part) examples", problem: "came from no file in the run of \(run.path)",
        advice: "give them again")
    }
    let options = Model.Example.Source.options(stored?.options ?? Model.Example.Source.automatic) {
      run.place(of: $0) ?? $0
    }
    let paths =
      given.isEmpty
      ? try (stored?.names ?? []).map { name in
        guard let place = run.place(of: name) else {
          throw DataError(
            .missingFile, path: name, problem: "is neither here nor beside the model", advice: "say where it is now")
        }
        return place
      } : given
    if let texts = Examples<String>(contentsOf: paths) as? Examples<Model.Example> { return texts }
    guard let path = paths.first, paths.count == 1 else {
      throw ConfigurationError(setting: part, problem: "must be one file or folder, not \(paths.count)")
    }
    return Examples(try Model.Example.Source(path: path, options: options))
  }
}

extension TrainableModel {
  /// Does a training again that another model came from: the same settings on the same examples make the same model, to the bit,
  /// except with a time limit, which follows the clock.
  ///
  /// - Parameters:
  ///   - run: What to do.
  ///   - examples: What to learn from; nil reads the file of the run, in the working folder or beside the model. Other examples than the
  ///     run had are told in ``DataSummary/warnings``.
  ///   - validation: The same of the validation examples.
  ///   - progress: Receives what happens.
  ///   - isCancelled: Asked before each step; true ends training with the best model so far.
  /// - Returns: The best model and the summary of the run.
  /// - Throws: `DataError` for files that are not found; ``ConfigurationError`` where examples in memory are not given again; what training throws.
  public static func train(
    repeating run: ModelBundle.Run, on examples: Examples<Example>? = nil, validation: Examples<Example>? = nil,
    progress: (TrainingEvent<Report>) -> Void = { _ in }, isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws -> Trained {
    let stored = try StoredTraining<Self>(run)
    let again = RepeatedRun(
      stored, examples: try examples ?? RepeatedRun.open([], stored.training, of: run, "training"),
      validation: try validation
        ?? (stored.hasValidation ? RepeatedRun.open([], stored.validation, of: run, "validation") : nil))
    return try train(
      on: again.examples, validation: again.validation, options: again.options, digests: again.digests,
      progress: progress, isCancelled: isCancelled)
  }

  /// Trains a model; see ``train(on:validation:options:progress:isCancelled:)``.
  ///
  /// - Parameter digests: What the examples were for a training that is repeated; others are told.
  package static func train(
    on examples: Examples<Example>, validation: Examples<Example>?, options: Options, digests: [String: String],
    progress: (TrainingEvent<Report>) -> Void, isCancelled: @escaping @Sendable () -> Bool
  ) throws -> Trained {
    try train(
      on: examples, validation: validation, options: options, cancellation: Cancellation(isStopped: isCancelled),
      digests: digests, progress: progress)
  }
}
