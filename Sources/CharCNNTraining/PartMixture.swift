internal import CharCNNCompute
internal import CharCNNNetworks
internal import Foundation

/// The weights of two parts whose weighted sum of scores explains some labels best: the least mean cross entropy, found by
/// Newton's method. The problem is convex; weights below 0, which no part deserves that learned anything, are not tried.
package struct PartMixture {
  /// Least mean cross entropy at which the search ends when a step gains no more.
  private static let precision = 1e-9
  private static let largest = 20.0

  private let classes: Int
  private var scores: [[Float]] = [[], []]
  private var labels: [Int] = []

  package init(classes: Int) { self.classes = classes }

  /// Takes the scores that both parts give a text.
  package mutating func add(_ first: ArraySlice<Float>, _ second: ArraySlice<Float>, label: Int) {
    scores[0] += first
    scores[1] += second
    labels.append(label)
  }

  /// The weights; 1 and 1 where nothing is known.
  package func weights() -> [Float] {
    var weights = [1.0, 1.0]
    guard !labels.isEmpty else { return weights.map(Float.init) }
    var (loss, gradient, curvature) = derivatives(at: weights)
    for _ in 0..<50 {
      // A little added to the diagonal keeps two parts that agree in everything from making the matrix singular.
      let (a, b, d) = (curvature[0] + 1e-6, curvature[1], curvature[2] + 1e-6)
      let determinant = a * d - b * b
      let step = [
        (d * gradient[0] - b * gradient[1]) / determinant, (a * gradient[1] - b * gradient[0]) / determinant,
      ]
      var scale = 1.0
      var next = weights
      var found = (loss: loss, gradient: gradient, curvature: curvature)
      repeat {
        next = (0..<2).map { min(max(weights[$0] - scale * step[$0], 0), Self.largest) }
        found = derivatives(at: next)
        scale /= 2
      } while !(found.loss <= loss) && scale > 1e-6
      guard found.loss < loss - Self.precision else { break }
      weights = next
      (loss, gradient, curvature) = found
    }
    return weights.map(Float.init)
  }

  /// The mean cross entropy, its gradient, and the upper triangle of its second derivatives.
  private func derivatives(at weights: [Double]) -> (loss: Double, gradient: [Double], curvature: [Double]) {
    var (loss, gradient, curvature) = (0.0, [0.0, 0.0], [0.0, 0.0, 0.0])
    var sums = [Double](repeating: 0, count: classes)
    for text in labels.indices {
      let start = text * classes
      for index in 0..<classes {
        sums[index] = weights[0] * Double(scores[0][start + index]) + weights[1] * Double(scores[1][start + index])
      }
      let top = sums.max() ?? 0
      var total = 0.0
      var (mean0, mean1, square0, square1, product) = (0.0, 0.0, 0.0, 0.0, 0.0)
      for index in 0..<classes {
        let share = exp(sums[index] - top)
        let (first, second) = (Double(scores[0][start + index]), Double(scores[1][start + index]))
        total += share
        mean0 += share * first
        mean1 += share * second
        square0 += share * first * first
        square1 += share * second * second
        product += share * first * second
      }
      (mean0, mean1) = (mean0 / total, mean1 / total)
      loss += log(total) + top - sums[labels[text]]
      gradient[0] += mean0 - Double(scores[0][start + labels[text]])
      gradient[1] += mean1 - Double(scores[1][start + labels[text]])
      curvature[0] += square0 / total - mean0 * mean0
      curvature[1] += product / total - mean0 * mean1
      curvature[2] += square1 / total - mean1 * mean1
    }
    let count = Double(labels.count)
    return (loss / count, gradient.map { $0 / count }, curvature.map { $0 / count })
  }
}

extension Evaluator {
  /// Texts by which the weights of two parts are fitted at most: two numbers need no more.
  private static let mixtureTexts = 20_000

  /// The weights of a network's two parts that explain the labels of a corpus best.
  ///
  /// - Throws: When a text cannot be read again.
  func mixture(
    of network: any PartedNetwork, for corpus: any TextCorpus, store: ParameterStore, workspace: Workspace
  ) throws -> [Float] {
    var mixture: PartMixture?
    try forEachBatch(corpus, workspace: workspace, limit: Self.mixtureTexts) { texts, batch in
      let scores = network.partScores(
        of: batch, .prediction(device: device, workspace: workspace, store: store))
      let values = device.read(scores)
      let classes = scores.columns
      var known = mixture ?? PartMixture(classes: classes)
      for (row, text) in texts.enumerated() where corpus.label(of: text) >= 0 {
        let (first, second) = (row * classes, (texts.count + row) * classes)
        known.add(
          values[first..<first + classes], values[second..<second + classes], label: Int(corpus.label(of: text)))
      }
      mixture = known
    }
    return mixture?.weights() ?? [1, 1]
  }
}
