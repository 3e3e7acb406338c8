internal import CharCNNFiles

/// How the outputs of a network become scores, and scores what it learns.
///
/// Scores are learned with the mean 0 and the deviation 1, so that settings suit any scale. Grades are learned as one question for each of
/// them but the last: is the text above it? (Frank & Hall 2001, "A simple approach to ordinal classification"; McCullagh 1980, "Regression
/// models for ordinal data", for the cumulative form.)
package struct ScoreScale: Codable, Sendable, Hashable {
  /// The lowest score that is answered.
  package let lowest: Double
  /// The highest.
  package let highest: Double
  /// The mean of the training texts.
  package let mean: Double
  /// Their standard deviation.
  package let deviation: Double
  /// All grades, rising; nil where scores are any numbers.
  package let grades: [Double]?
  /// Whether scores are what their text says; nil of an earlier program, which rounded them to single precision.
  package let areExact: Bool?

  /// Grades at most: more of them are scores that some texts share.
  package static let mostGrades = 100

  /// - Parameters:
  ///   - range: The scores that are answered.
  ///   - mean: The mean of the training texts.
  ///   - deviation: Their standard deviation, above 0.
  ///   - grades: All grades, rising; nil where scores are any numbers.
  ///   - areExact: Whether scores are what their text says, not rounded to single precision.
  package init(
    range: ClosedRange<Double>, mean: Double, deviation: Double, grades: [Double]?, areExact: Bool = true
  ) {
    self.areExact = areExact ? true : nil
    lowest = range.lowerBound
    highest = range.upperBound
    self.mean = mean
    self.deviation = deviation
    self.grades = grades
  }

  /// A score as this scale takes it.
  package func score(_ score: Double) -> Double { areExact == true ? score : Double(Float(score)) }

  /// Numbers that the network says of a text.
  package var outputs: Int { grades.map { $0.count - 1 } ?? 1 }

  /// The middle of the range, above which a text counts as one of the high ones where nobody says otherwise.
  package var middle: Double { (lowest + highest) / 2 }

  /// What is wrong with it; nil where it can be used.
  package var problem: String? {
    guard [lowest, highest, mean, deviation].allSatisfy(\.isFinite), lowest < highest, deviation > 0 else {
      return "no range, mean and deviation of scores"
    }
    guard let grades else { return nil }
    let isRising = zip(grades, grades.dropFirst()).allSatisfy { $0 < $1 }
    return isRising && (2...Self.mostGrades).contains(grades.count) && grades.allSatisfy(\.isFinite)
      ? nil : "grades that do not rise, or not 2 to \(Self.mostGrades) of them"
  }

  /// A score as the network learns it.
  package func standardised(_ score: Double) -> Float { Float((score - mean) / deviation) }

  /// The grades that a score is above, by their numbers; the last grade is never one.
  func gradesBelow(_ score: Double) -> [Int32] {
    let grades = grades ?? []
    return grades.dropLast().indices.filter { score > grades[$0] }.map(Int32.init)
  }

  /// What the outputs for a text say.
  package func answer(_ outputs: ArraySlice<Float>) -> ScoreAnswer {
    guard let grades else {
      let score = mean + deviation * Double(outputs.first ?? 0)
      return ScoreAnswer(score: min(max(score, lowest), highest))
    }
    let above = Self.falling(outputs.map(Double.init))
    let probabilities = grades.indices.map { grade in
      (grade == 0 ? 1 : above[grade - 1]) - (grade < above.count ? above[grade] : 0)
    }
    let likeliest = probabilities.indices.max { (probabilities[$0], $1) < (probabilities[$1], $0) } ?? 0
    return ScoreAnswer(
      score: zip(grades, probabilities).reduce(0) { $0 + $1.0 * $1.1 }, grade: grades[likeliest],
      probabilities: probabilities)
  }

  /// The score that outputs before the sigmoid stand for, not yet brought into the range, and its derivatives by them; of grades the expected one.
  package func expected(_ outputs: [Double]) -> (value: Double, gradient: [Double]) {
    guard let grades else { return (mean + deviation * outputs[0], [deviation]) }
    let above = outputs.map { 1 / (1 + exp(-$0)) }
    // The expected grade is the lowest one, and each step to the next times the probability of being above.
    let steps = zip(grades.dropFirst(), grades).map { $0 - $1 }
    var (value, gradient, first) = (grades[0], [Double](), 0)
    for pool in Self.pools(above) {
      let places = first..<first + pool.count
      let width = places.reduce(0) { $0 + steps[$1] }
      value += width * pool.mean
      gradient += places.map { width / Double(pool.count) * above[$0] * (1 - above[$0]) }
      first += pool.count
    }
    return (value, gradient)
  }

  /// The numbers nearest to some (by the sum of the squares) that never rise: neighbours that do are replaced by their mean (Ayer 1955, "An
  /// empirical distribution function for sampling with incomplete information").
  static func falling(_ numbers: [Double]) -> [Double] {
    pools(numbers).flatMap { Array(repeating: $0.mean, count: $0.count) }
  }

  /// Neighbours that have the same mean in these numbers.
  private static func pools(_ numbers: [Double]) -> [(mean: Double, count: Int)] {
    var pools: [(mean: Double, count: Int)] = []
    for number in numbers {
      var pool = (mean: number, count: 1)
      while let last = pools.last, last.mean < pool.mean {
        pools.removeLast()
        let count = last.count + pool.count
        pool = ((last.mean * Double(last.count) + pool.mean * Double(pool.count)) / Double(count), count)
      }
      pools.append(pool)
    }
    return pools
  }
}

/// What a model says of a text's score.
package struct ScoreAnswer: Sendable {
  /// The score; of grades the expected one.
  package let score: Double
  /// The most probable grade, of equally probable ones the lowest; nil for scores.
  package let grade: Double?
  /// The probability of each grade, in their order; none for scores.
  package let probabilities: [Double]

  init(score: Double, grade: Double? = nil, probabilities: [Double] = []) {
    self.score = score
    self.grade = grade
    self.probabilities = probabilities
  }
}

/// What numbers in the place of class numbers mean, where texts have scores.
package struct ScoreTargets: Sendable {
  /// How outputs become scores.
  package let scale: ScoreScale
  /// The score of each number.
  package let values: [Double]
  /// What the network is to say of each number; nil for grades, which are learned as labels of which a text has several: those that it is
  /// above.
  package let standardised: [Float]?

  /// The targets of some scores.
  package init(_ scale: ScoreScale, values: [Double]) {
    self.scale = scale
    self.values = values
    standardised = scale.grades == nil ? values.map(scale.standardised) : nil
  }

  /// The labels of each number, where there are grades; nil for scores.
  package var sets: LabelSets? { standardised == nil ? LabelSets(values.map(scale.gradesBelow)) : nil }
}
