internal import CharCNNEvaluation
internal import CharCNNFiles
import CharCNNNetworks
import CharCNNStorage
import CharCNNText
import CharCNNTraining

/// The steps of a calibration.
struct CalibrationWork {
  /// Texts that are answered together.
  private static let piece = 2_048
  /// Scores that the temperature is fitted to at most: one number needs no more.
  private static let mostScores = 4_000_000
  /// Answers with a label from which on it may have a threshold of its own.
  private static let fewestAnswers = 20

  private let classifier: TextClassifier
  private(set) var report = TextClassifier.CalibrationReport()
  /// The probabilities of some texts at temperature 1, spread evenly over all, with their labels.
  private var kept: [(probabilities: [Float], labels: [Int32])] = []
  /// What it is made with.
  private var data: ModelBundle.Provenance.Data?
  /// Of so many texts in a row one is kept.
  private var stride = 1
  private var done = 0

  init(_ classifier: TextClassifier) {
    self.classifier = classifier.replacing(rejection: nil, several: classifier.several, record: classifier.record)
  }

  private var classes: Int { classifier.labels.count }
  private var hasSeveral: Bool { classifier.allowsSeveralLabels }

  /// Hands the probabilities of all texts to `body`, with the numbers of those of their labels that are known.
  ///
  /// - Returns: What was left out.
  private func forEach(
    _ examples: Examples<LabeledText>, needsLabels: Bool, _ body: (ArraySlice<Float>, LabeledText, [Int32]) -> Void,
    progress: (Int) -> Void
  ) throws -> ReadingReport {
    var texts: [LabeledText] = []
    var count = 0
    func flush() {
      var place = 0
      classifier.forEachProbabilities(of: texts.map(\.text)) { probabilities in
        let text = texts[place]
        // Where a text has one label, the first counts.
        let given = hasSeveral ? text.labels ?? [] : [text.label].compactMap { $0 }
        body(probabilities, text, given.compactMap { classifier.labelSet.index(of: $0) })
        place += 1
      }
      count += texts.count
      texts.removeAll(keepingCapacity: true)
      progress(count)
    }
    func take(_ text: LabeledText) {
      texts.append(text)
      if texts.count == Self.piece { flush() }
    }
    let report = try examples.forEachText(allowsNone: hasSeveral, needsLabels: needsLabels) { text, _, _ in take(text) }
    flush()
    return report
  }

  /// Reads the texts for the first time, for the temperature.
  mutating func read(_ examples: Examples<LabeledText>, progress: (Int) -> Void) throws {
    var work = self
    var digest = RunningSHA256()
    let most = max(Self.mostScores / max(classes, 1), 2)
    var number = 0
    let reading = try forEach(
      examples, needsLabels: true,
      { probabilities, text, labels in
        digest.add(text, hasSeveral: work.hasSeveral)
        if !work.hasSeveral, labels.isEmpty {
          work.report.outsideTexts += 1
          work.report.unknownLabels[text.label ?? "", default: 0] += 1
          return
        }
        work.report.texts += 1
        if number % work.stride == 0 {
          work.kept.append((Array(probabilities), work.hasSeveral ? labels : [labels[0]]))
        }
        number += 1
        guard work.kept.count > most else { return }
        work.stride *= 2
        work.kept = work.kept.enumerated().filter { $0.offset % 2 == 0 }.map(\.element)
      }, progress: progress)
    self = work
    report.warnings += reading.warnings(ofSeveralLabels: hasSeveral)
    done = number + report.outsideTexts
    data = ModelBundle.Provenance.Data(
      name: examples.isInMemory ? nil : FilePath.parts(FilePath.absolute(examples.name)).last, examples: done,
      digest: digest.hexDigest)
    if done == 0 { throw TrainingError.noExamples(path: examples.name, isInMemory: examples.isInMemory) }
    let hasKnown = hasSeveral ? kept.contains { !$0.labels.isEmpty } : report.texts > 0
    if !hasKnown {
      throw DataError.noKnownLabel(of: examples, given: report.unknownLabels.keys, known: classifier.labels)
    }
  }

