import CharCNNText
import Foundation
import Testing

/// What nobody sees, put between all scalars of a text.
private func laced(_ text: String, with invisible: [Unicode.Scalar], first: Int) -> String {
  var view = String.UnicodeScalarView()
  var next = first
  func add() {
    view.append(invisible[next % invisible.count])
    next += 1
  }
  add()
  for scalar in text.unicodeScalars {
    view.append(scalar)
    add()
    if next % 3 == 0 { add() }
  }
  return String(view)
}

private let kinds: [TextSettings] = UnicodeNormalization.allCases.flatMap { form in
  [false, true].flatMap { folds in
    CharacterUnit.allCases.map { TextSettings(normalization: form, foldsCase: folds, unit: $0) }
  }
}

private func encoderFor(_ text: String, _ settings: TextSettings) -> TextEncoder {
  var builder = AlphabetBuilder()
  builder.add(text: text, settings: settings)
  return TextEncoder(settings: settings, alphabet: builder.build())
}

private func encoded(_ text: String, by encoder: TextEncoder) -> (indices: [Int32], outcome: EncodingOutcome) {
  var indices: [Int32] = []
  let outcome = encoder.encode(text, into: &indices)
  return (indices, outcome)
}

@Suite struct InvisibleCharacterTests {
  static let invisible: [Unicode.Scalar] = [
    "\u{AD}", "\u{61C}", "\u{180E}", "\u{200B}", "\u{200E}", "\u{200F}", "\u{202A}", "\u{202B}", "\u{202C}", "\u{202D}",
    "\u{202E}", "\u{2060}", "\u{2066}", "\u{2067}", "\u{2068}", "\u{2069}", "\u{FEFF}",
  ]
  static let samples = [
    "a lovely film", "Crème BRÛLÉE", "e\u{323}\u{301}x q\u{307}\u{323}", "\u{1112}\u{1161}\u{11AB} 한",
    "ﬁ ＦＵＬＬ ㎏ \u{FDFA}",
    "İstanbul ΌΔΟΣ", "👩‍👩‍👧 🇩🇪 👍🏽 ❤️ \r\n", "क\u{94D}\u{200D}ष می\u{200C}خواهم", "\u{301}\u{323}first a mark",
    "这部电影 \u{10FFFF}", "«20 °C» \u{A0}½",
  ]

  @Test(arguments: kinds) func `a text is read as if they had never been in it`(settings: TextSettings) {
    for (number, sample) in Self.samples.enumerated() {
      let encoder = encoderFor(sample, settings)
      let plain = encoded(sample, by: encoder)
      for invisible in [Self.invisible, ["\u{AD}"], ["\u{200B}"]] {
        let text = laced(sample, with: invisible, first: number)
        let (indices, outcome) = encoded(text, by: encoder)
        #expect(indices == plain.indices && outcome == plain.outcome, "\(sample)")
        let ranged = encoder.encodeWithRanges(text)
        #expect(ranged.indices == indices && ranged.ranges.count == indices.count)
        #expect(ranged.wasCut == outcome.wasCut && ranged.unknownCount == outcome.unknownCount)
        #expect(encoderFor(text, settings).alphabet == encoder.alphabet)
      }
    }
  }

  @Test(arguments: kinds) func `ranges hold what was read and nothing else`(settings: TextSettings) {
    let text = "\u{FEFF}lo\u{200B}ve\u{AD}\u{2060}ly\u{202E}"
    let bytes = Array(text.utf8)
    let ranges = encoderFor(text, settings).encodeWithRanges(text).ranges
    #expect(ranges.map { String(decoding: bytes[$0], as: UTF8.self) } == ["l", "o", "v", "e", "l", "y"])
    #expect(zip(ranges, ranges.dropFirst()).allSatisfy { $0.upperBound <= $1.lowerBound })
  }

  @Test(arguments: [UnicodeNormalization.nfc, .nfkc])
  func `what composes across them spans them`(form: UnicodeNormalization) {
    let text = "e\u{200B}\u{301}\u{200B}x"
    let encoded = encoderFor("éx", TextSettings(normalization: form)).encodeWithRanges(text)
    #expect(encoded.unknownCount == 0 && encoded.ranges == [0..<6, 9..<10])
  }

