public import CharCNNCompute

/// Two texts, one tower: what a pair's vectors u and v say of it.
///
/// Both texts of all pairs pass the tower in one batch. Fully connected layers read, for each part of the vectors, u, v,
/// |u - v|, u v and the cosine (see ``PairFeatures``), and the shares of common n-grams. The contrastive objective has no
/// layers of its own: the cosine of the vectors is the answer.
///
/// Sources: Bromley 1993 (two towers with shared weights); Hadsell, Chopra, LeCun (2006), "Dimensionality Reduction by
/// Learning an Invariant Mapping" (contrastive loss); Tai, Socher, Manning (2015), "Improved Semantic Representations From
/// Tree-Structured Long Short-Term Memory Networks" (difference and product); Conneau 2017, "Supervised Learning of
/// Universal Sentence Representations" (u and v beside them); Dauphin 2017 (the gate). Differences: the towers read
/// characters; the contrastive distance is 1 - cosine, so that vectors can be searched by their cosine; scores are a
/// sigmoid over the range of the data, and not a distribution over whole scores.
public struct MatcherNetwork: Sendable {
  /// The settings it was made from.
  public let configuration: MatcherConfiguration
  /// Names, shapes and places of all parameters.
  public let parameters: ParameterLayout
  /// The least cosine of texts that match, fitted to the held-out pairs (contrastive); nil for other objectives.
  public let threshold: Parameter?
  private let tower: TextTower
  private let overlap: NgramOverlap
  private let head: ClassifierHead?
  /// What the cosine of a base's vectors adds to the score, or to that of the second of two labels: nil without vectors. Few pairs teach no more
  /// than how much it counts, so that it has a way of its own.
  private let cosine: Linear?
  private static let cosineScale: Float = 2

  /// What the backward pass needs.
  public struct Saved {
    let tower: TextTower.Saved
    let vectors: Tensor
    let head: ClassifierHead.Saved?
    let cosine: Linear.Saved?
    /// Only where an input path is followed.
    let common: Common?
  }

  /// The shares of common n-grams in full, and the texts that have them.
  struct Common {
    let batch: CharacterBatch
    let shares: Tensor
  }

  /// Lays out the parameters; their values live in a ``ParameterStore``.
  ///
  /// - Throws: ``ConfigurationError`` where the settings do not make a network.
  public init(_ configuration: MatcherConfiguration) throws(ConfigurationError) {
    try self.init(configuration, vectors: nil)
  }

  /// The same with the vectors of a base among the features of a text; nil for none.
  ///
  /// - Parameters:
  ///   - configuration: The settings.
  ///   - vectors: Gives the vectors.
  ///   - favoursCosine: Whether the cosine of the vectors speaks for the score, or the second of two labels, before anything is learned.
  /// - Throws: ``ConfigurationError`` where the settings do not make a network.
  package init(_ configuration: MatcherConfiguration, vectors: VectorReader?, favoursCosine: Bool = true)
    throws(ConfigurationError)
  {
    try configuration.validate()
    self.configuration = configuration
    var builder = ParameterBuilder()
    tower = TextTower(configuration, vectors: vectors, builder: &builder)
    overlap = NgramOverlap(lengths: configuration.overlaps, symmetric: configuration.isSymmetric)
    if configuration.objective == .contrastive {
      head = nil
      cosine = nil
      threshold = builder.scope("output", part: .head) {
        $0.addState("threshold", shape: [1], initialization: .zeros, range: -1...1)
      }
    } else {
      let features = tower.parts.reduce(overlap.columns) {
        $0 + PairFeatures.columns(of: $1.count, symmetric: configuration.isSymmetric)
      }
      head = ClassifierHead(
        inputs: features, hidden: configuration.hidden, classes: configuration.classes,
        dropouts: Array(repeating: configuration.dropout, count: configuration.hidden.count + 1), builder: &builder)
      let hasOneScore = configuration.objective == .regression || configuration.classes == 2
      cosine =
        vectors == nil || !hasOneScore
        ? nil
        : builder.scope("cosine", part: .head) {
          Linear(inputs: 1, outputs: 1, initialization: favoursCosine ? .ones : .zeros, builder: &$0)
        }
      threshold = nil
    }
    parameters = builder.layout
  }

  /// What gives the vectors of a base; nil for none.
  package var vectors: VectorReader? { tower.vectors?.reader }

  /// Numbers of a text's vector.
  public var dimension: Int { tower.dimension }

