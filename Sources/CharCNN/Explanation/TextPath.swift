import CharCNNCompute
import CharCNNNetworks
import CharCNNText

/// A text of a model on its way from nothing to itself: the scores of the part that answers at any fraction of its
/// characters, and their derivatives.
struct TextPath<Model: ExplainedModel> {
  /// Rows of a batch.
  private static var rows: Int { 4_096 }

  private let model: Model
  private let characters: [Int32]
  /// The chunks that are judged alone; one where texts are read whole.
  private let pieces: [Range<Int>]
  /// What the scores of each part of the network count; none where it is not asked.
  private let weights: [Double]
  /// What those of the n-grams count.
  private let ngramWeight: Double
  private let shares: [NgramShares]
  /// What the vector of a base says beside them; nil where there is none.
  private let vector: VectorPath?
  private let classes: Int

  /// What gives the answer.
  let part: TextClassifier.Explanation.Part

  /// - Parameters:
  ///   - model: The model.
  ///   - characters: The text in the model's alphabet, as much as it reads.
  ///   - part: What answers; nil finds out.
  init(_ model: Model, _ characters: [Int32], part known: TextClassifier.Explanation.Part? = nil) {
    self.model = model
    self.characters = characters
    classes = model.outputCount
    let count = model.chunkLength.map {
      TextChunks.count(characters: characters.count, chunkLength: $0)
    }
    pieces = (0..<(count ?? 1)).map { TextChunks.range($0, of: count ?? 1, characters: characters.count) }
    let (network, device) = (model.network, model.device)
    let mixture = network.mixture.map { device.read(model.store.tensor($0)).map(Double.init) } ?? [1]
    guard let linear = model.linear, let scorer = network.ngramScorer else {
      // A table that learns in steps is a part of the network.
      (weights, ngramWeight, shares, vector) = (mixture, 0, [], nil)
      part = !model.architecture.hasNetwork ? .ngrams : mixture.count > 1 ? .both : .network
      return
    }
    var reader = linear.makeReader()
    let shares = pieces.map { piece in
      characters[piece].prefix(scorer.length).withUnsafeBufferPointer { linear.shares(of: $0, reader: &reader) }
    }
    self.shares = shares
    vector = linear.vectors.flatMap {
      VectorPath($0, classes: linear.classes, text: characters.prefix(scorer.length), device: device)
    }
    let hasNetwork = mixture.count == 2 && mixture[0] != 0
    if let cascade = model.cascade, hasNetwork, known != .both,
      known == .ngrams || cascade.isSure(scorer.scores(of: characters, device: device)[...])
    {
      (weights, ngramWeight, part) = ([], cascade.weight, .ngrams)
    } else {
      weights = hasNetwork ? [mixture[0]] : []
      ngramWeight = mixture[mixture.count - 1]
      part = hasNetwork ? .both : .ngrams
    }
  }

  /// Whether the scores are linear in what the characters bring, so that walking costs nothing.
  var isLinear: Bool { weights.isEmpty && vector == nil }

  private static func scores(_ shares: NgramShares, _ fraction: Double) -> [Double] {
    zip(shares.rest, shares.scores).map { $0 + fraction * $1 }
  }

  /// What is known at some fractions. Its parts are what each character adds through the network; after them the derivatives of the
  /// value by all scores, and those by the sum of the base's rows.
  ///
  /// - Throws: ``ConfigurationError`` for a network that does not read its characters through the library's layers.
  func nodes(
    _ fractions: [Double], _ explained: @escaping ExplainedValue
  ) throws(ConfigurationError) -> [PathIntegral.Node] {
    var scores = ngramScores(fractions)
    var nodes: [PathIntegral.Node] = []
    /// Makes the nodes, once all scores are there.
    func finish() {
      nodes = fractions.indices.map { place in
        let (value, gradient) = explained(Array(scores[place * classes..<(place + 1) * classes]))
        return PathIntegral.Node(
          score: value, slope: 0, parts: [Double](repeating: 0, count: characters.count) + gradient)
      }
      guard let vector else { return }
      let gradients = nodes.flatMap { node in self.gradient(node.parts).map { $0 * ngramWeight } }
      let found = vector.gradients(at: fractions, of: gradients)
      for place in nodes.indices { nodes[place].parts += found[place * vector.rank..<(place + 1) * vector.rank] }
    }
    let texts = fractions.flatMap { fraction in pieces.map { (fraction: fraction, piece: $0) } }
    let plan = BatchPlan(
      lengths: texts.map { model.network.rows(ofText: $0.piece.count) }, budget: Self.rows)
    /// The gradient by the scores of a batch.
    func gradients(_ numbers: [Int]) -> [Float] {
      weights.flatMap { weight in
        numbers.flatMap { number in
          gradient(nodes[number / pieces.count].parts).map { Float(weight * $0 / Double(pieces.count)) }
        }
      }
    }
    func add(_ values: [Float], _ numbers: [Int]) {
      for (part, weight) in weights.enumerated() {
        for (row, number) in numbers.enumerated() {
          for label in 0..<classes {
            scores[number / pieces.count * classes + label] +=
              weight / Double(pieces.count) * Double(values[(part * numbers.count + row) * classes + label])
          }
        }
      }
    }
    func take(_ path: InputPath, _ numbers: [Int]) {
      for (row, number) in numbers.enumerated() {
        for (place, product) in zip(texts[number].piece, path.products(of: row)) {
          nodes[number / pieces.count].parts[place] += product
        }
      }
    }
    if weights.isEmpty {
      finish()
    } else if plan.count == 1 {
      // The usual case goes forward once.
      try walk(plan[0].map { texts[$0] }) { values in
        add(values, plan[0])
        finish()
        return gradients(plan[0])
      } taken: {
        take($0, plan[0])
      }
    } else {
      for batch in 0..<plan.count { add(try walk(plan[batch].map { texts[$0] }), plan[batch]) }
      finish()
      for batch in 0..<plan.count {
        try walk(plan[batch].map { texts[$0] }) { _ in
          gradients(plan[batch])
        } taken: {
          take($0, plan[batch])
        }
      }
    }
    for place in nodes.indices { nodes[place].slope = slope(nodes[place].parts) }
    return nodes
  }

