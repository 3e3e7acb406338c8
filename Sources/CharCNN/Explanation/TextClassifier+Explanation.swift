import CharCNNNetworks
import CharCNNText

extension TextClassifier {
  /// Says why a text has a label: what each of its characters adds to the label's log-odds.
  ///
  /// The n-grams' part is exact. The network's is an integral that ends when the sum is right to a hundredth; see ``Explanation/gap``. A text that
  /// is judged in chunks is explained as a whole, and one that n-grams alone answer in a cascade by these. A model in
  /// 8-bit integers is explained with its weights as floats, without the rounding of what lies between, so that its score may differ
  /// a little from that of its probability. The result does not depend on the number of threads.
  ///
  /// - Parameters:
  ///   - text: Any text; one without characters has no contributions.
  ///   - label: The label; nil for the likeliest.
  ///   - method: How contributions are found.
  /// - Throws: ``ConfigurationError`` for a label that the model does not have, and for gradients of a network that
  ///   reads characters by a layer of its own, which a program has registered.
  public func explanation(of text: String, for label: String? = nil, method: Explanation.Method = .gradients)
    throws(ConfigurationError) -> Explanation
  {
    var probabilities: [Float] = []
    forEachProbabilities(of: [text]) { probabilities = Array($0) }
    let number = try number(of: label ?? best(probabilities[...], maximumCount: 1)[0].label)
    let odds = LogOdds(label: number, hasSeveral: allowsSeveralLabels, temperature: temperature?.value ?? 1)
    var explanation = Explanation(
      label: labels[number], probability: Double(probabilities[number]), total: 0, baseline: 0, contributions: [],
      unreadCharacters: 0, method: method, part: .both, gap: 0)
    try explain(text, odds.value, in: &explanation)
    return explanation
  }

  private func number(of label: String) throws(ConfigurationError) -> Int {
    if let number = labelSet.index(of: label) { return Int(number) }
    throw LabelSet?.some(labelSet).unknown(label)
  }
}
