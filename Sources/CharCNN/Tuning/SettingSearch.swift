internal import CharCNNFiles

/// What is tried: settings that differ from the defaults, on a share of the texts, measured on a part that they do not hold.
struct TrialRequest: Hashable, Codable, Sendable {
  /// Settings, each written `name=value`; empty for the defaults.
  var settings: [String]
  /// Learning texts of the trial, in hundredths of those that are not measured on.
  var percent: Int
  /// The part that is measured on, from 0.
  var part: Int
}

/// What came of a trial.
struct TrialOutcome: Hashable, Codable, Sendable {
  let request: TrialRequest
  /// What is to be as high as it can be; nil where there is no such model.
  var figure: Double?
  /// The key of this figure.
  var metric: String?
  /// Numbers of the examples that were answered wrongly, where an example is right or wrong.
  var wrong: [Int]?
  /// Examples that were measured on.
  var examples = 0
  /// Seconds from the reading to the measure.
  var seconds: Double
  /// Bytes of the model's files.
  var bytes = 0
  /// Why there is no model, such as one that is too large.
  var problem: String?
}

/// Successive halving (Karnin, Koren & Somekh 2013, "Almost Optimal Exploration in Multi-Armed Bandits"; Jamieson & Talwalkar 2016,
/// "Non-stochastic Best Arm Identification and Hyperparameter Optimization"): many settings on few texts, the better ones on more, the best
/// on all, each time measured on another part. What is left of the time measures the best two again and again beside the defaults, so that
/// chance is not taken for merit.
struct SettingSearch {
  /// Settings to try, the most promising first; the defaults are not among them.
  let candidates: [[String]]
  /// Seconds for all: the search, and the training of the winner on all examples.
  let limit: Double
  /// Hundredths of the texts in the rungs; the last is 100.
  let percents: [Int]
  /// Parts that can be measured on.
  let parts: Int
  /// Whether all parts are the same examples, learned from with other seeds.
  var measuresTheSame = false
  /// What a training on all examples takes longer than one of the last rung.
  let finalFactor: Double
  /// Seconds since the search began.
  let elapsed: () -> Double

  /// A rung keeps one of so many.
  private static let reduction = 3.0
  /// Part of the time that the rungs may take; the rest compares the best.
  private static let shareOfRungs = 0.7
  /// How much longer a training may take than it did before it is thought to be over time.
  private static let caution = 1.25
  /// Part of the time that the first trial may take: what takes longer leaves no time for a search.
  private static let shareOfFirst = 0.25
  /// Seconds that are kept for the training at the end at least.
  private static let leastReserve = 1.0
  /// Comparisons at most on the same examples, of which more tell of seeds alone.
  private static let mostRepeated = 3
  /// Settings that are compared with the defaults at last.
  private static let finalists = 2
  /// Settings at most: more would find chance.
  private static let most = 60

  /// What a search came to.
  struct Result {
    /// All trials in the order in which they ended.
    var trials: [TrialOutcome] = []
    /// The settings to take; empty for the defaults.
    var winner: [String] = []
    /// How the winner compares with the defaults on the parts that both were measured on with all texts; nil where it is the defaults.
    var comparison: TrialComparison?
    /// Whether it is known how long a training takes, and there is time for one.
    var isSearched = false
  }

