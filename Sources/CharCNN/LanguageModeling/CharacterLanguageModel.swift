import CharCNNCompute
public import CharCNNEvaluation
public import CharCNNNetworks
public import CharCNNText
public import CharCNNTraining

/// A trained model of running text that predicts characters: the next one, or hidden ones.
///
/// It is immutable: any number of threads may share one.
///
/// ```swift
/// let (model, summary) = try CharacterLanguageModel.train(on: Examples(contentsOf: "novels.txt"))
/// try model.write(to: "novels.charcnn")
/// print(summary.report.measure.value, try model.text(continuing: "Once upon a", length: 200))
/// ```
public final class CharacterLanguageModel: Sendable {
  /// Language.
  public static var task: ModelTask { .language }
  /// What it predicts.
  public let objective: LanguageObjective
  /// How texts are cut and hidden.
  public let language: LanguageSettings
  /// The network, for its layers and parameters.
  public let network: LanguageNetwork
  /// The n-grams that stand beside the network; nil for none.
  public let ngrams: CharacterNgrams?
  /// What the model file says about the training.
  public let record: Record?
  /// The characters.
  public var alphabet: Alphabet { encoder.alphabet }
  /// How text becomes characters.
  public var textSettings: TextSettings { encoder.settings }

  let store: ParameterStore
  let device: any Device
  let encoder: TextEncoder
  let workspaces = WorkspacePool()

  /// Puts a model together; the store is packed for prediction and must not change any more.
  init(
    objective: LanguageObjective, language: LanguageSettings, network: LanguageNetwork, ngrams: CharacterNgrams?,
    store: ParameterStore, encoder: TextEncoder, device: any Device, record: Record?
  ) {
    self.objective = objective
    self.language = language
    self.network = network
    self.ngrams = ngrams
    self.store = store
    self.encoder = encoder
    self.device = device
    self.record = record
    store.freeze(device: device)
  }

  /// Measures the model on running text.
  ///
  /// - Parameters:
  ///   - examples: Files, folders of them, or texts in memory.
  ///   - progress: Receives the number of predicted characters.
  /// - Throws: `DataError` at the first fault; ``TrainingError/noExamples(path:isInMemory:)`` for texts without a character;
  ///   `CancellationError` where the task that calls is cancelled.
  public func evaluate(on examples: Examples<String>, progress: (_ characters: Int) -> Void) throws -> LanguageReport {
    let stream = try CharacterStream(examples.plainTexts().texts, encoder: encoder, check: examples.checkNow)
    guard !stream.segments.isEmpty else {
      throw TrainingError.noExamples(path: examples.name, isInMemory: examples.isInMemory)
    }
    let characters = (0..<stream.fileCount).reduce(0) { $0 + stream.length(ofFile: $1) }
    return try LanguageEvaluator(network: network, ngrams: ngrams, objective: objective, settings: language).report(
      stream, stream.segments, store: store, device: device, workspace: Workspace(), scratch: Workspace(),
      progress: { characters in
        try examples.checkNow()
        progress(characters)
      }
    ).counting(unknown: stream.unknownCount, of: characters)
  }

  /// The mixture of network and n-grams; nil without n-grams.
  var mixture: NgramMixture? {
    guard let ngrams, let parameter = network.mixture else { return nil }
    return NgramMixture(ngrams, shares: store.read(parameter, device: device))
  }
}

extension CharacterLanguageModel {
  /// What the file of a language model remembers of its training. No times and no thread numbers: the same training gives
  /// the same bytes.
  public struct Record: Codable, Sendable, Hashable, TrainingRecord {
    /// The settings.
    public var settings: RunSettings
    /// Characters of the training texts.
    public var characters: Int
    /// Epochs done.
    public var epochs: Int
    /// Epoch of the kept model.
    public var bestEpoch: Int
    /// Mean cross entropy on the validation texts in bits.
    public var bitsPerCharacter: Double
    /// What the epochs came to, from a file of their own, which has about 200 at most; empty for models of earlier programs.
    public var history: [TrainingPosition.Epoch] = []
    /// Where the model comes from, from a file of its own; nil for models of earlier programs.
    public var provenance: ModelBundle.Provenance?

    private enum CodingKeys: String, CodingKey {
      case settings, characters, epochs, bestEpoch, bitsPerCharacter
    }
  }
}
