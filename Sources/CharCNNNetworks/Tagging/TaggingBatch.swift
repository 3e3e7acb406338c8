public import CharCNNCompute

/// A batch of sentences to tag.
public struct TaggingBatch {
  /// The characters of the sentences; where words are tagged, those of each word are a sequence of their own.
  public let characters: CharacterBatch
  /// Where the sentences lie among the rows that are tagged: characters or words.
  public let sentences: PackedSequences

  /// Rows that are tagged.
  public var rows: Int { sentences.rows }

  /// Sentences of characters, each of which has a tag.
  public init(characters: CharacterBatch) {
    self.characters = characters
    sentences = characters.sequences
  }

  /// Sentences of words: the sequences of `words` are the rows that `sentences` speaks of.
  public init(words: CharacterBatch, sentences: PackedSequences) {
    precondition(words.sequences.count == sentences.rows, "words of another number than the sentences have")
    characters = words
    self.sentences = sentences
  }
}
