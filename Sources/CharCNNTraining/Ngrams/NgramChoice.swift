internal import CharCNNCompute
internal import CharCNNNetworks

/// A support vector machine of n-grams, one class against the rest.
struct NgramMachine: Hashable {
  /// The cost C of a training text.
  let cost: Float
  /// Whether the n-grams are scaled by naive Bayes log-count ratios (Wang & Manning 2012, "Baselines and Bigrams").
  let isScaled: Bool
}

/// How the weights of n-grams are found: one or two machines, whose mean is better than either as a rule. The one without scales sees what
/// n-grams say together, the one with scales trusts those that tell the classes apart by themselves.
package struct NgramChoice: Codable, Sendable, Hashable {
  /// The cost C of a training text for the machine without scales; nil for none.
  package var cost: Float?
  /// The cost for the machine with scales; nil for none.
  package var scaledCost: Float?

  /// Costs among which the validation texts choose.
  static let costs: [Float] = [0.1, 0.3, 1]
  /// Costs among which they choose where texts have scores.
  static let costsOfScores: [Float] = [0.03, 0.1, 0.3, 1, 3]
  /// Whether there are models with scales. Where the classes are many, these do more harm than good: a class has too few texts to tell
  /// how an n-gram is shared out.
  static func isScalable(classes: Int) -> Bool { classes <= 50 }

  /// At least one.
  var machines: [NgramMachine] {
    (cost.map { [NgramMachine(cost: $0, isScaled: false)] } ?? [])
      + (scaledCost.map { [NgramMachine(cost: $0, isScaled: true)] } ?? [])
  }
}

extension NgramFit {
  /// Texts from which on the validation texts alone choose.
  private static let enoughTexts = 1_000
  /// Parts of the training texts that are left out in turn where the validation texts are too few.
  private static let folds: UInt8 = 5
  /// Entries times models up to which this is done.
  private static let foldedWork = 500_000_000

  /// Chooses and finds the models.
  ///
  /// - Parameters:
  ///   - cost: The cost of the machines; nil chooses.
  ///   - most: N-grams of a model; nil for all.
  ///   - isEnding: Asked for each pass over the texts, from several threads. True ends the search: of the costs
  ///     that were compared the best are taken, or the usual ones, and one model, of what one pass makes of it at least, is both the one
  ///     that is validated and the complete one.
  ///   - told: Receives how far the search is, on the thread that calls.
  ///   - isHeld: Whether a training text is kept for validation; false for all where the validation texts are others.
  /// - Throws: What the check throws.
  package func solve(
    cost: Float?, most: Int? = nil, isEnding: @escaping @Sendable (NgramSearchPart) -> Bool = { _ in false },
    told: (NgramSearchProgress) -> Void = { _ in }, isHeld: (_ text: Int) -> Bool
  ) throws -> SolvedNgrams {
    try withoutActuallyEscaping(told) { told in
      let search = NgramSearch(check: check, isEnding: isEnding, told: told)
      let heldGroup: UInt8 = 1
      let groups: [UInt8] = (0..<count).map { isHeld($0) ? heldGroup : 0 }
      var held = groups.contains(heldGroup) ? [heldGroup, nil] : [nil]
      let isReduced = most.map { $0 < vocabulary.count } ?? false
      search.plan(models: held.count * (isScalable ? 2 : 1) * problems * (isReduced ? 2 : 1))
      let (choice, starts, foldedWeight) =
        try cost.map { (NgramChoice(cost: $0, scaledCost: isScalable ? $0 : nil), [:], nil) }
        ?? choose(groups: groups, search)
      // Where costs took too long already, one model is all there is time for.
      if search.isOver || !search.omissions.isEmpty, held.count > 1 {
        held = [held[0]]
        search.omit(.validationTexts)
      }
      let machines = held.count * choice.machines.count * problems
      search.beginLast(models: isReduced ? 2 * machines : machines)
      var (models, duals) = try models(
        choice, groups: groups, held: held, starts: held.map { _ in starts }, isCompared: isReduced, search)
      var reduction: NgramOutcome.Reduction?
      if let most, isReduced {
        search.forgetUnfinished()
        let whole = try rightAnswers(of: models[0], isHeld: isHeld)
        let isOver = search.isOver
        if isOver { search.omit(.learningAnew) }
        // Each model chooses for itself: the one that is validated must not know what held texts say for an n-gram.
        let kept = device.map(held.count) { [models, held] in
          important(most, in: models[$0], groups: groups, held: held[$0])
        }
        for (place, held) in held.enumerated() {
          let isKept = kept[place]
          if isOver {
            models[place] = models[place].keeping { isKept[$0] }
          } else {
            models[place] = try keeping(isKept)
              .models(choice, groups: groups, held: [held], starts: [duals[place] ?? starts], search).models[0]
          }
          duals[place] = nil
        }
        let ofKept = try rightAnswers(of: models[0], isHeld: isHeld)
        if !whole.isEmpty {
          reduction = NgramOutcome.Reduction(
            kept: Double(ofKept.count { $0 }) / Double(ofKept.count),
            whole: Double(whole.count { $0 }) / Double(whole.count))
        }
      }
      // What one pass made of the models is no optimum, though nobody has counted how far it is.
      let unfinished = search.omissions.contains(.learningAnew) ? machines : search.unfinished
      return SolvedNgrams(
        validated: models[0], complete: models[models.count - 1],
        outcome: NgramOutcome(
          choice: choice, machines: machines, unfinished: unfinished, omissions: search.omissions,
          candidates: vocabulary.count, leftOut: leftOut,
          reduction: reduction, foldedWeight: foldedWeight))
    }
  }

