import CharCNNCompute
import CharCNNFiles
public import CharCNNNetworks
public import CharCNNText
import CharCNNTraining

/// A trained model that turns a text into a vector as a large teacher does: semantic search in a few megabytes.
///
/// It is immutable: any number of threads may share one.
///
/// ```swift
/// let source = try EmbeddedTextSource(path: "texts.txt", options: .init(vectors: "vectors.npy"))
/// let (base, summary) = try TextEmbedder.train(on: Examples(source))
/// try base.write(to: "base.charcnn")
/// base.similarity(of: "A film to remember.", to: "What a movie!")
/// ```
public final class TextEmbedder: Sendable {
  /// Settings of the network.
  public let configuration: EmbedderConfiguration
  /// How text becomes characters.
  public let textSettings: TextSettings
  /// The characters.
  public let alphabet: Alphabet
  /// Whether all vectors have the length 1, as the teacher's had.
  public let givesUnits: Bool
  /// What the model file says about the training.
  public let record: Record?

  /// What the network's outputs are multiplied with, where they have any length.
  let scale: Float
  let ngrams: LinearNgrams
  let network: EmbedderNetwork
  let store: ParameterStore
  let encoder: TextEncoder
  let device: any Device
  private let workspaces = WorkspacePool()

  /// Puts a model together; the store is packed for prediction and must not change any more.
  init(
    configuration: EmbedderConfiguration, ngrams: LinearNgrams, givesUnits: Bool, scale: Float, store: ParameterStore,
    encoder: TextEncoder, device: any Device, record: Record?
  ) {
    self.configuration = configuration
    self.ngrams = ngrams
    self.givesUnits = givesUnits
    self.scale = scale
    self.store = store
    self.encoder = encoder
    self.device = device
    self.record = record
    network = EmbedderNetwork(configuration, known: ngrams)
    textSettings = encoder.settings
    alphabet = encoder.alphabet
    store.freeze(device: device)
  }

  /// Numbers of a vector.
  public var dimension: Int { configuration.dimension }

  /// Numbers that were learned.
  public var parameterCount: Int { network.parameters.learnedCount + ngrams.weights.count }

  /// A row for each layer, for tables.
  public var layers: [LayerDescription] { network.layers }

  /// Whether a text is longer than what is read of it.
  public func cuts(_ text: String) -> Bool { encoder.cuts(text) }

  /// The vectors of many texts at once, which is faster than one after another. A text's vector does not depend on the others; one without
  /// any known n-gram has that of no evidence.
  public func vectors(for texts: [String]) -> [[Float]] {
    var corpus = MemoryCorpus()
    for text in texts { corpus.append(label: 0) { encoder.encode(text, into: &$0) } }
    let values = vectors(of: corpus)
    return texts.indices.map { Array(values[$0 * dimension..<($0 + 1) * dimension]) }
  }

  /// The cosine of the vectors of two texts, -1 to 1.
  public func similarity(of first: some StringProtocol, to second: some StringProtocol) -> Double {
    let both = vectors(for: [String(first), String(second)])
    return Self.cosine(both[0], both[1])
  }

  /// The cosine of two vectors; 0 with one of zeros.
  static func cosine(_ first: [Float], _ second: [Float]) -> Double {
    var (product, squares, others) = (0.0, 0.0, 0.0)
    for (x, y) in zip(first, second) {
      product += Double(x) * Double(y)
      squares += Double(x) * Double(x)
      others += Double(y) * Double(y)
    }
    let lengths = squares.squareRoot() * others.squareRoot()
    return lengths > 0 ? min(max(product / lengths, -1), 1) : 0
  }

  /// The vectors of encoded texts, one after another.
  func vectors(of corpus: MemoryCorpus) -> [Float] {
    let plan = BatchPlan(lengths: (0..<corpus.count).map { max(corpus.length(of: $0), 1) })
    var result: [Float] = []
    result.reserveCapacity(corpus.count * dimension)
    workspaces.withWorkspace { workspace in
      for number in 0..<plan.count {
        workspace.reset()
        let chosen = plan[number]
        let batch = CharacterBatch(
          count: chosen.count, fixedLength: nil, workspace: workspace, length: { corpus.length(of: chosen[$0]) },
          copy: { corpus.copyCharacters(of: chosen[$0], into: $1) })
        let pass = Pass.prediction(device: device, workspace: workspace, store: store)
        let y = network.forward(batch, pass).scores.only
        if givesUnits { device.unitRows(y, into: y) }
        result += device.read(y).map { givesUnits ? $0 : $0 * scale }
      }
    }
    return result
  }
}

extension TextEmbedder: FeatureExtractor {
  /// Numbers of a vector; see ``FeatureExtractor``.
  public func featureDimension(_ options: FeatureOptions) throws(ConfigurationError) -> Int {
    guard options.level == .text, options.layer == nil else {
      throw ConfigurationError(
        setting: options.layer == nil ? "level \(options.level.rawValue)" : "layer",
        problem: "needs a network that reads characters; this model gives a vector for whole texts only")
    }
    return dimension
  }

  /// The vectors of some texts; see ``FeatureExtractor``.
  public func features(of texts: [String], _ options: FeatureOptions) throws(ConfigurationError) -> [TextFeatures] {
    let dimension = try featureDimension(options)
    return zip(texts, vectors(for: texts)).map {
      TextFeatures(ranges: [0..<$0.utf8.count], dimension: dimension, values: $1)
    }
  }
}
