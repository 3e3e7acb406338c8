import CharCNNText
import Foundation
import Testing

/// Encodes with an alphabet of every scalar of the expected text and reads the units back.
private func normalized(_ text: String, _ settings: TextSettings, expecting: String) throws -> String {
  var builder = AlphabetBuilder()
  for scalar in (expecting + text).unicodeScalars { builder.add(unit: String(Character(scalar))) }
  let encoder = TextEncoder(settings: settings, alphabet: builder.build(maximumSize: 2_000_000))
  var indices: [Int32] = []
  encoder.encode(text, into: &indices)
  #expect(encoder.encodeWithRanges(text).indices == indices)
  var view = String.UnicodeScalarView()
  for index in indices { view += (encoder.alphabet.unit(at: index) ?? "\u{FFFD}").unicodeScalars }
  return String(view)
}

private func scalars(_ text: String) -> [UInt32] { text.unicodeScalars.map(\.value) }

/// What the settings leave out.
private let invisible = CharacterSet(
  charactersIn:
    "\u{AD}\u{61C}\u{180E}\u{200B}\u{200E}\u{200F}\u{202A}\u{202B}\u{202C}\u{202D}\u{202E}\u{2060}\u{2061}\u{2062}\u{2063}"
    + "\u{2064}\u{2066}\u{2067}\u{2068}\u{2069}\u{206A}\u{206B}\u{206C}\u{206D}\u{206E}\u{206F}\u{FEFF}")

private func reference(_ text: String, _ settings: TextSettings) -> String {
  var text = text
  if settings.dropsInvisible { text.unicodeScalars.removeAll { invisible.contains($0) } }
  func fold(_ text: String) -> String {
    guard settings.foldsCase else { return text }
    var view = String.UnicodeScalarView()
    for scalar in text.unicodeScalars { view += scalar.properties.lowercaseMapping.unicodeScalars }
    return String(view)
  }
  switch settings.normalization {
  case .none: return fold(text)
  case .nfc: return fold(text.decomposedStringWithCanonicalMapping).precomposedStringWithCanonicalMapping
  case .nfkc:
    return fold(text.decomposedStringWithCompatibilityMapping).precomposedStringWithCompatibilityMapping
  }
}

private let allSettings = UnicodeNormalization.allCases.flatMap { form in
  [false, true].flatMap { folds in
    [false, true].map {
      TextSettings(normalization: form, foldsCase: folds, dropsInvisible: $0, maximumLength: .max)
    }
  }
}

@Suite struct NormalizationTests {
  static let samples = [
    "", "plain ASCII, Mixed Case\n\t\u{0}end", "Crème brûlée À LA CARTE", "ＦＵＬＬ　ｗｉｄｔｈ ｶﾞｷﾞ",
    "한국어 \u{1112}\u{1161}\u{11AB}",
    "\u{1100}\u{1161}\u{1161}\u{11A8}\u{11A8}", "\u{AC00}\u{11A8}\u{11A8}", "\u{1161}\u{11A8}start",
    "ｱﾊﾟｰﾄ \u{FFA1}\u{FFC2}",
    "a\u{315}\u{300}\u{5AE}\u{300}\u{62}", "q\u{307}\u{323} q\u{323}\u{307}", "\u{1E9B}\u{323}",
    "s\u{323}\u{307}S\u{307}\u{323}",
    "\u{300}\u{301}leading marks", "👩‍👩‍👧‍👦 🇩🇪 👍🏽 ❤️", "ﷺ ﻻ ﷲ \u{FDFA}\u{64B}", "ﬁﬂﬃ ½ ² ① Ⅳ ℌ ㎏ ㍿", "İstanbul I\u{307} ΌΔΟΣ Σ",
    "H\u{331}\u{1E96}",
    "क\u{93C}\u{94D}ष \u{958}", "บ\u{E33}\u{E49}ำ", "\u{9C7}\u{9BE}\u{9D7}", "\u{1112}\u{1161}\u{300}\u{11AB}",
    "\u{212B}\u{2126}\u{212A}",
    "\u{F900}\u{2F800}丽", "\u{10FFFF}\u{E000}\u{FFFE}", "i\u{328}\u{301}\u{307}",
    "\u{1F80}\u{1FBC}\u{3B1}\u{345}\u{301}", "\u{0F71}\u{0F72}\u{0F74}\u{0F81}",
    "\u{115B9}\u{115AF} \u{11131}\u{11127}\u{1D15F}", "Tiếng Việt TIẾNG VIỆT".decomposedStringWithCanonicalMapping,
  ]

