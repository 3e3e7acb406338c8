public import CharCNNCompute

/// What a language model learns to predict.
#if hasAttribute(nonexhaustive)
@nonexhaustive
#endif
public enum LanguageObjective: String, Codable, Sendable, CaseIterable {
  /// Each character from those before it (Dauphin 2017).
  case causal
  /// Hidden characters from those on both sides (Devlin 2019, "BERT").
  case masked
}

/// Predicts characters: the body of ``GatedNetwork`` without pooling, and scores of all characters of the alphabet for
/// every position that is asked for.
///
/// Sources: Dauphin, Fan, Auli, Grangier (2017), "Language Modeling with Gated Convolutional Networks"; dilation from van
/// den Oord (2016), "WaveNet"; the scores are products with the embedding of each character, as Press & Wolf (2017), "Using
/// the Output Embedding to Improve Language Models", so that an alphabet of thousands costs its embedding and no more.
///
/// Differences from Dauphin: layer normalization instead of weight normalization, one convolution a block, and the whole
/// softmax instead of an adaptive one. It is computed some rows at a time, so that no step holds the scores of all. Beside
/// it may stand ``CharacterNgrams``, which are counted and not trained; ``NgramMixture`` mixes both.
public struct LanguageNetwork: Sendable {
  /// The settings of the body; what concerns classes and the pooling of texts is not read.
  public let configuration: GatedConfiguration
  public let parameters: ParameterLayout
  let encoder: GatedEncoder
  private let dropout: Dropout
  private let normalization: LayerNormalization
  private let projection: Linear
  private let bias: Parameter
  /// The network's share beside n-grams at each kind of place, ``NgramMixture/kinds(order:)`` of them; nil without n-grams.
  public let mixture: Parameter?

  /// Scores that are in memory at a time.
  private static let largestChunk = 1 << 21

  /// Lays out the parameters.
  ///
  /// - Parameters:
  ///   - configuration: The settings of the body.
  ///   - order: Characters of the longest n-grams beside the network; nil for none.
  /// - Throws: ``ConfigurationError`` where the settings do not make a network that gives a row for each character.
  public init(_ configuration: GatedConfiguration, ngrams order: Int? = nil) throws(ConfigurationError) {
    try configuration.validate()
    try ConfigurationError.check(
      configuration.pooling == .none, "pooling", "must be none in a language model, which predicts every character")
    try ConfigurationError.check(
      configuration.stride == 1, "stride", "must be 1 in a language model, which predicts every character")
    try ConfigurationError.check(
      configuration.length == nil, "length", "must be none in a language model, whose texts have no end")
    self.configuration = configuration
    var builder = ParameterBuilder()
    encoder = GatedEncoder(configuration, builder: &builder)
    dropout = Dropout(rate: configuration.dropout, builder: &builder)
    let channels = encoder.channels
    normalization = builder.scope("output.normalization", part: .head) {
      LayerNormalization(channels: channels, builder: &$0)
    }
    projection = builder.scope("output.projection", part: .head) {
      Linear(inputs: channels, outputs: configuration.embedding, builder: &$0)
    }
    bias = builder.scope("output", part: .head) {
      $0.add("bias", shape: [configuration.alphabetSize], initialization: .zeros, decays: false)
    }
    mixture = order.map { order in
      builder.scope("ngrams", part: .table) {
        $0.addState("shares", shape: [NgramMixture.kinds(order: order)], initialization: .ones, range: 0...1)
      }
    }
    parameters = builder.layout
  }

  /// Characters before a position that its row depends on; as many behind it unless windows are causal.
  public var context: Int {
    (0..<configuration.blocks).reduce(0) {
      $0 + ((configuration.widths.max() ?? 1) - 1) * configuration.dilation(ofBlock: $1)
    }
  }

  /// Forward, loss and backward.
  ///
  /// - Parameters:
  ///   - batch: Characters as the network sees them.
  ///   - rows: Rows of the batch that something is predicted at; nil for all.
  ///   - targets: The character to predict at each.
  ///   - pass: A pass for training.
  ///   - scratch: More memory, reset again and again.
  /// - Returns: The mean cross entropy, in nats.
  public func addGradients(
    _ batch: CharacterBatch, rows: IndexTensor?, targets: IndexTensor, _ pass: Pass, scratch: Workspace
  ) -> Double {
    let device = pass.device
    let (frames, encoderSaved) = encoder.forward(batch, pass)
    let x = gathered(frames.values, rows, pass)
    let dropped = dropout.forward(x, pass)
    let (normalized, normalizationSaved) = normalization.forward(dropped, pass)
    let (h, projectionSaved) = projection.forward(normalized, pass)
    let dh = pass.tensor(rows: h.rows, columns: h.columns)
    let losses = pass.tensor(rows: h.rows, columns: 1)
    let table = pass.value(encoder.embedding.weight)
    let forwardWeights = packed(table, transposed: true, pass)
    let backwardWeights = packed(table, transposed: false, pass)
    forEachChunk(h.rows) { chunk in
      scratch.reset()
      let part = h.rows(chunk)
      let logits = scratch.tensor(rows: chunk.count, columns: table.rows)
      device.product(part, weights: forwardWeights, bias: pass.value(bias), into: logits, workspace: scratch)
      let dlogits = scratch.tensor(rows: chunk.count, columns: table.rows)
      device.crossEntropy(
        logits, labels: Self.slice(targets, chunk), smoothing: 0, scale: 1 / Float(h.rows),
        losses: losses.rows(chunk), into: dlogits)
      device.addColumnSums(dlogits, to: pass.gradient(bias))
      device.addProductGradient(dlogits, dy: part, into: pass.gradient(encoder.embedding.weight), workspace: scratch)
      device.product(dlogits, weights: backwardWeights, bias: nil, into: dh.rows(chunk), workspace: scratch)
    }
    var dx = projection.backward(dh, projectionSaved, pass)
    dx = dropout.backward(normalization.backward(dx, normalizationSaved, pass), pass)
    if let rows {
      let dframes = pass.tensor(rows: frames.values.rows, columns: dx.columns)
      device.fill(dframes, with: 0)
      device.scatterRows(dx, rows: rows, addTo: dframes)
      dx = dframes
    }
    encoder.backward(dx, encoderSaved, pass)
    return device.sum(losses) / Double(max(h.rows, 1))
  }

