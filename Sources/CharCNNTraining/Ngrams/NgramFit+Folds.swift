internal import CharCNNCompute
internal import CharCNNFiles
internal import CharCNNNetworks

/// What models say of texts that they have not learned from, each text left out with its fold.
package struct FoldedAnswers: Sendable {
  /// Number of classes.
  package let classes: Int
  /// Which texts were asked about: all, unless these are so many that their scores would take much memory.
  package let texts: [Int]
  /// The score of each class for each text, [texts, classes]: 1 and -1 are what the models were to reach.
  package let scores: [Float]
  /// What the scores count so that they explain the labels best.
  package let weight: Float

  /// The probability of each class for a text, by its place in ``texts``.
  package func probabilities(at place: Int) -> [Double] {
    let row = scores[place * classes..<(place + 1) * classes]
    let top = row.max() ?? 0
    let shares = row.map { exp(Double(weight * ($0 - top))) }
    let sum = shares.reduce(0, +)
    return shares.map { $0 / sum }
  }
}

extension NgramFit {
  /// Texts from which the weight of the scores is found at most.
  private static let mostWeighed = 20_000
  /// The cost of the machines, lower than what answers best as a rule: they are not to fit labels that are wrong.
  private static let foldedCost: Float = 0.1

  /// Finds a model without each fold of the texts and asks it about them.
  ///
  /// - Parameters:
  ///   - folds: The fold of each text, from 0.
  ///   - count: Number of folds.
  ///   - told: Receives how far the search is, on the thread that calls.
  /// - Throws: What the check throws.
  package func foldedAnswers(
    folds: [UInt8], count folded: Int, told: (NgramSearchProgress) -> Void
  ) throws -> FoldedAnswers {
    try withoutActuallyEscaping(told) { told in
      let search = NgramSearch(check: check, isEnding: { _ in false }, told: told)
      let machines = (NgramChoice.isScalable(classes: classes) ? [false, true] : [false]).map {
        NgramMachine(cost: Self.foldedCost, factors: .init(isScaled: $0, vectorScale: 0))
      }
      let found = try heldOut(machines, groups: folds, held: Array(0..<UInt8(folded)), search)
      let scores = meanScores(found)
      var mixture = PartMixture(usual: [PartWeights.usualOfNgrams], classes: classes)
      for place in stride(from: 0, to: found.rows.count, by: max(1, found.rows.count / Self.mostWeighed)) {
        mixture.add([scores[place * classes..<(place + 1) * classes]], shares: shares(ofRow: found.rows[place]))
      }
      return FoldedAnswers(classes: classes, texts: found.rows, scores: scores, weight: mixture.weights()[0])
    }
  }

  /// The mean of the machines' scores, one for each class.
  private func meanScores(_ found: HeldOut) -> [Float] {
    var scores = [Float](repeating: 0, count: found.rows.count * classes)
    for place in found.rows.indices {
      for problem in 0..<problems {
        let sum = found.scores.reduce(Float(0)) { $0 + $1[place * problems + problem] }
        let mean = sum / Float(found.scores.count)
        if classes == 2 {
          scores[place * 2] = -mean / 2
          scores[place * 2 + 1] = mean / 2
        } else {
          scores[place * classes + problem] = mean
        }
      }
    }
    return scores
  }
}
