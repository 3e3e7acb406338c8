package import CharCNNNetworks

/// A walkthrough with all that a page shows of it: where each row looks in the text, which rows a pooling takes, what the n-grams say.
package struct DetailedWalkthrough: Sendable {
  /// What is known of a step beside its values.
  package struct Layer: Sendable {
    /// What it does.
    package let title: SettingWords
    /// How it is computed.
    package let explanation: SettingWords
    /// What the layer is; nil for the characters and their indices.
    package let operation: Trace.Operation?
    /// The steps that it reads, by their numbers.
    package let inputs: [Int]
    /// Where its rows look.
    package let rows: StepRows
    /// Which rows of its first input a pooling takes; nil where nothing is taken.
    package let winners: PoolingWinners?
  }

  /// What the model answers.
  package struct Answer: Sendable {
    /// All labels, the likeliest first.
    package let hypotheses: [Hypothesis]
    /// The labels that the text gets; none where the model does not know, or where a text may have several and gets none.
    package let labels: [String]
    /// How sure it is, and how sure it must be for an answer; nil where it answers everything.
    package let certainty: (value: Double, threshold: Double)?
    /// What each label must reach, in the order of the hypotheses; nil where a text has one label.
    package let thresholds: [Double]?
    /// What scores are divided by; nil where nothing is.
    package let temperature: Double?
    /// Pieces of the text that are judged one by one; 1 where it is judged whole.
    package let chunks: Int
  }

  /// The walkthrough.
  package let walkthrough: Walkthrough
  /// Beside each step what else is known.
  package let layers: [Layer]
  /// What a reader should know before the first step.
  package let notes: [SettingWords]
  /// The characters that any part reads, to look at; those that the network reads are the first.
  package let units: [String]
  /// How many of them the network reads.
  package let networkUnits: Int
  /// What nobody reads of the text.
  package let unread: Substring
  /// What the model answers.
  package let answer: Answer
  /// The n-grams; nil for a model without.
  package let votes: NgramVotes?
  /// All labels in the order of the scores.
  package let labels: [String]
  /// Whether a text may have several labels.
  package let allowsSeveralLabels: Bool
  /// Whether there is a network.
  package let hasNetwork: Bool
}
