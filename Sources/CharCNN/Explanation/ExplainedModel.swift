import CharCNNCompute
import CharCNNNetworks
import CharCNNText

/// A model whose answers for whole texts are explained.
protocol ExplainedModel: Sendable {
  var architecture: Architecture { get }
  var network: any TextNetwork { get }
  var linear: LinearNgrams? { get }
  /// When the n-grams answer alone; nil for models that have no cascade.
  var cascade: NgramCascade? { get }
  var store: ParameterStore { get }
  var device: any Device { get }
  var workspaces: WorkspacePool { get }
  /// Characters of the chunks that are judged alone; nil where texts are read whole.
  var chunkLength: Int? { get }
  /// Scores of a text.
  var outputCount: Int { get }
  /// Encodes what any part reads.
  var wholeEncoder: TextEncoder { get }
}

/// What is explained: a value of a model's scores, and its derivatives by them.
typealias ExplainedValue = @Sendable (_ scores: [Double]) -> (value: Double, gradient: [Double])

extension TextClassifier: ExplainedModel {
  var chunkLength: Int? { textSettings.chunkLength }
  var outputCount: Int { labels.count }
}

/// How exactly the integral of a network is found: a little more exactly than is promised.
private let tolerance = 0.9
private let mostNodes = 513
/// N-grams cost nothing on the way.
private let linearTolerance = 1e-7
private let mostLinearNodes = 4_097

extension ExplainedModel {
  /// Completes an explanation of a text, of which the label and the method are known.
  ///
  /// - Throws: ``ConfigurationError`` for gradients of a network that reads characters by a layer of its own.
  func explain(
    _ text: String, _ value: @escaping ExplainedValue, in explanation: inout TextClassifier.Explanation
  ) throws(ConfigurationError) {
    let encoded = wholeEncoder.encodeWithRanges(text)
    let seen = SeenCharacters(text, units: encoded.ranges)
    let path = TextPath(self, encoded.indices)
    explanation.unreadCharacters = seen.unread
    explanation.part = path.part
    switch explanation.method {
    case .gradients:
      let integral = try PathIntegral(
        tolerance: path.isLinear ? linearTolerance : tolerance, most: path.isLinear ? mostLinearNodes : mostNodes
      ) { fractions throws(ConfigurationError) in try path.nodes(fractions, value) }
      (explanation.total, explanation.baseline, explanation.gap) = (integral.end, integral.start, integral.gap)
      explanation.contributions = seen.contributions(
        of: path.values(of: integral.parts).spreading(integral.gap))
    case .occlusion:
      explanation.total = value(try path.scores(at: 1)).value
      explanation.baseline = value(try path.scores(at: 0)).value
      let (indices, characters, part) = (encoded.indices, seen.characters, path.part)
      let found = device.map(seen.ranges.count) { character in
        let others = zip(indices, characters).filter { $0.1 != character }.map(\.0)
        return Result { () throws(ConfigurationError) in
          value(try TextPath(self, others, part: part).scores(at: 1)).value
        }
      }
      for (range, score) in zip(seen.ranges, found) {
        explanation.contributions.append(
          TextClassifier.Explanation.Contribution(range: range, value: explanation.total - (try score.get())))
      }
    }
  }
}
