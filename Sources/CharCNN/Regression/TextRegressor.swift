import CharCNNCompute
import CharCNNFiles
public import CharCNNNetworks
public import CharCNNText
import CharCNNTraining

/// A trained model that gives texts scores: any numbers, or grades that have an order.
///
/// It is immutable: any number of threads may share one and predict at the same time.
///
/// ```swift
/// let (regressor, summary) = try TextRegressor.train(on: Examples(contentsOf: "stars.csv"))
/// try regressor.write(to: "stars.charcnn")
/// regressor.score(for: "A film to remember.")
/// ```
public final class TextRegressor: Sendable {
  /// What it says of a text.
  public struct Prediction: Sendable, Hashable, Codable {
    /// The score, in the range of ``TextRegressor/range``; of grades the expected one.
    public let score: Double
    /// The most probable grade; nil for scores.
    public let grade: Double?
    /// All grades with their probabilities, the likeliest first; nil for scores.
    public let hypotheses: [Hypothesis]?

    /// A prediction.
    public init(score: Double, grade: Double? = nil, hypotheses: [Hypothesis]? = nil) {
      self.score = score
      self.grade = grade
      self.hypotheses = hypotheses
    }
  }

  /// Network and settings.
  public let architecture: Architecture
  /// The wide part beside the network.
  public let ngrams: NgramConfiguration
  /// How text becomes characters.
  public let textSettings: TextSettings
  /// The characters.
  public let alphabet: Alphabet
  /// What the model file says about the training.
  public let record: Record?
  /// The columns that it was trained on, which are looked for first in other files; nil where they had no names.
  public let columns: DataColumns?
  /// The network, for its layers and parameters.
  public let network: any TextNetwork

  /// The solved n-grams that stand beside the network; nil where it has none.
  let linear: LinearNgrams?
  /// How its outputs become scores.
  let scale: ScoreScale
  let store: ParameterStore
  let device: any Device
  /// Encodes what the network reads.
  let encoder: TextEncoder
  /// Encodes what any part reads.
  let wholeEncoder: TextEncoder
  let lengths: ReadingLengths
  let workspaces = WorkspacePool()

  /// Puts a model together; the store is packed for prediction and must not change any more.
  init(
    architecture: Architecture, ngrams: NgramConfiguration, linear: LinearNgrams?, network: any TextNetwork,
    scale: ScoreScale, store: ParameterStore, encoder: TextEncoder, device: any Device, record: Record?,
    columns: DataColumns?
  ) {
    self.architecture = architecture
    self.ngrams = ngrams
    self.linear = linear
    self.network = network
    self.scale = scale
    self.store = store
    self.encoder = encoder
    self.device = device
    self.record = record
    self.columns = columns
    lengths = ReadingLengths(encoder.settings, ngrams)
    wholeEncoder = encoder.limited(to: lengths.longest)
    textSettings = encoder.settings
    alphabet = encoder.alphabet
    store.freeze(device: device)
  }

  /// The grades, rising; nil for a model of any scores.
  public var grades: [Double]? { scale.grades }

  /// The lowest and the highest score that it gives.
  public var range: ClosedRange<Double> { scale.lowest...scale.highest }

  /// Decimals of a score that are worth writing: six, and more where all scores lie close together.
  package var scoreDecimals: Int { 6 + Decimals.further(toSpread: scale.highest - scale.lowest) }

  /// Numbers that were learned, the weights of n-grams among them.
  public var parameterCount: Int { network.parameters.learnedCount + (linear?.parameterCount ?? 0) }

  /// Characters of a text whose n-grams count, from its beginning, where they are more or less than those that the network reads; nil where
  /// all parts read ``textSettings``' longest length.
  public var ngramLength: Int? { lengths.ngrams.flatMap { $0 == lengths.network ? nil : $0 } }

  /// Whether a text is longer than what the network reads, or its n-grams, so that some part judges it by the beginning alone.
  public func cuts(_ text: String) -> Bool { encoder.limited(to: lengths.shortest).cuts(text) }

  /// The scores of many texts at once, which is faster than one after another.
  ///
  /// - Parameter texts: Any texts; an empty one gets the score for "no evidence".
  public func predictions(for texts: [String]) -> [Prediction] {
    var corpus = MemoryCorpus()
    for text in texts { corpus.append(label: 0) { wholeEncoder.encode(text, into: &$0) } }
    return outputs(of: corpus).map { prediction(scale.answer($0[...])) }
  }

  /// What it says of a text.
  public func prediction(for text: some StringProtocol) -> Prediction { predictions(for: [String(text)])[0] }

  /// The score of a text; see ``Prediction/score``.
  public func score(for text: some StringProtocol) -> Double { prediction(for: text).score }

  /// An answer for those who read it.
  func prediction(_ answer: ScoreAnswer) -> Prediction {
    guard let grades else { return Prediction(score: answer.score) }
    let order = grades.indices.sorted {
      (answer.probabilities[$1], $0) < (answer.probabilities[$0], $1)
    }
    return Prediction(
      score: answer.score, grade: answer.grade,
      hypotheses: order.map { Hypothesis(label: Decimals.short(grades[$0]), probability: answer.probabilities[$0]) })
  }

  /// What the network says of each of some encoded texts.
  func outputs(of corpus: MemoryCorpus) -> [[Float]] {
    let predictor = BatchPredictor(network: network, store: store, device: device, workspaces: workspaces)
    var result: [[Float]] = []
    result.reserveCapacity(corpus.count)
    do {
      try predictor.forEachText(
        lengths: (0..<corpus.count).map { corpus.length(of: $0) },
        copy: { corpus.copyCharacters(of: $0, into: $1) }, { _, outputs in result.append(Array(outputs)) })
    } catch {
      preconditionFailure("characters in memory can be copied: \(error)")
    }
    return result
  }
}
