public import CharCNNCompute

/// A batch of encoded texts: alphabet indices of all characters one after another.
public struct CharacterBatch {
  /// Alphabet index of each row; -1 for padding, which embeds as the zero vector.
  public let characters: IndexTensor
  /// Where the texts lie.
  public let sequences: PackedSequences

  /// Indices and their texts.
  public init(characters: IndexTensor, sequences: PackedSequences) {
    precondition(characters.count == sequences.rows, "characters of another number than the texts have")
    self.characters = characters
    self.sequences = sequences
  }

  /// Packs texts.
  ///
  /// - Parameters:
  ///   - count: Number of texts.
  ///   - fixedLength: Cuts or pads every text to this length; nil keeps each text's own, but at least one row.
  ///   - workspace: Memory of the step.
  ///   - length: Number of characters of a text.
  ///   - copy: Writes the first characters of a text, as many as the buffer holds.
  public init(
    count: Int, fixedLength: Int?, workspace: Workspace, length: (_ text: Int) -> Int,
    copy: (_ text: Int, _ into: UnsafeMutableBufferPointer<Int32>) -> Void
  ) {
    let offsets = workspace.indices(count: count + 1)
    var total = 0
    offsets.host[0] = 0
    for text in 0..<count {
      total += fixedLength ?? max(length(text), 1)
      offsets.host[text + 1] = Int32(total)
    }
    let characters = workspace.indices(count: total)
    for text in 0..<count {
      let rows = Int(offsets.host[text])..<Int(offsets.host[text + 1])
      let real = min(length(text), rows.count)
      copy(text, UnsafeMutableBufferPointer(rebasing: characters.host[rows.lowerBound..<rows.lowerBound + real]))
      for row in rows.lowerBound + real..<rows.upperBound { characters.host[row] = -1 }
    }
    self.init(characters: characters, sequences: PackedSequences(offsets: offsets))
  }
}
