internal import CharCNNCompute
internal import CharCNNNetworks

// Finds the models: some without a part of the texts, to compare how closely to fit them, and those that are kept.
extension NgramFit {
  /// What models say of texts that they have not learned from.
  struct HeldOut {
    /// The rows that were scored: those of texts that were left out, or all behind the training texts.
    let rows: [Int]
    /// The scores that each of the machines that were found gives these rows, [rows, problems].
    var scores: [[Float]]
    /// None where texts were left out in turn, or where they would take much memory.
    var duals: Duals

    /// Adds what other machines say of the same rows.
    mutating func add(_ other: HeldOut) {
      precondition(rows == other.rows, "answers to other texts")
      scores += other.scores
      duals.merge(other.duals) { $1 }
    }
  }

  /// Part above the optimum's value that the models may have by which costs are compared.
  static let comparedPrecision = 1e-2
  /// Passes after which models that are compared are near enough as a rule, where they start from nothing or from those of another cost.
  private static let comparedPasses = 3
  /// Scores that costs are compared by at most.
  private static let mostScores = 128_000_000
  /// Dual variables that are kept at most.
  private static let mostDuals = 64_000_000

  /// Finds models without some of the texts, to compare their answers; where somebody wants an end, those of the first machines, or none.
  ///
  /// - Parameters:
  ///   - groups: The group of each training text.
  ///   - held: The groups to leave out in turn; nil to score the rows behind the training texts.
  ///   - search: The search that these models belong to.
  ///   - known: Which of the texts are asked about; nil chooses some where they are very many.
  func heldOut(
    _ machines: [NgramMachine], groups: [UInt8], held: [UInt8]?, _ search: NgramSearch, rows known: [Int]? = nil
  ) throws -> HeldOut {
    let folds = held?.count ?? 1
    search.plan(models: machines.count * folds * problems)
    let left = held.map { held in (0..<count).filter { held.contains(groups[$0]) } } ?? Array(count..<rows.count)
    // Of very many, those that are spread evenly.
    let every = (left.count * problems * machines.count + Self.mostScores - 1) / Self.mostScores
    let scored = known ?? stride(from: 0, to: left.count, by: max(every, 1)).map { left[$0] }
    var places = [Int32](repeating: 0, count: rows.count)
    for (place, row) in scored.enumerated() { places[row] = Int32(place) }
    let keepsDuals = folds == 1 && machines.count * problems * count <= Self.mostDuals
    let result = Guarded(
      HeldOut(
        rows: scored,
        scores: Array(repeating: [Float](repeating: 0, count: scored.count * problems), count: machines.count),
        duals: [:]))
    var descent = descent(groups: groups)
    descent.precision = Self.comparedPrecision
    descent.firstPasses = Self.comparedPasses
    var starts = [Duals](repeating: [:], count: folds)
    let heldGroups = held.map { $0.map(Optional.some) } ?? [nil]
    let factors = factors(machines, groups: groups, held: heldGroups)
    for step in steps(machines, folds: folds) {
      let columns = columns(Array(machines[step]), held: heldGroups, factors: factors, starts: starts)
      let isFollowed = step.upperBound < machines.count && columns.count * count <= Self.mostDuals
      let empty = [[Float]](repeating: [], count: problems)
      let found = Guarded([Duals](repeating: [:], count: folds))
      let isWhole = try search.findUnlessEnded(columns, with: descent, on: device) { block in
        var scores: [(machine: Int, place: Int, score: Float)] = []
        block.forEachMargin(of: scored) { row, column, margin in
          let fold = column / problems % folds
          if let held, groups[row] != held[fold] { return }
          let place = Int(places[row]) * problems + column % problems
          scores.append((step.lowerBound + column / problems / folds, place, margin))
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
      if !isWhole {
        search.omit(.costs)
        result.withLock { result in
          result.scores.removeSubrange(step.lowerBound...)
          result.duals = result.duals.filter { machines[..<step.lowerBound].contains($0.key) }
        }
        break
      }
      let duals = found.withLock { $0 }
      if keepsDuals { result.withLock { $0.duals.merge(duals[0]) { $1 } } }
      guard isFollowed else { continue }
      let cost = machines[step.upperBound].cost
      starts = duals.map { duals in
        Duals(
          uniqueKeysWithValues: duals.map { (NgramMachine(cost: cost, factors: $0.key.factors), $0.value) })
      }
    }
    return result.withLock { $0 }
  }

  /// The squared factors of the features for each of some groups that are left out: the n-grams' ratios of machines that have them, and the
  /// factor of the vectors.
  private func factors(_ machines: [NgramMachine], groups: [UInt8], held: [UInt8?]) -> [SquaredFactors] {
    let wanted = Set(machines.map(\.factors)).filter { $0.isScaled || vectors != nil && $0.vectorScale != 1 }
    if wanted.isEmpty { return held.map { _ in [:] } }
    return device.map(held.count) {
      let ratios = wanted.contains(where: \.isScaled) ? squaredRatios(groups: groups, held: held[$0]) : []
      // The same array for all problems, which then share its memory.
      let ones = [Float](repeating: 1, count: rows.featureCount)
      return Dictionary(
        uniqueKeysWithValues: wanted.map { factors in
          var all = factors.isScaled ? ratios : [ones]
          for problem in all.indices where factors.vectorScale != 1 {
            for feature in vocabulary.count..<rows.featureCount {
              all[problem][feature] = factors.vectorScale * factors.vectorScale
            }
          }
          return (factors, factors.isScaled ? all : Array(repeating: all[0], count: problems))
        })
    }
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

  /// Whether the class of the highest score is right; of a row that may have several labels, whether each label is on the right side.
  func answers(_ scores: ArraySlice<Float>, row: Int) -> [Bool] {
    if let sets {
      return zip(scores, sets.targets(labels[row], classes: classes)).map { ($0 > 0) == $1 }
    }
    let best =
      problems < classes
      ? scores[scores.startIndex] > 0 ? 1 : 0
      : (scores.indices.max { scores[$0] < scores[$1] } ?? scores.startIndex) - scores.startIndex
    return [best == Int(labels[row])]
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
    let factors = factors(machines, groups: groups, held: held)
    let columns = held.indices.flatMap {
      self.columns(machines, held: [held[$0]], factors: [factors[$0]], starts: [starts[$0]])
    }
    let found = Guarded(FoundModels(count: columns.count))
    let keepsDuals = isCompared && columns.count * count <= Self.mostDuals
    var descent = self.descent(groups: groups)
    if isCompared {
      descent.precision = Self.comparedPrecision
      // A start that learned from nearly the same texts is near enough after one pass to tell which n-grams count.
      if columns.allSatisfy({ $0.start != nil }) {
        descent.mostPasses = 1
        descent.measures = false
      }
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
      let sum = all.sum(of: first..<first + machines.count * problems, problems: problems)
      var model = LinearNgrams(
        features: features, roles: roles, vocabulary: vocabulary, classes: classes,
        bias: (0..<problems).map { problem in
          machines.indices.reduce(0) { $0 + share * all.biases[first + $1 * problems + problem] }
        },
        device: device
      ) { [featureOfRow] row, weights in
        weights.update(repeating: 0)
        sum.add(share, of: Int(featureOfRow[row]), to: weights)
      }
      if let vectors, machines.contains(where: { $0.factors.vectorScale > 0 }) {
        model.vectors = WeighedVectors(vectors, weights: vectorWeights(sum, share: share))
      }
      return model
    }
    return (models, duals)
  }

  /// The weights of the numbers of a vector, [numbers, problems].
  private func vectorWeights(_ sum: FoundModels.Sum, share: Float) -> [Float] {
    var result: [Float] = []
    var weights = [Float](repeating: 0, count: problems)
    for feature in vocabulary.count..<rows.featureCount {
      weights.withUnsafeMutableBufferPointer {
        $0.update(repeating: 0)
        sum.add(share * NgramChoice.vectorLength, of: feature, to: $0)
      }
      result += weights
    }
    return result
  }
}
