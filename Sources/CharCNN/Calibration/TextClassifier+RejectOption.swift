internal import CharCNNFiles
import CharCNNNetworks
import CharCNNText

extension TextClassifier {
  /// When a classifier says that it does not know, and how sure its probabilities are (a reject option: Chow 1970, "On Optimum
  /// Recognition Error and Reject Tradeoff"); found by ``calibrated(on:outside:goal:progress:)``.
  public struct RejectOption: Codable, Hashable, Sendable {
    /// What all scores are divided by before they become probabilities: above 1 these are less sure, below 1 surer (Guo et al. 2017, "On
    /// Calibration of Modern Neural Networks").
    public var temperature: Double
    /// The least certainty of an answer, 0 to 1; see ``Answer/certainty``. 0 answers everything.
    public var threshold: Double
    /// The same for answers with some labels, in place of ``threshold``.
    public var labelThresholds: [String: Double]

    /// By default everything is answered, with the probabilities as they are.
    public init(temperature: Double = 1, threshold: Double = 0, labelThresholds: [String: Double] = [:]) {
      self.temperature = temperature
      self.threshold = threshold
      self.labelThresholds = labelThresholds
    }

    /// The largest temperature, and one over the smallest.
    static let largestTemperature = 100.0

    /// Whether some answers are not given.
    var refuses: Bool { threshold > 0 || labelThresholds.values.contains { $0 > 0 } }

    /// Whether an answer is given.
    func allows(_ label: String, certainty: Double) -> Bool { certainty >= labelThresholds[label] ?? threshold }

    /// What it says, in a line.
    public var summary: String {
      var parts: [String] = []
      if threshold > 0 { parts.append("unknown where the certainty is below \(Decimals.rounded(threshold))") }
      let count = labelThresholds.count
      if count > 0 {
        parts.append(count == 1 ? "1 label has a threshold of its own" : "\(count) labels have thresholds of their own")
      }
      if temperature != 1 { parts.append("temperature \(Decimals.rounded(temperature))") }
      return parts.isEmpty ? "everything is answered" : parts.joined(separator: ", ")
    }

    /// Checks the values.
    ///
    /// - Parameters:
    ///   - labels: Those of the model.
    ///   - hasSeveral: Whether a text may have several.
    /// - Throws: ``ConfigurationError`` that names what is wrong.
    func validate(labels: LabelSet, hasSeveral: Bool) throws(ConfigurationError) {
      let range = 1 / Self.largestTemperature...Self.largestTemperature
      guard range.contains(temperature) else {
        throw ConfigurationError(
          setting: "temperature",
          problem: "must be \(range.lowerBound) to \(range.upperBound), not \(temperature)")
      }
      for (label, value) in labelThresholds.sorted(by: { $0.key < $1.key }) {
        guard labels.index(of: label) != nil else { throw LabelSet?.some(labels).unknown(label) }
        guard (0...1).contains(value) else {
          throw ConfigurationError(
            setting: "labelThresholds", problem: "must be 0 to 1, not \(value) as that of \"\(label)\"")
        }
      }
      guard (0...1).contains(threshold) else {
        throw ConfigurationError(setting: "threshold", problem: "must be 0 to 1, not \(threshold)")
      }
      if hasSeveral, refuses {
        throw ConfigurationError(
          setting: "threshold", problem: "is for texts of one label each, and these may have several or none",
          advice: "leave it out: each label has a threshold of its own")
      }
    }
  }

  /// What a classifier answers.
  public struct Answer: Sendable, Hashable, Codable {
    /// The likeliest label; nil where the classifier does not know.
    public let label: String?
    /// The likeliest labels, whether or not the answer is sure enough, the likeliest first.
    public let hypotheses: [Hypothesis]
    /// How sure it is: one over the number of labels between which it hesitates (one over the perplexity of all probabilities), from 1 where one
    /// label has all, to one over the number of labels where each has the same.
    public let certainty: Double

    /// An answer.
    public init(label: String?, hypotheses: [Hypothesis], certainty: Double) {
      self.label = label
      self.hypotheses = hypotheses
      self.certainty = certainty
    }
  }

  /// The answers to many texts at once, with "I don't know" where ``rejection`` says so. Where a text may have several labels, or none,
  /// see ``assignedLabels(for:)``.
  ///
  /// - Parameters:
  ///   - texts: Any texts; an empty one gets the answer for "no evidence".
  ///   - maximumCount: Hypotheses of each text.
  public func answers(for texts: [String], maximumCount: Int = 1) -> [Answer] {
    var result: [Answer] = []
    result.reserveCapacity(texts.count)
    forEachProbabilities(of: texts) { probabilities in
      result.append(answer(probabilities, hypotheses: best(probabilities, maximumCount: max(maximumCount, 1))))
    }
    return result
  }

  /// The answer by a row of probabilities.
  func answer(_ probabilities: ArraySlice<Float>, hypotheses: [Hypothesis]) -> Answer {
    let certainty = Certainty.of(probabilities)
    let label = hypotheses[0].label
    return Answer(
      label: rejection?.allows(label, certainty: certainty) ?? true ? label : nil, hypotheses: hypotheses,
      certainty: certainty)
  }

  /// The same classifier with another reject option.
  ///
  /// - Parameter option: When it says that it does not know; nil answers everything, with the probabilities as they were before.
  /// - Throws: ``ConfigurationError`` for values out of their range, labels that it does not have, and thresholds where a text may have several labels.
  public func rejecting(_ option: RejectOption?) throws(ConfigurationError) -> TextClassifier {
    try option?.validate(labels: labelSet, hasSeveral: allowsSeveralLabels)
    return replacing(rejection: option, several: several, record: record)
  }

  /// The same classifier with other thresholds.
  func replacing(rejection: RejectOption?, several: SeveralLabels?, record: Record?) -> TextClassifier {
    TextClassifier(
      architecture: architecture, ngrams: ngrams, linear: linear, network: network, store: store, encoder: encoder,
      labels: labelSet, device: device, record: record, columns: columns, detection: detection, cascade: cascade,
      several: several, rejection: rejection)
  }
}