  @Test(arguments: kinds) func `a text of nothing else is empty`(settings: TextSettings) {
    let text = String(String.UnicodeScalarView(Self.invisible))
    let encoder = encoderFor("abc", settings)
    for empty in ["", "\u{200B}", text, String(repeating: text, count: 1000)] {
      #expect(encoded(empty, by: encoder).outcome == EncodingOutcome(count: 0, wasCut: false, unknownCount: 0))
      #expect(encoder.encodeWithRanges(empty).ranges.isEmpty && !encoder.hasUnits(empty))
    }
    #expect(encoder.hasUnits("\u{200B} ") && encoder.hasUnits("\u{200D}"))
  }

  @Test(arguments: CharacterUnit.allCases) func `a limit counts what is read`(unit: CharacterUnit) {
    let encoder = encoderFor("abcd", TextSettings(unit: unit, maximumLength: 3))
    let blank = String(repeating: "\u{200B}", count: 500)
    for (text, isCut) in [("a\(blank)b\(blank)c\(blank)", false), ("\(blank)abc\(blank)d", true)] {
      let (indices, outcome) = encoded(text, by: encoder)
      #expect(indices == [1, 2, 3] && outcome.wasCut == isCut)
      #expect(encoder.encodeWithRanges(text).indices == indices && encoder.encodeWithRanges(text).wasCut == isCut)
    }
  }

  @Test(arguments: 1...20) func `random mixtures are read as without them`(seed: UInt64) {
    let pool: [Unicode.Scalar] = [
      "a", "B", "\u{E9}", "\u{301}", "\u{323}", "\u{1100}", "\u{1161}", "\u{11A8}", "\u{AC00}", "\u{200D}", "\u{1F469}",
      "中",
      "\u{FB01}", "\u{130}", "\u{1F1E9}",
    ]
    var state = seed &* 0x9E37_79B9_7F4A_7C15
    var (plain, mixed) = (String.UnicodeScalarView(), String.UnicodeScalarView())
    for _ in 0..<300 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let number = Int(state >> 33)
      if number % 5 < 2 {
        mixed.append(Self.invisible[number / 5 % Self.invisible.count])
      } else {
        plain.append(pool[number / 5 % pool.count])
        mixed.append(pool[number / 5 % pool.count])
      }
    }
    for settings in kinds {
      let encoder = encoderFor(String(plain), settings)
      #expect(encoded(String(mixed), by: encoder).indices == encoded(String(plain), by: encoder).indices)
      #expect(encoder.encodeWithRanges(String(mixed)).indices == encoded(String(plain), by: encoder).indices)
    }
  }

  @Test(arguments: kinds) func `they are characters like others where the settings keep them`(settings: TextSettings) {
    var settings = settings
    settings.dropsInvisible = false
    let text = "a\u{AD}b\u{200B}c\u{FEFF}"
    let encoder = encoderFor(text, settings)
    let count = settings.unit == .byte ? text.utf8.count : 6
    #expect(encoded(text, by: encoder).outcome == EncodingOutcome(count: count, wasCut: false, unknownCount: 0))
    #expect(encoder.encodeWithRanges(text).ranges.last?.upperBound == text.utf8.count)
    #expect(encoder.hasUnits("\u{200B}") && !encoder.hasUnits(""))
  }

  @Test func `settings of an earlier version keep them and new ones drop them`() throws {
    let old = #"{"normalization":"nfkc","foldsCase":true,"unit":"scalar","maximumLength":2048}"#
    let read = try JSONDecoder().decode(TextSettings.self, from: Data(old.utf8))
    #expect(!read.dropsInvisible && TextSettings().dropsInvisible)
    for settings in [read, TextSettings()] {
      #expect(try JSONDecoder().decode(TextSettings.self, from: JSONEncoder().encode(settings)) == settings)
    }
  }
}
