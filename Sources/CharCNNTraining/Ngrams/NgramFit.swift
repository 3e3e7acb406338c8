package import CharCNNCompute
internal import CharCNNFiles
package import CharCNNNetworks

/// Training texts as their n-grams, and the linear models that are fitted to them: support vector machines with the squared
/// hinge loss, one class against the rest, or ridge regression where texts have scores; each at the optimum of its convex problem.
package struct NgramFit {
  /// The n-grams.
  package let vocabulary: NgramVocabulary
  let features: NgramFeatures
  let roles: [WordRole]
  let texts: any TextCorpus
  let validation: (any TextCorpus)?
  let classes: Int
  let device: CPUDevice
  let seed: UInt64
  let balance: NgramConfiguration.Balance
  /// Called now and then; what it throws ends the search.
  let check: @Sendable () throws -> Void
  /// The training texts, after them those to measure with.
  private(set) var rows: SparseRows
  /// Class of each row, or number of its labels.
  let labels: [Int32]
  /// What the numbers of labels mean, where texts may have several; nil where each has one class.
  let sets: LabelSets?
  /// What the model is to say of each number in the place of a class, where texts have scores; nil where they have classes.
  let scores: [Float]?
  /// What is learned where texts have shares of several classes, or count differently: a soft label is its hard ones, weighted. Nil where each text
  /// is one example.
  let targets: ExampleTargets?
  /// The same of the validation texts.
  let heldTargets: ExampleTargets?
  let examples: NgramExamples?
  /// Gives a text's vector, whose numbers are features behind those of the n-grams; nil for n-grams alone.
  private(set) var vectors: VectorReader?
  /// How much each training text counts by its class; nil where all count the same.
  let weights: [Float]?
  /// Number of training texts.
  let count: Int
  /// How many of these, the last ones, are learned from and never asked about: nobody will ask models about such texts.
  package var unasked = 0
  /// N-grams of rare texts that were left out, since models of so many classes would take much memory.
  let leftOut: Int
  /// The feature of each row of the vocabulary: frequent n-grams come first, so that their weights are close to each other.
  let featureOfRow: [UInt32]

  /// Counts the n-grams of texts.
  ///
  /// - Parameters:
  ///   - features: Which n-grams.
  ///   - roles: The role of each index of the alphabet in words.
  ///   - texts: What to learn from; every label is known.
  ///   - validation: Other texts to choose by.
  ///   - classes: Number of classes.
  ///   - sets: What the numbers in the place of classes mean, where texts may have several labels.
  ///   - scores: What the model is to say of each number in the place of a class, where texts have scores: they are one class then.
  ///   - targets: Soft labels and weights, by the original numbers of the texts.
  ///   - heldTargets: The same of the validation texts.
  ///   - vectors: Gives vectors of the texts that count beside their n-grams.
  ///   - balance: How much rare classes count; all texts count the same where they may have several labels, and where they have scores.
  ///   - seed: Decides the order in which texts are looked at.
  ///   - device: Threads and instructions.
  ///   - mostWeights: Weights in floats that the models of a search have at most; of n-grams that would make more, the rarest are left out.
  ///   - checkMemory: Receives the bytes that the search takes, roughly, before they are taken; what it throws ends the work.
  ///   - check: Called for a quarter of a million characters that are counted, for a million that are read, and for each pass over all
  ///     texts, from several threads; what it throws ends the work.
  /// - Throws: When a text cannot be read again, and what the checks throw.
  package init(
    _ features: NgramFeatures, roles: [WordRole], texts: any TextCorpus, validation: (any TextCorpus)?, classes: Int,
    sets: LabelSets? = nil, scores: [Float]? = nil, targets: ExampleTargets? = nil, heldTargets: ExampleTargets? = nil,
    vectors: VectorReader? = nil, balance: NgramConfiguration.Balance = .none, seed: UInt64,
    device: CPUDevice,
    mostWeights: Int = 1 << 28,
    checkMemory: (_ bytes: Double) throws -> Void = { _ in },
    check: @escaping @Sendable () throws -> Void = {}
  ) throws {
    // Two machines where there are scales, each with the validation texts and without where these are some of the training texts.
    let models =
      LinearNgrams.columns(classes: classes, several: sets != nil || scores != nil)
      * (scores == nil && NgramChoice.isScalable(classes: classes) ? 2 : 1)
      * (validation == nil ? 2 : 1)
    let (vocabulary, entries, leftOut) = try Self.count(
      texts, NgramScanner(features, roles: roles), minimumTexts: features.minimumTexts, most: mostWeights / models,
      device: device, check: check)
    // Weights in floats, in bytes and those once more while they are put together; and those of the blocks that are being looked for.
    let weights = Double(vocabulary.count) * Double(models)
    let blocks = 2 * Double(vocabulary.count * min(models, 16 * device.threadCount))
    // Costs are compared beside a copy without the numbers of vectors.
    let numbers = vectors.map { $0.dimension * texts.count + entries } ?? 0
    try checkMemory(
      Self.bytesOfEntry * Double(entries + numbers) * Self.share(texts, validation)
        + Double(MemoryLayout<Float>.stride) * (weights + blocks) + 2 * weights)
    try self.init(
      vocabulary, expecting: entries, leftOut: leftOut, features: features, roles: roles, texts: texts,
      validation: validation, classes: classes, sets: sets, scores: scores, targets: targets, heldTargets: heldTargets,
      vectors: vectors, balance: balance, seed: seed, device: device, check: check)
  }

  /// The n-grams of texts; what they are counted in is no longer there when the texts are read again.
  static func count(
    _ texts: any TextCorpus, _ scanner: NgramScanner, minimumTexts: Int, most: Int, device: CPUDevice,
    check: () throws -> Void
  ) throws -> (ngrams: NgramVocabulary, entries: Int, leftOut: Int) {
    let counted = CountedNgrams(scanner: scanner)
    // A character begins some ten n-grams of eight bytes each, all of which are in memory at once.
    try texts.forEachBlock(characters: 1 << 18) {
      try check()
      counted.add($0, device: device)
    }
    return counted.vocabulary(minimumTexts: minimumTexts, most: most, device: device)
  }

  /// A feature and a value.
  private static let bytesOfEntry = 8.0

  /// Entries of all texts for each of the training texts: the validation texts have about as many, each.
  private static func share(_ texts: any TextCorpus, _ validation: (any TextCorpus)?) -> Double {
    1 + Double(validation?.count ?? 0) / Double(max(texts.count, 1))
  }

  /// Reads which of some n-grams the texts have.
  ///
  /// - Parameters:
  ///   - vocabulary: The n-grams.
  ///   - entries: How many of them the training texts have, each counted once a text: it spares memory, and any number is right.
  ///   - leftOut: N-grams that are none of them, since they are rare.
  init(
    _ vocabulary: NgramVocabulary, expecting entries: Int, leftOut: Int, features: NgramFeatures, roles: [WordRole],
    texts: any TextCorpus, validation: (any TextCorpus)?, classes: Int, sets: LabelSets?,
    scores: [Float]?, targets: ExampleTargets?, heldTargets: ExampleTargets?, vectors: VectorReader?,
    balance: NgramConfiguration.Balance, seed: UInt64, device: CPUDevice,
    check: @escaping @Sendable () throws -> Void
  ) throws {
    self.leftOut = leftOut
    self.sets = sets
    self.scores = scores
    self.targets = targets
    self.heldTargets = heldTargets
    self.vectors = vectors
    self.features = features
    self.roles = roles
    self.texts = texts
    self.validation = validation
    self.classes = classes
    self.device = device
    self.seed = seed
    self.balance = balance
    self.check = check
    let featureOfRow = Self.features(byRarity: vocabulary.rarities)
    let dimension = vectors?.dimension ?? 0
    var rows = SparseRows(
      featureCount: vocabulary.count + dimension,
      expecting: Int(Double(entries + dimension * texts.count) * Self.share(texts, validation)))
    let reader = WeighedNgrams(scanner: NgramScanner(features, roles: roles), vocabulary: vocabulary)
    var labels: [Int32] = []
    for corpus in [texts, validation].compactMap({ $0 }) {
      try corpus.forEachBlock { block in
        try check()
        let parts = device.map(block.parts.count) { [featureOfRow] in
          block.rows(
            of: block.parts[$0], reader: reader, featureOfRow: featureOfRow, vectors: vectors, device: device)
        }
        for part in parts { rows.append(part) }
      }
      labels += (0..<corpus.count).map { corpus.label(of: $0) }
    }
    self.vocabulary = vocabulary
    self.featureOfRow = featureOfRow
    self.rows = rows
    self.labels = labels
    count = texts.count
    let hasOneClass = sets == nil && scores == nil
    var examples = targets.map { NgramExamples($0, of: texts, labels: labels, hasSeveral: !hasOneClass) }
    let known = examples?.labels[...] ?? labels.prefix(texts.count)
    let factors =
      hasOneClass ? balance.factors(labels: known, amounts: examples?.amounts, classes: classes) : nil
    if let factors { examples?.balance(factors) }
    self.examples = examples
    weights = factors.map { factors in labels.prefix(texts.count).map { factors[Int($0)] } }
  }

  /// The place of each row of the vocabulary where frequent n-grams come first, of equals those with lower rows.
  private static func features(byRarity rarities: [UInt8]) -> [UInt32] {
    var places = [UInt32](repeating: 0, count: Int(UInt8.max) + 1)
    for rarity in rarities { places[Int(rarity)] += 1 }
    var first: UInt32 = 0
    for rarity in places.indices {
      (places[rarity], first) = (first, first + places[rarity])
    }
    return rarities.map { rarity in
      defer { places[Int(rarity)] += 1 }
      return places[Int(rarity)]
    }
  }

  /// The same texts seen by their n-grams alone.
  var withoutVectors: NgramFit {
    guard let dimension = vectors?.dimension else { return self }
    var result = self
    result.vectors = nil
    var ngrams = SparseRows(featureCount: vocabulary.count, expecting: rows.features.count - dimension * rows.count)
    for row in 0..<rows.count {
      let entries = rows.offsets[row]..<rows.offsets[row + 1] - dimension
      ngrams.features += rows.features[entries]
      ngrams.values += rows.values[entries]
      ngrams.endRow()
    }
    result.rows = ngrams
    return result
  }

  /// Entries of all texts.
  package var entries: Int { rows.features.count }

  /// Problems: one for each class, one alone for two of which a text has one, and for scores.
  var problems: Int { LinearNgrams.columns(classes: classes, several: sets != nil || scores != nil) }

  /// The class that a problem tells from all others.
  func positive(_ problem: Int) -> Int { problems < classes ? 1 : problem }

  /// The classes of a row.
  func classes(ofRow row: Int) -> ArraySlice<Int32> { sets.map { $0[labels[row]].classes[...] } ?? labels[row...row] }

  /// The shares of the classes of a row.
  func shares(ofRow row: Int) -> [(label: Int32, share: Float)] {
    if sets == nil {
      if row < count, let targets { return targets.classes(of: texts.original(of: row)) }
      if row >= count, let heldTargets, let validation {
        return heldTargets.classes(of: validation.original(of: row - count))
      }
    }
    return classes(ofRow: row).map { ($0, 1) }
  }

  func descent(groups: [UInt8]?) -> CoordinateDescent {
    var descent = CoordinateDescent(rows)
    descent.loss = scores == nil ? .squaredHinge : .squaredError
    descent.rows = examples?.rows ?? (0..<UInt32(count)).map { $0 }
    descent.groups =
      examples.flatMap { examples in groups.map { groups in examples.rows.map { groups[Int($0)] } } } ?? groups
    descent.weights = examples?.weights ?? weights
    descent.seed = seed
    return descent
  }

  /// The problems of some machines without each of some groups, in this order: the machines, the groups, the problems.
  ///
  /// - Parameters:
  ///   - factors: The squared factors of the features for each of the groups and each problem; see ``factors(_:groups:held:)``.
  ///   - starts: Dual variables to start from, for each of the groups.
  func columns(
    _ machines: [NgramMachine], held: [UInt8?], factors: [SquaredFactors], starts: [Duals]
  ) -> [LinearColumn] {
    machines.flatMap { machine in
      held.indices.flatMap {
        columns(
          machine, held: held[$0], factors: factors[$0][machine.factors], starts: starts[$0][machine])
      }
    }
  }

  /// The squared factors of all features for each problem, by what they depend on; none where all are 1.
  typealias SquaredFactors = [NgramMachine.Factors: [[Float]]]

  /// The dual variables of each problem of a machine, one for each training text: a search for much the same model can go on from them.
  typealias Duals = [NgramMachine: [[Float]]]

  private func columns(_ machine: NgramMachine, held: UInt8?, factors: [[Float]]?, starts: [[Float]]?) -> [LinearColumn]
  {
    let (labels, sets, scores) = (examples?.labels ?? labels, sets, scores)
    return (0..<problems).map { problem in
      let positive = Int32(positive(problem))
      var column = LinearColumn(cost: machine.cost, held: held, squaredFactors: factors?[problem]) { example in
        if let scores { return scores[Int(labels[example])] }
        let isRight = sets.map { $0[labels[example]].classes.contains(positive) } ?? (labels[example] == positive)
        return isRight ? 1 : -1
      }
      column.start = starts?[problem]
      // What is only compared, or mixed with, need not be so near.
      if held != nil { column.precision = Self.comparedPrecision }
      return column
    }
  }
}

extension NgramConfiguration.Balance {
  /// How much an example of each class counts; nil where all count the same.
  ///
  /// - Parameters:
  ///   - labels: The class of each example.
  ///   - amounts: How much each counts besides; nil where all count the same.
  ///   - classes: Number of classes.
  func factors(labels: ArraySlice<Int32>, amounts: [Float]?, classes: Int) -> [Float]? {
    var sums = [Double](repeating: 0, count: classes)
    for (place, label) in labels.enumerated() { sums[Int(label)] += amounts.map { Double($0[place]) } ?? 1 }
    let occurring = sums.filter { $0 > 0 }
    guard self != .none, let first = occurring.first, occurring.contains(where: { $0 != first }) else { return nil }
    let mean = sums.reduce(0, +) / Double(occurring.count)
    return sums.map { sum in
      let ratio = sum > 0 ? mean / sum : 1
      return Float(self == .root ? ratio.squareRoot() : ratio)
    }
  }
}
