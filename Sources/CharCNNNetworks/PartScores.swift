public import CharCNNCompute

/// The class scores that each part of a network gives some texts, or the gradient of the loss by them. A network in one
/// piece has one part.
public struct PartScores: BitwiseCopyable {
  /// [parts · texts, classes]: the scores of the first part, under them those of the second, and so on.
  public let all: Tensor
  /// Number of parts.
  public let count: Int

  /// The scores of so many parts, one under the other.
  public init(_ all: Tensor, parts: Int) {
    precondition(parts > 0 && all.rows % parts == 0, "every part has a row for every text")
    self.all = all
    count = parts
  }

  /// The scores of a network in one piece, [texts, classes].
  public init(_ scores: Tensor) { self.init(scores, parts: 1) }

  /// Number of texts.
  public var texts: Int { all.rows / count }

  /// The scores of a part, [texts, classes].
  public subscript(part: Int) -> Tensor { all.rows(part * texts..<(part + 1) * texts) }

  /// The scores of a network in one piece.
  public var only: Tensor {
    precondition(count == 1, "the scores of several parts")
    return all
  }
}

/// The weights with which the scores of a network's parts are added.
public enum PartWeights {
  /// The largest.
  public static let largest: Float = 20
  /// What the scores of solved n-grams count where nothing is known: margins, which stay near 1 for texts that are certain.
  package static let usualOfNgrams: Float = 3
}

extension TextNetwork {
  /// One part.
  public var mixture: Parameter? { nil }

  /// The scores of each part, where nothing goes back.
  public func partScores(of batch: CharacterBatch, _ pass: Pass) -> PartScores { forward(batch, pass).scores }

  /// Class scores before softmax, [texts, classes]: those of its parts, added with the weights of ``mixture``.
  public func mixedScores(of batch: CharacterBatch, _ pass: Pass) -> Tensor {
    guard let mixture else { return partScores(of: batch, pass).only }
    let weights = pass.device.read(pass.value(mixture))
    // A network that counts nothing beside its n-grams is not asked, unless somebody looks at what it computes.
    if let ngramScorer, weights.count == 2, weights[0] == 0, pass.trace == nil {
      let scores = pass.tensor(rows: batch.sequences.count, columns: ngramScorer.ngrams.classes)
      ngramScorer.write(scoresOf: batch, into: scores, pass)
      let mixed = pass.tensor(rows: scores.rows, columns: scores.columns)
      pass.device.copy(scores, into: mixed)
      pass.device.blend(scores, alpha: weights[1], beta: 0, into: mixed)
      return mixed
    }
    let scores = partScores(of: batch, pass)
    let mixed = pass.tensor(rows: scores.texts, columns: scores.all.columns)
    pass.device.copy(scores[0], into: mixed)
    if scores.count == 1 { pass.device.blend(scores.all, alpha: weights[0], beta: 0, into: mixed) }
    for part in 1..<scores.count {
      pass.device.blend(scores[part], alpha: weights[part], beta: part == 1 ? weights[0] : 1, into: mixed)
    }
    pass.record(.mixture, mixed, reading: (0..<scores.count).map { scores[$0] })
    return mixed
  }
}
