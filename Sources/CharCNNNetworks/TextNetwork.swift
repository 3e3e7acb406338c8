public import CharCNNCompute

/// A network that turns characters into class scores.
public protocol TextNetwork: Sendable {
  /// What the backward pass needs of the forward pass.
  associatedtype Saved

  /// Names, shapes and places of all parameters.
  var parameters: ParameterLayout { get }
  /// The fixed number of characters that texts are cut or padded to; nil where each text keeps its own.
  var length: Int? { get }
  /// One entry a layer, in order, for tables.
  var layers: [LayerDescription] { get }

  /// Class scores before softmax, [texts, classes].
  func forward(_ batch: CharacterBatch, _ pass: Pass) -> (logits: Tensor, saved: Saved)
  /// Adds the gradients of all parameters to the pass's gradients, given the gradient of the scores.
  func backward(_ dlogits: Tensor, _ saved: Saved, _ pass: Pass)
}

/// A row of the table that a paper would print.
public struct LayerDescription: Sendable, Hashable, Codable {
  /// Name, as in the parameter names.
  public var name: String
  /// What it does.
  public var kind: String
  /// Rows of its output for a text of L characters: `L`, `L/2` (rounded up), `1`, or a number for a fixed length.
  public var rows: String
  /// Channels of its output.
  public var channels: Int
  /// Trained parameters.
  public var parameters: Int
  /// Multiplications and additions of the forward pass for one character of a long text; for layers after the global
  /// pooling, for one text.
  public var operations: Double
  /// Whether `operations` counts per text instead of per character.
  public var isPerText: Bool

  /// A row.
  public init(
    name: String, kind: String, rows: String, channels: Int, parameters: Int, operations: Double, isPerText: Bool
  ) {
    self.name = name
    self.kind = kind
    self.rows = rows
    self.channels = channels
    self.parameters = parameters
    self.operations = operations
    self.isPerText = isPerText
  }
}
