/// `config.json` of a matcher.
struct MatcherFile: ModelConfiguration {
  static let modelTask = ModelTask.matching
  static let currentVersion = 1

  var version: Int
  var task: String
  var quantization: Quantization?
  var network: MatcherConfiguration
  var text: TextSettings
  var training: MatchingRecord?
  /// The columns of the training data; nil where they had no names, and in models of earlier versions.
  var columns: DataColumns?
}

extension TextMatcher {
  /// Matching.
  public static var task: ModelTask { .matching }

  /// Writes the model as a folder: all of it or nothing.
  ///
  /// - Parameters:
  ///   - path: The folder to make, by custom `NAME.charcnn`.
  ///   - overwrite: Replaces a model that is there.
  /// - Throws: `StorageError` when something is there already, or the disk refuses.
  public func write(to path: String, overwrite: Bool = false) throws {
    let configuration = MatcherFile(
      version: MatcherFile.currentVersion, task: Self.task.rawValue, network: configuration, text: textSettings,
      training: record, columns: columns)
    try ModelBundle.write(
      to: path, configuration: configuration, alphabet: alphabet, store: store, device: device,
      card: MatcherCard(self).text,
      files: try labelSet.map { [try BundleFile(ModelFileName.labels, json: $0)] } ?? [], overwrite: overwrite)
  }

  /// Opens a model and checks all of it: sizes, checksums, version, names, shapes, and that every weight is a number.
  ///
  /// - Parameters:
  ///   - path: The folder.
  ///   - threads: Number of threads; nil for one a core.
  ///   - instructions: Vector instructions.
  /// - Throws: `StorageError` that says which file is wrong and how.
  public convenience init(opening path: String, threads: Int? = nil, instructions: InstructionSet = .best) throws {
    try self.init(.open(path), threads: threads, instructions: instructions)
  }

  /// As ``init(opening:threads:instructions:)``, of a bundle whose checksums were checked.
  ///
  /// - Throws: `StorageError` that says which file is wrong and how.
  public convenience init(_ bundle: ModelBundle, threads: Int? = nil, instructions: InstructionSet = .best) throws {
    let opened = try OpenedModel<MatcherFile>(bundle)
    let configuration = opened.configuration.network
    let labels =
      configuration.objective == .regression
      ? nil : try bundle.decode(LabelSet.self, named: ModelFileName.labels)
    guard configuration.alphabetSize == opened.alphabet.count, configuration.classes == labels?.count ?? 1 else {
      throw opened.invalid(
        "\(configuration.alphabetSize) characters and \(configuration.classes) labels do not agree with \(opened.alphabet.count) in \(ModelFileName.alphabet) and \(labels?.count ?? 1) in \(ModelFileName.labels)"
      )
    }
    guard configuration.positive == nil || configuration.positive == labels?.labels.last else {
      throw opened.invalid("positive is not the second label of \(ModelFileName.labels)")
    }
    guard configuration.symmetric != nil else { throw opened.invalid("symmetric is missing") }
    guard configuration.objective != .regression || (configuration.lowest != nil && configuration.highest != nil) else {
      throw opened.invalid("lowest and highest are missing")
    }
    guard opened.configuration.quantization == nil else {
      throw opened.invalid("a matcher has weights in floats only")
    }
    let network = try opened.network { () throws(ConfigurationError) in try MatcherNetwork(configuration) }
    let device = CPUDevice(threads: threads, instructions: instructions)
    let store = try opened.weights(network.parameters, device: device)
    self.init(
      network: network, store: store,
      encoder: TextEncoder(settings: opened.configuration.text, alphabet: opened.alphabet), labels: labels,
      device: device, record: opened.configuration.training, columns: opened.configuration.columns)
    let answers = matches(for: [(opened.probe, ""), (opened.probe, opened.probe)])
    guard
      answers.allSatisfy({ $0.score.isFinite && $0.hypotheses.allSatisfy(\.probability.isFinite) }),
      vector(for: opened.probe).allSatisfy(\.isFinite)
    else { throw opened.overflow }
  }
}
