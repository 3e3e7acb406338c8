internal import CharCNNFiles
import CharCNNNetworks
import CharCNNText
import CharCNNTraining

/// Examples that a checkpoint can find again: those of a file or folder.
protocol StoredExamples: Sendable {
  /// What reads the file.
  associatedtype Source: FileSource
  /// The examples of a file.
  static func source(_ source: Source) -> Self
  /// The file; nil for examples in memory.
  var source: Source? { get }
}

/// What reads a file or folder of examples.
protocol FileSource: Sendable {
  /// How it is read.
  associatedtype SourceOptions: Codable, Sendable
  var path: String { get }
  var options: SourceOptions { get }

  init(path: String, options: SourceOptions) throws(DataError)
}

/// A file or folder of examples, as a checkpoint remembers it.
struct StoredFile<Options: Codable & Sendable>: Codable, Sendable {
  var path: String
  var options: Options
}

/// What a training was asked to do, as `run.json` says it: the options, and where the examples come from.
struct TrainingPlan<Options: RunOptions, Source: FileSource>: Codable {
  let options: Options
  let source: StoredFile<Source.SourceOptions>?
  let validation: StoredFile<Source.SourceOptions>?
  let hasValidation: Bool

  private enum CodingKeys: String, CodingKey {
    case source
    case validation
    case hasValidation
  }

  /// The plan of a training with these options and examples.
  init<Examples: StoredExamples>(_ options: Options, _ examples: Examples, validation: Examples?)
  where Examples.Source == Source {
    self.options = options
    source = Self.stored(examples)
    self.validation = validation.flatMap(Self.stored)
    hasValidation = validation != nil
  }

  private static func stored<Examples: StoredExamples>(_ examples: Examples) -> StoredFile<Source.SourceOptions>?
  where Examples.Source == Source {
    examples.source.map { StoredFile(path: FilePath.absolute($0.path), options: $0.options) }
  }

  init(from decoder: any Decoder) throws {
    options = try Options(from: decoder)
    let container = try decoder.container(keyedBy: CodingKeys.self)
    source = try container.decodeIfPresent(StoredFile<Source.SourceOptions>.self, forKey: .source)
    validation = try container.decodeIfPresent(StoredFile<Source.SourceOptions>.self, forKey: .validation)
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
  func examples<Examples: StoredExamples>(
    given: Examples?, validation held: Examples?, at checkpoint: TrainingCheckpoint
  ) throws -> (training: Examples, validation: Examples?) where Examples.Source == Source {
    func chosen(
      _ given: Examples?, _ stored: StoredFile<Source.SourceOptions>?, _ path: String?, _ name: String
    ) throws -> Examples {
      if let given { return given }
      guard let stored else {
        throw ConfigurationError(setting: name, problem: "came from no file and must be given again to go on with it")
      }
      return .source(try Source(path: path ?? stored.path, options: stored.options))
    }
    let training = try chosen(given, source, checkpoint.trainingPaths.first, "the examples")
    guard hasValidation else { return (training, nil) }
    return (training, try chosen(held, validation, checkpoint.validationPaths.first, "validation"))
  }
}

extension LabeledTextSource: FileSource {}
extension TextPairSource: FileSource {}
extension TaggedTextSource: FileSource {}

extension LabeledTexts: StoredExamples {
  var source: LabeledTextSource? { if case .source(let source) = self { source } else { nil } }
}

extension TextPairs: StoredExamples {
  var source: TextPairSource? { if case .source(let source) = self { source } else { nil } }
}

extension TaggedSentences: StoredExamples {
  var source: TaggedTextSource? { if case .source(let source) = self { source } else { nil } }
}
