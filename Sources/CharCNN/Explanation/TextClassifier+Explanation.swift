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
    let encoded = wholeEncoder.encodeWithRanges(text)
    let seen = SeenCharacters(text, units: encoded.ranges)
    let path = ClassifierPath(self, encoded.indices)
    let odds = LogOdds(label: number, hasSeveral: allowsSeveralLabels, temperature: temperature?.value ?? 1)
    var explanation = Explanation(
      label: labels[number], probability: Double(probabilities[number]), total: 0, baseline: 0, contributions: [],
      unreadCharacters: seen.unread, method: method, part: path.part, gap: 0)
    switch method {
    case .gradients:
      let integral = try PathIntegral(
        tolerance: path.isLinear ? Self.linearTolerance : Self.tolerance,
        most: path.isLinear ? Self.mostLinearNodes : Self.mostNodes
      ) { fractions throws(ConfigurationError) in try path.nodes(fractions, odds) }
      (explanation.total, explanation.baseline, explanation.gap) = (integral.end, integral.start, integral.gap)
      explanation.contributions = seen.contributions(
        of: path.values(of: integral.parts).spreading(integral.gap))
    case .occlusion:
      explanation.total = odds.value(of: try path.scores(at: 1)).value
      explanation.baseline = odds.value(of: try path.scores(at: 0)).value
      let (indices, characters, part) = (encoded.indices, seen.characters, path.part)
      let found = device.map(seen.ranges.count) { character in
        let others = zip(indices, characters).filter { $0.1 != character }.map(\.0)
        return Result { () throws(ConfigurationError) in
          odds.value(of: try ClassifierPath(self, others, part: part).scores(at: 1)).value
        }
      }
      for (range, score) in zip(seen.ranges, found) {
        explanation.contributions.append(
          Explanation.Contribution(range: range, value: explanation.total - (try score.get())))
      }
    }
    return explanation
  }

  /// How exactly the integral of a network is found: a little more exactly than is promised.
  private static let tolerance = 0.9
  private static let mostNodes = 513
  /// N-grams cost nothing on the way.
  private static let linearTolerance = 1e-7
  private static let mostLinearNodes = 4_097

  private func number(of label: String) throws(ConfigurationError) -> Int {
    if let number = labelSet.index(of: label) { return Int(number) }
    throw LabelSet?.some(labelSet).unknown(label)
  }
}