  /// What is taken where nothing can be chosen.
  private var usualChoice: NgramChoice { NgramChoice(cost: 1, scaledCost: isScalable ? 1 : nil) }

  private var isScalable: Bool { scores == nil && NgramChoice.isScalable(classes: classes) }

  /// The models whose answers to texts that they have not learned from are compared: all costs, of classes with scales and without.
  private var comparedMachines: [NgramMachine] {
    if scores != nil { return NgramChoice.costsOfScores.map { NgramMachine(cost: $0, isScaled: false) } }
    return NgramChoice.costs.flatMap { cost in
      (isScalable ? [false, true] : [false]).map { NgramMachine(cost: cost, isScaled: $0) }
    }
  }

  /// Asks models about texts that they have not learned from: the validation texts, or where these are few, parts of the training texts.
  ///
  /// - Returns: What they say, and whether it is of training texts; nil where there is nothing to compare by.
  private func compare(
    _ all: [NgramMachine], groups: [UInt8], _ search: NgramSearch
  ) throws -> (answers: HeldOut, isFolded: Bool)? {
    let heldGroup = groups.max() ?? 0
    if rows.count == count, heldGroup == 0 { return nil }
    let isSeparate = rows.count > count
    let few = isSeparate ? rows.count - count : groups.count { $0 == heldGroup }
    let work = rows.features.count * problems * all.count * Int(Self.folds)
    guard few < Self.enoughTexts, work <= Self.foldedWork else {
      return (try heldOut(all, groups: groups, held: isSeparate ? nil : [heldGroup], search), false)
    }
    var stream = RandomStream(key: Randomness(seed: seed).key(.folds))
    let folds = (0..<count).map { _ in UInt8.random(in: 0..<Self.folds, using: &stream) }
    return (try heldOut(all, groups: folds, held: Array(0..<Self.folds), search), true)
  }