  /// Scores of all characters at some rows, handed to `body` some rows at a time: [rows, alphabet]. They are gone after it.
  package func forEachScores(
    of batch: CharacterBatch, rows: IndexTensor?, _ pass: Pass, scratch: Workspace,
    _ body: (_ rows: Range<Int>, _ scores: Tensor) -> Void
  ) {
    let (frames, _) = encoder.forward(batch, pass)
    let h = head(gathered(frames.values, rows, pass), pass)
    let weights = outputWeights(pass)
    forEachChunk(h.rows) { chunk in
      scratch.reset()
      body(chunk, scores(h.rows(chunk), weights: weights, pass, workspace: scratch))
    }
  }

  /// Mean cross entropy without training, as a sum, and how many likeliest guesses are right.
  public func measure(
    _ batch: CharacterBatch, rows: IndexTensor?, targets: IndexTensor, _ pass: Pass, scratch: Workspace
  ) -> (nats: Double, correct: Int) {
    var nats = 0.0
    var correct = 0
    forEachScores(of: batch, rows: rows, pass, scratch: scratch) { chunk, scores in
      let labels = Self.slice(targets, chunk)
      let losses = scratch.tensor(rows: chunk.count, columns: 1)
      let unused = scratch.tensor(rows: chunk.count, columns: scores.columns)
      pass.device.crossEntropy(scores, labels: labels, smoothing: 0, scale: 1, losses: losses, into: unused)
      nats += pass.device.sum(losses)
      let values = pass.device.read(scores)
      values.withUnsafeBufferPointer { values in
        for row in 0..<chunk.count {
          let start = row * scores.columns
          var best = start
          for place in start..<start + scores.columns where values[place] > values[best] { best = place }
          if best - start == Int(labels.host[row]) { correct += 1 }
        }
      }
    }
    return (nats, correct)
  }

  /// Scores of all characters at every row, [rows, alphabet]; for short texts.
  public func scores(of batch: CharacterBatch, _ pass: Pass) -> Tensor {
    let (frames, _) = encoder.forward(batch, pass)
    return scores(head(frames.values, pass), weights: outputWeights(pass), pass, workspace: pass.workspace)
  }

  /// The last block's row of every character.
  package func rows(of batch: CharacterBatch, _ pass: Pass) -> Frames { encoder.forward(batch, pass).0 }

  /// Rows of the body before the table of scores.
  func head(_ x: Tensor, _ pass: Pass) -> Tensor {
    let (normalized, _) = normalization.forward(x, pass)
    return projection.forward(normalized, pass).0
  }

  func scores(_ h: Tensor, weights: PackedWeights, _ pass: Pass, workspace: Workspace) -> Tensor {
    let scores = workspace.tensor(rows: h.rows, columns: configuration.alphabetSize)
    pass.device.product(h, weights: weights, bias: pass.value(bias), into: scores, workspace: workspace)
    return scores
  }

  /// The embedding, packed for scores.
  func outputWeights(_ pass: Pass) -> PackedWeights {
    packed(pass.value(encoder.embedding.weight), transposed: true, pass)
  }

  private func packed(_ table: Tensor, transposed: Bool, _ pass: Pass) -> PackedWeights {
    pass.device.pack(
      table, taps: 1, inputs: table.rows, outputs: table.columns, transposed: transposed, workspace: pass.workspace)
  }

  private func gathered(_ x: Tensor, _ rows: IndexTensor?, _ pass: Pass) -> Tensor {
    guard let rows else { return x }
    let y = pass.tensor(rows: rows.count, columns: x.columns)
    pass.device.gatherRows(x, rows: rows, into: y)
    return y
  }

  private static func slice(_ indices: IndexTensor, _ range: Range<Int>) -> IndexTensor {
    indices.prefix(range.upperBound).suffix(range.count)
  }

  private func forEachChunk(_ rows: Int, _ body: (Range<Int>) -> Void) {
    let size = max(64, Self.largestChunk / max(configuration.alphabetSize, 1))
    var start = 0
    while start < rows {
      let end = min(start + size, rows)
      body(start..<end)
      start = end
    }
  }
}

extension GatedConfiguration {
  /// The default body of a language model.
  public static func language(_ objective: LanguageObjective) -> GatedConfiguration {
    var configuration = GatedConfiguration()
    configuration.pooling = .none
    configuration.blocks = 6
    configuration.dilations = [1, 2, 4, 8, 16, 32]
    configuration.filters = 384
    configuration.characterDropout = 0
    configuration.dropout = 0.1
    if objective == .causal { configuration.padding = .causal }
    return configuration
  }
}
