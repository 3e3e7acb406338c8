/// A support vector machine of n-grams, one class against the rest.
struct NgramMachine: Hashable {
  /// What features are multiplied with.
  struct Factors: Hashable {
    /// Whether the n-grams are scaled by naive Bayes log-count ratios (Wang & Manning 2012, "Baselines and Bigrams").
    var isScaled: Bool
    /// What the numbers of a text's vector are multiplied with; 0 for a machine of n-grams alone.
    var vectorScale: Float
  }

  /// The cost C of a training text.
  let cost: Float
  let factors: Factors

  var isScaled: Bool { factors.isScaled }
}

/// How the weights of n-grams are found: one or two machines, whose mean is better than either as a rule. The one without scales sees what
/// n-grams say together, the one with scales trusts those that tell the classes apart by themselves.
package struct NgramChoice: Codable, Sendable, Hashable {
  /// The cost C of a training text for the machine without scales; nil for none.
  package var cost: Float?
  /// The cost for the machine with scales; nil for none.
  package var scaledCost: Float?
  /// What the numbers of a text's vector, of the length ``vectorLength``, are multiplied with for the machine without scales; 0 where n-grams alone are better, nil where there are
  /// no vectors.
  package var vectorScale: Float?

  /// Costs among which the validation texts choose.
  static let costs: [Float] = [0.1, 0.3, 1]
  /// Costs among which they choose where texts have scores.
  static let costsOfScores: [Float] = [0.03, 0.1, 0.3, 1, 3]
  /// Whether there are models with scales. Where the classes are many, these do more harm than good: a class has too few texts to tell
  /// how an n-gram is shared out.
  static func isScalable(classes: Int) -> Bool { classes <= 50 }

  /// The length of vectors beside n-grams, whose kinds have the norm 1 each.
  static let vectorLength: Float = 1.25
  /// What vectors of this length are multiplied with while costs are compared.
  static let usualVectorScale: Float = 1
  /// The same where classes are so many that no machine has scales: of each there are few texts.
  static let vectorScaleOfMany: Float = 2
  /// How many times as long they are in what is compared with it when the costs are chosen.
  static let longerVectors: Float = 2
  /// The largest factor.
  static let largestVectorScale: Float = 4
  /// How much more vectors are multiplied with for the machine with scales: those n-grams that few texts have are the larger there.
  private static let moreOfScaled: Float = 2

  /// At least one.
  var machines: [NgramMachine] {
    func machine(_ cost: Float, isScaled: Bool) -> NgramMachine {
      NgramMachine(cost: cost, factors: Self.factors(isScaled: isScaled, vectorScale: vectorScale ?? 0))
    }
    return (cost.map { [machine($0, isScaled: false)] } ?? [])
      + (scaledCost.map { [machine($0, isScaled: true)] } ?? [])
  }

  /// The factors of a machine.
  ///
  /// - Parameter vectorScale: That of a choice.
  static func factors(isScaled: Bool, vectorScale: Float) -> NgramMachine.Factors {
    NgramMachine.Factors(isScaled: isScaled, vectorScale: (isScaled ? moreOfScaled : 1) * vectorScale)
  }

  /// The same with another factor of the vectors.
  func scalingVectors(by scale: Float) -> NgramChoice {
    NgramChoice(cost: cost, scaledCost: scaledCost, vectorScale: scale)
  }
}
