public import CharCNNCompute
public import CharCNNFiles
public import CharCNNStorage

/// What a model was trained for.
#if hasAttribute(nonexhaustive)
@nonexhaustive
#endif
public enum ModelTask: String, Codable, Sendable, CaseIterable {
  /// A label for a text: ``TextClassifier``.
  case classification
  /// The next character, or hidden ones.
  case language
  /// A label for each character or word.
  case tagging
  /// How two texts relate.
  case matching
  /// A score for a text: ``TextRegressor``.
  case regression
  /// A vector for a text: ``TextEmbedder``.
  case embedding
}

extension ModelTask {
  /// The models of the task.
  var model: any TrainedModel.Type {
    switch self {
    case .classification: TextClassifier.self
    case .language: CharacterLanguageModel.self
    case .tagging: SequenceTagger.self
    case .matching: TextMatcher.self
    case .regression: TextRegressor.self
    case .embedding: TextEmbedder.self
    }
  }
}

/// A trained model of any task.
public protocol TrainedModel: Sendable {
  /// What it was trained for.
  static var task: ModelTask { get }
  /// Makes the model of a bundle whose sizes and checksums were checked, and checks the rest of it: version, names, shapes,
  /// and that every weight is a number.
  ///
  /// - Parameters:
  ///   - bundle: The folder.
  ///   - threads: Number of threads; nil for one a core.
  ///   - instructions: Vector instructions.
  ///   - precision: What convolutions and dense products multiply.
  /// - Throws: `StorageError` that says which file is wrong and how.
  init(_ bundle: ModelBundle, threads: Int?, instructions: InstructionSet, precision: Precision) throws
  /// Writes it as a folder: all of it or nothing.
  ///
  /// - Throws: `StorageError` when something is there already, or the disk refuses.
  func write(to location: some FileLocation, overwrite: Bool) throws
}

extension TrainedModel {
  /// Opens a model and checks all of it: sizes, checksums, version, names, shapes, and that every weight is a number.
  ///
  /// - Parameters:
  ///   - location: The folder, a path or a URL.
  ///   - threads: Number of threads; nil for one a core.
  ///   - instructions: Vector instructions.
  ///   - precision: What convolutions and dense products multiply.
  /// - Throws: `StorageError` that says which file is wrong and how.
  public init(
    contentsOf location: some FileLocation, threads: Int? = nil, instructions: InstructionSet = .best,
    precision: Precision = .single
  ) throws {
    try self.init(
      ModelBundle(contentsOf: location), threads: threads, instructions: instructions, precision: precision)
  }

  /// Opens a model in memory, such as `Data`: what ``TrainableModel/data()`` gave, or its folder packed by `tar` without
  /// compression. All of it is checked, as that of a folder is.
  ///
  /// - Parameters:
  ///   - data: The bytes.
  ///   - threads: Number of threads; nil for one a core.
  ///   - instructions: Vector instructions.
  ///   - precision: What convolutions and dense products multiply.
  /// - Throws: `StorageError` that says which file is wrong and how.
  public init(
    data: some Sequence<UInt8>, threads: Int? = nil, instructions: InstructionSet = .best,
    precision: Precision = .single
  ) throws {
    try self.init(ModelBundle(archive: data), threads: threads, instructions: instructions, precision: precision)
  }
}

extension ModelBundle {
  /// What the model in the bundle was trained for. Sizes and checksums of all files were checked when it was opened; the
  /// rest is when the model is made of it.
  ///
  /// - Throws: `StorageError` for a task of a newer version, a checkpoint, and other bundles without a task.
  public func task() throws(StorageError) -> ModelTask {
    let kind = try modelKind()
    guard let task = kind.task.flatMap(ModelTask.init) else {
      throw StorageError(
        .newerVersion, path: "\(path)/\(ModelFileName.configuration)",
        problem: "the task \"\(kind.task ?? "")\" is unknown to this program", advice: "update the program")
    }
    return task
  }
}

extension ModelBundle {
  /// What every model says of itself.
  ///
  /// - Throws: `StorageError` for what is no model.
  func modelKind() throws(StorageError) -> ModelKind {
    if contains(TrainingCheckpoint.FileName.description), !contains(ModelFileName.configuration) {
      throw StorageError(
        .notABundle, path: path, problem: "is a checkpoint of a training, not a model",
        advice: "go on with the training (`TrainingCheckpoint` of the folder that it lies in), which makes the model")
    }
    return try decode(ModelKind.self, named: ModelFileName.configuration)
  }
}

/// What every version of `config.json` has.
struct ModelKind: Decodable {
  var version: Int
  var task: String?
}

/// Names of the files that models of all tasks have.
enum ModelFileName {
  static let configuration = "config.json"
  static let alphabet = "alphabet.json"
  static let labels = "labels.json"
  static let weights = "model.safetensors"
  static let card = ModelBundle.cardName
  static let history = "history.json"
  static let provenance = "provenance.json"
}
