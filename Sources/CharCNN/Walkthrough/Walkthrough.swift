/// What a network computes for one text, step by step, from the characters to the probabilities.
///
/// The equations' numbers are those of the tutorial on character convolution whose worked example is the preset
/// `gated-tutorial`.
public struct Walkthrough: Codable, Sendable, Hashable {
  /// The text as it was given.
  public var text: String
  /// Name of the network's architecture.
  public var model: String
  /// Whether the weights come from a training; otherwise they are random and the probabilities mean nothing.
  public var isTrained: Bool
  /// What a reader should know before the first step, a sentence each.
  public var notes: [String]
  /// What was computed, in order; the last step is the probabilities.
  public var steps: [Step]
  /// All labels, the likeliest first.
  public var predictions: [Hypothesis]
}

extension Walkthrough {
  /// One step.
  public struct Step: Codable, Sendable, Hashable {
    /// Name, as in the parameter names: `blocks.0.convolutions.0`.
    public var name: String
    /// What happens, in a few words.
    public var title: String
    /// How it is computed, in a sentence or two.
    public var explanation: String
    /// The tutorial's equation; nil where it has none.
    public var equation: Int?
    /// The formula, in Unicode; nil where there is none.
    public var formula: String?
    /// Sizes of the output: rows and columns of a matrix, or the length of a list.
    public var shape: [Int]
    /// The output, row by row; empty for the list of characters, which ``rowLabels`` holds.
    public var values: [Float]
    /// What each row stands for, such as a character; empty where rows have numbers only.
    public var rowLabels: [String]
    /// What each column stands for, such as a class; empty where columns have numbers only.
    public var columnLabels: [String]

    /// Number of rows.
    public var rows: Int { shape.first ?? 0 }
    /// Number of columns; 1 for a list.
    public var columns: Int { shape.count > 1 ? shape[1] : 1 }
  }
}