  /// Searches.
  ///
  /// - Parameter run: Tries settings; nil where the time that is given was over. What was tried before costs no time.
  /// - Throws: What a trial throws.
  func result(run: (TrialRequest, _ until: Double) throws -> TrialOutcome?) throws -> Result {
    var result = Result()
    func attempt(_ settings: [String], _ rung: Int, part: Int, until: Double) throws -> TrialOutcome? {
      let request = TrialRequest(settings: settings, percent: percents[rung], part: part % parts)
      guard let outcome = try run(request, until) else { return nil }
      result.trials.append(outcome)
      return outcome
    }
    let last = percents.count - 1
    // The defaults tell what a trial costs, with few texts and with all.
    guard let first = try attempt([], 0, part: 0, until: limit * Self.shareOfFirst) else { return result }
    // One with all texts must leave time for the training at the end.
    let until = elapsed() + (limit - elapsed()) / (1 + finalFactor * Self.caution)
    let whole = last == 0 ? first : try attempt([], last, part: last, until: until)
    guard let whole, whole.figure != nil else { return result }
    result.isSearched = true
    func reserve(_ seconds: Double) -> Double {
      max(seconds * finalFactor * Self.caution, min(Self.leastReserve, limit / 2))
    }
    let end = limit - reserve(whole.seconds)
    let costs = (0...last).map { rung in
      last == 0
        ? whole.seconds : first.seconds * pow(whole.seconds / first.seconds, Double(rung) / Double(last))
    }
    var rung = 0
    var kept = Array(candidates.prefix(count(costs, seconds: (end - elapsed()) * Self.shareOfRungs)))
    while rung <= last, !kept.isEmpty {
      if rung > 0, rung < last { _ = try attempt([], rung, part: rung, until: end) }
      var isOver = false
      for settings in kept where !isOver {
        var until = end
        if rung == last {
          // Settings that are slow must leave time for a training with them.
          let slowness = Self.slowness(settings, in: result.trials)
          if elapsed() + slowness * whole.seconds * (1 + finalFactor * Self.caution) > limit { continue }
          until = min(end, elapsed() + (limit - elapsed()) / (1 + finalFactor * Self.caution))
        }
        isOver = try attempt(settings, rung, part: rung, until: until) == nil
      }
      // In a rung that was not finished, those that it did not reach cannot be compared.
      if isOver { break }
      let ranked = Self.ranked(kept, in: result.trials)
      if rung == last { break }
      rung += 1
      kept = Array(ranked.prefix(Self.kept(of: kept.count)))
      // What two of the best change together may be better than either.
      if rung == 1, let joined = Self.joined(ranked), kept.count > 1 { kept.append(joined) }
    }
    let finalists = Self.finalists(
      Self.ranked(kept.filter { Self.wasMeasured($0, in: result.trials, percent: 100) }, in: result.trials),
      in: result.trials)
    // A round takes as long as each took with all texts; the slowest may be the one to train at last.
    let seconds = ([[]] + finalists).map { settings in
      result.trials.last { $0.request.settings == settings && $0.request.percent == 100 }?.seconds ?? whole.seconds
    }
    let roundsEnd = limit - reserve(seconds.max() ?? whole.seconds)
    var part = last + 1
    let mostParts = measuresTheSame ? min(parts, part + Self.mostRepeated) : parts
    rounds: while part < mostParts, !finalists.isEmpty, elapsed() + seconds.reduce(0, +) < roundsEnd {
      for settings in [[]] + finalists where try attempt(settings, last, part: part, until: roundsEnd) == nil {
        break rounds
      }
      part += 1
    }
    // The part that chose the finalists flatters them: it counts only where there is no other, and needs more then.
    let compared = finalists.compactMap { settings in
      [last + 1..<parts, last..<last + 1].lazy.compactMap { parts in
        TrialComparison(settings, in: result.trials, parts: parts, areTheSame: measuresTheSame)
      }.first
    }.filter { $0.isBetter(byErrors: part > last + 1 ? 1 : 2) }
    if let best = compared.max(by: { $0.gain < $1.gain }) {
      result.winner = best.settings
      result.comparison = best
    }
    return result
  }

  /// How many settings the first rung can hold.
  private func count(_ costs: [Double], seconds: Double) -> Int {
    func needed(_ count: Int) -> Double {
      var (sum, left) = (0.0, count)
      for (rung, cost) in costs.enumerated() {
        // The defaults are in every rung; in the first and the last they are measured already.
        let isMeasured = rung == 0 || rung == costs.count - 1
        sum += cost * Double(left + (isMeasured ? 0 : 1) + (rung == 1 && left > 1 ? 1 : 0))
        left = Self.kept(of: left)
      }
      return sum
    }
    return (0...Self.most).last { needed($0) <= seconds } ?? 0
  }

  /// The best of some settings that are ranked, without those that do what better ones do.
  private static func finalists(_ ranked: [[String]], in trials: [TrialOutcome]) -> [[String]] {
    var (chosen, results): ([[String]], [[TrialOutcome]]) = ([], [])
    for settings in ranked where chosen.count < finalists {
      let own = trials.filter { $0.request.settings == settings && $0.request.percent == 100 }
      let isTwin = results.contains { other in
        own.allSatisfy { trial in
          other.contains { $0.place == trial.place && $0.figure == trial.figure && $0.wrong == trial.wrong }
        }
      }
      if isTwin { continue }
      chosen.append(settings)
      results.append(own)
    }
    return chosen
  }

  /// How many times as long as the defaults settings took where both were tried last; 1 where they were not.
  private static func slowness(_ settings: [String], in trials: [TrialOutcome]) -> Double {
    guard let own = trials.last(where: { $0.request.settings == settings }),
      let usual = trials.last(where: { $0.request.settings.isEmpty && $0.place == own.place })
    else { return 1 }
    return own.seconds / max(usual.seconds, 1e-3)
  }

  private static func kept(of count: Int) -> Int { Int((Double(count) / reduction).rounded(.up)) }

  private static func wasMeasured(_ settings: [String], in trials: [TrialOutcome], percent: Int) -> Bool {
    trials.contains { $0.request.settings == settings && $0.request.percent == percent && $0.figure != nil }
  }

