package import CharCNNText

/// What a classifier goes by, found on labelled texts: the n-grams and the filters that make each class, with examples.
package struct ClassifierReading: Sendable {
  /// What makes a class.
  package struct Class: Sendable {
    /// Its label.
    package let label: String
    /// Texts of the class.
    package let texts: Int
    /// The n-grams that add most to its score in its own texts, the strongest first.
    package let ngrams: [Ngram]
    /// The filters that add most to its log-odds in its own texts, the strongest first.
    package let filters: [Filter]
  }

  /// Where in a text something was found.
  package struct Example: Sendable, Hashable {
    /// The text.
    package let text: String
    /// The part of it.
    package let range: Range<String.Index>
  }

  /// An n-gram.
  package struct Ngram: Sendable {
    /// What it is, with `^` and `$` for the marks before and behind the text.
    package let text: String
    /// What it is made of: `characters`, `words` or `pair`.
    package let kind: String
    /// What it adds to the score of the class, more than to that of the mean class, in a text of the class, on average.
    package let effect: Double
    /// Texts that have it, of all classes.
    package let texts: Int
    /// The first of them.
    package let example: Example
  }

  /// A filter of a convolution that reads characters.
  package struct Filter: Sendable {
    /// The convolution, and the number of the filter.
    package let name: String
    /// The number of the filter.
    package let number: Int
    /// What it adds to the log-odds of the class in a text of the class, on average: its output times the gradient by it.
    package let effect: Double
    /// The windows of text with its highest outputs, all different, the highest first.
    package let windows: [Example]
  }

  /// The classes, in the order of the model's labels.
  package let classes: [Class]
  /// Texts that were read.
  package let texts: Int
  /// Texts whose label the model does not know, by label; they count for no class.
  package let unseenLabels: [String: Int]
  /// What a file has that was left out.
  package let report: ReadingReport
}
