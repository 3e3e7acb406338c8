/// The parameters of a linear-chain conditional random field, or their gradients.
public struct TagChain: BitwiseCopyable {
  /// Score of each tag after each other one, [tags before, tags].
  public let transitions: Tensor
  /// Score of each tag at the first row of a sentence, [1, tags].
  public let start: Tensor
  /// Score of each tag at the last row of a sentence, [1, tags].
  public let end: Tensor

  /// Number of tags.
  public var tags: Int { transitions.columns }

  /// Contiguous tensors of these shapes.
  public init(transitions: Tensor, start: Tensor, end: Tensor) {
    precondition(transitions.rows == transitions.columns, "transitions lead from every tag to every tag")
    precondition(start.count == transitions.rows && end.count == transitions.rows, "tags of another number")
    precondition(transitions.isContiguous && start.isContiguous && end.isContiguous, "a chain is contiguous")
    self.transitions = transitions
    self.start = start
    self.end = end
  }
}

/// Tags that some neighbouring rows of a sentence may have.
public struct TagRun: Sendable, Hashable {
  /// The sentence of the batch.
  public var sentence: Int
  /// The first row, counted within the sentence.
  public var row: Int
  /// The tags of that row and of those after it.
  public var tags: [Int32]

  /// Tags from a row on.
  public init(sentence: Int, row: Int, tags: [Int32]) {
    self.sentence = sentence
    self.row = row
    self.tags = tags
  }
}

/// A tag for every row of a sentence.
public struct TagPath: Sendable, Hashable {
  /// The tags, [rows].
  public var tags: [Int32]
  /// The score of the sequence: the logarithm of its probability plus that of the sum over all sequences.
  public var score: Double

  /// Tags and their score.
  public init(tags: [Int32], score: Double) {
    self.tags = tags
    self.score = score
  }
}
