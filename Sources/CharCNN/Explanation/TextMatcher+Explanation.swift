import CharCNNCompute
internal import CharCNNFiles
import CharCNNNetworks
import CharCNNText
import CharCNNTraining

extension TextMatcher {
  /// Says why two texts relate as they do: what each character of either adds to the score of the label.
  ///
  /// The score is the label's log-odds; of a contrastive matcher the cosine, of one that gives scores that score. The reference are two
  /// texts of whose characters none is seen, which are much alike, so that what tells the texts apart speaks against a match. What
  /// both have in common is shared by the characters of both.
  ///
  /// - Parameters:
  ///   - first: Any text.
  ///   - second: Any text.
  ///   - label: The label; nil for the likeliest. Only for matchers that give labels probabilities.
  ///   - method: How contributions are found.
  /// - Returns: Contributions of the first text and, as ``TextClassifier/Explanation/secondContributions``, of the second.
  /// - Throws: ``ConfigurationError`` for a label that the model does not have.
  public func explanation(
    of first: String, _ second: String, for label: String? = nil,
    method: TextClassifier.Explanation.Method = .gradients
  ) throws(ConfigurationError) -> TextClassifier.Explanation {
    let match = match(first, second)
    let score = try score(of: label ?? match.label)
    let hypothesis = match.hypotheses.first { $0.label == score.label }
    let encoded = [first, second].map { encoder.encodeWithRanges($0) }
    let seen = zip([first, second], encoded).map { SeenCharacters($0, units: $1.ranges) }
    let texts = encoded.map(\.indices)
    var explanation = TextClassifier.Explanation(
      label: score.label, probability: hypothesis?.probability ?? match.score, isLogOdds: objective == .classification,
      total: 0, baseline: 0, contributions: [], unreadCharacters: seen.reduce(0) { $0 + $1.unread }, method: method,
      part: .network, gap: 0)
    switch method {
    case .gradients:
      let integral = try PathIntegral(tolerance: 0.9, most: 513) { fractions throws(ConfigurationError) in
        nodes(texts, fractions, score)
      }
      (explanation.total, explanation.baseline, explanation.gap) = (integral.end, integral.start, integral.gap)
      let values = integral.parts.spreading(integral.gap)
      explanation.contributions = seen[0].contributions(of: values.prefix(texts[0].count))
      explanation.secondContributions = seen[1].contributions(of: values.dropFirst(texts[0].count))
    case .occlusion:
      explanation.total = value(texts, 1, score)
      explanation.baseline = value(texts, 0, score)
      func contributions(_ text: Int) -> [TextClassifier.Explanation.Contribution] {
        seen[text].ranges.enumerated().map { character, range in
          var others = texts
          others[text] = zip(texts[text], seen[text].characters).filter { $0.1 != character }.map(\.0)
          return TextClassifier.Explanation.Contribution(
            range: range, value: explanation.total - value(others, 1, score))
        }
      }
      explanation.contributions = contributions(0)
      explanation.secondContributions = contributions(1)
    }
    return explanation
  }

  /// What is explained of the network's outputs.
  private struct Score {
    let label: String
    /// The value, and its derivatives by the outputs.
    let value: (_ outputs: [Double]) -> (value: Double, gradient: [Double])
  }

  private func score(of label: String?) throws(ConfigurationError) -> Score {
    switch objective {
    case .regression:
      guard label == nil else {
        throw ConfigurationError(setting: "label", problem: "is for matchers that give labels")
      }
      let range = configuration.range
      let width = Double(range.upperBound - range.lowerBound)
      return Score(label: "") { outputs in
        let share = 1 / (1 + exp(-outputs[0]))
        return (Double(range.lowerBound) + width * share, [width * share * (1 - share)])
      }
    case .contrastive:
      guard let label, labels.contains(label) else { throw labelSet.unknown(label ?? "") }
      return Score(label: label) { (value: $0[0], gradient: [1]) }
    case .classification:
      guard let number = labels.firstIndex(of: label ?? "") else { throw labelSet.unknown(label ?? "") }
      return Score(label: labels[number], value: LogOdds(label: number).value)
    }
  }

  /// The score of a pair at a fraction.
  private func value(_ texts: [[Int32]], _ fraction: Double, _ score: Score) -> Double {
    let outputs = walk(texts, [fraction], gradient: nil, taken: { _ in })
    return score.value(outputs.map(Double.init)).value
  }

  private func nodes(_ texts: [[Int32]], _ fractions: [Double], _ score: Score) -> [PathIntegral.Node] {
    var nodes: [PathIntegral.Node] = []
    // As many pairs at once as a batch of predictions has.
    let plan = BatchPlan(lengths: fractions.map { _ in texts.reduce(0) { $0 + max($1.count, 1) } }, budget: 4_096)
    for number in 0..<plan.count {
      let chosen = plan[number].map { fractions[$0] }
      let first = nodes.count
      walk(texts, chosen) { outputs in
        let columns = outputs.count / chosen.count
        return chosen.indices.flatMap { pair in
          let (value, gradient) = score.value(outputs[pair * columns..<(pair + 1) * columns].map(Double.init))
          nodes.append(PathIntegral.Node(score: value, slope: 0, parts: []))
          return gradient.map { Float($0) }
        }
      } taken: { path in
        for pair in chosen.indices {
          let parts = Array(path.products(of: pair)) + path.products(of: chosen.count + pair)
          nodes[first + pair].parts = parts
          nodes[first + pair].slope = parts.reduce(0, +)
        }
      }
    }
    return nodes
  }

  @discardableResult
  private func walk(
    _ texts: [[Int32]], _ fractions: [Double], gradient: ((_ outputs: [Float]) -> [Float])?,
    taken: (_ path: InputPath) -> Void
  ) -> [Float] {
    let path = InputPath(fractions: (fractions + fractions).map { Float($0) })
    return workspaces.withWorkspace { workspace in
      let batch = CharacterBatch.pairs(
        fractions.map { _ in texts[0] }, fractions.map { _ in texts[1] }, workspace: workspace)
      let pass = Pass.prediction(device: device, workspace: workspace, store: store)
      let outputs = network.follow(path, batch, pass, gradient: gradient)
      taken(path)
      return outputs
    }
  }
}

extension LabelSet? {
  /// An error about a label that a model does not have.
  func unknown(_ label: String) -> ConfigurationError {
    let labels = self?.labels ?? []
    return ConfigurationError(
      setting: "label",
      problem: "\(Label.quoted(label)) is none of the model; \(Spelling.question(label, labels))"
        + "there \(labels.count == 1 ? "is" : "are") \(labels.prefix(20).map(Label.quoted).joined(separator: ", "))"
        + (labels.count > 20 ? " and \(labels.count - 20) more" : ""))
  }
}
