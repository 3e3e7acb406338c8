/// Answers with how sure a model is of each, for the question how many are right when the unsure ones are left out (a reject option: Chow 1970,
/// "On Optimum Recognition Error and Reject Tradeoff"; risk and coverage: El-Yaniv & Wiener 2010, "On the Foundations of Noise-free
/// Selective Classification").
package struct SelectiveAnswers: Sendable {
  /// How sure of each answer, and whether it is right.
  private var probabilities: [Float] = []
  private var isRight: [Bool] = []
  /// How sure of the answers to texts that are of no class, which are all wrong.
  private var outside: [Float] = []

  /// None yet.
  package init() {}

  /// Takes an answer to a text of a class.
  package mutating func add(probability: Double, isRight: Bool) {
    probabilities.append(Float(probability))
    self.isRight.append(isRight)
  }

  /// Takes an answer to a text of no class.
  package mutating func add(outside probability: Double) { outside.append(Float(probability)) }

  /// Number of texts of a class.
  package var count: Int { probabilities.count }

  /// Number of texts of no class.
  package var outsideCount: Int { outside.count }

  /// What is answered from a probability on.
  package struct Cut: Sendable, Equatable {
    /// The least probability of an answer.
    package var threshold: Float
    /// Answers to texts of a class, right ones among them, and answers to texts of no class.
    package var answered: Int
    package var right: Int
    package var outside: Int

    /// The part of all answers that is right; 1 where there are none.
    package var precision: Double { answered + outside == 0 ? 1 : Double(right) / Double(answered + outside) }
  }

  /// Every threshold that makes a difference, the highest first.
  package func cuts() -> [Cut] {
    var all = zip(probabilities, isRight).map { (probability: $0, right: $1 ? 1 : 0, outside: 0) }
    all += outside.map { (probability: $0, right: 0, outside: 1) }
    all.sort { $0.probability > $1.probability }
    var cuts: [Cut] = []
    var cut = Cut(threshold: 1, answered: 0, right: 0, outside: 0)
    for (place, one) in all.enumerated() {
      cut.threshold = one.probability
      cut.answered += 1 - one.outside
      cut.right += one.right
      cut.outside += one.outside
      if place + 1 == all.count || all[place + 1].probability < one.probability { cuts.append(cut) }
    }
    return cuts
  }

  /// The threshold of the most answers of which this part is right; 1 where there is none.
  package func threshold(precision: Double) -> Float { cuts().last { $0.precision >= precision }?.threshold ?? 1 }

  /// The highest threshold that answers this part of the texts of a class.
  package func threshold(coverage: Double) -> Float {
    let least = coverage * Double(count)
    return cuts().first { Double($0.answered) >= least }?.threshold ?? 0
  }

  /// The threshold that tells texts of a class from those of none best: where the part of the former that is answered right and the part of the
  /// latter that is not answered have the largest sum (Youden 1950, "Index for Rating Diagnostic Tests").
  package func bestSeparation() -> Float {
    guard count > 0, outsideCount > 0 else { return 0 }
    func value(_ cut: Cut) -> Double {
      Double(cut.right) / Double(count) - Double(cut.outside) / Double(outsideCount)
    }
    var best: Cut?
    for cut in cuts() where best.map({ value(cut) > value($0) }) ?? true { best = cut }
    return best?.threshold ?? 0
  }

  /// How often a text of a class has a surer answer than one of none, ties counting one half: the area under the ROC curve (Hanley &
  /// McNeil 1982); nil where there are no texts of one kind.
  package var areaUnderROC: Double? {
    guard count > 0, outsideCount > 0 else { return nil }
    let cuts = cuts()
    var (area, answered, refused) = (0.0, 0, 0)
    for cut in cuts {
      let (gain, outside) = (cut.answered - answered, cut.outside - refused)
      // Texts of no class that come with this cut are below all that came before, and tie with those that come with it.
      area += Double(outside) * (Double(answered) + Double(gain) / 2)
      (answered, refused) = (cut.answered, cut.outside)
    }
    return area / (Double(count) * Double(outsideCount))
  }

  /// From all answers down to a twentieth of them.
  package static let usualParts = stride(from: 20, through: 1, by: -1).map { Double($0) / 20 }

  /// Coverage against accuracy: for some parts of the texts of a class how many of the surest answers are right.
  package func curve(_ parts: [Double] = Self.usualParts) -> [ClassificationReport.Coverage] {
    guard count > 0 else { return [] }
    let cuts = cuts().filter { $0.answered > 0 }
    var curve: [ClassificationReport.Coverage] = []
    for part in parts {
      // Cuts rise in answers; the first that answers enough.
      guard let cut = cuts.first(where: { Double($0.answered) >= part * Double(count) - 1e-9 }) else { continue }
      let point = ClassificationReport.Coverage(
        coverage: Double(cut.answered) / Double(count), accuracy: Double(cut.right) / Double(cut.answered),
        threshold: Double(cut.threshold))
      if point != curve.last { curve.append(point) }
    }
    return curve
  }
}
