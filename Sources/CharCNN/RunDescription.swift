internal import Foundation

/// `run.json` of a checkpoint: what a training was asked to do, and how to know its data again.
struct RunDescription: Codable {
  static let task = "classification"
  static let currentVersion = 1

  /// A file or folder of texts.
  struct Source: Codable {
    var path: String
    var options: DataOptions
  }

  /// A parameter of the network, to find out whether this program makes the network of the one before.
  struct Weight: Codable, Equatable {
    var name: String
    var shape: [Int]
  }

  /// Digests of what the run reads.
  struct Digests: Codable, Equatable {
    var training: String
    var validation: String?
    var thesaurus: String?
  }

  var version = Self.currentVersion
  var task = Self.task
  var architecture: Architecture
  var ngrams: NgramConfiguration
  var text: TextSettings
  var training: TrainingSettings
  var instructions: InstructionSet
  var threads: Int?
  var timeLimit: Duration?
  var embeddings: String?
  var embeddingsFrozen: Bool
  var thesaurus: String?
  var interval: Duration
  var userInfo: [String: String]
  var source: Source?
  var validation: Source?
  var hasValidation: Bool
  var digests: Digests
  var epochs: Int
  var weights: [Weight]

  /// A description of a run with these options and this data.
  init(
    _ options: TrainingOptions, checkpoints: CheckpointOptions, texts: LabeledTexts, validation: LabeledTexts?,
    digests: Digests, epochs: Int, layout: ParameterLayout
  ) {
    architecture = options.architecture
    ngrams = options.ngrams
    text = options.text
    training = options.training
    instructions = options.instructions
    threads = options.threads
    timeLimit = options.timeLimit
    embeddings = options.embeddings.map(Self.absolute)
    embeddingsFrozen = options.embeddingsFrozen
    thesaurus = options.thesaurus.map(Self.absolute)
    interval = checkpoints.interval
    userInfo = checkpoints.userInfo
    source = Self.source(texts)
    self.validation = validation.flatMap(Self.source)
    hasValidation = validation != nil
    self.digests = digests
    self.epochs = epochs
    weights = Self.weights(layout)
  }

  /// The options of the run, with its checkpoints in this folder.
  func options(folder: String) -> TrainingOptions {
    var options = TrainingOptions()
    options.architecture = architecture
    options.ngrams = ngrams
    options.text = text
    options.training = training
    options.instructions = instructions
    options.threads = threads
    options.timeLimit = timeLimit
    options.embeddings = embeddings
    options.embeddingsFrozen = embeddingsFrozen
    options.thesaurus = thesaurus
    options.checkpoint = CheckpointOptions(folder: folder, interval: interval, userInfo: userInfo)
    return options
  }

  static func weights(_ layout: ParameterLayout) -> [Weight] {
    layout.all.map { Weight(name: $0.name, shape: $0.shape) }
  }

  private static func source(_ texts: LabeledTexts) -> Source? {
    guard case .source(let source) = texts else { return nil }
    return Source(path: absolute(source.path), options: source.options)
  }

  /// A run may go on in another working folder.
  private static func absolute(_ path: String) -> String { URL(fileURLWithPath: path).standardizedFileURL.path }
}
