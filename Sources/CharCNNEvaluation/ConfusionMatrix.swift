/// How often each label was predicted for each label: the counts that all scores are computed from.
///
/// Examples whose actual label is none of `labels`, because the training data lacked it, are counted under `unseen`. Every
/// one of them is an error, and their predictions count against the precision of the label predicted.
///
/// Only pairs that occur take memory, so thousands of labels are no problem.
public struct ConfusionMatrix: Equatable, Sendable {
  /// The labels a model can predict; an index everywhere here is a place in this list.
  public let labels: [String]
  /// How many examples had an actual label that is not in `labels`, by that label.
  public private(set) var unseen: [String: Int] = [:]
  /// How many examples were counted, unseen labels included.
  public private(set) var examples = 0
  /// How many examples were predicted right.
  public private(set) var correct = 0

  private var pairs: [Pair: Int] = [:]
  private var actualCounts: [Int]
  private var predictedCounts: [Int]

  private struct Pair: Hashable {
    let actual: Int
    let predicted: Int
  }

  /// No examples yet.
  public init(labels: [String]) {
    self.labels = labels
    actualCounts = Array(repeating: 0, count: labels.count)
    predictedCounts = actualCounts
  }

  /// Counts one example whose actual label is in `labels`.
  ///
  /// - Throws: ``EvaluationError/noSuchLabel(index:labels:)`` unless both are indices of `labels`; nothing is counted then.
  public mutating func add(actual: Int, predicted: Int) throws(EvaluationError) {
    try check(actual)
    try count(predicted)
    pairs[Pair(actual: actual, predicted: predicted), default: 0] += 1
    actualCounts[actual] += 1
    if actual == predicted { correct += 1 }
  }

  /// Counts one example whose actual label is not in `labels`.
  ///
  /// - Throws: ``EvaluationError/noSuchLabel(index:labels:)`` unless `predicted` is an index of `labels`; nothing is counted
  ///   then.
  public mutating func add(unseen label: String, predicted: Int) throws(EvaluationError) {
    try count(predicted)
    unseen[label, default: 0] += 1
  }

  private func check(_ label: Int) throws(EvaluationError) {
    guard labels.indices.contains(label) else { throw .noSuchLabel(index: label, labels: labels.count) }
  }

  private mutating func count(_ predicted: Int) throws(EvaluationError) {
    try check(predicted)
    predictedCounts[predicted] += 1
    examples += 1
  }

  /// How many examples with the label `actual` were predicted to have the label `predicted`.
  public subscript(actual actual: Int, predicted predicted: Int) -> Int {
    pairs[Pair(actual: actual, predicted: predicted)] ?? 0
  }

  /// All counts as rows of actual labels with columns of predicted labels.
  public var counts: [[Int]] {
    labels.indices.map { actual in labels.indices.map { self[actual: actual, predicted: $0] } }
  }

  /// All counts that are not 0, in the order of the labels, those of labels that the model does not know last.
  var cells: [ConfusionCell] {
    var unknown = predictedCounts
    var cells: [ConfusionCell] = []
    for (pair, count) in pairs.sorted(by: { ($0.key.actual, $0.key.predicted) < ($1.key.actual, $1.key.predicted) }) {
      cells.append(ConfusionCell(actual: pair.actual, predicted: pair.predicted, count: count))
      unknown[pair.predicted] -= count
    }
    for (label, count) in unknown.enumerated() where count > 0 {
      cells.append(ConfusionCell(actual: nil, predicted: label, count: count))
    }
    return cells
  }

  /// How many examples had the label of this index; none for what is no index.
  public func support(of label: Int) -> Int { actualCounts.indices.contains(label) ? actualCounts[label] : 0 }

  /// How many examples were predicted to have the label of this index; none for what is no index.
  public func predictions(of label: Int) -> Int { predictedCounts.indices.contains(label) ? predictedCounts[label] : 0 }

  /// The pairs of labels that are mixed up most often, at most `limit`; of equally frequent ones, earlier labels first.
  public func mostConfused(top limit: Int) -> [Confusion] {
    pairs.filter { $0.key.actual != $0.key.predicted }
      .sorted { ($1.value, $0.key.actual, $0.key.predicted) < ($0.value, $1.key.actual, $1.key.predicted) }
      .prefix(max(limit, 0))
      .map { Confusion(actual: labels[$0.key.actual], predicted: labels[$0.key.predicted], count: $0.value) }
  }
}
