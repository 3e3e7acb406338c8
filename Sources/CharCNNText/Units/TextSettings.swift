/// The Unicode normalization form a text is brought to before it is cut into units (UAX #15).
public enum UnicodeNormalization: String, Codable, CaseIterable, Hashable, Sendable {
  /// Scalars stay as they are.
  case none
  /// Canonical composition: letter and accent become one scalar where Unicode has one.
  case nfc
  /// Compatibility composition: also full-width letters, ligatures, circled digits and the like.
  case nfkc
}

/// What one position of the network's input stands for.
public enum CharacterUnit: String, Codable, CaseIterable, Hashable, Sendable {
  /// A Unicode scalar of the normalized text.
  case scalar
  /// A grapheme cluster of the normalized text, what a reader calls a character.
  case grapheme
  /// A byte of the normalized text in UTF-8. In an alphabet, a byte is written as the scalar of the same value.
  case byte
}

/// How text becomes units; stored with a model, since another setting would mean another input.
public struct TextSettings: Codable, Hashable, Sendable {
  /// The normalization form.
  public var normalization: UnicodeNormalization
  /// Whether letters are mapped to lower case (Unicode's full mapping, scalar by scalar and independent of the language,
  /// applied between decomposition and composition, so the result is still normalized).
  public var foldsCase: Bool
  /// Whether characters that nobody sees are left out before all else: zero-width spaces, word joiners, soft hyphens, byte
  /// order marks, marks of direction. A text is then read as if they had never been in it, and a limit does not count them.
  /// Joiners (U+200C, U+200D) stay, since they change how letters and emoji look. Models that were written before this setting
  /// existed keep such characters.
  public var dropsInvisible: Bool
  /// What a unit is.
  public var unit: CharacterUnit
  /// The greatest number of units of a text; longer texts are cut.
  public var maximumLength: Int
  /// The greatest number of units of a chunk: a longer text is cut into chunks of about the same length, each is judged
  /// alone, and their log-probabilities are pooled, in training as in prediction. Nil reads texts whole.
  public var chunkLength: Int?

  /// Settings; the defaults suit classification of text in any script.
  public init(
    normalization: UnicodeNormalization = .nfkc, foldsCase: Bool = true, dropsInvisible: Bool = true,
    unit: CharacterUnit = .scalar, maximumLength: Int = 2048, chunkLength: Int? = nil
  ) {
    self.chunkLength = chunkLength
    self.normalization = normalization
    self.foldsCase = foldsCase
    self.dropsInvisible = dropsInvisible
    self.unit = unit
    self.maximumLength = maximumLength
  }

  /// Decodes settings; every key but `chunkLength` and `dropsInvisible` is required, and lengths must be positive. Without
  /// `dropsInvisible`, as earlier versions wrote settings, nothing is dropped: such a model has learned from all characters.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    normalization = try container.decode(UnicodeNormalization.self, forKey: .normalization)
    foldsCase = try container.decode(Bool.self, forKey: .foldsCase)
    dropsInvisible = try container.decodeIfPresent(Bool.self, forKey: .dropsInvisible) ?? false
    unit = try container.decode(CharacterUnit.self, forKey: .unit)
    maximumLength = try container.decode(Int.self, forKey: .maximumLength)
    chunkLength = try container.decodeIfPresent(Int.self, forKey: .chunkLength)
    if let chunkLength, chunkLength < 1 {
      throw DecodingError.dataCorruptedError(
        forKey: .chunkLength, in: container, debugDescription: "chunkLength must be at least 1")
    }
    guard maximumLength > 0 else {
      throw DecodingError.dataCorruptedError(
        forKey: .maximumLength, in: container, debugDescription: "maximumLength must be at least 1")
    }
  }
}
