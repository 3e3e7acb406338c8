import CharCNNText
import Testing

/// Values that a program can pass and that make no sense are errors, or are documented to mean nothing.
@Suite struct ValueTests {
  @Test(arguments: [1, -0.1, 2, .nan, .infinity] as [Double])
  func `chances out of range are errors`(chance: Double) {
    let thesaurus = Thesaurus([("big", ["large"])])
    #expect(throws: ValueError.self) { try SynonymReplacement(thesaurus: thesaurus, wordChance: chance) }
    #expect(throws: ValueError.self) {
      try SynonymReplacement(thesaurus: thesaurus, wordChance: 0.5, rankChance: chance)
    }
  }

  @Test func `vectors of another dimension are errors and change nothing`() throws {
    for dimension in [0, -1, .min] { #expect(throws: ValueError.self) { try CharacterVectors(dimension: dimension) } }
    var vectors = try CharacterVectors(dimension: 2)
    for vector in [[], [1], [1, 2, 3]] as [[Float]] {
      #expect(throws: ValueError.self) { try vectors.add("a", vector) }
      #expect(throws: ValueError.self) { try vectors.setUnknown(vector) }
    }
    #expect(vectors.units.isEmpty && vectors.unknown == nil && vectors["a"] == nil)
  }

  @Test func `spans beyond the tokens are left out`() {
    let spans = [TagSpan(type: "X", tokens: 1..<9), TagSpan(type: "Y", tokens: -3..<1)]
    #expect(TagScheme.bio.tags(of: spans, count: 3) == ["I-Y", "B-X", "I-X"])
    #expect(TagScheme.bmes.tags(of: spans, count: -1).isEmpty)
  }

  @Test(arguments: [.nan, -1, 2, .infinity, -.infinity] as [Double])
  func `a split by any fraction keeps every example`(fraction: Double) {
    for most in [Int.min, -1, 0, 3, .max] {
      let split = stratifiedSplit(
        labels: [0, 0, 1, 1, 1, 2], validationFraction: fraction, seed: 1, maximumValidation: most)
      #expect((split.train + split.validation).sorted() == Array(0..<6))
    }
  }

  @Test(arguments: [0, -1, .min, .max])
  func `any longest length can be encoded with`(length: Int) throws {
    for unit in CharacterUnit.allCases {
      let settings = TextSettings(unit: unit, maximumLength: length)
      let encoder = TextEncoder(settings: settings, alphabet: try Alphabet(units: ["a", "b"]))
      var indices: [Int32] = []
      let outcome = encoder.encode("abé🙂", into: &indices)
      #expect(outcome.count == indices.count && encoder.encodeWithRanges("abé🙂").indices == indices)
      #expect(length > 0 || (indices.isEmpty && outcome.wasCut))
    }
  }
}
