import CharCNNNetworks
import CharCNNText
import CharCNNTraining

extension ClassificationOptions {
  /// How many labels a text has.
  public enum LabelCount: String, Codable, Sendable, CaseIterable {
    /// One: of several the first counts.
    case one
    /// Several, or none: each label is right or wrong by itself.
    case several
  }

  /// What is not there where texts may have several labels.
  ///
  /// - Throws: ``ConfigurationError`` that names the setting.
  func validateSeveralLabels() throws(ConfigurationError) {
    if cascade {
      throw ConfigurationError(
        setting: "cascade", problem: "is for texts of one label each, and these may have several",
        advice: "leave it out")
    }
    if ngrams.ngramBayes != nil {
      throw ConfigurationError(
        setting: "ngramBayes", problem: "is for texts of one label each, and these may have several",
        advice: "leave it out")
    }
    if ngrams.ngramBalance == .full {
      throw ConfigurationError(
        setting: "balance", problem: "is for texts of one label each, and these may have several",
        advice: "leave it out: each label gets a threshold by which rare ones are found")
    }
  }
}

/// What a model file says of labels of which a text may have several.
struct SeveralLabels: Codable, Hashable, Sendable {
  /// How likely each label must be to be given to a text, in the order of the labels; a number each, 0 to 1.
  var thresholds: [Float]

  /// What is wrong with it; nil where it can be used.
  ///
  /// - Parameter labels: Number of labels.
  func problem(labels: Int) -> String? {
    if thresholds.count != labels { return "\(thresholds.count) thresholds for \(labels) labels" }
    return thresholds.allSatisfy { (0...1).contains($0) } ? nil : "a threshold that is not 0 to 1"
  }
}

extension TextClassifier {
  /// Whether a text may have several labels, or none.
  public var allowsSeveralLabels: Bool { several != nil }

  /// How likely each label must be to be given to a text, in the order of ``labels``, where a text may have several; nil where it has one.
  public var thresholds: [Float]? { several?.thresholds }

  /// The labels that texts have: where a text may have several, all that are likely enough, the likeliest first, perhaps none; otherwise the
  /// likeliest one.
  ///
  /// - Parameter texts: Any texts; an empty one gets the answer for "no evidence".
  /// - Returns: For each text its labels with their probabilities.
  public func assignedLabels(for texts: [String]) -> [[Hypothesis]] {
    guard let several else { return predictions(for: texts, maximumCount: 1) }
    var result: [[Hypothesis]] = []
    result.reserveCapacity(texts.count)
    forEachProbabilities(of: texts) { result.append(assigned($0, several)) }
    return result
  }

  /// The labels of a row that are likely enough.
  func assigned(_ probabilities: ArraySlice<Float>, _ several: SeveralLabels) -> [Hypothesis] {
    let count = zip(probabilities, several.thresholds).count { $0 >= $1 }
    // Thresholds differ, so that the likeliest are not always those that are likely enough.
    return best(probabilities, maximumCount: count == 0 ? 0 : labels.count).filter { hypothesis in
      labelSet.index(of: hypothesis.label).map { hypothesis.probability >= Double(several.thresholds[Int($0)]) }
        ?? false
    }
  }
}
