public import CharCNNCompute

/// A network of two parts that learn side by side and are mixed in prediction.
///
/// In training its scores are [2 texts, classes]: those of one part, and under them those of the other.
public protocol PartedNetwork: TextNetwork {
  /// The weight of each part in prediction, [2], from 0 to ``PartWeights/largest``; 1 and 1 until they are fitted.
  var mixture: Parameter { get }
  /// The scores of both parts in prediction, [2 texts, classes].
  func partScores(of batch: CharacterBatch, _ pass: Pass) -> Tensor
}

/// The weights that parts of a network may have.
public enum PartWeights {
  /// The largest.
  public static let largest: Float = 20
}
