/// How often texts of a label got a label: a cell of a confusion matrix.
struct ConfusionCell {
  /// The right label; nil for one that the model does not know.
  var actual: Int?
  var predicted: Int
  var count: Int
}

/// Accuracy and macro F1 of some cells, over and over.
struct CellScores {
  private var hits: [Int]
  private var actual: [Int]
  private var predicted: [Int]
  /// Right labels that the model does not know, each with an F1 of 0.
  private let unseen: Int
  private(set) var examples = 0

  init(labels: Int, unseen: Int) {
    hits = Array(repeating: 0, count: labels)
    actual = hits
    predicted = hits
    self.unseen = unseen
  }

  mutating func reset() {
    for label in hits.indices { (hits[label], actual[label], predicted[label]) = (0, 0, 0) }
    examples = 0
  }

  mutating func add(actual right: Int?, predicted answer: Int, count: Int) {
    examples += count
    predicted[answer] += count
    guard let right else { return }
    actual[right] += count
    if right == answer { hits[right] += count }
  }

  var accuracy: Double { examples == 0 ? 0 : Double(hits.reduce(0, +)) / Double(examples) }

  var macroF1: Double {
    var (sum, occurring) = (0.0, unseen)
    for label in hits.indices where actual[label] + predicted[label] > 0 {
      sum += 2 * Double(hits[label]) / Double(actual[label] + predicted[label])
      occurring += 1
    }
    return occurring == 0 ? 0 : sum / Double(occurring)
  }
}

extension ConfusionMatrix {
  /// Intervals in which accuracy and macro F1 lie for 95 of 100 samples of as many texts: that of the accuracy by Wilson's score (1927), which
  /// holds for few texts and for ones that are all right, that of macro F1 by resampling; nil for the latter where nothing is wrong.
  func intervals() -> (accuracy: ClassificationReport.Interval, macroF1: ClassificationReport.Interval?)? {
    guard examples > 0 else { return nil }
    var bootstrap = PoissonBootstrap()
    var scores = CellScores(labels: labels.count, unseen: unseen.count)
    let cells = cells
    let wilson = ClassificationReport.Interval(wilson: correct, of: examples)
    if correct == examples { return (wilson, nil) }
    var figures: [Double] = []
    while figures.count < PoissonBootstrap.samples {
      scores.reset()
      for cell in cells {
        scores.add(actual: cell.actual, predicted: cell.predicted, count: bootstrap.draw(cell.count))
      }
      // A sample of few texts may be empty, and says nothing then.
      if scores.examples > 0 { figures.append(scores.macroF1) }
    }
    return (wilson, PoissonBootstrap.interval(figures))
  }
}
