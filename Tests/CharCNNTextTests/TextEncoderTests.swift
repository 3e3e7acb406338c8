import CharCNNText
import Foundation
import Testing

private func encoder(_ settings: TextSettings, over texts: String...) -> TextEncoder {
  var builder = AlphabetBuilder()
  for text in texts { builder.add(text: text, settings: settings) }
  return TextEncoder(settings: settings, alphabet: builder.build())
}

private func sources(_ text: String, _ encoded: EncodedText) -> [String] {
  let bytes = Array(text.utf8)
  return encoded.ranges.map { String(decoding: bytes[$0], as: UTF8.self) }
}

@Suite struct TextEncoderTests {
  @Test(arguments: CharacterUnit.allCases) func emptyTextHasNoUnits(unit: CharacterUnit) {
    var indices: [Int32] = [7]
    let outcome = encoder(TextSettings(unit: unit), over: "abc").encode("", into: &indices)
    #expect(outcome == EncodingOutcome(count: 0, wasCut: false, unknownCount: 0))
    #expect(indices == [7])
  }

  @Test(arguments: CharacterUnit.allCases) func encodingAppendsAndCountsUnknownUnits(unit: CharacterUnit) {
    let encoder = encoder(TextSettings(unit: unit), over: "aab")
    var indices: [Int32] = [9]
    let outcome = encoder.encode("Bxa\u{0}", into: &indices)
    #expect(indices == [9, 2, 0, 1, 0])
    #expect(outcome == EncodingOutcome(count: 4, wasCut: false, unknownCount: 2))
  }

  @Test(arguments: CharacterUnit.allCases) func textsAreCutAtTheMaximum(unit: CharacterUnit) {
    let encoder = encoder(TextSettings(unit: unit, maximumLength: 3), over: "abcd")
    var indices: [Int32] = []
    #expect(encoder.encode("abc", into: &indices).wasCut == false)
    #expect(encoder.encode("abcd", into: &indices).wasCut)
    #expect(indices == [1, 2, 3, 1, 2, 3])
    #expect(encoder.encodeWithRanges("abcd").ranges == [0..<1, 1..<2, 2..<3])
  }

  @Test func aCutInsideAnExpansionKeepsTheFirstUnits() {
    let encoder = encoder(TextSettings(maximumLength: 2), over: "ffi")
    #expect(encoder.encodeWithRanges("ﬃ").wasCut)
    #expect(encoder.encodeWithRanges("ﬃ").ranges == [0..<3, 0..<3])
  }

  @Test func rangesPointIntoTheOriginal() {
    let text = "Ｅe\u{301}ﬁ한"
    let encoded = encoder(TextSettings(), over: text).encodeWithRanges(text)
    #expect(sources(text, encoded) == ["Ｅ", "e\u{301}", "ﬁ", "ﬁ", "한"])
    #expect(encoded.unknownCount == 0)
  }

  @Test func reorderedMarksKeepTheirOwnRanges() {
    let text = "x\u{301}\u{323}y"
    let encoded = encoder(TextSettings(), over: text).encodeWithRanges(text)
    #expect(sources(text, encoded) == ["x", "\u{323}", "\u{301}", "y"])
  }

  @Test func jamoShareTheRangeOfTheirSyllable() {
    let text = "\u{1112}\u{1161}\u{11AB}!"
    let encoded = encoder(TextSettings(), over: "한!").encodeWithRanges(text)
    #expect(encoded.ranges == [0..<9, 9..<10])
    #expect(encoded.unknownCount == 0)
  }

  @Test func graphemesAreWhatAReaderCallsCharacters() {
    let text = "👩‍👩‍👧e\u{301}🇩🇪\r\nx\u{323}\u{301}"
    let encoded = encoder(TextSettings(unit: .grapheme), over: text).encodeWithRanges(text)
    #expect(sources(text, encoded) == ["👩‍👩‍👧", "e\u{301}", "🇩🇪", "\r\n", "x\u{323}\u{301}"])
    #expect(Set(encoded.indices).count == 5 && encoded.unknownCount == 0)
  }

  @Test func aGraphemeOfManyScalarsIsOneUnit() {
    let text = "a" + String(repeating: "\u{200D}\u{1F469}", count: 3) + String(repeating: "\u{20DD}", count: 900) + "b"
    let encoded = encoder(TextSettings(unit: .grapheme, maximumLength: 8), over: text).encodeWithRanges(text)
    #expect(encoded.indices.count == text.count && !encoded.wasCut)
    #expect(encoded.ranges.last == text.utf8.count - 1..<text.utf8.count)
  }

  @Test func bytesShareTheRangeOfTheirScalar() {
    let encoded = encoder(TextSettings(unit: .byte), over: "é中").encodeWithRanges("é中")
    #expect(encoded.ranges == [0..<2, 0..<2, 2..<5, 2..<5, 2..<5])
    #expect(encoded.unknownCount == 0)
  }

  @Test(arguments: CharacterUnit.allCases) func bothWaysOfEncodingAgree(unit: CharacterUnit) {
    let text = "Ünïcode ﬁ 한글 \u{1112}\u{1161} e\u{301}\u{323} 👍🏽\n" + String(repeating: "long é ", count: 600)
    let encoder = encoder(TextSettings(unit: unit), over: text)
    var indices: [Int32] = []
    let outcome = encoder.encode(text, into: &indices)
    let encoded = encoder.encodeWithRanges(text)
    #expect(encoded.indices == indices)
    #expect(outcome.wasCut && encoded.wasCut && indices.count == 2048)
  }

  @Test func unlimitedLengthIsPossible() {
    for unit in CharacterUnit.allCases {
      let encoder = encoder(TextSettings(unit: unit, maximumLength: .max), over: "ab")
      var indices: [Int32] = [1]
      #expect(encoder.encode("abba", into: &indices).count == 4)
    }
  }

  @Test func settingsSurviveJSON() throws {
    let settings = TextSettings(normalization: .nfc, foldsCase: false, unit: .grapheme, maximumLength: 12)
    let data = try JSONEncoder().encode(settings)
    #expect(try JSONDecoder().decode(TextSettings.self, from: data) == settings)
    let text = String(decoding: data, as: UTF8.self)
    #expect(text.contains("\"nfc\"") && text.contains("\"grapheme\""))
  }

  @Test(arguments: ["0", "-3"]) func decodingRefusesALengthBelowOne(length: String) {
    let json = #"{"normalization":"nfkc","foldsCase":true,"unit":"scalar","maximumLength":\#(length)}"#
    #expect(throws: DecodingError.self) { try JSONDecoder().decode(TextSettings.self, from: Data(json.utf8)) }
  }
}
