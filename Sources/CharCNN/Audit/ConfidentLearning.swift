import CharCNNTraining

/// Which labels are probably wrong, by the scores of models that have not learned from them. It is confident learning (Northcutt, Jiang
/// & Chuang 2021, "Confident Learning: Estimating Uncertainty in Dataset Labels", equation 2: a text counts as one of another class
/// where models are about as sure of that as they are as a rule of texts that have its label), with the scores of support vector machines in
/// the place of probabilities, which are all near 0 or 1 where it matters, and with one condition more: that the text
/// resembles those that have not the label which it has.
struct ConfidentLearning {
  /// The number of each text's label.
  private let labels: [Int32]
  private let answers: FoldedAnswers
  private var classes: Int { answers.classes }
  /// The mean score of each class among the texts that have its label, and among all others.
  private let means: [(members: Double, others: Double)]

  /// Where between the others and the members of a class a text is as good as a member, and where as good as one of the others.
  private static let (memberShare, otherShare) = (0.85, 0.35)

  init(labels: [Int32], answers: FoldedAnswers) {
    self.labels = labels
    self.answers = answers
    var sums = [Double](repeating: 0, count: answers.classes)
    var counts = [Double](repeating: 0, count: answers.classes)
    var all = sums
    for (text, label) in labels.enumerated() {
      sums[Int(label)] += Double(answers.scores[text * answers.classes + Int(label)])
      counts[Int(label)] += 1
      for other in 0..<answers.classes { all[other] += Double(answers.scores[text * answers.classes + other]) }
    }
    let count = Double(labels.count)
    means = all.indices.map {
      (sums[$0] / max(counts[$0], 1), (all[$0] - sums[$0]) / max(count - counts[$0], 1))
    }
  }

  /// Where a text stands between the others, 0, and the members of a class, 1.
  private func place(of text: Int, in label: Int) -> Double {
    let (members, others) = means[label]
    return (Double(score(text, label)) - others) / max(members - others, 1e-9)
  }

  private func score(_ text: Int, _ label: Int) -> Float { answers.scores[text * classes + label] }

  private func ownScore(of text: Int) -> Float { score(text, Int(labels[text])) }

  /// The best class but a text's own label.
  func rival(of text: Int) -> Int {
    let own = Int(labels[text])
    var best = own == 0 ? 1 : 0
    for label in 0..<classes where label != own && score(text, label) > score(text, best) { best = label }
    return best
  }

  /// Whether another class than a text's own label is ahead.
  private func isBehind(_ text: Int) -> Bool { score(text, rival(of: text)) > ownScore(of: text) }

  /// Whether a text is as good as a member of another class, and not of its own.
  private func isProbablyWrong(_ text: Int) -> Bool {
    place(of: text, in: rival(of: text)) >= Self.memberShare
      && place(of: text, in: Int(labels[text])) <= Self.otherShare
  }

  /// How little speaks for a text's own label: its score, and its distance from the best other one. A text that resembles none of
  /// its class is worse than one between two.
  private func support(of text: Int) -> Float { 2 * ownScore(of: text) - score(text, rival(of: text)) }

  /// The texts with another class ahead, the most suspect first, and how many of them have a wrong label, probably.
  ///
  /// - Parameter isJudged: Whether something can be said of a text.
  func ranked(_ isJudged: (Int) -> Bool) -> (texts: [Int], estimate: Int) {
    let behind = labels.indices.filter { isJudged($0) && isBehind($0) }
    let order = behind.map { (text: $0, support: support(of: $0)) }.sorted {
      ($0.support, $0.text) < ($1.support, $1.text)
    }
    return (order.map(\.text), behind.count { isProbablyWrong($0) })
  }

  /// The part of the texts whose own label is the best.
  var agreement: Double {
    Double(labels.indices.count { !isBehind($0) }) / Double(max(labels.count, 1))
  }
}
