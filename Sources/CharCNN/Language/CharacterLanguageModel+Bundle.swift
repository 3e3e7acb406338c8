internal import CharCNNFiles

/// `config.json` of a language model.
struct LanguageModelConfiguration: ModelConfiguration {
  static let modelTask = ModelTask.language
  static let currentVersion = 1

  var version = Self.currentVersion
  var task = Self.modelTask.rawValue
  var quantization: Quantization?
  var objective: LanguageObjective
  var network: GatedConfiguration
  var language: LanguageSettings
  var text: TextSettings
  var training: LanguageRecord?
}

extension CharacterLanguageModel {
  /// Writes the model as a folder: all of it or nothing.
  ///
  /// - Parameters:
  ///   - path: The folder to make, by custom `NAME.charcnn`.
  ///   - overwrite: Replaces a model that is there.
  /// - Throws: `StorageError` when something is there already, or the disk refuses.
  public func write(to path: String, overwrite: Bool = false) throws {
    let configuration = LanguageModelConfiguration(
      objective: objective, network: network.configuration, language: language, text: textSettings, training: record)
    try ModelBundle.write(
      to: path, configuration: configuration, alphabet: alphabet, store: store, device: device, card: card,
      files: ngrams.map { [BundleFile(StoredNgrams.fileName, bytes: try StoredNgrams.encode($0))] } ?? [],
      overwrite: overwrite)
  }

  /// Opens a model and checks all of it: sizes, checksums, version, names, shapes, and that every weight is a number.
  ///
  /// - Throws: `StorageError` that says which file is wrong and how.
  public convenience init(opening path: String, threads: Int? = nil, instructions: InstructionSet = .best) throws {
    try self.init(.open(path), threads: threads, instructions: instructions)
  }

  /// As ``init(opening:threads:instructions:)``, of a bundle whose checksums were checked.
  ///
  /// - Throws: `StorageError` that says which file is wrong and how.
  public convenience init(_ bundle: ModelBundle, threads: Int? = nil, instructions: InstructionSet = .best) throws {
    let opened = try OpenedModel<LanguageModelConfiguration>(bundle)
    let (configuration, alphabet) = (opened.configuration, opened.alphabet)
    guard configuration.quantization == nil else { throw opened.invalid("language models are not quantized") }
    guard configuration.network.alphabetSize == alphabet.count else {
      throw opened.invalid(
        "\(configuration.network.alphabetSize) characters do not agree with \(alphabet.count) in \(ModelFileName.alphabet)"
      )
    }
    guard configuration.objective == .masked || configuration.network.padding == .causal else {
      throw opened.invalid("a causal model needs causal padding")
    }
    guard configuration.objective == .causal || configuration.language.ngrams == nil else {
      throw opened.invalid("a masked model has no n-grams")
    }
    let network = try opened.network { () throws(ConfigurationError) in
      try configuration.language.validate()
      return try LanguageNetwork(configuration.network, ngrams: configuration.language.ngrams)
    }
    let ngrams = try configuration.language.ngrams.map { order in
      try StoredNgrams.decode(
        bundle.safetensors(named: StoredNgrams.fileName), order: order, alphabetSize: alphabet.count)
    }
    let device = CPUDevice(threads: threads, instructions: instructions)
    self.init(
      objective: configuration.objective, language: configuration.language, network: network, ngrams: ngrams,
      store: try opened.weights(network.parameters, device: device),
      encoder: TextEncoder(settings: configuration.text, alphabet: alphabet), device: device,
      record: configuration.training)
    guard scores(for: opened.probe).allSatisfy(\.isFinite) else { throw opened.overflow }
  }

  /// Scores at every character of a text that follows the beginning of a text, [characters, alphabet].
  func scores(for text: String) -> [Float] {
    var characters: [Int32] = []
    encoder.encode(text, into: &characters)
    let workspace = Workspace()
    let batch = CharacterBatch(count: 1, fixedLength: nil, workspace: workspace) { _ in
      characters.count
    } copy: { _, rows in
      for place in rows.indices { rows[place] = characters[place] }
    }
    return device.read(network.scores(of: batch, .prediction(device: device, workspace: workspace, store: store)))
  }

  private var card: String {
    let purpose =
      objective == .causal ? "Predicts the next character of a text." : "Predicts hidden characters of a text."
    var lines = ["# Character language model", "", purpose, "", "| | |", "|---|---|"]
    lines.append("| parameters | \(network.parameters.learnedCount) |")
    lines.append("| characters | \(alphabet.count) |")
    if let ngrams { lines.append("| n-grams | \(ngrams.count) of up to \(ngrams.order) characters |") }
    if let record {
      lines.append("| trained on | \(record.characters) characters, seed \(record.settings.seed) |")
      lines.append("| epochs | \(record.epochs), the best was \(record.bestEpoch) |")
      lines.append("| validation | \(Decimals.rounded(record.bitsPerCharacter)) bits per character |")
    }
    lines += ["", "## Use", "", "```"]
    if objective == .causal { lines.append("charcnn generate FOLDER --prompt \"a beginning\"") }
    lines += [
      "charcnn evaluate FOLDER text.txt", "charcnn train data.csv --from FOLDER --output fine-tuned.charcnn", "```", "",
    ]
    return lines.joined(separator: "\n")
  }
}
