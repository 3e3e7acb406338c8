import CharCNNEvaluation
import Testing

/// Examples whose scores were computed with scikit-learn by Fixtures/evaluation_scores.py.
enum Examples {
  static let labels = ["a", "b", "c", "d", "e"]

  /// Twelve examples; "d" is only predicted, "e" does not occur.
  static let small = matrix { matrix in
    let actual = [0, 0, 0, 0, 1, 1, 1, 2, 2, 0, 1, 1]
    let predicted = [0, 0, 1, 3, 1, 1, 0, 2, 1, 0, 1, 2]
    for (actual, predicted) in zip(actual, predicted) { try matrix.add(actual: actual, predicted: predicted) }
  }

  /// The same and three examples with labels that the model does not know.
  static let smallWithUnseen = matrix { matrix in
    matrix = small
    try matrix.add(unseen: "x", predicted: 0)
    try matrix.add(unseen: "x", predicted: 1)
    try matrix.add(unseen: "y", predicted: 3)
  }

  /// A thousand examples with five known and two unseen labels.
  static let generated = matrix { matrix in
    var state = 1
    for _ in 0..<1000 {
      state = (state * 1_103_515_245 + 12345) % (1 << 31)
      let right = (state >> 16) % 7
      let guess = (state >> 20) % 3 != 0 ? right : (state >> 8) % 5
      if right < 5 {
        try matrix.add(actual: right, predicted: guess % 5)
      } else {
        try matrix.add(unseen: "unseen \(right)", predicted: guess % 5)
      }
    }
  }

  private static func matrix(_ fill: (inout ConfusionMatrix) throws -> Void) -> ConfusionMatrix {
    var matrix = ConfusionMatrix(labels: labels)
    do { try fill(&matrix) } catch { Issue.record(error) }
    return matrix
  }

  static func isClose(_ value: Double, _ expected: Double) -> Bool { abs(value - expected) < 1e-12 }
}
