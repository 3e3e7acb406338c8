import CharCNNCompute
public import CharCNNNetworks
public import CharCNNText
import CharCNNTraining

/// How two texts relate, as a ``TextMatcher`` sees it.
public struct TextMatch: Sendable, Hashable, Codable {
  /// How well they match: a score in the range of the training data (regression), the cosine of their vectors
  /// (contrastive), the probability of the positive one of two labels, or of the likeliest of more (classification).
  public var score: Double
  /// The label; nil for a matcher that gives scores.
  public var label: String?
  /// All labels with their probabilities, the likeliest first; empty but for classification.
  public var hypotheses: [Hypothesis]

  /// How two texts relate.
  public init(score: Double, label: String? = nil, hypotheses: [Hypothesis] = []) {
    self.score = score
    self.label = label
    self.hypotheses = hypotheses
  }
}

/// A trained matcher: says of two texts how they relate.
///
/// It is immutable: any number of threads may share one and match at the same time.
///
/// ```swift
/// let (matcher, _) = try TextMatcher.train(on: Examples(contentsOf: "questions.tsv"))
/// try matcher.write(to: "questions.charcnn")
/// let match = matcher.match("How do I pay?", "How can I pay?")
/// print(match.score)
/// ```
///
/// The vectors of ``vectors(for:)`` can be put into a ``VectorIndex``: those of a contrastive matcher are trained for it.
public final class TextMatcher: Sendable {
  /// The settings of the network.
  public let configuration: MatcherConfiguration
  /// The labels in the order of the outputs, of two the positive one last; empty for a matcher that gives scores.
  public let labels: [String]
  /// The characters.
  public let alphabet: Alphabet
  /// How text becomes characters.
  public let textSettings: TextSettings
  /// What the model file says about the training.
  public let record: Record?
  /// The columns that it was trained on, which are looked for first in other files; nil where they had no names.
  public let columns: DataColumns?
  /// The network, for its layers and parameters.
  public let network: MatcherNetwork

  let store: ParameterStore
  let device: any Device
  let encoder: TextEncoder
  let labelSet: LabelSet?
  let workspaces = WorkspacePool()

  /// Puts a matcher together; the store is packed for prediction and must not change any more.
  init(
    network: MatcherNetwork, store: ParameterStore, encoder: TextEncoder, labels: LabelSet?, device: any Device,
    record: Record?, columns: DataColumns? = nil
  ) {
    self.columns = columns
    self.network = network
    configuration = network.configuration
    self.store = store
    self.device = device
    self.encoder = encoder
    self.record = record
    labelSet = labels
    self.labels = labels?.labels ?? []
    alphabet = encoder.alphabet
    textSettings = encoder.settings
    store.freeze(device: device)
  }

  /// What it learned of a pair.
  public var objective: MatchingObjective { configuration.objective }
  /// Whether `match(a, b)` is `match(b, a)`.
  public var isSymmetric: Bool { configuration.symmetric ?? false }
  /// Of two labels the one of texts that match: the one asked for or recognized, or else the second; nil where there are
  /// not two.
  public var positive: String? { labels.count == 2 ? labels[1] : nil }
  /// The least cosine of texts that match; nil but for the contrastive objective.
  public var threshold: Double? { network.threshold.map { Double(device.read(store.tensor($0))[0]) } }

  /// Matches many pairs at once, which is faster than one after another.
  ///
  /// - Parameter pairs: Any texts; an empty one has no characters and a vector nonetheless.
  /// - Returns: For each pair how its texts relate.
  public func matches(for pairs: [(first: String, second: String)]) -> [TextMatch] {
    var result: [TextMatch] = []
    result.reserveCapacity(pairs.count)
    let threshold = threshold ?? 0
    for start in stride(from: 0, to: pairs.count, by: Self.piece) {
      let piece = pairs[start..<min(start + Self.piece, pairs.count)]
      let (firsts, seconds) = (piece.map { encode($0.first) }, piece.map { encode($0.second) })
      let outputs = workspaces.withWorkspace { workspace in
        network.outputs(
          lengths: zip(firsts, seconds).map { max($0.count, 1) + max($1.count, 1) }, store: store, device: device,
          workspace: workspace
        ) { .pairs($0.map { firsts[$0] }, $0.map { seconds[$0] }, workspace: workspace) }
      }
      let width = outputs.count / max(piece.count, 1)
      for pair in 0..<piece.count { result.append(answer(outputs[pair * width..<(pair + 1) * width], threshold)) }
    }
    return result
  }

  private func encode(_ text: String) -> [Int32] {
    var indices: [Int32] = []
    encoder.encode(text, into: &indices)
    return indices
  }

  /// Pairs or texts that are encoded before they are predicted.
  static let piece = 4_096

  func answer(_ outputs: ArraySlice<Float>, _ threshold: Double) -> TextMatch {
    let values = outputs.map(Double.init)
    switch objective {
    case .regression: return TextMatch(score: values[0], label: nil, hypotheses: [])
    case .contrastive:
      return TextMatch(score: values[0], label: labels[values[0] >= threshold ? 1 : 0], hypotheses: [])
    case .classification:
      let order = values.indices.sorted { (values[$1], $0) < (values[$0], $1) }
      let hypotheses = order.map { Hypothesis(label: labels[$0], probability: values[$0]) }
      return TextMatch(
        score: labels.count == 2 ? values[1] : values[order[0]], label: labels[order[0]], hypotheses: hypotheses)
    }
  }

  /// Numbers of a text's vector.
  public var dimension: Int { network.dimension }

  /// The vectors that the tower makes of texts; the same whichever of a pair's texts one is.
  public func vectors(for texts: [String]) -> [[Float]] {
    let all = towerVectors(of: texts)
    return texts.indices.map { Array(all[$0 * dimension..<($0 + 1) * dimension]) }
  }

  /// The vectors of texts one after another, [texts, ``dimension``].
  func towerVectors(of texts: [String]) -> [Float] {
    var result: [Float] = []
    result.reserveCapacity(texts.count * dimension)
    var encoded: [[Int32]] = []
    func flush() {
      let plan = BatchPlan(lengths: encoded.map { max($0.count, 1) })
      workspaces.withWorkspace { workspace in
        for number in 0..<plan.count {
          workspace.reset()
          let chosen = plan[number]
          let batch = CharacterBatch(
            count: chosen.count, fixedLength: nil, workspace: workspace,
            length: { encoded[chosen[$0]].count },
            copy: { _ = $1.update(fromContentsOf: encoded[chosen[$0]].prefix($1.count)) })
          let pass = Pass.prediction(device: device, workspace: workspace, store: store)
          result += device.read(network.vectors(of: batch, pass))
        }
      }
      encoded.removeAll(keepingCapacity: true)
    }
    for text in texts {
      var indices: [Int32] = []
      encoder.encode(text, into: &indices)
      encoded.append(indices)
      if encoded.count == Self.piece { flush() }
    }
    flush()
    return result
  }
}