  /// A vector for each text, [texts, dimension], for prediction.
  public func vectors(of batch: CharacterBatch, _ pass: Pass) -> Tensor { tower.forward(batch, pass).0 }

  /// The rows of the tower's last block along each text, before they are pooled.
  package func rows(of batch: CharacterBatch, _ pass: Pass) -> Frames { tower.encoder.forward(batch, pass).0 }

  /// What the objective makes of each pair: scores of the labels before softmax, [pairs, classes]; a score before the
  /// sigmoid, [pairs, 1]; or the cosine, [pairs, 1]. The batch holds the first texts of all pairs, then the second ones.
  public func forward(_ batch: CharacterBatch, _ pass: Pass) -> (outputs: Tensor, saved: Saved) {
    let (vectors, towerSaved) = tower.forward(batch, pass)
    let pairs = vectors.rows / 2
    precondition(vectors.rows == 2 * pairs, "a batch of pairs has two texts for each")
    let (u, v) = (vectors.rows(0..<pairs), vectors.rows(pairs..<2 * pairs))
    guard let head else {
      let cosines = pass.tensor(rows: pairs, columns: 1)
      pass.device.cosines(u, v, into: cosines)
      return (cosines, Saved(tower: towerSaved, vectors: vectors, head: nil, cosine: nil, common: nil))
    }
    var common: Common?
    let features = pass.tensor(rows: pairs, columns: featureColumns)
    forEachPart { part, columns in
      pass.device.pairFeatures(
        u.columns(part), v.columns(part), symmetric: configuration.isSymmetric, into: features.columns(columns))
    }
    if overlap.columns > 0 {
      let shares = overlap.features(of: batch, pass)
      let pairsOfPath = pass.path.map { $0.scaled(shares, ofPairs: pairs, pass) }
      pass.device.copy(
        pairsOfPath ?? shares, into: features.columns(featureColumns - overlap.columns..<featureColumns))
      common = pass.path == nil ? nil : Common(batch: batch, shares: shares)
    }
    let (outputs, headSaved) = head.forward(features, pass)
    var cosineSaved: Linear.Saved?
    if let cosine {
      // 2 cos - 1, so that texts which have nothing to do with one another begin with a low score.
      let (cosines, x) = (pass.tensor(rows: pairs, columns: 1), pass.tensor(rows: pairs, columns: 1))
      pass.device.copy(features.columns(cosineColumn), into: cosines)
      pass.device.fill(x, with: -1)
      pass.device.blend(cosines, alpha: Self.cosineScale, beta: 1, into: x)
      let (y, saved) = cosine.forward(x, pass)
      pass.device.add(y, to: outputs.columns(outputs.columns - 1..<outputs.columns))
      cosineSaved = saved
    }
    return (outputs, Saved(tower: towerSaved, vectors: vectors, head: headSaved, cosine: cosineSaved, common: common))
  }

  /// Adds the gradients of all parameters, given that of the outputs.
  public func backward(_ doutputs: Tensor, _ saved: Saved, _ pass: Pass) {
    let pairs = doutputs.rows
    let vectors = saved.vectors
    let (u, v) = (vectors.rows(0..<pairs), vectors.rows(pairs..<2 * pairs))
    let dvectors = pass.tensor(rows: vectors.rows, columns: vectors.columns)
    let (du, dv) = (dvectors.rows(0..<pairs), dvectors.rows(pairs..<2 * pairs))
    if let head, let headSaved = saved.head {
      let dfeatures = head.backward(doutputs, headSaved, pass)
      if let cosine, let cosineSaved = saved.cosine {
        let dy = pass.tensor(rows: pairs, columns: 1)
        pass.device.copy(doutputs.columns(doutputs.columns - 1..<doutputs.columns), into: dy)
        let dx = cosine.backward(dy, cosineSaved, pass)
        pass.device.blend(dx, alpha: Self.cosineScale, beta: 0, into: dx)
        pass.device.add(dx, to: dfeatures.columns(cosineColumn))
      }
      if let path = pass.path, let common = saved.common {
        let columns = featureColumns - overlap.columns..<featureColumns
        overlap.spread(dfeatures.columns(columns), times: common.shares, of: common.batch, path, pass)
      }
      forEachPart { part, columns in
        pass.device.pairFeaturesGradient(
          u.columns(part), v.columns(part), symmetric: configuration.isSymmetric, dy: dfeatures.columns(columns),
          into: du.columns(part), dv.columns(part))
      }
    } else {
      pass.device.cosinesGradient(u, v, dy: doutputs, into: du, dv)
    }
    tower.backward(dvectors, saved.tower, pass)
  }

