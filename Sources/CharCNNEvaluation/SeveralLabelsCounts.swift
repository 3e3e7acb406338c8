internal import CharCNNFiles

/// Counts the answers about texts of which each may have several labels, or none.
struct SeveralLabelsCounts: Sendable {
  private let labels: [String]
  private let thresholds: [Float]
  private var hits: [Int]
  private var given: [Int]
  private var right: [Int]
  private var (examples, subsets) = (0, 0)
  private var ranking = 0.0
  private var loss = 0.0
  private var calibration = Calibration()
  private var unseen: [String: Int] = [:]

  init(labels: [String], thresholds: [Float]) {
    precondition(labels.count == thresholds.count, "a threshold for each label")
    self.labels = labels
    self.thresholds = thresholds
    hits = Array(repeating: 0, count: labels.count)
    given = hits
    right = hits
  }

  /// Counts one text.
  ///
  /// - Parameters:
  ///   - actual: Its labels.
  ///   - unseen: Those of its labels that the model does not know.
  ///   - probabilities: Of each label.
  mutating func add(actual: [Int], unseen: [String], probabilities: ArraySlice<Float>) throws(EvaluationError) {
    for label in actual where !labels.indices.contains(label) {
      throw .noSuchLabel(index: label, labels: labels.count)
    }
    var isRight = [Bool](repeating: false, count: labels.count)
    for label in actual { isRight[label] = true }
    var isWhole = unseen.isEmpty
    for (label, probability) in probabilities.enumerated() {
      let isGiven = probability >= thresholds[label]
      if isGiven { given[label] += 1 }
      if isRight[label] { right[label] += 1 }
      if isGiven, isRight[label] { hits[label] += 1 }
      if isGiven != isRight[label] { isWhole = false }
      calibration.add(probability: Double(probability), isCorrect: isRight[label])
      let ofTruth = Double(isRight[label] ? probability : 1 - probability)
      loss -= log(max(ofTruth, Double(Float.leastNormalMagnitude)))
    }
    for label in unseen { self.unseen[label, default: 0] += 1 }
    if isWhole { subsets += 1 }
    ranking += Self.rankingPrecision(isRight, probabilities)
    examples += 1
  }

  /// The mean, over the right labels, of the part of the labels as likely or likelier that are right too; 1 where all or none are right
  /// (Tsoumakas 2010, "Mining Multi-label Data"; what scikit-learn computes for each text).
  private static func rankingPrecision(_ isRight: [Bool], _ probabilities: ArraySlice<Float>) -> Double {
    let count = isRight.count { $0 }
    guard count > 0, count < isRight.count else { return 1 }
    let first = probabilities.startIndex
    let order = isRight.indices.sorted { probabilities[first + $0] > probabilities[first + $1] }
    var sum = 0.0
    var (seen, rightSeen) = (0, 0)
    var place = 0
    while place < order.count {
      // Labels that are equally likely share a rank.
      var end = place
      var rightHere = 0
      while end < order.count, probabilities[first + order[end]] == probabilities[first + order[place]] {
        if isRight[order[end]] { rightHere += 1 }
        end += 1
      }
      seen += end - place
      rightSeen += rightHere
      sum += Double(rightHere) * Double(rightSeen) / Double(seen)
      place = end
    }
    return sum / Double(count)
  }

  func report() -> ClassificationReport {
    var report = scores()
    report.reliability = calibration.reliability
    return report
  }

  private func scores() -> ClassificationReport {
    let scores = labels.indices.map { label in
      LabelScore(
        label: labels[label], precision: Self.ratio(hits[label], given[label]),
        recall: Self.ratio(hits[label], right[label]), f1: Self.ratio(2 * hits[label], given[label] + right[label]),
        support: right[label], predictions: given[label])
    }
    let occurring = scores.filter { $0.support + $0.predictions > 0 }
    let support = right.reduce(0, +) + unseen.values.reduce(0, +)
    return ClassificationReport(
      subsetAccuracy: Self.ratio(subsets, examples),
      microF1: Self.ratio(2 * hits.reduce(0, +), given.reduce(0, +) + support),
      macroF1: occurring.reduce(0) { $0 + $1.f1 } / Double(max(occurring.count + unseen.count, 1)),
      weightedF1: support == 0 ? 0 : scores.reduce(0) { $0 + $1.f1 * Double($1.support) } / Double(support),
      rankingAveragePrecision: examples == 0 ? 0 : ranking / Double(examples), examples: examples,
      loss: examples == 0 ? nil : loss / Double(examples), calibrationError: calibration.error, labels: scores,
      thresholds: thresholds, unseenLabels: unseen)
  }

  private static func ratio(_ part: Int, _ whole: Int) -> Double { whole == 0 ? 0 : Double(part) / Double(whole) }
}
