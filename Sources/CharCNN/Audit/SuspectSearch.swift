import CharCNNCompute
import CharCNNNetworks
import CharCNNText
import CharCNNTraining

/// Cross-validates n-grams alone on the texts of an audit, and asks them which labels are wrong.
struct SuspectSearch {
  private let audit: LabeledText.Audit
  private let options: TextClassifier.SuspectOptions
  private let start = ContinuousClock.now

  /// Characters of all texts that are looked at, at most: the n-grams of more would take gigabytes.
  private static let mostCharacters = 40_000_000
  /// Texts times labels at most.
  private static let mostAnswers = 60_000_000
  /// Texts below which nothing can be learned.
  private static let fewestTexts = 10

  init(_ audit: LabeledText.Audit, options: TextClassifier.SuspectOptions) throws(ConfigurationError) {
    guard (2...100).contains(options.folds) else {
      throw ConfigurationError(setting: "folds", problem: "must be 2 to 100, not \(options.folds)")
    }
    guard options.mostTexts >= Self.fewestTexts, options.most.map({ $0 >= 0 }) ?? true else {
      throw ConfigurationError(
        setting: "mostTexts", problem: "must be \(Self.fewestTexts) or more, not \(options.mostTexts)")
    }
    self.audit = audit
    self.options = options
  }

  func run(told: (SolvingReport) -> Void) throws -> TextClassifier.LabelSuspects {
    let texts = audit.texts
    // Several labels of a text are right or wrong each for itself.
    let labelled = texts.hasSeveralLabels ? [] : texts.labels.indices.filter { texts.labels[$0] >= 0 }
    let chosen = chosen(of: labelled, classes: texts.labelNames.count)
    let judged = withoutLonely(chosen)
    let left = labelled.count - chosen.count
    guard judged.count >= Self.fewestTexts, Set(judged.map { texts.labels[$0] }).count > 1 else {
      return TextClassifier.LabelSuspects(
        suspects: [], estimate: 0, judged: 0, left: left, alone: chosen.count - judged.count, agreement: 0)
    }
    let (answers, labels, folds) = try answers(to: judged, told: told)
    let numbers = answers.texts.map { labels.index(of: texts.labelNames[Int(texts.labels[judged[$0]])]) ?? 0 }
    let learning = ConfidentLearning(labels: numbers, answers: answers)
    let known = known(numbers, folds: answers.texts.map { folds[$0] })
    let (order, estimate) = learning.ranked { known.contains($0) }
    let suspects = try order.prefix(options.most ?? estimate).map { place in
      let (rival, own) = (learning.rival(of: place), Int(numbers[place]))
      let probabilities = answers.probabilities(at: place)
      let text = judged[answers.texts[place]]
      return TextClassifier.LabelSuspect(
        place: try texts.place(of: text, isWhole: true), label: labels[own],
        suggested: labels[rival], probability: probabilities[rival], labelProbability: probabilities[own])
    }
    return TextClassifier.LabelSuspects(
      suspects: suspects, estimate: estimate, judged: answers.texts.count,
      left: left + judged.count - answers.texts.count, alone: chosen.count - judged.count,
      agreement: learning.agreement)
  }

  /// As many texts as there is time for, drawn at random from all.
  private func chosen(of labelled: [Int], classes: Int) -> [Int] {
    let all = audit.sources.reduce(0) { $0 + $1.lengths.all }
    let texts = max(audit.texts.count, 1)
    let meanLength = max(Double(all) / Double(texts), 1)
    let most = min(
      options.mostTexts, Int(Double(Self.mostCharacters) / meanLength), Self.mostAnswers / max(classes, 1))
    guard most < labelled.count else { return labelled }
    var stream = RandomStream(key: Randomness(seed: options.seed).key(.folds, index: 1))
    var order = labelled
    for place in 0..<most { order.swapAt(place, place + stream.below(order.count - place)) }
    return order[..<most].sorted()
  }

  /// Those with a label that other texts have too, which are no copies of them: a model without them knows no such label.
  private func withoutLonely(_ chosen: [Int]) -> [Int] {
    let labels = audit.texts.labels
    var groups: [Int32: Int32] = [:]
    var shared: Set<Int32> = []
    for text in chosen {
      if let group = groups[labels[text]], group != audit.groups[text] { shared.insert(labels[text]) }
      groups[labels[text]] = audit.groups[text]
    }
    return chosen.filter { shared.contains(labels[$0]) }
  }

  /// The texts whose label was learned by the models that judge them.
  private func known(_ labels: [Int32], folds: [UInt8]) -> Set<Int> {
    var foldsOfLabel: [Int32: Set<UInt8>] = [:]
    for (label, fold) in zip(labels, folds) { foldsOfLabel[label, default: []].insert(fold) }
    return Set(labels.indices.filter { (foldsOfLabel[labels[$0]]?.count ?? 0) > 1 })
  }

  /// What models say of each text that have not learned from it, and their classes.
  private func answers(
    to judged: [Int], told: (SolvingReport) -> Void
  ) throws -> (FoldedAnswers, LabelSet, folds: [UInt8]) {
    let audited = audit.texts
    let examples = Examples<LabeledText>(name: audit.sources.first?.name) { body in
      for (place, text) in judged.enumerated() {
        if place % 1_024 == 0 { try audited.checkNow() }
        let example = try audited.example(text)
        try body(LabeledText(example.text, label: audited.labelNames[Int(audited.labels[text])]))
      }
    }
    let ngrams = NgramConfiguration()
    let settings = TextSettings(maximumLength: ngrams.ngramLength)
    let defaults = DataSettings()
    let vocabulary = try Vocabulary(
      examples, settings: settings, minimumCount: defaults.minimumCount, maximumAlphabet: defaults.maximumAlphabet)
    let encoded = try EncodedTexts(
      examples, encoder: TextEncoder(settings: settings, alphabet: vocabulary.alphabet), labels: vocabulary.labels,
      expecting: judged.count)
    let lengths = ngrams.resolved(characters: vocabulary.characters, classes: vocabulary.labels.count, isAlone: true)
      .choosingLengths(
        characters: encoded.characters, setsWordsApart: try encoded.corpus.setsWordsApart(vocabulary.alphabet))
    guard let features = lengths.solvedFeatures else {
      throw ConfigurationError(
        setting: "mostTexts", problem: "leaves texts that are too many to be searched at once", advice: "lower it")
    }
    var seconds = ContinuousClock.now
    let fit = try NgramFit(
      features, roles: vocabulary.alphabet.wordRoles(settings), texts: encoded.corpus, validation: nil,
      classes: vocabulary.labels.count, balance: ngrams.ngramBalance, seed: options.seed,
      device: CPUDevice(threads: options.threads), checkMemory: { try RunMemory.validate(ngrams: $0) },
      check: { try audited.checkNow() })
    let folds = groupedSplit(
      labels: encoded.classes, units: judged.map { audit.groups[$0] },
      shares: [Double](repeating: 1, count: options.folds), seed: options.seed)
    let answers = try fit.foldedAnswers(folds: folds, count: options.folds) { progress in
      let now = ContinuousClock.now
      guard now - seconds >= .milliseconds(100) || progress.fraction >= 1 else { return }
      seconds = now
      let spent = (now - start) / .seconds(1)
      told(
        SolvingReport(
          fraction: progress.fraction, passes: progress.passes, seconds: spent,
          secondsLeft: progress.fraction > 0 ? spent * (1 - progress.fraction) / progress.fraction : nil))
    }
    return (answers, vocabulary.labels, folds)
  }
}
