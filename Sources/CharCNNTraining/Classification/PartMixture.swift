internal import CharCNNCompute
internal import CharCNNFiles
internal import CharCNNNetworks

/// The weights of two parts whose weighted sum of scores explains some labels best: the least mean cross entropy, found by
/// Newton's method. The problem is convex. Weights below 0, which no part deserves that learned anything, are not tried, and
/// a pull towards 1, as strong as a text or so, keeps a few texts that are all right from making everything certain.
package struct PartMixture {
  /// Gain of a step below which the search ends.
  private static let precision = 1e-10
  /// Strength of the pull towards 1, divided by the number of texts.
  private static let ridge = 1.0

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
    guard !labels.isEmpty else { return [1, 1] }
    let bounds = 0.0...Double(PartWeights.largest)
    var weights = [1.0, 1.0]
    var known = derivatives(at: weights)
    for _ in 0..<100 {
      let step = Self.step(known, at: weights, in: bounds)
      var scale = 1.0
      var next = weights
      var found = known
      repeat {
        next = (0..<2).map { min(max(weights[$0] - scale * step[$0], bounds.lowerBound), bounds.upperBound) }
        found = derivatives(at: next)
        scale /= 2
      } while !(found.loss <= known.loss) && scale > 1e-6
      guard found.loss < known.loss - Self.precision else { break }
      weights = next
      known = found
    }
    return weights.map(Float.init)
  }

  /// Newton's step of the weights that are free: one at a bound that the gradient points beyond stays there.
  private static func step(_ known: Derivatives, at weights: [Double], in bounds: ClosedRange<Double>) -> [Double] {
    let isFree = (0..<2).map { index in
      known.gradient[index] > 0 ? weights[index] > bounds.lowerBound : weights[index] < bounds.upperBound
    }
    let (a, b, d) = known.curvature
    let gradient = known.gradient
    switch (isFree[0], isFree[1]) {
    case (true, true):
      let determinant = a * d - b * b
      return [(d * gradient[0] - b * gradient[1]) / determinant, (a * gradient[1] - b * gradient[0]) / determinant]
    case (true, false): return [gradient[0] / a, 0]
    case (false, true): return [0, gradient[1] / d]
    case (false, false): return [0, 0]
    }
  }

  /// The mean cross entropy with the pull, its gradient, and the upper triangle of its second derivatives.
  private struct Derivatives {
    var loss: Double
    var gradient: [Double]
    var curvature: (Double, Double, Double)
  }

  private func derivatives(at weights: [Double]) -> Derivatives {
    var result = Derivatives(
      loss: Self.ridge / 2 * weights.reduce(0) { $0 + ($1 - 1) * ($1 - 1) },
      gradient: weights.map { Self.ridge * ($0 - 1) }, curvature: (Self.ridge, 0, Self.ridge))
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
      result.loss += log(total) + top - sums[labels[text]]
      result.gradient[0] += mean0 - Double(scores[0][start + labels[text]])
      result.gradient[1] += mean1 - Double(scores[1][start + labels[text]])
      result.curvature.0 += square0 / total - mean0 * mean0
      result.curvature.1 += product / total - mean0 * mean1
      result.curvature.2 += square1 / total - mean1 * mean1
    }
    let share = 1 / Double(labels.count)
    result.loss *= share
    result.gradient = result.gradient.map { $0 * share }
    result.curvature = (result.curvature.0 * share, result.curvature.1 * share, result.curvature.2 * share)
    return result
  }
}

extension Evaluator {
  /// Texts, and scores of a part, by which the weights of two parts are fitted at most: two numbers need no more.
  private static let mixtureTexts = 20_000
  private static let mixtureScores = 4_000_000

  /// The weights of a network's two parts that explain the labels of a corpus best; of a large one, of texts that are spread
  /// evenly over it.
  ///
  /// - Throws: When a text cannot be read again.
  func mixture(
    of network: any PartedNetwork, classes: Int, for corpus: any TextCorpus, store: ParameterStore,
    workspace: Workspace
  ) throws -> [Float] {
    let known = (0..<corpus.count).filter { corpus.label(of: $0) >= 0 }
    let most = max(1, min(Self.mixtureTexts, Self.mixtureScores / max(classes, 1)))
    let every = max(1, (known.count + most - 1) / most)
    let chosen = CorpusSubset(corpus, texts: stride(from: 0, to: known.count, by: every).map { known[$0] })
    var mixture = PartMixture(classes: classes)
    try forEachBatch(chosen, workspace: workspace) { texts, batch in
      let scores = network.partScores(of: batch, .prediction(device: device, workspace: workspace, store: store))
      let values = device.read(scores)
      for (row, text) in texts.enumerated() {
        let (first, second) = (row * classes, (texts.count + row) * classes)
        mixture.add(
          values[first..<first + classes], values[second..<second + classes], label: Int(chosen.label(of: text)))
      }
    }
    return mixture.weights()
  }
}
