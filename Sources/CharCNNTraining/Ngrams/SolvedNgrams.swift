package import CharCNNNetworks

/// Linear models of n-grams, and how they were found.
package struct SolvedNgrams: Sendable {
  /// The model that has not learned from the validation texts, which a mixture with it is fitted to.
  package let validated: LinearNgrams
  /// The model of all training texts.
  package let complete: LinearNgrams
  /// How they were found.
  package let outcome: NgramOutcome

  /// What a search has found, or an earlier one had.
  package init(validated: LinearNgrams, complete: LinearNgrams, outcome: NgramOutcome) {
    self.validated = validated
    self.complete = complete
    self.outcome = outcome
  }
}

/// What a search for the weights of n-grams came to, without the weights.
package struct NgramOutcome: Codable, Sendable, Hashable {
  /// Parts of the validation texts that are answered rightly.
  package struct Reduction: Codable, Sendable, Hashable {
    /// By the n-grams that were kept.
    package let kept: Double
    /// By all.
    package let whole: Double
  }

  /// What a search does not do where it has to end before its time.
  package enum Omission: String, Codable, Sendable, Hashable {
    /// Not all costs were compared.
    case costs
    /// The validation texts were not learned from: one model is the validated and the complete one.
    case validationTexts
    /// N-grams were left out, and the weights of the others are as they were.
    case learningAnew
  }

  /// What was chosen.
  package let choice: NgramChoice
  /// Support vector machines that the models are made of.
  package let machines: Int
  /// Those of them that are further from the optimum than was asked for.
  package let unfinished: Int
  /// What was not done, since the search had to end before its time.
  package let omissions: [Omission]
  /// N-grams that were looked at, of which the model has those that count most.
  package let candidates: Int
  /// N-grams of as many texts as was asked for that were not looked at: the rarest, where models of so many classes would take much memory.
  package let leftOut: Int
  /// What leaving n-grams out costs, measured by models that have not learned from the validation texts; nil where all were kept, or where
  /// there are no such texts.
  package let reduction: Reduction?
  /// What the scores count so that they explain the labels of training texts best that were left out in turn; nil where none were.
  package let foldedWeight: Float?

  /// Whether the search ended before its time.
  package var isCut: Bool { !omissions.isEmpty }

  /// Whether a search can have come to it; false for what nobody has written.
  package var isPossible: Bool {
    let costs = [choice.cost, choice.scaledCost].compactMap { $0 }
    return !costs.isEmpty && costs.allSatisfy { $0 > 0 && $0.isFinite } && (1...Self.most).contains(machines)
      && (0...machines).contains(unfinished)
      && (0...Self.most).contains(candidates) && (0...Self.most).contains(leftOut)
      && (reduction.map { (0...1).contains($0.kept) && (0...1).contains($0.whole) } ?? true)
      && (choice.vectorScale.map { (0...NgramChoice.largestVectorScale).contains($0) } ?? true)
      && (foldedWeight.map { (0...PartWeights.largest).contains($0) } ?? true)
  }

  private static let most = 1 << 40
}