  /// Finds the temperature and the thresholds, and measures what they do.
  mutating func finish(
    _ examples: Examples<LabeledText>, _ outside: Examples<LabeledText>?, _ goal: TextClassifier.RejectOption.Goal,
    progress: (Int) -> Void
  ) throws -> (classifier: TextClassifier, report: TextClassifier.CalibrationReport) {
    var option = TextClassifier.RejectOption(temperature: temperature())
    let tempered = Temperature(option.temperature, hasSeveral: hasSeveral)
    kept = []
    var answers = CalibrationAnswers(labels: classifier.labels)
    var thresholds = LabelThresholds(labels: classes)
    var (before, after) = (ProbabilityMeasure(hasSeveral), ProbabilityMeasure(hasSeveral))
    let hasSeveral = hasSeveral
    _ = try forEach(
      examples, needsLabels: true,
      { probabilities, _, labels in
        let calibrated = tempered?.applied(to: probabilities)[...] ?? probabilities
        if !hasSeveral, labels.isEmpty { return answers.add(outside: calibrated) }
        before.add(probabilities, labels)
        after.add(calibrated, labels)
        if hasSeveral { thresholds.add(calibrated, right: labels) } else { answers.add(calibrated, label: labels[0]) }
      }, progress: { progress(done + $0) })
    if let outside {
      let reading = try forEach(
        outside, needsLabels: false,
        { probabilities, _, _ in answers.add(outside: tempered?.applied(to: probabilities)[...] ?? probabilities) },
        progress: { _ in })
      report.warnings += reading.warnings
    }
    (report.errorBefore, report.lossBefore) = (before.calibration.error, before.meanLoss)
    (report.errorAfter, report.lossAfter) = (after.calibration.error, after.meanLoss)
    var several = classifier.several
    if hasSeveral {
      several = SeveralLabels(thresholds: thresholds.thresholds())
      report.thresholds = several?.thresholds
    } else {
      (option.threshold, option.labelThresholds) = answers.thresholds(for: goal, fewest: Self.fewestAnswers)
      answers.measure(option, &report)
      if case .precision(let part) = goal, report.coverage == 0 {
        throw ConfigurationError(
          setting: "precision",
          problem: "of \(part) is reached by no threshold on these texts, so that nothing would be answered",
          advice: "choose a lower one, or look at what is answered wrongly")
      }
    }
    report.rejection = option
    let isPlain = option == TextClassifier.RejectOption()
    var record = classifier.record
    record?.provenance?.calibration = data
    return (classifier.replacing(rejection: isPlain ? nil : option, several: several, record: record), report)
  }

  /// The temperature of the least cross entropy.
  private func temperature() -> Double {
    var fit = PartMixture(usual: [1], classes: classes, hasSeveral: hasSeveral)
    let least = Double(Float.leastNormalMagnitude)
    for (probabilities, labels) in kept {
      let scores = probabilities.map { probability -> Float in
        let score = log(max(Double(probability), least))
        return Float(hasSeveral ? score - log(max(1 - Double(probability), least)) : score)
      }
      fit.add([scores[...]], labels: labels)
    }
    let most = TextClassifier.RejectOption.largestTemperature
    let temperature = min(max(1 / Double(fit.weights()[0]), 1 / most), most)
    // Seven digits are as exact as the probabilities.
    return (temperature * 1e6).rounded() / 1e6
  }
}

/// How good probabilities are.
private struct ProbabilityMeasure {
  var calibration = Calibration()
  private var (loss, count) = (0.0, 0)
  private let hasSeveral: Bool

  init(_ hasSeveral: Bool) { self.hasSeveral = hasSeveral }

  var meanLoss: Double { loss / Double(max(count, 1)) }

  mutating func add(_ probabilities: ArraySlice<Float>, _ labels: [Int32]) {
    let first = probabilities.startIndex
    func cost(_ probability: Float) -> Double { -log(max(Double(probability), Double(Float.leastNormalMagnitude))) }
    count += 1
    if hasSeveral {
      for (label, probability) in probabilities.enumerated() {
        let isRight = labels.contains(Int32(label))
        calibration.add(probability: Double(probability), isCorrect: isRight)
        loss += cost(isRight ? probability : 1 - probability)
      }
      return
    }
    let best = Evaluator.predicted(probabilities)
    calibration.add(probability: Double(probabilities[first + best]), isCorrect: Int32(best) == labels[0])
    loss += cost(probabilities[first + Int(labels[0])])
  }
}

/// The answers that thresholds are chosen by.
private struct CalibrationAnswers {
  private let labels: [String]
  private var all = SelectiveAnswers()
  /// By the label that is answered.
  private var ofLabels: [SelectiveAnswers]
  /// How sure, what is answered, and whether it is right; the latter nil for texts of no class.
  private var answers: [(certainty: Double, label: Int, isRight: Bool?)] = []

