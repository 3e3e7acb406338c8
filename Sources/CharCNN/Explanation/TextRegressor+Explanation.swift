import CharCNNNetworks
import CharCNNText

extension TextRegressor {
  /// Says why a text has its score: what each of its characters adds.
  ///
  /// The score is explained as it is before it is brought into ``range``; of grades it is the expected one. The reference is the same text with no
  /// character of it seen. See ``TextClassifier/Explanation`` for how contributions are found and how exactly they add up.
  ///
  /// ```swift
  /// let explanation = try regressor.explanation(of: "A film to remember.")
  /// for part in explanation.contributions { print("A film to remember."[part.range], part.value) }
  /// ```
  ///
  /// - Parameters:
  ///   - text: Any text; one without characters has no contributions.
  ///   - method: How contributions are found.
  /// - Returns: An explanation without a label, whose ``TextClassifier/Explanation/probability`` is the score.
  /// - Throws: ``ConfigurationError`` for gradients of a network that reads characters by a layer of its own, which a program has registered.
  public func explanation(of text: String, method: TextClassifier.Explanation.Method = .gradients)
    throws(ConfigurationError) -> TextClassifier.Explanation
  {
    var explanation = TextClassifier.Explanation(
      label: "", probability: score(for: text), isLogOdds: false, total: 0, baseline: 0, contributions: [],
      unreadCharacters: 0, method: method, part: .both, gap: 0)
    let scale = scale
    try explain(text, { scale.expected($0) }, in: &explanation)
    return explanation
  }
}

extension TextRegressor: ExplainedModel {
  var cascade: NgramCascade? { nil }
  var chunkLength: Int? { nil }
  var outputCount: Int { scale.outputs }
}
