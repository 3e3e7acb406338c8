public import CharCNNCompute

/// A network that gives each character or word of a sentence scores of its tags.
public protocol TaggingNetwork: Sendable {
  /// What the backward pass needs of the forward pass.
  associatedtype Saved

  /// Names, shapes and places of all parameters.
  var parameters: ParameterLayout { get }
  /// What the rows of a batch are.
  var unit: TaggingUnit { get }
  /// One entry a layer, in order, for tables.
  var layers: [LayerDescription] { get }

  /// Scores of the tags of each row, [rows, tags].
  func emissions(_ batch: TaggingBatch, _ pass: Pass) -> (emissions: Tensor, saved: Saved)
  /// Adds the gradients of all parameters but those of the output, given the gradient of the scores.
  func backward(_ demissions: Tensor, _ saved: Saved, _ pass: Pass)
  /// The transitions between the tags to predict with.
  func chain(_ pass: Pass) -> TagChain
  /// Forward, loss and backward: adds the gradients of the mean negative log-likelihood of a row and returns it.
  func addGradients(_ batch: TaggingBatch, labels: IndexTensor, smoothing: Float, _ pass: Pass) -> Double
}

extension TaggingNetwork {
  /// What gives the vectors of a base; nil for none.
  package var vectors: VectorReader? { (self as? WordTagger)?.vectors }

  /// Scores of the tags of each row, [rows, tags], for prediction.
  public func scores(of batch: TaggingBatch, _ pass: Pass) -> Tensor { emissions(batch, pass).emissions }
}

/// What has a tag.
public enum TaggingUnit: String, Codable, Sendable, CaseIterable {
  /// Every character of a sentence.
  case character
  /// Every word of a sentence, which is known by its characters.
  case word
}
