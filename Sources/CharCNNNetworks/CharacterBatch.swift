public import CharCNNCompute

/// A batch of encoded texts: alphabet indices of all characters one after another.
public struct CharacterBatch: BitwiseCopyable {
  /// Alphabet index of each row; -1 for padding, which embeds as the zero vector.
  public let characters: IndexTensor
  /// Where the texts lie.
  public let sequences: PackedSequences
  /// What solved n-grams say of the whole texts, [texts, classes], of which the batch may have no more than the beginnings; nil where
  /// nobody has asked them.
  package var ngramScores: Tensor?

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
    self.init(
      count: count, lengths: { fixedLength ?? max(length($0), 1) }, workspace: workspace, length: length, copy: copy)
  }

  /// Packs texts into as many rows as `lengths` says, cut or padded.
  private init(
    count: Int, lengths: (_ text: Int) -> Int, workspace: Workspace, length: (_ text: Int) -> Int,
    copy: (_ text: Int, _ into: UnsafeMutableBufferPointer<Int32>) -> Void
  ) {
    let offsets = workspace.indices(count: count + 1)
    var total = 0
    offsets.host[0] = 0
    for text in 0..<count {
      total += lengths(text)
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

  /// Keeps what solved n-grams say of the whole texts, [texts, classes].
  package mutating func attach(ngramScores: [Float], workspace: Workspace, device: any Device) {
    let scores = workspace.tensor(rows: sequences.count, columns: ngramScores.count / max(sequences.count, 1))
    device.write(ngramScores, to: scores)
    self.ngramScores = scores
  }

  /// Rows of a text without the padding behind it.
  package func realCharacters(of text: Int) -> Range<Int> {
    let rows = sequences.rows(of: text)
    var end = rows.upperBound
    while end > rows.lowerBound, characters.host[end - 1] < 0 { end -= 1 }
    return rows.lowerBound..<end
  }

  /// The batch with padding after each text that is shorter than `rows`.
  package func padded(toAtLeast rows: Int, workspace: Workspace) -> CharacterBatch {
    if (0..<sequences.count).allSatisfy({ sequences.rows(of: $0).count >= rows }) { return self }
    return CharacterBatch(
      count: sequences.count, lengths: { max(rows, sequences.rows(of: $0).count) }, workspace: workspace,
      length: { sequences.rows(of: $0).count }, copy: { copy(text: $0, into: $1) })
  }

  /// The batch with the characters of each text in reverse order; padding after a text stays after it.
  package func reversed(workspace: Workspace) -> CharacterBatch {
    let reversed = workspace.indices(count: characters.count)
    for text in 0..<sequences.count {
      let rows = sequences.rows(of: text)
      var end = rows.upperBound
      while end > rows.lowerBound && characters.host[end - 1] < 0 { end -= 1 }
      for row in rows.lowerBound..<end { reversed.host[row] = characters.host[rows.lowerBound + end - 1 - row] }
      for row in end..<rows.upperBound { reversed.host[row] = -1 }
    }
    return CharacterBatch(characters: reversed, sequences: sequences)
  }

  private func copy(text: Int, into buffer: UnsafeMutableBufferPointer<Int32>) {
    let start = sequences.rows(of: text).lowerBound
    for (row, place) in buffer.indices.enumerated() { buffer[place] = characters.host[start + row] }
  }
}
