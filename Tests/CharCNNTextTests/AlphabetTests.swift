import CharCNNText
import Foundation
import Testing

@Suite struct AlphabetTests {
  @Test func indicesFollowTheOrderOfUnits() throws {
    let alphabet = try Alphabet(units: ["b", "中", "👍🏽", "\u{0}"])
    #expect(alphabet.count == 5)
    #expect(["b", "中", "👍🏽", "\u{0}", "z", ""].map { alphabet[$0] } == [1, 2, 3, 4, 0, 0])
    #expect([0, 1, 3, 5, -1].map { alphabet.unit(at: $0) } == [nil, "b", "👍🏽", nil, nil])
  }

  @Test func canonicallyEquivalentSpellingsAreTwoUnits() throws {
    let alphabet = try Alphabet(units: ["\u{C5}", "\u{212B}", "A\u{30A}"])
    #expect(alphabet["\u{C5}"] == 1 && alphabet["\u{212B}"] == 2 && alphabet["A\u{30A}"] == 3)
    #expect(try Alphabet(units: ["\u{C5}"]) != Alphabet(units: ["\u{212B}"]))
  }

  @Test(arguments: [["a", "b", "a"], ["x\u{301}", "x\u{301}"], ["a", ""]])
  func repeatedAndEmptyUnitsAreRefused(units: [String]) throws {
    #expect(throws: AlphabetError.self) { try Alphabet(units: units) }
    let data = try JSONEncoder().encode(["units": units])
    #expect(throws: DecodingError.self) { try JSONDecoder().decode(Alphabet.self, from: data) }
  }

  @Test func survivesJSON() throws {
    let alphabet = try Alphabet(units: ["\u{212B}", "\"", "\u{0}", "é", "👩‍👩‍👧", "\u{2028}"])
    let copy = try JSONDecoder().decode(Alphabet.self, from: JSONEncoder().encode(alphabet))
    #expect(copy == alphabet)
    #expect(copy["👩‍👩‍👧"] == 5)
  }

  @Test func unitsComeByFallingCountThenScalar() {
    var builder = AlphabetBuilder()
    builder.add(["z", "a", "中", "z", "b", "👍🏽"])
    #expect(builder.build().units == ["z", "a", "b", "中", "👍🏽"])
    #expect(builder.build(minimumCount: 2).units == ["z"])
    #expect(builder.build(maximumSize: 3).units == ["z", "a"])
    #expect(builder.build(maximumSize: 0).units == [])
  }

  @Test func mergedCountsAreThoseOfAllTexts() {
    let settings = TextSettings(unit: .grapheme)
    let texts = ["Hello 👍🏽", "world 👍🏽 中", "x\u{301}x"]
    var together = AlphabetBuilder()
    var apart = AlphabetBuilder()
    for text in texts {
      together.add(text: text, settings: settings)
      var own = AlphabetBuilder()
      own.add(text: text, settings: settings)
      apart.merge(own)
    }
    #expect(apart.build() == together.build())
  }

  @Test func onlyWhatAnEncoderSeesIsCounted() {
    var builder = AlphabetBuilder()
    builder.add(text: "ABCDEF", settings: TextSettings(maximumLength: 3))
    #expect(builder.build().units == ["a", "b", "c"])
  }
}
