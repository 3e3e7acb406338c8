/// Finds how likely a label must be to be given to a text, where a text may have several labels or none: as the F1 score asks for, which a
/// threshold of one half serves badly where labels are rare (Lipton 2014, "Optimal Thresholding of Classifiers to Maximize F1 Measure").
///
/// One threshold for all labels makes the F1 score of all decisions the best. A label gets one of its own where that makes its F1 score better
/// by what a text or more decides: of fewer, chance would choose.
package struct LabelThresholds {
  /// Steps between 0 and 1.
  private static let steps = 1_000
  /// Texts that must have a label which gets a threshold of its own.
  private static let fewestTexts = 5

  private let labels: Int
  /// [texts, labels].
  private var probabilities: [Float] = []
  private var isRight: [Bool] = []

  /// Nothing seen yet.
  package init(labels: Int) { self.labels = labels }

  /// Takes the probabilities of a text's labels, and which of them are right.
  package mutating func add(_ probabilities: ArraySlice<Float>, right: [Int32]) {
    self.probabilities += probabilities
    let first = isRight.count
    isRight += repeatElement(false, count: labels)
    for label in right { isRight[first + Int(label)] = true }
  }

  /// A threshold for each label: one that is as likely or likelier is given to a text.
  package func thresholds() -> [Float] {
    guard !isRight.isEmpty else { return Array(repeating: 0.5, count: labels) }
    let usual = counts(from: 0, by: 1).best
    return (0..<labels).map { label in
      let counts = counts(from: label, by: labels)
      let best = counts.best
      let gain = (best.f1 - counts.f1(at: usual.step)) * Double(counts.right)
      let isOwn = counts.right >= Self.fewestTexts && gain >= 1
      return Float(isOwn ? best.step : usual.step) / Float(Self.steps)
    }
  }

  /// Counts of every decision, or of every one of a label.
  private func counts(from first: Int, by step: Int) -> Counts {
    var counts = Counts()
    for place in stride(from: first, to: isRight.count, by: step) {
      counts.add(probabilities[place], isRight: isRight[place])
    }
    return counts
  }

  private struct Cut {
    var step: Int
    var f1: Double
  }

  /// How many labels are as likely as each step, right ones and all.
  private struct Counts {
    private var rightOf = [Int](repeating: 0, count: steps + 1)
    private var allOf = [Int](repeating: 0, count: steps + 1)
    private(set) var right = 0

    mutating func add(_ probability: Float, isRight: Bool) {
      // The step that a threshold may have at most to be reached.
      let step = min(max(Int((probability * Float(steps)).rounded(.down)), 0), steps)
      allOf[step] += 1
      if isRight {
        rightOf[step] += 1
        right += 1
      }
    }

    /// F1 of a threshold.
    func f1(at step: Int) -> Double {
      let (hits, given) = (rightOf[step...].reduce(0, +), allOf[step...].reduce(0, +))
      return given + right == 0 ? 0 : 2 * Double(hits) / Double(given + right)
    }

    /// The threshold of the best F1; of several in a row that are as good, the middle.
    var best: Cut {
      var (hits, given) = (0, 0)
      var (best, first, last) = (-1.0, steps / 2, steps / 2)
      for step in stride(from: steps, through: 1, by: -1) {
        hits += rightOf[step]
        given += allOf[step]
        let f1 = given + right == 0 ? 0 : 2 * Double(hits) / Double(given + right)
        if f1 > best { (best, first, last) = (f1, step, step) } else if f1 == best, last == step + 1 { last = step }
      }
      return Cut(step: (first + last) / 2, f1: best)
    }
  }
}
