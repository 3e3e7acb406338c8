internal import CharCNNCompute
internal import CharCNNNetworks

extension NgramFit {
  /// Texts from which on the validation texts alone choose.
  private static let enoughTexts = 1_000
  /// Texts from which on vectors have to be ahead by more than chance.
  private static let enoughToTell = 2_000
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
        try cost.map {
          (NgramChoice(cost: $0, scaledCost: isScalable ? $0 : nil, vectorScale: usualVectorScale), [:], nil)
        } ?? choose(groups: groups, search)
      // Where costs took too long already, one model is all there is time for.
      if search.isOver || !search.omissions.isEmpty, held.count > 1 {
        held = [held[0]]
        search.omit(.validationTexts)
      }
      // What counts nothing would only take time.
      let fit = choice.vectorScale == 0 ? withoutVectors : self
      return try fit.solved(
        choice, most: isReduced ? most : nil, groups: groups, held: held, starts: starts, foldedWeight: foldedWeight,
        search, isHeld: isHeld)
    }
  }

  /// The models of a choice.
  ///
  /// - Parameters:
  ///   - choice: How they are found.
  ///   - most: N-grams of a model; nil for all.
  ///   - groups: The group of each training text.
  ///   - held: The groups to leave out; a model for each.
  ///   - starts: Dual variables of the machines.
  ///   - foldedWeight: What the scores count, where training texts were left out in turn.
  ///   - search: The search that they belong to.
  ///   - isHeld: Whether a training text is kept for validation.
  private func solved(
    _ choice: NgramChoice, most: Int?, groups: [UInt8], held: [UInt8?], starts: Duals, foldedWeight: Float?,
    _ search: NgramSearch, isHeld: (_ text: Int) -> Bool
  ) throws -> SolvedNgrams {
    let isReduced = most != nil
    let machines = held.count * choice.machines.count * problems
    search.beginLast(models: isReduced ? 2 * machines : machines)
    var (models, duals) = try models(
      choice, groups: groups, held: held, starts: held.map { _ in starts }, isCompared: isReduced, search)
    var reduction: NgramOutcome.Reduction?
    if let most {
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

  /// What is taken where nothing can be chosen.
  private var usualChoice: NgramChoice {
    NgramChoice(cost: 1, scaledCost: isScalable ? 1 : nil, vectorScale: usualVectorScale)
  }

  private var usualVectorScale: Float? {
    guard vectors != nil else { return nil }
    return scores != nil || isScalable ? NgramChoice.usualVectorScale : NgramChoice.vectorScaleOfMany
  }

  private var isScalable: Bool { scores == nil && NgramChoice.isScalable(classes: classes) }

  /// The models whose answers to texts that they have not learned from are compared: all costs, of classes with scales and without.
  private func comparedMachines(vectorScale: Float) -> [NgramMachine] {
    let costs = scores == nil ? NgramChoice.costs : NgramChoice.costsOfScores
    return costs.flatMap { cost in
      (isScalable ? [false, true] : [false]).map {
        NgramMachine(cost: cost, factors: NgramChoice.factors(isScaled: $0, vectorScale: vectorScale))
      }
    }
  }

  /// Which texts models are asked about that have not learned from them: the validation texts, or where these are few, parts of the
  /// training texts.
  private struct Comparison {
    /// The group of each training text.
    let groups: [UInt8]
    /// Those that are left out in turn; nil where the rows behind the training texts are asked about.
    let held: [UInt8]?
    /// Whether all training texts are asked about, each with its fold.
    let isFolded: Bool
  }

  /// How models are compared; nil where there is nothing to compare by.
  private func comparison(_ machines: Int, groups: [UInt8]) -> Comparison? {
    let heldGroup = groups.max() ?? 0
    if rows.count == count, heldGroup == 0 { return nil }
    let isSeparate = rows.count > count
    let few = isSeparate ? rows.count - count : groups.count { $0 == heldGroup }
    let work = rows.features.count * problems * machines * Int(Self.folds)
    guard few < Self.enoughTexts, work <= Self.foldedWork else {
      return Comparison(groups: groups, held: isSeparate ? nil : [heldGroup], isFolded: false)
    }
    var stream = RandomStream(key: Randomness(seed: seed).key(.folds))
    var folds = (0..<count).map { _ in UInt8.random(in: 0..<Self.folds, using: &stream) }
    // A fold that is never left out.
    for text in count - unasked..<count { folds[text] = Self.folds }
    return Comparison(groups: folds, held: Array(0..<Self.folds), isFolded: true)
  }

  /// The choice that answers most texts rightly that it has not learned from, of equals the one with the least costs; the dual
  /// variables of its machines; and what its scores count, where training texts were left out in turn. A machine alone has to be ahead of
  /// the best pair by more than chance would put it. Where texts have scores, the choice whose squared errors are least.
  ///
  /// Where there are vectors, costs are compared with them, and then what they count; few texts have to say clearly that
  /// another factor is better, many that n-grams alone are worse.
  private func choose(
    groups: [UInt8], _ search: NgramSearch
  ) throws -> (NgramChoice, starts: Duals, foldedWeight: Float?) {
    let all = comparedMachines(vectorScale: usualVectorScale ?? 0)
    guard let comparison = comparison(all.count, groups: groups) else { return (usualChoice, [:], nil) }
    var compared = try heldOut(all, groups: comparison.groups, held: comparison.held, search)
    var machines = Array(all.prefix(compared.scores.count))
    guard var best = best(machines, compared, vectorScale: usualVectorScale) else { return (usualChoice, [:], nil) }
    func compare(_ more: [NgramMachine], by fit: NgramFit) throws {
      if !search.omissions.isEmpty { return }
      let found = try fit.heldOut(more, groups: comparison.groups, held: comparison.held, search, rows: compared.rows)
      machines += more.prefix(found.scores.count)
      compared.add(found)
    }
    if vectors != nil {
      let longer = best.choice.scalingVectors(by: NgramChoice.longerVectors * (usualVectorScale ?? 1))
      try compare(longer.machines, by: self)
      try compare(comparedMachines(vectorScale: 0), by: withoutVectors)
      let isMany = compared.rows.count >= Self.enoughToTell
      // Few texts tell little, and vectors help them as a rule; many know most by themselves, and vectors have to show that they help.
      if let longer = candidate(longer, machines, compared), longer.sum > best.sum,
        isMany || longer.isClearlyAhead(of: best)
      {
        best = longer
      }
      if let alone = self.best(machines, compared, vectorScale: 0),
        isMany ? !best.isClearlyAhead(of: alone) : alone.isClearlyAhead(of: best)
      {
        best = alone
      }
    }
    let chosen = best.choice.machines
    return (
      best.choice, compared.duals.filter { chosen.contains($0.key) },
      comparison.isFolded ? weight(best, machines, compared) : nil
    )
  }

  /// A choice among machines that were compared, and how well it answers.
  private struct Candidate {
    let choice: NgramChoice
    /// The places of its machines.
    let places: [Int]
    /// Which answers are right; nil where texts have scores.
    let answers: RightAnswers?
    /// What it is judged by: the more the better.
    let sum: Double

    func isClearlyAhead(of other: Candidate) -> Bool {
      if let answers, let others = other.answers { return answers.isAhead(of: others) }
      return sum > other.sum
    }
  }

  /// The best choice with some factor of vectors among machines that were compared; nil where there are none.
  private func best(_ all: [NgramMachine], _ compared: HeldOut, vectorScale: Float?) -> Candidate? {
    let machines = all.filter {
      $0.factors == NgramChoice.factors(isScaled: $0.isScaled, vectorScale: vectorScale ?? 0)
    }
    func best(of choices: [NgramChoice]) -> Candidate? {
      var best: Candidate?
      for choice in choices {
        guard let found = candidate(choice, all, compared) else { continue }
        if found.sum > best?.sum ?? -.infinity { best = found }
      }
      return best
    }
    let plain = machines.filter { !$0.isScaled }.map(\.cost)
    let scaled = machines.filter(\.isScaled).map(\.cost)
    let singles = machines.map {
      NgramChoice(cost: $0.isScaled ? nil : $0.cost, scaledCost: $0.isScaled ? $0.cost : nil, vectorScale: vectorScale)
    }
    let alone = best(of: singles)
    let pairs = plain.flatMap { first in
      scaled.map { NgramChoice(cost: first, scaledCost: $0, vectorScale: vectorScale) }
    }
    guard let pair = best(of: pairs), let alone else { return alone }
    return alone.isClearlyAhead(of: pair) ? alone : pair
  }

  /// How well a choice answers; nil where its machines were not compared.
  private func candidate(_ choice: NgramChoice, _ machines: [NgramMachine], _ compared: HeldOut) -> Candidate? {
    let places = choice.machines.compactMap { machines.firstIndex(of: $0) }
    guard places.count == choice.machines.count else { return nil }
    if let scores {
      let error = zip(compared.scores[places[0]], compared.rows).reduce(0.0) { sum, item in
        let distance = Double(item.0) - Double(scores[Int(labels[item.1])])
        return sum + Double(weight(ofRow: item.1)) * distance * distance
      }
      return Candidate(choice: choice, places: places, answers: nil, sum: -error)
    }
    let isRight = compared.rows.enumerated().flatMap { answers(sums(places, compared, at: $0)[...], row: $1) }
    let counts = compared.rows.flatMap { Array(repeating: Double(weight(ofRow: $0)), count: sets == nil ? 1 : classes) }
    let found = RightAnswers(isRight, counts: counts)
    return Candidate(choice: choice, places: places, answers: found, sum: found.sum)
  }

  /// The sums of what some machines say of a row.
  private func sums(_ places: [Int], _ compared: HeldOut, at place: Int) -> [Float] {
    (0..<problems).map { problem in
      places.reduce(Float(0)) { $0 + compared.scores[$1][place * problems + problem] }
    }
  }

  /// What the mean of a choice's scores counts so that it explains the labels best, or the scores.
  private func weight(_ best: Candidate, _ machines: [NgramMachine], _ compared: HeldOut) -> Float {
    if let scores {
      var mixture = ScoreMixture(usual: [1])
      for (score, row) in zip(compared.scores[best.places[0]], compared.rows) {
        mixture.add([score], right: scores[Int(labels[row])], weight: weight(ofRow: row))
      }
      return mixture.weights()[0]
    }
    return weight(
      compared.rows.enumerated().map { (sums(best.places, compared, at: $0), $1) }, machines: best.places.count)
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
}
