package import CharCNNCompute
internal import CharCNNFiles
package import CharCNNNetworks

/// Training texts as their n-grams, and the linear models that are fitted to them: support vector machines with the squared
/// hinge loss, one class against the rest, each at the optimum of its convex problem.
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
  let rows: SparseRows
  /// Class of each row.
  let labels: [Int32]
  /// How much each training text counts; nil where all count the same.
  let weights: [Float]?
  /// Number of training texts.
  let count: Int
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
  ///   - balance: How much rare classes count.
  ///   - seed: Decides the order in which texts are looked at.
  ///   - device: Threads and instructions.
  ///   - check: Called for each text that is counted, for texts of a million characters and for each pass over all of them, from
  ///     several threads; what it throws ends the work.
  /// - Throws: When a text cannot be read again, and what `check` throws.
  package init(
    _ features: NgramFeatures, roles: [WordRole], texts: any TextCorpus, validation: (any TextCorpus)?, classes: Int,
    balance: NgramConfiguration.Balance = .none, seed: UInt64, device: CPUDevice,
    check: @escaping @Sendable () throws -> Void = {}
  ) throws {
    let scanner = NgramScanner(features, roles: roles)
    let (vocabulary, entries) = try Self.count(texts, scanner, minimumTexts: features.minimumTexts, check: check)
    try self.init(
      vocabulary, expecting: entries, features: features, roles: roles, texts: texts, validation: validation,
      classes: classes, balance: balance, seed: seed, device: device, check: check)
  }

  /// Reads which of some n-grams the texts have.
  ///
  /// - Parameters:
  ///   - vocabulary: The n-grams.
  ///   - entries: How many of them the training texts have, each counted once a text: it spares memory, and any number is right.
  init(
    _ vocabulary: NgramVocabulary, expecting entries: Int, features: NgramFeatures, roles: [WordRole],
    texts: any TextCorpus, validation: (any TextCorpus)?, classes: Int, balance: NgramConfiguration.Balance,
    seed: UInt64, device: CPUDevice, check: @escaping @Sendable () throws -> Void
  ) throws {
    self.features = features
    self.roles = roles
    self.texts = texts
    self.validation = validation
    self.classes = classes
    self.device = device
    self.seed = seed
    self.balance = balance
    self.check = check
    let order = (0..<UInt32(vocabulary.count)).sorted {
      (vocabulary.rarities[Int($0)], $0) < (vocabulary.rarities[Int($1)], $1)
    }
    var featureOfRow = [UInt32](repeating: 0, count: vocabulary.count)
    for (feature, row) in order.enumerated() { featureOfRow[Int(row)] = UInt32(feature) }
    // The validation texts have about as many, each.
    let all = Double(entries) * (1 + Double(validation?.count ?? 0) / Double(max(texts.count, 1)))
    var rows = SparseRows(featureCount: vocabulary.count, expecting: Int(all))
    let reader = WeighedNgrams(scanner: NgramScanner(features, roles: roles), vocabulary: vocabulary)
    var labels: [Int32] = []
    for corpus in [texts, validation].compactMap({ $0 }) {
      try corpus.forEachBlock { block in
        try check()
        let parts = device.map(block.parts.count) { [featureOfRow] in
          block.rows(of: block.parts[$0], reader: reader, featureOfRow: featureOfRow)
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
    weights = balance.weights(labels: labels.prefix(texts.count), classes: classes)
  }

  /// The n-grams of texts; what they are counted in is no longer there when the texts are read again.
  private static func count(
    _ texts: any TextCorpus, _ scanner: NgramScanner, minimumTexts: Int, check: () throws -> Void
  ) throws -> (ngrams: NgramVocabulary, entries: Int) {
    var counted = CountedNgrams(scanner: scanner)
    try texts.forEachText {
      try check()
      counted.add($0)
    }
    return counted.vocabulary(minimumTexts: minimumTexts)
  }

  /// Entries of all texts.
  package var entries: Int { rows.features.count }

  /// Binary problems: one for each class, one alone for two.
  var problems: Int { LinearNgrams.columns(classes: classes) }

  private func descent(groups: [UInt8]?) -> CoordinateDescent {
    var descent = CoordinateDescent(rows)
    descent.rows = (0..<UInt32(count)).map { $0 }
    descent.groups = groups
    descent.weights = weights
    descent.seed = seed
    return descent
  }

  /// The problems of some machines without each of some groups, in this order: the machines, the groups, the problems.
  ///
  /// - Parameter starts: Dual variables to start from, for each of the groups.
  private func columns(
    _ machines: [NgramMachine], groups: [UInt8], held: [UInt8?], starts: [Duals]
  ) -> [LinearColumn] {
    // They do not depend on the cost.
    let isScaled = machines.contains(where: \.isScaled)
    let factors = held.map { isScaled ? squaredRatios(groups: groups, held: $0) : nil }
    return machines.flatMap { machine in
      held.indices.flatMap {
        columns(
          machine, held: held[$0], factors: machine.isScaled ? factors[$0] : nil, starts: starts[$0][machine])
      }
    }
  }

  /// The dual variables of each problem of a machine, one for each training text: a search for much the same model can go on from them.
  typealias Duals = [NgramMachine: [[Float]]]

  private func columns(_ machine: NgramMachine, held: UInt8?, factors: [[Float]]?, starts: [[Float]]?) -> [LinearColumn]
  {
    let labels = labels
    return (0..<problems).map { problem in
      let positive = Int32(classes == 2 ? 1 : problem)
      var column = LinearColumn(cost: machine.cost, held: held, squaredFactors: factors?[problem]) {
        labels[$0] == positive ? 1 : -1
      }
      column.start = starts?[problem]
      // What is only compared, or mixed with, need not be so near.
      if held != nil { column.precision = Self.comparedPrecision }
      return column
    }
  }

  /// The squared log-count ratio of each feature for each problem, with the mean 1 over the texts' entries.
  private func squaredRatios(groups: [UInt8], held: UInt8?) -> [[Float]] {
    let smoothing = 0.5
    // Whole numbers of texts, so that there are few different ones.
    let logarithms = (0...count).map { exactLogarithm(Double($0) + smoothing) }
    var counts = [Float](repeating: 0, count: rows.featureCount * classes)
    var texts = [Double](repeating: 0, count: classes)
    for text in 0..<count where held == nil || groups[text] != held {
      let label = Int(labels[text])
      texts[label] += 1
      for entry in rows.offsets[text]..<rows.offsets[text + 1] {
        counts[Int(rows.features[entry]) * classes + label] += 1
      }
    }
    let all = texts.reduce(0, +)
    let (featureCount, classes) = (rows.featureCount, classes)
    return device.map(problems) { [counts, texts] problem in
      let positive = classes == 2 ? 1 : problem
      var squares = [Float](repeating: 0, count: featureCount)
      var (sum, weight) = (0.0, 0.0)
      let scale = exactLogarithm((all - texts[positive] + 2 * smoothing) / (texts[positive] + 2 * smoothing))
      for feature in 0..<featureCount {
        var total: Float = 0
        for label in 0..<classes { total += counts[feature * classes + label] }
        let of = counts[feature * classes + positive]
        let ratio = logarithms[Int(of)] - logarithms[Int(total - of)] + scale
        squares[feature] = Float(ratio * ratio)
        sum += ratio * ratio * Double(total)
        weight += Double(total)
      }
      let factor = sum > 0 ? Float(weight / sum) : 1
      for feature in squares.indices { squares[feature] *= factor }
      return squares
    }
  }

  /// What models say of texts that they have not learned from.
  struct HeldOut {
    /// The scores that each machine gives the rows, [rows, problems].
    var scores: [[Float]]
    /// None where texts were left out in turn, or where they would take much memory.
    var duals: Duals
  }

  /// Part above the optimum's value that the models may have by which costs are compared.
  private static let comparedPrecision = 1e-2
  /// Dual variables that are kept at most.
  private static let mostDuals = 64_000_000

  /// Finds models without some of the texts, to compare their answers.
  ///
  /// - Parameters:
  ///   - groups: The group of each training text.
  ///   - held: The groups to leave out in turn; nil to score the rows behind the training texts.
  ///   - search: The search that these models belong to.
  func heldOut(
    _ machines: [NgramMachine], groups: [UInt8], held: [UInt8]?, _ search: NgramSearch
  ) throws -> HeldOut {
    let rowCount = rows.count
    let folds = held?.count ?? 1
    search.plan(models: machines.count * folds * problems)
    let scored = held.map { held in (0..<count).filter { held.contains(groups[$0]) } } ?? Array(count..<rowCount)
    let keepsDuals = folds == 1 && machines.count * problems * count <= Self.mostDuals
    let result = Guarded(
      HeldOut(
        scores: Array(repeating: [Float](repeating: 0, count: rowCount * problems), count: machines.count), duals: [:]))
    var descent = descent(groups: groups)
    descent.precision = Self.comparedPrecision
    var starts = [Duals](repeating: [:], count: folds)
    for step in steps(machines, folds: folds) {
      let columns = columns(
        Array(machines[step]), groups: groups, held: held.map { $0.map(Optional.some) } ?? [nil], starts: starts)
      let isFollowed = step.upperBound < machines.count && columns.count * count <= Self.mostDuals
      let empty = [[Float]](repeating: [], count: problems)
      let found = Guarded([Duals](repeating: [:], count: folds))
      try search.find(columns, with: descent, on: device) { block in
        var scores: [(machine: Int, place: Int, score: Float)] = []
        block.forEachMargin(of: scored) { row, column, margin in
          let fold = column / problems % folds
          if let held, groups[row] != held[fold] { return }
          scores.append((step.lowerBound + column / problems / folds, row * problems + column % problems, margin))
        }
        let duals = keepsDuals || isFollowed ? block.duals : []
        found.withLock { found in
          for (column, dual) in zip(block.columns, duals) {
            let machine = machines[step.lowerBound + column / problems / folds]
            found[column / problems % folds][machine, default: empty][column % problems] = dual
          }
        }
        result.withLock { result in
          for entry in scores { result.scores[entry.machine][entry.place] = entry.score }
        }
      }
      let duals = found.withLock { $0 }
      if keepsDuals { result.withLock { $0.duals.merge(duals[0]) { $1 } } }
      guard isFollowed else { continue }
      let cost = machines[step.upperBound].cost
      starts = duals.map { duals in
        Duals(
          uniqueKeysWithValues: duals.map { (NgramMachine(cost: cost, isScaled: $0.key.isScaled), $0.value) })
      }
    }
    return result.withLock { $0 }
  }

  /// Problems of one cost from which on costs are looked at one after another, each from the models of the one before: threads and
  /// vectors have enough to do then.
  private static let problemsOfStep = 16

  /// Machines whose models are found together: those of one cost, or all.
  private func steps(_ machines: [NgramMachine], folds: Int) -> [Range<Int>] {
    let ends = machines.indices.dropFirst().filter { machines[$0].cost != machines[$0 - 1].cost } + [machines.count]
    let all = zip([0] + ends, ends).map { $0..<$1 }
    let fewest = all.map { $0.count * folds * problems }.min() ?? 0
    return fewest < Self.problemsOfStep ? [0..<machines.count] : all
  }

  /// The class of the highest score.
  func answer(_ scores: ArraySlice<Float>) -> Int32 {
    if classes == 2 { return scores[scores.startIndex] > 0 ? 1 : 0 }
    return Int32((scores.indices.max { scores[$0] < scores[$1] } ?? scores.startIndex) - scores.startIndex)
  }

  /// The models of a choice, for each of some groups that they must not learn from; nil learns from all texts. The weights are the
  /// mean of those of the choice's machines.
  ///
  /// - Parameters:
  ///   - choice: The machines.
  ///   - groups: The group of each training text.
  ///   - held: The groups to leave out; a model for each.
  ///   - starts: Dual variables of the machines that were found before, for each of them.
  ///   - isCompared: Whether the models only tell which n-grams count, for which they need not be so near the optimum.
  ///   - search: The search that these models belong to.
  /// - Returns: The models, and where they are only compared their dual variables, unless these take much memory.
  func models(
    _ choice: NgramChoice, groups: [UInt8], held: [UInt8?], starts: [Duals], isCompared: Bool = false,
    _ search: NgramSearch
  ) throws -> (models: [LinearNgrams], duals: [Duals?]) {
    let machines = choice.machines
    let columns = zip(held, starts).flatMap { held, starts in
      self.columns(machines, groups: groups, held: [held], starts: [starts])
    }
    let found = Guarded(FoundModels(count: columns.count))
    let keepsDuals = isCompared && columns.count * count <= Self.mostDuals
    var descent = self.descent(groups: groups)
    if isCompared {
      descent.precision = Self.comparedPrecision
      // From models that hardly differ one pass is enough.
      if columns.allSatisfy({ $0.start != nil }) { descent.mostPasses = 1 }
    }
    try search.find(columns, with: descent, on: device) { block in
      let (weights, duals) = (block.weights, keepsDuals ? block.duals : [])
      found.withLock { $0.add(block, weights: weights, duals: duals) }
    }
    let all = found.withLock { $0 }
    let (share, problems) = (1 / Float(machines.count), problems)
    let duals = held.indices.map { number -> Duals? in
      guard keepsDuals else { return nil }
      let ofMachines = machines.indices.map { machine in
        (0..<problems).map { all.duals[(number * machines.count + machine) * problems + $0] }
      }
      return Duals(uniqueKeysWithValues: zip(machines, ofMachines))
    }
    let models = held.indices.map { number in
      let first = number * machines.count * problems
      return LinearNgrams(
        features: features, roles: roles, vocabulary: vocabulary, classes: classes,
        bias: (0..<problems).map { problem in
          machines.indices.reduce(0) { $0 + share * all.biases[first + $1 * problems + problem] }
        },
        device: device
      ) { [featureOfRow, machines = machines.count] row, weights in
        weights.update(repeating: 0)
        for machine in 0..<machines {
          all.add(
            share, times: first + machine * problems..<first + (machine + 1) * problems,
            of: Int(featureOfRow[row]), to: weights)
        }
      }
    }
    return (models, duals)
  }
}

/// What a search has found: models, each with its number.
private struct FoundModels: Sendable {
  /// Models that were found side by side.
  private struct Block {
    var models: Range<Int>
    /// [features, models].
    var weights: [Float]
  }

  private var blocks: [Block] = []
  var biases: [Float]
  /// The dual variables of each model, where they are kept.
  var duals: [[Float]]

  init(count: Int) {
    biases = Array(repeating: 0, count: count)
    duals = Array(repeating: [], count: count)
  }

  mutating func add(_ block: CoordinateDescent.Block, weights: [Float], duals: [[Float]]) {
    for (place, column) in block.columns.enumerated() {
      biases[column] = block.bias(column: column)
      if !duals.isEmpty { self.duals[column] = duals[place] }
    }
    blocks.append(Block(models: block.columns, weights: weights))
  }

  /// Adds the weights that some models in a row have for a feature, times a factor.
  func add(
    _ factor: Float, times models: Range<Int>, of feature: Int, to sums: UnsafeMutableBufferPointer<Float>
  ) {
    for block in blocks where block.models.overlaps(models) {
      let first = feature * block.models.count - block.models.lowerBound
      block.weights.withUnsafeBufferPointer { weights in
        for model in block.models.clamped(to: models) {
          sums[model - models.lowerBound] += factor * weights[first + model]
        }
      }
    }
  }
}

/// Texts in a row of a corpus, in memory.
struct TextBlock: Sendable {
  /// The characters of all of them.
  var characters: [Int32] = []
  /// Where each ends.
  var ends: [Int] = []

  /// The texts in parts that threads share.
  var parts: [Range<Int>] {
    let size = 64
    return stride(from: 0, to: ends.count, by: size).map { $0..<min($0 + size, ends.count) }
  }

  /// The n-grams of some of its texts.
  ///
  /// - Parameters:
  ///   - texts: Their numbers in the block.
  ///   - reader: Weighs them; its memory is not written to.
  ///   - featureOfRow: The feature of each row of the vocabulary.
  func rows(of texts: Range<Int>, reader: WeighedNgrams, featureOfRow: [UInt32]) -> SparseRows {
    var reader = reader
    var rows = SparseRows(featureCount: featureOfRow.count)
    characters.withUnsafeBufferPointer { characters in
      for text in texts {
        reader.read(UnsafeBufferPointer(rebasing: characters[(text == 0 ? 0 : ends[text - 1])..<ends[text]]))
        for entry in 0..<reader.count {
          rows.features.append(featureOfRow[Int(reader.rows[entry])])
          rows.values.append(reader.values[entry])
        }
        rows.endRow()
      }
    }
    return rows
  }
}

extension TextCorpus {
  /// Hands over the texts in order, some at a time, as many as have about a million characters.
  func forEachBlock(_ body: (TextBlock) throws -> Void) throws {
    let most = 1 << 20
    var block = TextBlock()
    try forEachText { text in
      block.characters += text
      block.ends.append(block.characters.count)
      guard block.characters.count >= most else { return }
      try body(block)
      block = TextBlock()
    }
    if !block.ends.isEmpty { try body(block) }
  }

  /// Hands over the indices of one text after another.
  package func forEachText(_ body: (UnsafeBufferPointer<Int32>) throws -> Void) throws {
    var memory: [Int32] = []
    for text in 0..<count {
      let length = length(of: text)
      if memory.count < length { memory = Array(repeating: 0, count: length) }
      try memory.withUnsafeMutableBufferPointer { memory in
        let window = UnsafeMutableBufferPointer(rebasing: memory[..<length])
        try copyCharacters(of: text, into: window)
        try body(UnsafeBufferPointer(window))
      }
    }
  }
}

extension NgramConfiguration.Balance {
  /// How much each text counts, by its label; nil where all count the same.
  func weights(labels: ArraySlice<Int32>, classes: Int) -> [Float]? {
    var counts = [Int](repeating: 0, count: classes)
    for label in labels { counts[Int(label)] += 1 }
    let occurring = counts.filter { $0 > 0 }
    guard self != .none, let first = occurring.first, occurring.contains(where: { $0 != first }) else { return nil }
    let mean = Double(labels.count) / Double(occurring.count)
    let weights = counts.map { count in
      let ratio = mean / Double(max(count, 1))
      return Float(self == .root ? ratio.squareRoot() : ratio)
    }
    return labels.map { weights[Int($0)] }
  }
}
