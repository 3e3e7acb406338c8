extension ConfusionMatrix {
  /// The share of examples that were predicted right; 0 if there are none.
  public var accuracy: Double { ratio(correct, examples) }

  /// The F1 score of all decisions taken together.
  ///
  /// Every example has one label and gets one prediction, so each error is one false positive and one false negative, and
  /// this is the same number as the accuracy.
  public var microF1: Double { ratio(2 * correct, 2 * examples) }

  /// The mean of the labels' F1 scores, each label counting the same; 0 if there are no examples.
  ///
  /// The mean is over the labels that occur, as an actual label or as a prediction. A label that does neither says nothing
  /// about the model and is left out; an unseen label occurs, and its F1 is 0. This is what scikit-learn computes with
  /// `f1_score(actual, predicted, average="macro")`.
  public var macroF1: Double {
    var sum = 0.0
    var occurring = unseen.count
    for score in scores where occurs(score) {
      sum += score.f1
      occurring += 1
    }
    return occurring == 0 ? 0 : sum / Double(occurring)
  }

  /// The mean of the labels' F1 scores, each label counting as often as it is the actual one; 0 if there are no examples.
  public var weightedF1: Double {
    let sum = scores.reduce(0.0) { $0 + $1.f1 * Double($1.support) }
    return examples == 0 ? 0 : sum / Double(examples)
  }

  /// The scores of every label, in the order of `labels`.
  public var scores: [LabelScore] {
    labels.indices.map { label in
      let hits = self[actual: label, predicted: label]
      return LabelScore(
        label: labels[label],
        precision: ratio(hits, predictions(of: label)),
        recall: ratio(hits, support(of: label)),
        f1: ratio(2 * hits, predictions(of: label) + support(of: label)),
        support: support(of: label),
        predictions: predictions(of: label))
    }
  }

  private func occurs(_ score: LabelScore) -> Bool { score.support + score.predictions > 0 }
}

/// `part / whole`, and 0 where there is nothing to divide by.
private func ratio(_ part: Int, _ whole: Int) -> Double {
  whole == 0 ? 0 : Double(part) / Double(whole)
}
