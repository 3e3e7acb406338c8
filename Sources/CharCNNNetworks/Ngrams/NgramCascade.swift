package import CharCNNCompute

/// When solved n-grams answer alone: where they are sure of a text, the network beside them is not asked, which is much faster
/// (Viola & Jones 2001, "Rapid object detection using a boosted cascade of simple features"; Teerapittayanon 2016, "BranchyNet",
/// for networks that end early).
///
/// They are sure where their highest score is ahead of the second by ``threshold`` at least.
public struct NgramCascade: Codable, Hashable, Sendable {
  /// The least margin of the highest score over the second at which the n-grams answer alone.
  public var threshold: Double
  /// What their scores are multiplied with where they answer alone, before softmax.
  public var weight: Double
  /// The part of the validation texts that they answered alone, 0 to 1.
  public var share: Double

  /// A cascade.
  public init(threshold: Double, weight: Double, share: Double) {
    self.threshold = threshold
    self.weight = weight
    self.share = share
  }

  /// What is wrong with its values; nil where they can be used.
  package var problem: String? {
    if !threshold.isFinite || threshold < 0 { return "a threshold of \(threshold), which must be 0 or more" }
    if !(weight > 0 && weight <= Double(PartWeights.largest)) {
      return "a weight of \(weight), which must be above 0 and at most \(PartWeights.largest)"
    }
    if !(0...1).contains(share) { return "a share of \(share), which must be 0 to 1" }
    return nil
  }

  /// How far the highest of some scores is ahead of the second.
  package static func margin(_ scores: ArraySlice<Float>) -> Float {
    var (first, second) = (-Float.infinity, -Float.infinity)
    for score in scores {
      if score > first { (first, second) = (score, first) } else if score > second { second = score }
    }
    return first - second
  }

  /// Whether n-grams with these scores answer alone.
  package func isSure(_ scores: ArraySlice<Float>) -> Bool { Double(Self.margin(scores)) >= threshold }

  /// The probabilities that n-grams alone give some texts, [texts, classes], by their scores. Those of a text do not depend on the
  /// others.
  package static func probabilities(
    _ scores: [Float], classes: Int, weight: Float, device: any Device, workspace: Workspace
  ) -> [Float] {
    let logits = workspace.tensor(rows: scores.count / classes, columns: classes)
    device.write(scores.map { weight * $0 }, to: logits)
    let result = workspace.tensor(rows: logits.rows, columns: classes)
    device.softmax(logits, into: result)
    return device.read(result)
  }
}
