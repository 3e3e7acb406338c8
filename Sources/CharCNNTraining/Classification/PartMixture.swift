internal import CharCNNFiles
internal import CharCNNNetworks

/// The weights of the parts of a network whose weighted sum of scores explains some labels best: the least mean cross
/// entropy, found by Newton's method. The problem is convex. Weights below 0, which no part deserves that learned anything,
/// are not tried, and a pull towards the usual weights, as strong as a text or so, keeps a few texts that are all right from
/// making everything certain.
package struct PartMixture {
  /// Gain of a step below which the search ends.
  private static let precision = 1e-10
  /// Strength of the pull towards the usual weights, divided by the number of texts.
  private static let ridge = 1.0

  private let usual: [Double]
  private let classes: Int
  /// Whether each label is right or wrong by itself.
  private let hasSeveral: Bool
  private var parts: Int { usual.count }
  /// [texts, parts, classes].
  private var scores: [Float] = []
  /// The right classes of each text, with the share of each.
  private var labels: [[(label: Int32, share: Float)]] = []
  /// How much each text counts.
  private var textWeights: [Double] = []

  /// - Parameters:
  ///   - usual: The weights that the parts have where nothing is known.
  ///   - classes: Number of classes.
  ///   - hasSeveral: Whether a text may be of several classes, or of none, each right or wrong by itself.
  package init(usual: [Float], classes: Int, hasSeveral: Bool = false) {
    self.hasSeveral = hasSeveral
    self.usual = usual.map(Double.init)
    self.classes = classes
  }

  /// Takes the scores that each part gives a text.
  package mutating func add(_ scores: [ArraySlice<Float>], label: Int) { add(scores, labels: [Int32(label)]) }

  /// Takes the scores that each part gives a text.
  ///
  /// - Parameter labels: The right classes: one, unless a text may have several.
  package mutating func add(_ scores: [ArraySlice<Float>], labels: some Sequence<Int32>) {
    add(scores, shares: labels.map { ($0, 1) })
  }

  /// Takes the scores that each part gives a text.
  ///
  /// - Parameters:
  ///   - labels: The right classes with their shares, which sum to 1 unless a text may have several.
  ///   - weight: How much the text counts, above 0.
  package mutating func add(
    _ scores: [ArraySlice<Float>], shares labels: [(label: Int32, share: Float)], weight: Float = 1
  ) {
    precondition(hasSeveral || !labels.isEmpty, "a class for each text")
    precondition(scores.count == parts && scores.allSatisfy { $0.count == classes }, "a score of each part and class")
    for part in scores { self.scores += part }
    self.labels.append(labels)
    textWeights.append(Double(weight))
  }

  /// The weights; the usual ones where nothing is known.
  package func weights() -> [Float] {
    guard !labels.isEmpty else { return usual.map(Float.init) }
    let bounds = 0.0...Double(PartWeights.largest)
    var weights = usual
    var known = derivatives(at: weights)
    for _ in 0..<100 {
      let step = Self.step(known, at: weights, in: bounds)
      var scale = 1.0
      var next = weights
      var found = known
      repeat {
        next = weights.indices.map {
          min(max(weights[$0] - scale * step[$0], bounds.lowerBound), bounds.upperBound)
        }
        found = derivatives(at: next)
        scale /= 2
      } while !(found.loss <= known.loss) && scale > 1e-6
      guard found.loss < known.loss - Self.precision else { break }
      weights = next
      known = found
    }
    return weights.map(Float.init)
  }

  /// The weights of all parts, or of one part alone, where that explains the labels better, or is right about so many more texts that
  /// chance would not do it: the pull, and parts that are sure and wrong, can make the sum worse than one of its parts.
  package func weights(orAlone part: Int) -> [Float] {
    let together = weights()
    var single = PartMixture(usual: [Float(usual[part])], classes: classes, hasSeveral: hasSeveral)
    for (text, labels) in labels.enumerated() {
      single.add([scores(of: part, text: text)], shares: labels, weight: Float(textWeights[text]))
    }
    var alone = [Float](repeating: 0, count: parts)
    alone[part] = single.weights()[0]
    let counts = hasSeveral ? textWeights.flatMap { Array(repeating: $0, count: classes) } : textWeights
    let (first, second) = (answers(together), answers(alone))
    let isAhead = RightAnswers(second, counts: counts).isAhead(of: RightAnswers(first, counts: counts))
    // The pull moves the loss of all texts together by no more than this.
    let least = loss(together) - Self.ridge / max(totalWeight, 1)
    return isAhead || loss(alone) < least ? alone : together
  }

  private var totalWeight: Double { textWeights.reduce(0, +) }

  private func scores(of part: Int, text: Int) -> ArraySlice<Float> {
    let start = (text * parts + part) * classes
    return scores[start..<start + classes]
  }

  /// Whether the weighted sum is right about each text, or about each label of each text where it may have several.
  private func answers(_ weights: [Float]) -> [Bool] {
    if hasSeveral {
      return labels.indices.flatMap { text in
        (0..<classes).map { index in
          let score = weights.indices.reduce(Float(0)) {
            $0 + weights[$1] * scores[(text * parts + $1) * classes + index]
          }
          return (score > 0) == labels[text].contains { $0.label == Int32(index) }
        }
      }
    }
    return labels.indices.map { text in
      var best = (index: 0, score: -Float.infinity)
      for index in 0..<classes {
        let score = weights.indices.reduce(Float(0)) {
          $0 + weights[$1] * scores[(text * parts + $1) * classes + index]
        }
        if score > best.score { best = (index, score) }
      }
      return Int32(best.index) == labels[text].max { $0.share < $1.share }?.label
    }
  }

  /// The mean cross entropy without the pull.
  private func loss(_ weights: [Float]) -> Double {
    let weights = weights.map(Double.init)
    return derivatives(at: weights).loss - pull(weights) / max(totalWeight, 1)
  }

  /// What the distance from the usual weights adds to the sum of the losses.
  private func pull(_ weights: [Double]) -> Double {
    Self.ridge / 2 * zip(weights, usual).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
  }

  /// Newton's step of the weights that are free: one at a bound that the gradient points beyond stays there.
  private static func step(_ known: Derivatives, at weights: [Double], in bounds: ClosedRange<Double>) -> [Double] {
    let free = weights.indices.filter {
      known.gradient[$0] > 0 ? weights[$0] > bounds.lowerBound : weights[$0] < bounds.upperBound
    }
    let solved = solution(
      of: free.map { row in free.map { known.curvature[row][$0] } }, free.map { known.gradient[$0] })
    var step = [Double](repeating: 0, count: weights.count)
    for (place, part) in free.enumerated() { step[part] = solved[place] }
    return step
  }

  /// Solves a x = b by elimination; a is symmetric and positive definite, so that no row need be exchanged.
  private static func solution(of a: [[Double]], _ b: [Double]) -> [Double] {
    var (a, b) = (a, b)
    for pivot in b.indices {
      for row in b.indices.dropFirst(pivot + 1) {
        let factor = a[row][pivot] / a[pivot][pivot]
        for column in pivot..<b.count { a[row][column] -= factor * a[pivot][column] }
        b[row] -= factor * b[pivot]
      }
    }
    for row in b.indices.reversed() {
      for column in b.indices.dropFirst(row + 1) { b[row] -= a[row][column] * b[column] }
      b[row] /= a[row][row]
    }
    return b
  }

  /// The mean cross entropy with the pull, its gradient, and its second derivatives.
  private struct Derivatives {
    var loss: Double
    var gradient: [Double]
    var curvature: [[Double]]
  }

  private func derivatives(at weights: [Double]) -> Derivatives {
    var result = Derivatives(
      loss: pull(weights),
      gradient: zip(weights, usual).map { Self.ridge * ($0 - $1) },
      curvature: weights.indices.map { row in weights.indices.map { $0 == row ? Self.ridge : 0 } })
    var sums = [Double](repeating: 0, count: classes)
    var means = [Double](repeating: 0, count: parts)
    var products = [Double](repeating: 0, count: parts * parts)
    scores.withUnsafeBufferPointer { scores in
      for (text, labels) in labels.enumerated() {
        let (start, weight) = (text * parts * classes, textWeights[text])
        func score(_ part: Int, _ index: Int) -> Double { Double(scores[start + part * classes + index]) }
        for index in 0..<classes {
          sums[index] = (1..<parts).reduce(weights[0] * score(0, index)) { $0 + weights[$1] * score($1, index) }
        }
        if hasSeveral {
          for index in 0..<classes {
            let target = labels.contains { $0.label == Int32(index) } ? 1.0 : 0
            let probability = LogisticLoss.probability(sums[index])
            result.loss += weight * LogisticLoss.loss(score: sums[index], target: target)
            for part in 0..<parts {
              result.gradient[part] += weight * (probability - target) * score(part, index)
              for other in 0...part {
                let value = weight * probability * (1 - probability) * score(part, index) * score(other, index)
                result.curvature[part][other] += value
                if other < part { result.curvature[other][part] += value }
              }
            }
          }
          continue
        }
        let top = sums.max() ?? 0
        var total = 0.0
        for part in 0..<parts { means[part] = 0 }
        for pair in 0..<parts * parts { products[pair] = 0 }
        for index in 0..<classes {
          let share = exp(sums[index] - top)
          total += share
          for part in 0..<parts {
            means[part] += share * score(part, index)
            for other in 0...part { products[part * parts + other] += share * score(part, index) * score(other, index) }
          }
        }
        func right(_ value: (Int) -> Double) -> Double {
          labels.count == 1
            ? value(Int(labels[0].label)) : labels.reduce(0) { $0 + Double($1.share) * value(Int($1.label)) }
        }
        result.loss += weight * (log(total) + top - right { sums[$0] })
        for part in 0..<parts {
          means[part] /= total
          result.gradient[part] += weight * (means[part] - right { score(part, $0) })
          for other in 0...part {
            let value = weight * (products[part * parts + other] / total - means[part] * means[other])
            result.curvature[part][other] += value
            if other < part { result.curvature[other][part] += value }
          }
        }
      }
    }
    let share = 1 / totalWeight
    result.loss *= share
    result.gradient = result.gradient.map { $0 * share }
    result.curvature = result.curvature.map { $0.map { $0 * share } }
    return result
  }
}
