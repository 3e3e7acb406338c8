/// `config.json` of a classifier.
struct ClassifierConfiguration: ModelConfiguration {
  static let modelTask = ModelTask.classification
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
  /// Of a language detector that was calibrated; nil for the default settings.
  var detection: LanguageDetectorSettings?
  /// The columns of the training data; nil where they had no names, and in models of earlier versions.
  var columns: DataColumns?
}

extension TextClassifier {
  /// Writes the model as a folder: all of it or nothing.
  ///
  /// - Parameters:
  ///   - path: The folder to make, by custom `NAME.charcnn`.
  ///   - overwrite: Replaces a model that is there.
  /// - Throws: `StorageError` when something is there already, or the disk refuses.
  public func write(to path: String, overwrite: Bool = false) throws {
    try write(to: path, overwrite: overwrite, detection: detection)
  }

  /// The same with other settings of a language detector.
  func write(to path: String, overwrite: Bool, detection: LanguageDetectorSettings?) throws {
    let configuration = ClassifierConfiguration(
      version: quantization == nil ? ClassifierConfiguration.floatVersion : ClassifierConfiguration.currentVersion,
      task: Self.task.rawValue, quantization: quantization, architecture: architecture, ngrams: ngrams,
      text: textSettings, training: record, detection: detection, columns: columns)
    try ModelBundle.write(
      to: path, configuration: configuration, alphabet: alphabet, store: store, device: device,
      card: ModelCard(self).text, files: [BundleFile(ModelFileName.labels, json: labelSet)], overwrite: overwrite)
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
    try self.init(.open(path), threads: threads, instructions: instructions, integers: integers)
  }

  /// As ``init(opening:threads:instructions:integers:)``, of a bundle whose checksums were checked.
  ///
  /// - Throws: `StorageError` that says which file is wrong and how.
  public convenience init(
    _ bundle: ModelBundle, threads: Int? = nil, instructions: InstructionSet = .best,
    integers: IntegerInstructionSet? = nil
  ) throws {
    let opened = try OpenedModel<ClassifierConfiguration>(bundle)
    let (configuration, alphabet) = (opened.configuration, opened.alphabet)
    let labels = try bundle.decode(LabelSet.self, named: ModelFileName.labels)
    let sizes = configuration.architecture.configuration
    guard sizes.alphabetSize == alphabet.count, sizes.classes == labels.count else {
      throw opened.invalid(
        "\(sizes.alphabetSize) characters and \(sizes.classes) classes do not agree with \(alphabet.count) in \(ModelFileName.alphabet) and \(labels.count) in \(ModelFileName.labels)"
      )
    }
    let network = try opened.network { () throws(ConfigurationError) in
      try configuration.ngrams.validate()
      return configuration.ngrams.widening(try configuration.architecture.makeNetwork(), classes: labels.count)
    }
    do throws(ConfigurationError) { try configuration.detection?.validate() } catch {
      throw opened.invalid(error.description)
    }
    let device = CPUDevice(threads: threads, instructions: instructions, integers: integers)
    let store = try opened.weights(network.parameters, device: device)
    self.init(
      architecture: configuration.architecture, ngrams: configuration.ngrams, network: network, store: store,
      encoder: TextEncoder(settings: configuration.text, alphabet: alphabet), labels: labels, device: device,
      record: configuration.training, columns: configuration.columns, detection: configuration.detection)
    let answers = predictions(for: [opened.probe], maximumCount: 1)
    guard answers.allSatisfy({ $0.allSatisfy { $0.probability.isFinite } }) else { throw opened.overflow }
  }
}