  /// Settings by how much better than the defaults they were on the same parts, the best first; trials with more texts count more. Those
  /// without a model are left out.
  private static func ranked(_ settings: [[String]], in trials: [TrialOutcome]) -> [[String]] {
    let defaults = Dictionary(
      trials.filter { $0.request.settings.isEmpty }.compactMap { trial in trial.figure.map { (trial.place, $0) } }
    ) { first, _ in first }
    let gains = settings.compactMap { settings -> (settings: [String], gain: Double)? in
      var (sum, weights) = (0.0, 0.0)
      for trial in trials where trial.request.settings == settings {
        guard let figure = trial.figure else { return nil }
        guard let usual = defaults[trial.place] else { continue }
        sum += (figure - usual) * Double(trial.request.percent)
        weights += Double(trial.request.percent)
      }
      return weights > 0 ? (settings, sum / weights) : nil
    }
    return gains.enumerated().sorted { ($0.element.gain, -$0.offset) > ($1.element.gain, -$1.offset) }
      .map(\.element.settings)
  }

  /// What the first of some settings changes and what the next one changes that touches none of it.
  private static func joined(_ ranked: [[String]]) -> [String]? {
    guard let best = ranked.first else { return nil }
    let names = Set(best.map(name))
    guard let other = ranked.dropFirst().prefix(3).first(where: { names.isDisjoint(with: $0.map(name)) }) else {
      return nil
    }
    let joined = best + other
    return ranked.contains { Set($0) == Set(joined) } ? nil : joined
  }

  private static func name(_ assignment: String) -> String { String(assignment.prefix { $0 != "=" }) }
}

extension TrialOutcome {
  /// What trials that can be compared have in common.
  fileprivate var place: [Int] { [request.percent, request.part] }
}

/// Settings beside the defaults, on the parts that both were measured on with all texts.
struct TrialComparison: Hashable, Sendable {
  let settings: [String]
  /// What the figure gained, of each part.
  let gains: [Double]
  /// Examples of these parts; where all parts are the same, those of one.
  let examples: Int
  /// Examples that one of the two got right and the other wrong: those of the settings, those of the defaults, of parts that are the same their
  /// mean; nil where an example is not right or wrong.
  let discordant: (won: Double, lost: Double)?

  /// Nil where they have no such part.
  ///
  /// - Parameters:
  ///   - parts: Which parts count.
  ///   - areTheSame: Whether all parts are the same examples.
  init?(_ settings: [String], in trials: [TrialOutcome], parts: Range<Int>, areTheSame: Bool) {
    let whole = trials.filter {
      $0.request.percent == 100 && $0.figure != nil && parts.contains($0.request.part)
    }
    var (gains, examples, won, lost) = ([Double](), 0, 0, 0)
    var hasAnswers = true
    for trial in whole where trial.request.settings == settings {
      guard
        let usual = whole.first(where: { $0.request.settings.isEmpty && $0.request.part == trial.request.part }),
        let figure = trial.figure, let base = usual.figure
      else { continue }
      gains.append(figure - base)
      examples += trial.examples
      guard let mine = trial.wrong, let theirs = usual.wrong else {
        hasAnswers = false
        continue
      }
      let (mistakes, others) = (Set(mine), Set(theirs))
      won += others.subtracting(mistakes).count
      lost += mistakes.subtracting(others).count
    }
    if gains.isEmpty { return nil }
    let times = areTheSame ? gains.count : 1
    (self.settings, self.gains, self.examples) = (settings, gains, examples / times)
    discordant = hasAnswers ? (Double(won) / Double(times), Double(lost) / Double(times)) : nil
  }

  /// What the figure gained, the mean of the parts.
  var gain: Double { gains.reduce(0, +) / Double(gains.count) }

  /// A difference of fewer right answers says nothing.
  private static let fewestAnswers = 3.0

  /// Whether it is better by more than some standard errors: of the difference of right answers, of which each discordant example moves it by
  /// one; or of the mean of the parts.
  func isBetter(byErrors errors: Double) -> Bool {
    guard gain > 0 else { return false }
    if let discordant {
      let (difference, sum) = (discordant.won - discordant.lost, discordant.won + discordant.lost)
      return difference >= Self.fewestAnswers && difference * difference >= errors * errors * sum
    }
    guard gains.count > 1 else { return false }
    let squares = gains.reduce(0) { $0 + ($1 - gain) * ($1 - gain) }
    let variance = squares / Double(gains.count - 1) / Double(gains.count)
    return gain * gain >= errors * errors * variance
  }

  /// A 95 % interval of the gain, by the normal distribution: of the examples that only one of the two got right, or of the parts; nil for
  /// one part alone.
  var interval: ClosedRange<Double>? {
    let width: Double
    if let discordant, examples > 0, discordant.won + discordant.lost > 0 {
      let (won, lost, all) = (discordant.won, discordant.lost, Double(examples))
      width = 1.96 * (won + lost - (won - lost) * (won - lost) / all).squareRoot() / all
    } else {
      guard gains.count > 1 else { return nil }
      let squares = gains.reduce(0) { $0 + ($1 - gain) * ($1 - gain) }
      width = 1.96 * (squares / Double(gains.count - 1) / Double(gains.count)).squareRoot()
    }
    return gain - width...gain + width
  }

  static func == (first: TrialComparison, second: TrialComparison) -> Bool {
    first.settings == second.settings && first.gains == second.gains
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(settings)
    hasher.combine(gains)
  }
}
