/// What gives texts labels: a ``TextClassifier``, or a stand-in for one in the tests of a program.
///
/// ```swift
/// struct AlwaysEnglish: TextClassifying {
///   let labels = ["en"]
///   func predictions(for texts: [String], maximumCount: Int) -> [[Hypothesis]] {
///     texts.map { _ in [Hypothesis(label: "en", probability: 1)] }
///   }
/// }
/// ```
public protocol TextClassifying: Sendable {
  /// All labels that it can give.
  var labels: [String] { get }

  /// The likeliest labels of many texts at once, which is faster than one after another; each list is sorted by descending
  /// probability.
  func predictions(for texts: [String], maximumCount: Int) -> [[Hypothesis]]

  /// The likeliest label of a text; nil where there is nothing to judge by.
  func predictedLabel(for text: String) -> String?
}

extension TextClassifying {
  /// The likeliest label of a text.
  public func predictedLabel(for text: String) -> String? {
    predictions(for: [text], maximumCount: 1).first?.first?.label
  }

  /// The likeliest label of a part of a text.
  public func predictedLabel(for text: Substring) -> String? { predictedLabel(for: String(text)) }

  /// The likeliest labels of parts of texts; see ``predictions(for:maximumCount:)``.
  public func predictions(for texts: some Sequence<Substring>, maximumCount: Int = 1) -> [[Hypothesis]] {
    predictions(for: texts.map(String.init), maximumCount: maximumCount)
  }
}

extension TextClassifier: TextClassifying {}
