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

  /// Packs texts, given as slices of alphabet indices.
  ///
  /// - Parameters:
  ///   - texts: Alphabet indices of each text.
  ///   - length: Cuts or pads every text to this length; nil keeps each text's own, but at least one row.
  ///   - workspace: Memory of the step.
  public init(_ texts: some RandomAccessCollection<ArraySlice<Int32>>, length: Int?, workspace: Workspace) {
    let offsets = workspace.indices(count: texts.count + 1)
    var total = 0
    offsets.host[0] = 0
    for (number, text) in texts.enumerated() {
      total += length ?? max(text.count, 1)
      offsets.host[number + 1] = Int32(total)
    }
    let characters = workspace.indices(count: total)
    let host = characters.host
    for (number, text) in texts.enumerated() {
      var row = Int(offsets.host[number])
      let end = Int(offsets.host[number + 1])
      for character in text.prefix(end - row) {
        host[row] = character
        row += 1
      }
      while row < end {
        host[row] = -1
        row += 1
      }
    }
    self.init(characters: characters, sequences: PackedSequences(offsets: offsets))
  }
}
