public import CharCNNCompute
internal import CharCNNFiles
import CharCNNNetworks
public import CharCNNStorage
import CharCNNText
import CharCNNTraining

/// `config.json` of a language model.
struct LanguageModelFile: ModelFile {
  static let modelTask = ModelTask.language
  static let currentVersion = 1

  var version = Self.currentVersion
  var task = Self.modelTask.rawValue
  var quantization: TextClassifier.Quantization?
  var objective: LanguageObjective
  var network: GatedConfiguration
  var language: LanguageSettings
  var text: TextSettings
  var training: CharacterLanguageModel.Record?
}

extension CharacterLanguageModel {
  /// What its bundle holds.
  func contents() throws -> BundleContents {
    BundleContents(
      configuration: LanguageModelFile(
        objective: objective, network: network.configuration, language: language, text: textSettings, training: record),
      alphabet: alphabet, store: store, device: device, card: card,
      files: try ngrams.map { [BundleFile(StoredNgrams.fileName, bytes: try StoredNgrams.encode($0))] } ?? [],
      history: record?.history ?? [], provenance: record?.provenance)
  }

  private var card: ModelCard {
    var card = ModelCard(
      title: "Character language model",
      purpose: objective == .causal
        ? "Predicts the next character of a text." : "Predicts hidden characters of a text.")
    card.add("parameters", network.parameters.learnedCount)
    card.add("characters", alphabet.count)
    if let ngrams { card.add("n-grams", "\(ngrams.count) of up to \(ngrams.order) characters") }
    if let record {
      card.addTraining(
        on: "\(record.characters) characters", record.settings.training, epochs: record.epochs,
        bestEpoch: record.bestEpoch,
        validation: "\(Decimals.rounded(record.bitsPerCharacter)) bits per character")
    }
    card.commands =
      (objective == .causal ? ["charcnn generate FOLDER --prompt \"a beginning\""] : []) + [
        "charcnn evaluate FOLDER text.txt", "charcnn train data.csv --from FOLDER --output fine-tuned.charcnn",
      ]
    return card
  }

  public convenience init(
    _ bundle: ModelBundle, threads: Int? = nil, instructions: InstructionSet = .best, precision: Precision = .single
  ) throws {
    let opened = try OpenedModel<LanguageModelFile>(bundle)
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
    let device = CPUDevice(threads: threads, instructions: instructions, precision: precision)
    self.init(
      objective: configuration.objective, language: configuration.language, network: network, ngrams: ngrams,
      store: try opened.weights(network.parameters, device: device),
      encoder: TextEncoder(settings: configuration.text, alphabet: alphabet), device: device,
      record: try opened.completed(configuration.training))
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
}