  private var featureColumns: Int {
    tower.parts.reduce(overlap.columns) {
      $0 + PairFeatures.columns(of: $1.count, symmetric: configuration.isSymmetric)
    }
  }

  /// The feature that is the cosine of the base's vectors, which are the last part.
  private var cosineColumn: Range<Int> {
    let end = featureColumns - overlap.columns
    return end - 1..<end
  }

  /// Hands each part of the vectors to `body`, with the columns of its features.
  private func forEachPart(_ body: (_ part: Range<Int>, _ features: Range<Int>) -> Void) {
    var next = 0
    for part in tower.parts {
      let count = PairFeatures.columns(of: part.count, symmetric: configuration.isSymmetric)
      body(part, next..<next + count)
      next += count
    }
  }

  /// Forward, loss and backward: adds the gradients of the mean loss of a pair and returns it.
  ///
  /// - Parameters:
  ///   - batch: The first texts of all pairs, then the second ones.
  ///   - labels: The number of each pair's label; for the contrastive objective 1 where the texts match. Not read for scores.
  ///   - targets: Each pair's score, from 0 at the lowest to 1 at the highest, [pairs, 1]. Not read for labels.
  ///   - smoothing: Label smoothing of the classification.
  ///   - pass: A training pass.
  public func addGradients(
    _ batch: CharacterBatch, labels: IndexTensor, targets: Tensor, smoothing: Float, _ pass: Pass
  ) -> Double {
    let (outputs, saved) = forward(batch, pass)
    let losses = pass.tensor(rows: outputs.rows, columns: 1)
    let doutputs = pass.tensor(rows: outputs.rows, columns: outputs.columns)
    let scale = 1 / Float(max(outputs.rows, 1))
    switch configuration.objective {
    case .classification:
      pass.device.crossEntropy(
        outputs, labels: labels, smoothing: smoothing, scale: scale, losses: losses, into: doutputs)
    case .contrastive:
      pass.device.contrastiveLoss(
        outputs, labels: labels, margin: configuration.margin, scale: scale, losses: losses, into: doutputs)
    case .regression:
      pass.device.sigmoidSquaredError(outputs, targets: targets, scale: scale, losses: losses, into: doutputs)
    }
    backward(doutputs, saved, pass)
    return pass.device.sum(losses) / Double(max(outputs.rows, 1))
  }

  /// One entry a layer, in order, for tables.
  public var layers: [LayerDescription] {
    // Up to the pooling of the text a classifier of the same settings has the same layers.
    var result = (try? GatedNetwork(configuration.gated).layers) ?? []
    if let end = result.firstIndex(where: { $0.name == "global" }) { result.removeSubrange((end + 1)...) }
    func append(_ name: String, _ kind: String, channels: Int, operations: Int) {
      var layer = LayerDescription.row(
        name, kind, rows: "1", channels: channels, operations: operations, parameters)
      layer.isPerText = true
      result.append(layer)
    }
    if let ngrams = tower.ngrams {
      let lengths = configuration.ngrams.map(String.init).joined(separator: ",")
      append(
        "ngrams", "hashed n-grams \(lengths), \(1 << ngrams.bits) rows, beside it", channels: dimension, operations: 0)
    }
    if let vectors = tower.vectors {
      append(
        "vectors", "vector of a base, \(vectors.channels) numbers, beside it", channels: dimension, operations: 0)
    }
    append("normalizations", "layer normalization of each part", channels: dimension, operations: 8 * dimension)
    guard configuration.objective != .contrastive else {
      append("cosine", "cosine of the two texts' vectors", channels: 1, operations: 6 * dimension)
      return result
    }
    let kind = configuration.isSymmetric ? "u + v, |u - v|, u v, cosine" : "u, v, |u - v|, u v, cosine"
    append(
      "features", kind + (overlap.columns > 0 ? ", common n-grams" : ""), channels: featureColumns,
      operations: 6 * dimension)
    var channels = featureColumns
    for (number, width) in configuration.hidden.enumerated() {
      append("hidden.\(number)", "fully connected, relu", channels: width, operations: 2 * channels * width)
      channels = width
    }
    append(
      "output", "fully connected", channels: configuration.classes, operations: 2 * channels * configuration.classes)
    if cosine != nil {
      append("cosine", "what the cosine of the base's vectors adds", channels: 1, operations: 2)
    }
    return result
  }
}
