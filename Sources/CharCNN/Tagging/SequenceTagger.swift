import CharCNNCompute
public import CharCNNNetworks
public import CharCNNText
import CharCNNTraining

/// A trained tagger: a tag for every character or word of a sentence.
///
/// It is immutable: any number of threads may share one and predict at the same time.
///
/// ```swift
/// let (tagger, _) = try SequenceTagger.train(on: Examples(contentsOf: "train.conllu"))
/// try tagger.write(to: "words.charcnn")
/// for sentence in tagger.tags(in: "The cat sat.") { print(sentence.tags) }
/// ```
public final class SequenceTagger: Sendable {
  /// Network and settings.
  public let architecture: TaggerArchitecture
  /// The tags in the order of the scores.
  public let labels: [String]
  /// How tags mark spans.
  public let scheme: TagScheme
  /// The characters.
  public let alphabet: Alphabet
  /// How words and characters become units.
  public let textSettings: TextSettings
  /// What the model file says about the training.
  public let record: Record?
  /// The column of CoNLL-U that its tags came from, `upos` or `feats`, or the key of the last column; nil where they came
  /// from other data.
  public let conlluColumn: String?
  /// The network, for its layers and parameters.
  public let network: any TaggingNetwork

  let store: ParameterStore
  let device: any Device
  let encoder: TextEncoder
  let labelSet: LabelSet
  let constraints: TagConstraints
  let workspaces = WorkspacePool()

  /// The most sequences that a sentence can have; a greater number means this one. Of long sentences there are fewer:
  /// tokens x tags x sequences stays below 4 million, so that memory does.
  public static let mostSequences = 1_000
  /// Tokens that are predicted as one sentence at most; longer ones are cut, and a span that lies across ends there.
  static let longestSentence = 4_096

  /// Puts a tagger together; the store is packed for prediction and must not change any more.
  init(
    architecture: TaggerArchitecture, network: any TaggingNetwork, store: ParameterStore, encoder: TextEncoder,
    labels: LabelSet, device: any Device, record: Record?, conlluColumn: String?
  ) {
    self.architecture = architecture
    self.network = network
    self.store = store
    self.device = device
    self.encoder = encoder
    self.record = record
    self.conlluColumn = conlluColumn
    labelSet = labels
    self.labels = labels.labels
    alphabet = encoder.alphabet
    textSettings = encoder.settings
    scheme = TagScheme(recognizing: labels.labels)
    constraints = TagConstraints(labels: labels.labels, scheme: scheme)
    store.freeze(device: device)
  }

  /// What has a tag.
  public var unit: TaggingUnit { architecture.unit }
}
