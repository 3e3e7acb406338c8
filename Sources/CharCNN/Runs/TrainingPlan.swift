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
  /// - Throws: `DataError` where a file is gone; ``ConfigurationError`` where there was none and no examples are given.
  func examples(
    given: Examples<Model.Example>?, validation held: Examples<Model.Example>?, at checkpoint: TrainingCheckpoint
  ) throws -> (training: Examples<Model.Example>, validation: Examples<Model.Example>?) {
    func chosen(
      _ given: Examples<Model.Example>?, _ stored: StoredFile<Source.Options>?, _ path: String?, _ name: String
    ) throws -> Examples<Model.Example> {
      if let given { return given }
      guard let stored else {
        throw ConfigurationError(setting: name, problem: "came from no file and must be given again to go on with it")
      }
      return Examples(try Source(path: path ?? stored.path, options: stored.options))
    }
    let training = try chosen(given, source, checkpoint.trainingPaths.first, "the examples")
    guard hasValidation else {
      if held != nil {
        throw ConfigurationError(
          setting: "validation", problem: "must be none: the training began with examples that it split off itself")
      }
      return (training, nil)
    }
    return (training, try chosen(held, validation, checkpoint.validationPaths.first, "validation"))
  }
}
