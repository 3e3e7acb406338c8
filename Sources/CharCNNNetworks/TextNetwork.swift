/// A network that turns characters into class scores.
///
/// It may consist of parts that learn side by side, each from its own error; what a text's class is, the weighted sum of
/// their scores tells.
public protocol TextNetwork: Sendable {
  /// What the backward pass needs of the forward pass.
  associatedtype Saved

  /// Names, shapes and places of all parameters.
  var parameters: ParameterLayout { get }
  /// The fixed number of characters that texts are cut or padded to; nil where each text keeps its own.
  var length: Int? { get }
  /// One entry a layer, in order, for tables.
  var layers: [LayerDescription] { get }

  /// State with the weight of each part's scores in their sum, [parts], from 0 to ``PartWeights/largest``, which is fitted
  /// to held-out texts; nil, as by default, for a network in one piece.
  var mixture: Parameter? { get }
  /// Solved n-grams that stand beside the network; nil, as by default, where there are none.
  var ngramScorer: NgramScorer? { get }
  /// Whether a text may have several labels, or none: each score tells of its label alone. By default it has one of them.
  var allowsSeveralLabels: Bool { get }
  /// Whether what it says of a text is a score, and no probabilities. By default it is not.
  var givesScores: Bool { get }

  /// Class scores before softmax, of each part, in training as in prediction.
  func forward(_ batch: CharacterBatch, _ pass: Pass) -> (scores: PartScores, saved: Saved)
  /// Adds the gradients of all parameters to the pass's gradients, given the gradient of the scores of each part.
  func backward(_ dscores: PartScores, _ saved: Saved, _ pass: Pass)
}

extension TextNetwork {
  /// None.
  public var ngramScorer: NgramScorer? { nil }

  /// No.
  public var allowsSeveralLabels: Bool { false }

  /// No.
  public var givesScores: Bool { false }

  /// Characters that the network reads of a text of so many.
  package func characters(ofText count: Int) -> Int { min(count, length ?? ngramScorer?.networkLength ?? count) }

  /// Rows of a batch that a text of so many characters takes.
  package func rows(ofText count: Int) -> Int { length ?? max(characters(ofText: count), 1) }

  /// What has trained parameters, a row for each, without counting operations.
  public var layers: [LayerDescription] {
    var result: [LayerDescription] = []
    for parameter in parameters.trained {
      let name = parameter.name.split(separator: ".").dropLast().joined(separator: ".")
      if result.last?.name != name {
        result.append(
          LayerDescription(
            name: name, kind: "layer", rows: "", channels: parameter.shape.first ?? 1, parameters: 0, operations: 0,
            isPerText: parameter.part == .head))
      }
      result[result.count - 1].parameters += parameter.count
    }
    return result
  }
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
