import CharCNNCompute
import CharCNNNetworks
import Testing

@Suite struct CharacterBatchTests {
  static let texts: [ArraySlice<Int32>] = [[], [4], [1, 2, 3]]

  /// Characters and offsets of a batch.
  private func packed(_ texts: [ArraySlice<Int32>], length: Int?) -> (characters: [Int32], offsets: [Int32]) {
    let workspace = Workspace()
    return withExtendedLifetime(workspace) {
      let batch = CharacterBatch(texts, length: length, workspace: workspace)
      return (Array(batch.characters.host), Array(batch.sequences.offsets.host))
    }
  }

  @Test func `texts keep their lengths, and an empty one has a row of padding`() {
    let (characters, offsets) = packed(Self.texts, length: nil)
    #expect(characters == [-1, 4, 1, 2, 3])
    #expect(offsets == [0, 1, 2, 5])
  }

  @Test func `a fixed length cuts and pads`() {
    let (characters, offsets) = packed(Self.texts, length: 2)
    #expect(characters == [-1, -1, 4, -1, 1, 2])
    #expect(offsets == [0, 2, 4, 6])
  }

  @Test func `slices of one array are packed without regard to where they start`() {
    let all: [Int32] = [9, 8, 7, 6, 5]
    #expect(packed([all[3..<5], all[0..<1]], length: nil).characters == [6, 5, 9])
  }
}
