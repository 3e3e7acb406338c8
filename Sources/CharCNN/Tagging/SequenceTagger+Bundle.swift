/// `config.json` of a tagger.
struct TaggerConfiguration: ModelConfiguration {
  static let modelTask = ModelTask.tagging
  static let currentVersion = 1

  var version: Int
  var task: String
  var quantization: Quantization?
  var architecture: TaggerArchitecture
  var text: TextSettings
  var training: TaggingRecord?
  var conlluColumn: String?
}

extension SequenceTagger {
  /// Tagging.
  public static var task: ModelTask { .tagging }

  /// Writes the model as a folder: all of it or nothing.
  ///
  /// - Parameters:
  ///   - path: The folder to make, by custom `NAME.charcnn`.
  ///   - overwrite: Replaces a model that is there.
  /// - Throws: `StorageError` when something is there already, or the disk refuses.
  public func write(to path: String, overwrite: Bool = false) throws {
    let configuration = TaggerConfiguration(
      version: TaggerConfiguration.currentVersion, task: Self.task.rawValue, architecture: architecture,
      text: textSettings, training: record, conlluColumn: conlluColumn)
    try ModelBundle.write(
      to: path, configuration: configuration, alphabet: alphabet, store: store, device: device,
      card: TaggerCard(self).text, files: [BundleFile(ModelFileName.labels, json: labelSet)], overwrite: overwrite)
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
    let opened = try OpenedModel<TaggerConfiguration>(bundle)
    let configuration = opened.configuration
    let labels = try bundle.decode(LabelSet.self, named: ModelFileName.labels)
    let sizes = configuration.architecture.configuration
    guard sizes.alphabetSize == opened.alphabet.count, sizes.classes == labels.count else {
      throw opened.invalid(
        "\(sizes.alphabetSize) characters and \(sizes.classes) tags do not agree with \(opened.alphabet.count) in \(ModelFileName.alphabet) and \(labels.count) in \(ModelFileName.labels)"
      )
    }
    guard configuration.quantization == nil else { throw opened.invalid("a tagger has weights in floats only") }
    let network = try opened.network { () throws(ConfigurationError) in
      try configuration.architecture.makeNetwork()
    }
    let device = CPUDevice(threads: threads, instructions: instructions)
    let store = try opened.weights(network.parameters, device: device)
    self.init(
      architecture: configuration.architecture, network: network, store: store,
      encoder: TextEncoder(settings: configuration.text, alphabet: opened.alphabet), labels: labels, device: device,
      record: configuration.training, conlluColumn: configuration.conlluColumn)
    let answers = tags(of: [TaggedSentence(words: opened.alphabet.units.prefix(64).map { $0 })])
    guard
      answers.allSatisfy({
        $0.tokens.allSatisfy(\.probability.isFinite) && $0.sequences.allSatisfy(\.probability.isFinite)
      })
    else { throw opened.overflow }
  }
}
