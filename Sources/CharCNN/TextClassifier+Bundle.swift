/// `config.json` of a classifier.
struct ClassifierConfiguration: Codable {
  static let task = "classification"
  /// The version of models in floats.
  static let floatVersion = 1
  static let currentVersion = 2

  var version: Int
  var task: String
  /// From version 2; nil for floats.
  var quantization: Quantization?
  var architecture: Architecture
  var ngrams: NgramConfiguration
  var text: TextSettings
  var training: TrainingRecord?
}

/// What every version of `config.json` has.
private struct ConfigurationVersion: Decodable {
  var version: Int
}

extension TextClassifier {
  private enum FileName {
    static let configuration = "config.json"
    static let alphabet = "alphabet.json"
    static let labels = "labels.json"
    static let weights = "model.safetensors"
    static let card = "README.md"
  }

  /// Writes the model as a folder: all of it or nothing.
  ///
  /// - Parameters:
  ///   - path: The folder to make, by custom `NAME.charcnn`.
  ///   - overwrite: Replaces a model that is there.
  /// - Throws: `StorageError` when something is there already, or the disk refuses.
  public func write(to path: String, overwrite: Bool = false) throws {
    let configuration = ClassifierConfiguration(
      version: quantization == nil ? ClassifierConfiguration.floatVersion : ClassifierConfiguration.currentVersion,
      task: ClassifierConfiguration.task, quantization: quantization, architecture: architecture, ngrams: ngrams,
      text: textSettings, training: record)
    try ModelBundle.write(
      to: path,
      files: [
        BundleFile(FileName.configuration, json: configuration),
        BundleFile(FileName.alphabet, json: alphabet),
        BundleFile(FileName.labels, json: labelSet),
        BundleFile(FileName.weights, bytes: StoredWeights.encode(store, device: device)),
        BundleFile(FileName.card, text: ModelCard(self).text),
      ], overwrite: overwrite)
  }

  /// Opens a model and checks all of it: sizes, checksums, version, names, shapes, and that every weight is a number.
  ///
  /// - Parameters:
  ///   - path: The folder.
  ///   - threads: Number of threads; nil for one a core.
  ///   - instructions: Vector instructions.
  ///   - integers: Vector instructions for 8-bit integers, of quantized models; nil for the best beside the others.
  /// - Throws: `StorageError` that says which file is wrong and how.
  public convenience init(
    opening path: String, threads: Int? = nil, instructions: InstructionSet = .best,
    integers: IntegerInstructionSet? = nil
  ) throws {
    let bundle = try ModelBundle.open(path)
    // The version first: a newer configuration may have other members.
    let version = try bundle.decode(ConfigurationVersion.self, named: FileName.configuration).version
    func invalid(_ problem: String) -> StorageError {
      StorageError(
        .corrupted, path: "\(path)/\(FileName.configuration)", problem: problem,
        advice: "write the model anew, or use the version that wrote it")
    }
    guard version >= 1 else { throw invalid("there is no version \(version)") }
    guard version <= ClassifierConfiguration.currentVersion else {
      throw StorageError(
        .newerVersion, path: "\(path)/\(FileName.configuration)",
        problem:
          "version \(version) is newer than \(ClassifierConfiguration.currentVersion), the newest this program knows",
        advice: "update charcnn")
    }
    let configuration = try bundle.decode(ClassifierConfiguration.self, named: FileName.configuration)
    guard configuration.task == ClassifierConfiguration.task else {
      throw invalid("the task \"\(configuration.task)\" is not classification")
    }
    let alphabet = try bundle.decode(Alphabet.self, named: FileName.alphabet)
    let labels = try bundle.decode(LabelSet.self, named: FileName.labels)
    let sizes = configuration.architecture.configuration
    guard configuration.text.maximumLength <= TextSettings.longestText else {
      throw invalid("maximumLength \(configuration.text.maximumLength) is above \(TextSettings.longestText)")
    }
    guard sizes.alphabetSize == alphabet.count, sizes.classes == labels.count else {
      throw invalid(
        "\(sizes.alphabetSize) characters and \(sizes.classes) classes do not agree with \(alphabet.count) in \(FileName.alphabet) and \(labels.count) in \(FileName.labels)"
      )
    }
    let network: any TextNetwork
    do throws(ConfigurationError) {
      try configuration.ngrams.validate()
      network = configuration.ngrams.widening(try configuration.architecture.makeNetwork(), classes: labels.count)
    } catch {
      throw invalid(error.description)
    }
    let device = CPUDevice(threads: threads, instructions: instructions, integers: integers)
    let store = try StoredWeights.decode(
      bundle.safetensors(named: FileName.weights), layout: network.parameters, quantization: configuration.quantization,
      device: device)
    self.init(
      architecture: configuration.architecture, ngrams: configuration.ngrams, network: network, store: store,
      encoder: TextEncoder(settings: configuration.text, alphabet: alphabet), labels: labels, device: device,
      record: configuration.training)
    // Finite weights can still overflow; a text of known characters shows it.
    let probe = predictions(for: [alphabet.units.prefix(64).joined()], maximumCount: 1)
    guard probe.allSatisfy({ $0.allSatisfy { $0.probability.isFinite } }) else {
      throw StorageError(
        .nonFinite, path: "\(path)/\(FileName.weights)", problem: "the weights give probabilities that are no numbers",
        advice: "train the model anew")
    }
  }
}