  /// The scores at the end of the path, where nothing goes back.
  func scores(at fraction: Double) throws(ConfigurationError) -> [Double] {
    var scores = ngramScores([fraction])
    if weights.isEmpty { return scores }
    let texts = pieces.map { (fraction: fraction, piece: $0) }
    let plan = BatchPlan(
      lengths: pieces.map { model.network.rows(ofText: $0.count) }, budget: Self.rows)
    for batch in 0..<plan.count {
      let values = try walk(plan[batch].map { texts[$0] })
      for (row, weight) in weights.enumerated() {
        for place in 0..<plan[batch].count * classes {
          scores[place % classes] +=
            weight / Double(pieces.count) * Double(values[row * plan[batch].count * classes + place])
        }
      }
    }
    return scores
  }

  /// What each character adds, by the integrals of the nodes' parts.
  func values(of integrals: [Double]) -> [Double] {
    var values = Array(integrals.prefix(characters.count))
    guard let linear = model.linear else { return values }
    let factors = gradient(integrals).map { $0 * ngramWeight / Double(pieces.count) }
    for (piece, shares) in zip(pieces, shares) { linear.add(shares, times: factors, to: &values[piece]) }
    if let vector { vector.add(Array(integrals.suffix(vector.rank)), to: &values[...]) }
    return values
  }

  /// The derivatives by the scores among some parts.
  private func gradient(_ parts: [Double]) -> ArraySlice<Double> {
    parts[characters.count..<characters.count + classes]
  }

  /// The derivative of the value by the fraction, of which the parts are known.
  private func slope(_ parts: [Double]) -> Double {
    var sum = parts.prefix(characters.count).reduce(0, +)
    for shares in shares {
      for (gradient, score) in zip(gradient(parts), shares.scores) {
        sum += gradient * score * ngramWeight / Double(pieces.count)
      }
    }
    return sum + (vector.map { $0.slope(parts.suffix($0.rank)) } ?? 0)
  }

  /// What the n-grams and the vector say at some fractions, [fractions, classes].
  private func ngramScores(_ fractions: [Double]) -> [Double] {
    var all = fractions.flatMap { fraction in
      var sums = [Double](repeating: 0, count: classes)
      for shares in shares {
        for (label, score) in Self.scores(shares, fraction).enumerated() {
          sums[label] += ngramWeight / Double(pieces.count) * score
        }
      }
      return sums
    }
    if let vector {
      for (place, score) in vector.scores(at: fractions).enumerated() { all[place] += ngramWeight * score }
    }
    return all
  }

  /// Takes texts at their fractions through the network, and back where `gradient` says so.
  @discardableResult
  private func walk(
    _ texts: [(fraction: Double, piece: Range<Int>)], gradient: ((_ scores: [Float]) -> [Float])? = nil,
    taken: (_ path: InputPath) -> Void = { _ in }
  ) throws(ConfigurationError) -> [Float] {
    let (network, device, store) = (model.network, model.device, model.store)
    let path = InputPath(fractions: texts.map { Float($0.fraction) })
    let values = model.workspaces.withWorkspace { workspace in
      let batch = CharacterBatch(
        count: texts.count, fixedLength: network.length, workspace: workspace,
        length: { network.characters(ofText: texts[$0].piece.count) },
        copy: { text, buffer in
          _ = buffer.update(fromContentsOf: characters[texts[text].piece].prefix(buffer.count))
        })
      let pass = Pass.prediction(device: device, workspace: workspace, store: store)
      let values = network.follow(path, batch, pass, gradient: gradient)
      if path.isRead { taken(path) }
      return values
    }
    guard path.isRead else {
      throw ConfigurationError(
        setting: "method",
        problem:
          "gradients is not for the network \(model.architecture.name), which reads its characters by a layer of its own",
        advice: "use occlusion")
    }
    return values
  }
}
