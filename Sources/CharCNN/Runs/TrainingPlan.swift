internal import CharCNNFiles
import CharCNNNetworks
import CharCNNText
import CharCNNTraining

/// A file or folder of examples, as a checkpoint remembers it.
struct StoredFile<Options: Codable & Sendable>: Codable, Sendable {
  var path: String
  var options: Options
}

/// What a training was asked to do, as `run.json` says it: the options, and where the examples come from.
struct TrainingPlan<Model: TrainableModel>: Codable {
  typealias Source = Model.Example.Source

  let options: Model.Options
  let source: StoredFile<Source.Options>?
  let validation: StoredFile<Source.Options>?
  let hasValidation: Bool

  private enum CodingKeys: String, CodingKey {
    case source
    case validation
    case hasValidation
  }

  /// The plan of a training with these options.
  init(_ options: Model.Options, _ request: TrainingRequest<Model>) {
    self.options = options
    source = Self.stored(request.examples)
    validation = request.validation.flatMap(Self.stored)
    hasValidation = request.validation != nil
  }

  private static func stored(_ examples: Examples<Model.Example>) -> StoredFile<Source.Options>? {
    examples.source.map { StoredFile(path: FilePath.absolute($0.path), options: $0.options) }
  }

  init(from decoder: any Decoder) throws {
    options = try Model.Options(from: decoder)
    let container = try decoder.container(keyedBy: CodingKeys.self)
    source = try container.decodeIfPresent(StoredFile<Source.Options>.self, forKey: .source)
    validation = try container.decodeIfPresent(StoredFile<Source.Options>.self, forKey: .validation)
    hasValidation = try container.decode(Bool.self, forKey: .hasValidation)
  }

  func encode(to encoder: any Encoder) throws {
    try options.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encodeIfPresent(source, forKey: .source)
    try container.encodeIfPresent(validation, forKey: .validation)
    try container.encode(hasValidation, forKey: .hasValidation)
  }

  /// The examples that the training reads.
  ///
  /// - Throws: `DataError` where a file is gone; ``ConfigurationError`` where there was none and no examples are given, and
  ///   for validation examples where the training has none of its own.
  func examples(
    given: Examples<Model.Example>?, validation held: Examples<Model.Example>?, at checkpoint: TrainingCheckpoint
  ) throws -> (training: Examples<Model.Example>, validation: Examples<Model.Example>?) {
    func chosen(
      _ given: Examples<Model.Example>?, _ stored: StoredFile<Source.Options>?, _ path: String?, _ vectors: String?,
      _ name: String
    ) throws -> Examples<Model.Example> {
      if let given { return given }
      guard let stored else { throw ConfigurationError.notGiven(name) }
      let place = path ?? stored.path
      var named = false
      let options = Source.options(stored.options) {
        named = true
        return vectors ?? checkpoint.moved.place(of: $0) ?? $0
      }
      if vectors != nil, !named {
        throw ConfigurationError(
          setting: "vectors", problem: "are in no file of their own: the \(name) texts have them beside them")
      }
      do throws(DataError) { return Examples(try Source(path: place, options: options)) } catch {
        throw error.advisingPaths(name)
      }
    }
    let training = try chosen(
      given, source, checkpoint.trainingPaths.first, checkpoint.vectorPaths.training, "training")
    guard hasValidation else {
      if held != nil || checkpoint.vectorPaths.validation != nil { throw ConfigurationError.hasNoValidation }
      return (training, nil)
    }
    return (
      training,
      try chosen(
        held, validation, checkpoint.validationPaths.first, checkpoint.vectorPaths.validation, "validation")
    )
  }
}

extension ConfigurationError {
  /// A training that began with examples in memory goes on without them.
  ///
  /// - Parameter part: What they are for: training or validation.
  static func notGiven(_ part: String) -> ConfigurationError {
    ConfigurationError(
      setting: part == "training" ? "the examples" : part, problem: "came from no file and must be given again",
      advice: "give resume the \(part) examples that the training began with")
  }

  /// A training that split its validation examples off goes on with others.
  static var hasNoValidation: ConfigurationError {
    ConfigurationError(
      setting: "validation", problem: "must be none: the training began with examples that it split off itself")
  }
}

extension DataError {
  /// The error of a file of a run that goes on, with what can be done where it is gone.
  ///
  /// - Parameter part: What it is for: training or validation.
  func advisingPaths(_ part: String) -> DataError {
    guard kind == .missingFile else { return self }
    var error = self
    error.advice = "set \(part)Paths of the checkpoint to where it is now, or give resume its examples"
    return error
  }
}
