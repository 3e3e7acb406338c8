import CharCNNCompute
import CharCNNNetworks
import CharCNNStorage
import CharCNNText

/// `config.json` of a task's models.
protocol ModelFile: Codable, Sendable {
  /// The task.
  static var modelTask: ModelTask { get }
  /// The newest version that this program reads.
  static var currentVersion: Int { get }
  /// The version of the file.
  var version: Int { get }
  /// Raw value of the task.
  var task: String { get }
  /// How weights are stored; nil for floats.
  var quantization: TextClassifier.Quantization? { get }
  /// How text becomes characters.
  var text: TextSettings { get }
}

/// A bundle on its way to a model: what models of all tasks check alike. Sizes and checksums come first, with
/// ``ModelBundle``; then version and task; then what this offers, for the task to ask for in its own order.
struct OpenedModel<Configuration: ModelFile> {
  let bundle: ModelBundle
  let configuration: Configuration
  let alphabet: Alphabet

  /// Checks version and task and reads configuration and alphabet.
  ///
  /// - Throws: `StorageError`.
  init(_ bundle: ModelBundle) throws(StorageError) {
    self.bundle = bundle
    // The version first: a newer configuration may have other members.
    let kind = try bundle.modelKind()
    guard kind.version >= 1 else { throw Self.invalid(bundle, "there is no version \(kind.version)") }
    let task = kind.task ?? ""
    if let other = ModelTask(rawValue: task), other != Configuration.modelTask {
      throw StorageError(
        .otherTask, path: bundle.path,
        problem: "is a model of the task \(other.rawValue), not of \(Configuration.modelTask.rawValue)",
        advice: "open it with `\(other.model)`")
    }
    guard kind.version <= Configuration.currentVersion else {
      throw StorageError(
        .newerVersion, path: "\(bundle.path)/\(ModelFileName.configuration)",
        problem:
          "version \(kind.version) is newer than \(Configuration.currentVersion), the newest this program knows",
        advice: "update the program")
    }
    guard task == Configuration.modelTask.rawValue else {
      throw Self.invalid(bundle, "the task \"\(task)\" is not \(Configuration.modelTask.rawValue)")
    }
    configuration = try bundle.decode(Configuration.self, named: ModelFileName.configuration)
    alphabet = try bundle.decode(Alphabet.self, named: ModelFileName.alphabet)
    let longest = configuration.text.maximumLength
    guard longest <= TextSettings.longestText else {
      throw invalid("maximumLength \(longest) is above \(TextSettings.longestText)")
    }
  }

  /// A configuration that makes no sense.
  func invalid(_ problem: String) -> StorageError { Self.invalid(bundle, problem) }

  private static func invalid(_ bundle: ModelBundle, _ problem: String) -> StorageError {
    StorageError(
      .corrupted, path: "\(bundle.path)/\(ModelFileName.configuration)", problem: problem,
      advice: "write the model anew, or use the version that wrote it")
  }

  /// Makes the network; settings that make none are an error of the bundle.
  func network<Network>(_ make: () throws(ConfigurationError) -> Network) throws(StorageError) -> Network {
    do throws(ConfigurationError) { return try make() } catch { throw invalid(error.description) }
  }

  /// Reads and checks the weights.
  func weights(_ layout: ParameterLayout, device: any Device) throws -> ParameterStore {
    try StoredWeights.decode(
      bundle.safetensors(named: ModelFileName.weights), layout: layout, quantization: configuration.quantization,
      device: device)
  }

  /// Some known characters: finite weights can still overflow, and what a model says of this text shows it.
  var probe: String { alphabet.units.prefix(64).joined() }

  /// What to throw where the answer to ``probe`` is no number.
  var overflow: StorageError {
    StorageError(
      .nonFinite, path: "\(bundle.path)/\(ModelFileName.weights)",
      problem: "the weights give probabilities that are no numbers", advice: "train the model anew")
  }
}