  @Test(arguments: samples) func agreesWithFoundationOnWholeStrings(sample: String) throws {
    for settings in allSettings {
      let expected = reference(sample, settings)
      let result = try normalized(sample, settings, expecting: expected)
      #expect(scalars(result) == scalars(expected), "\(settings.normalization) \(settings.foldsCase)")
    }
  }

  @Test(arguments: allSettings) func everyScalarAgreesWithFoundation(settings: TextSettings) throws {
    for batch in Self.batches() {
      let text = batch.reduce(into: "") { $0.unicodeScalars += ["\n", $1, "x"] }
      let expected = reference(text, settings)
      let result = try normalized(text, settings, expecting: expected)
      #expect(scalars(result) == scalars(expected))
    }
  }

  @Test func everyDecomposedScalarComposesAgain() throws {
    let settings = TextSettings(normalization: .nfc, foldsCase: false, dropsInvisible: false, maximumLength: .max)
    for batch in Self.batches() {
      let text = batch.reduce(into: "") { $0 += "\n" + String(Character($1)).decomposedStringWithCanonicalMapping }
      let expected = text.precomposedStringWithCanonicalMapping
      #expect(scalars(try normalized(text, settings, expecting: expected)) == scalars(expected))
    }
  }

  /// All assigned scalars that are not private, of ideographs and syllables every seventh.
  private static func batches() -> [ArraySlice<Unicode.Scalar>] {
    let scalars = (0..<0xE0200 as Range<UInt32>).compactMap { value -> Unicode.Scalar? in
      let isUniform = (0x3400...0xF8FF).contains(value) || (0x17000...0x18CFF).contains(value) || value >= 0x20000
      guard !isUniform || value % 7 == 0 || (0x2F800...0x2FA1F).contains(value), let scalar = Unicode.Scalar(value),
        ![.unassigned, .privateUse].contains(scalar.properties.generalCategory)
      else { return nil }
      return scalar
    }
    return stride(from: 0, to: scalars.count, by: 1024).map { scalars[$0..<min($0 + 1024, scalars.count)] }
  }

  @Test(arguments: 1...20) func randomMixturesAgreeWithFoundation(seed: UInt64) throws {
    let pool = [
      0x41, 0x61, 0x73, 0x53, 0x300, 0x301, 0x307, 0x323, 0x328, 0x345, 0x3B1, 0x1100, 0x1161, 0x11A8, 0xAC00, 0xAC01,
      0xFDFA, 0x212B, 0x1E69, 0x9C7, 0x9BE, 0x93C, 0x915, 0x94D, 0x5B0, 0x5BC, 0x5D3, 0x64B, 0x651, 0x627, 0xFF76,
      0xFF9E, 0x130, 0x200B, 0xAD, 0x1D158, 0x1D165, 0x1F80, 0x0F72, 0x0F71, 0x20, 0x4E00,
    ].compactMap { Unicode.Scalar($0 as UInt32) }
    var state = seed &* 0x9E37_79B9_7F4A_7C15
    var text = String.UnicodeScalarView()
    for _ in 0..<400 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      text.append(pool[Int(state >> 33) % pool.count])
    }
    for settings in allSettings {
      let expected = reference(String(text), settings)
      #expect(scalars(try normalized(String(text), settings, expecting: expected)) == scalars(expected))
    }
  }

  @Test func textOfOnlyMarksIsBoundedByTheLimit() {
    let text = String(repeating: "\u{301}\u{323}", count: 500_000)
    let encoder = TextEncoder(settings: TextSettings(maximumLength: 100), alphabet: AlphabetBuilder().build())
    var indices: [Int32] = []
    let outcome = encoder.encode(text, into: &indices)
    #expect(outcome == EncodingOutcome(count: 100, wasCut: true, unknownCount: 100))
  }
}