  /// The choice that answers most texts rightly that it has not learned from, of equals the one with the least costs; the dual
  /// variables of its machines; and what its scores count, where training texts were left out in turn. A machine alone has to be ahead of
  /// the best pair by more than chance would put it. Where texts have scores, the choice whose squared errors are least.
  private func choose(
    groups: [UInt8], _ search: NgramSearch
  ) throws -> (NgramChoice, starts: Duals, foldedWeight: Float?) {
    let all = comparedMachines
    guard let (compared, isFolded) = try compare(all, groups: groups, search) else { return (usualChoice, [:], nil) }
    if let scores {
      guard let (cost, weight) = nearest(to: scores, of: all, compared) else { return (usualChoice, [:], nil) }
      let choice = NgramChoice(cost: cost, scaledCost: nil)
      return (choice, compared.duals.filter { choice.machines.contains($0.key) }, isFolded ? weight : nil)
    }
    let machines = all.prefix(compared.scores.count)
    func sums(_ chosen: [Int], place: Int) -> [Float] {
      (0..<problems).map { problem in
        chosen.reduce(Float(0)) { $0 + compared.scores[$1][place * problems + problem] }
      }
    }
    let counts = compared.rows.flatMap { Array(repeating: Double(weight(ofRow: $0)), count: sets == nil ? 1 : classes) }
    func best(of candidates: [[Int]]) -> (chosen: [Int], answers: RightAnswers)? {
      var best: (chosen: [Int], answers: RightAnswers)?
      for chosen in candidates {
        let isRight = compared.rows.enumerated().flatMap { answers(sums(chosen, place: $0)[...], row: $1) }
        let found = RightAnswers(isRight, counts: counts)
        if found.sum > best?.answers.sum ?? -1 { best = (chosen, found) }
      }
      return best
    }
    let plain = machines.indices.filter { !machines[$0].isScaled }
    let scaled = machines.indices.filter { machines[$0].isScaled }
    let alone = best(of: machines.indices.map { [$0] })
    var chosen = alone
    if let pair = best(of: plain.flatMap { first in scaled.map { [first, $0] } }), let alone {
      if !alone.answers.isAhead(of: pair.answers) { chosen = pair }
    }
    guard let places = chosen?.chosen else { return (usualChoice, [:], nil) }
    let foldedWeight =
      isFolded ? weight(compared.rows.enumerated().map { (sums(places, place: $0), $1) }, machines: places.count) : nil
    let chosenMachines = places.map { machines[$0] }
    let choice = NgramChoice(
      cost: chosenMachines.first { !$0.isScaled }?.cost, scaledCost: chosenMachines.first(where: \.isScaled)?.cost)
    return (choice, compared.duals.filter { choice.machines.contains($0.key) }, foldedWeight)
  }

  /// What the mean of some machines' scores counts so that it explains the labels best.
  private func weight(_ sums: [(scores: [Float], row: Int)], machines: Int) -> Float {
    var mixture = PartMixture(usual: [PartWeights.usualOfNgrams], classes: classes, hasSeveral: sets != nil)
    for (sums, row) in sums {
      let scores = sums.map { $0 / Float(machines) }
      mixture.add(
        [problems < classes ? [-scores[0] / 2, scores[0] / 2] : scores[...]], shares: shares(ofRow: row),
        weight: weight(ofRow: row))
    }
    return mixture.weights()[0]
  }

  /// How much a row counts.
  func weight(ofRow row: Int) -> Float {
    if row < count { return targets?.weight(of: texts.original(of: row)) ?? 1 }
    guard let heldTargets, let validation else { return 1 }
    return heldTargets.weight(of: validation.original(of: row - count))
  }

  /// The cost of the models whose scores are nearest to those of texts that they have not learned from, of equals the least.
  ///
  /// - Parameters:
  ///   - right: What is to be said of each number in the place of a class.
  ///   - machines: The models' costs, the first ones of which were compared.
  ///   - compared: What they say.
  /// - Returns: The cost, and what the models' scores count so that they are nearest; nil where nothing was compared.
  private func nearest(
    to right: [Float], of machines: [NgramMachine], _ compared: HeldOut
  ) -> (cost: Float, weight: Float)? {
    var best: (place: Int, error: Double)?
    for (place, scores) in compared.scores.enumerated() {
      let error = zip(scores, compared.rows).reduce(0.0) { sum, item in
        let distance = Double(item.0) - Double(right[Int(labels[item.1])])
        return sum + Double(weight(ofRow: item.1)) * distance * distance
      }
      if error < best?.error ?? .infinity { best = (place, error) }
    }
    guard let place = best?.place else { return nil }
    var mixture = ScoreMixture(usual: [1])
    for (score, row) in zip(compared.scores[place], compared.rows) {
      mixture.add([score], right: right[Int(labels[row])], weight: weight(ofRow: row))
    }
    return (machines[place].cost, mixture.weights()[0])
  }
}