  init(labels: [String]) {
    self.labels = labels
    ofLabels = labels.map { _ in SelectiveAnswers() }
  }

  mutating func add(_ probabilities: ArraySlice<Float>, label: Int32) {
    let answer = Evaluator.predicted(probabilities)
    let certainty = Certainty.of(probabilities)
    answers.append((certainty, answer, Int32(answer) == label))
    all.add(probability: certainty, isRight: Int32(answer) == label)
    ofLabels[answer].add(probability: certainty, isRight: Int32(answer) == label)
  }

  mutating func add(outside probabilities: ArraySlice<Float>) {
    let answer = Evaluator.predicted(probabilities)
    let certainty = Certainty.of(probabilities)
    answers.append((certainty, answer, nil))
    all.add(outside: certainty)
    ofLabels[answer].add(outside: certainty)
  }

  /// The threshold of all labels, and those of labels that need one of their own.
  func thresholds(
    for goal: TextClassifier.RejectOption.Goal, fewest: Int
  ) -> (all: Double, ofLabels: [String: Double]) {
    switch goal {
    case .probabilities: return (0, [:])
    case .separation: return (Self.rounded(all.bestSeparation()), [:])
    case .coverage(let part): return (part == 1 ? 0 : Self.rounded(all.threshold(coverage: part)), [:])
    case .precision(let part): return thresholds(precision: part, fewest: fewest)
    }
  }

  private func thresholds(precision part: Double, fewest: Int) -> (all: Double, ofLabels: [String: Double]) {
    /// Whether there are no more errors than the goal allows, but for chance.
    func isGood(_ cut: SelectiveAnswers.Cut) -> Bool {
      let given = Double(cut.answered + cut.outside)
      return given - Double(cut.right) <= given * (1 - part) + (given * (1 - part) * part).squareRoot()
    }
    let usual = all.threshold(precision: part)
    var own: [String: Double] = [:]
    var (given, right) = (0, 0)
    for (label, answers) in ofLabels.enumerated() {
      let cuts = answers.cuts()
      guard let cut = cuts.last(where: { $0.threshold >= usual }), cut.answered + cut.outside >= fewest, !isGood(cut)
      else { continue }
      let found = cuts.last(where: isGood)
      own[labels[label]] = Self.rounded(found?.threshold ?? 1)
      given += found.map { $0.answered + $0.outside } ?? 0
      right += found?.right ?? 0
    }
    if own.isEmpty { return (Self.rounded(usual), [:]) }
    // What these labels lose, the others may answer more.
    var others = SelectiveAnswers()
    for answer in answers where own[labels[answer.label]] == nil {
      if let isRight = answer.isRight {
        others.add(probability: answer.certainty, isRight: isRight)
      } else {
        others.add(outside: answer.certainty)
      }
    }
    let cut = others.cuts().last {
      Double($0.right + right) >= part * Double($0.answered + $0.outside + given)
    }
    return (Self.rounded(cut?.threshold ?? usual), own)
  }

  /// A threshold as it is stored: six digits, rounded down so that what reached it does so still.
  private static func rounded(_ threshold: Float) -> Double {
    min(max((Double(threshold) * 1e6).rounded(.down) / 1e6, 0), 1)
  }

  /// Counts what is answered and what is right.
  func measure(_ option: TextClassifier.RejectOption, _ report: inout TextClassifier.CalibrationReport) {
    var (answered, right, rightOfAll, refused) = (0, 0, 0, 0)
    for answer in answers {
      let isGiven = option.allows(labels[answer.label], certainty: answer.certainty)
      guard let isRight = answer.isRight else {
        refused += isGiven ? 0 : 1
        continue
      }
      rightOfAll += isRight ? 1 : 0
      answered += isGiven ? 1 : 0
      right += isGiven && isRight ? 1 : 0
    }
    let outside = answers.count - all.count
    report.outsideTexts = outside
    report.accuracy = Double(rightOfAll) / Double(max(all.count, 1))
    report.coverage = Double(answered) / Double(max(all.count, 1))
    report.accuracyAnswered = answered == 0 ? nil : Double(right) / Double(answered)
    let given = answered + outside - refused
    report.precision = outside == 0 || given == 0 ? nil : Double(right) / Double(given)
    report.outsideRefused = outside == 0 ? nil : Double(refused) / Double(outside)
    report.areaUnderROC = all.areaUnderROC
  }
}
