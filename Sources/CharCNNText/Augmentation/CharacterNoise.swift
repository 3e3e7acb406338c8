internal import CharCNNFiles

/// Mistakes that people and machines make in single characters: what a model should bear.
public struct CharacterNoise: Sendable, Hashable {
  /// What happens to a character.
  #if hasAttribute(nonexhaustive)
  @nonexhaustive
  #endif
  public enum Kind: String, CaseIterable, Codable, Sendable {
    /// It changes places with the next one.
    case swap
    /// It is missing.
    case drop
    /// It stands twice.
    case `repeat`
    /// A key beside it is hit (Latin letters and digits, on the American keyboard).
    case key
    /// A capital becomes a small letter, a small letter a capital.
    case `case`
    /// Another character that looks like it: Cyrillic and Greek letters for Latin ones, 0 for O, 己 for 已.
    case lookalike
    /// Full width becomes half width, half width full width.
    case width
  }

  /// The part of the characters to which something happens, 0 to 1.
  public var rate: Double
  /// What happens; each is as likely as any other.
  public var kinds: [Kind]

  /// Noise.
  public init(rate: Double, kinds: [Kind] = Kind.allCases) {
    self.rate = rate
    self.kinds = kinds
  }

  /// A text with noise. The same seed, stream and text give the same noise.
  ///
  /// - Parameters:
  ///   - text: Any text.
  ///   - seed: Another seed gives other noise.
  ///   - stream: The number of the text, so that equal texts get different noise.
  public func applied(to text: String, seed: UInt64, stream: UInt64 = 0) -> String {
    noisy(text, seed: seed, stream: stream).text
  }

  /// A text with noise, and how many of its characters are not what they were: a kind may have nothing for a character, such as another case
  /// for Chinese ones.
  package func noisy(_ text: String, seed: UInt64, stream: UInt64) -> (text: String, changed: Int) {
    guard rate > 0, !kinds.isEmpty else { return (text, 0) }
    var changed = 0
    var generator = SplitMix64(seed: seed, stream: stream)
    let characters = Array(text)
    var noisy = ""
    noisy.reserveCapacity(text.utf8.count + 8)
    var place = 0
    while place < characters.count {
      let character = characters[place]
      place += 1
      guard generator.uniform() < rate else {
        noisy.append(character)
        continue
      }
      let kind = kinds[generator.next(below: kinds.count)]
      let choice = generator.next()
      var other: String?
      switch kind {
      case .swap:
        if place < characters.count {
          noisy.append(characters[place])
          place += 1
        }
        noisy.append(character)
        changed += 1
      case .drop: changed += 1
      case .repeat:
        noisy.append(character)
        noisy.append(character)
        changed += 1
      case .key: other = Self.chosen(Self.neighbours, character, choice)
      case .case: other = character.isUppercase ? character.lowercased() : character.uppercased()
      case .lookalike: other = Self.chosen(Self.lookalikes, character, choice)
      case .width: other = Self.otherWidth(of: character)
      }
      if let other {
        noisy += other
        if other != String(character) { changed += 1 }
      }
    }
    return (noisy, changed)
  }

  /// One of the characters that a table has for another; the character itself where it has none.
  private static func chosen(_ table: [Character: [Character]], _ character: Character, _ choice: UInt64) -> String {
    guard let others = table[character] else { return String(character) }
    return String(others[Int(choice % UInt64(others.count))])
  }

  /// The neighbours of each key, in both cases.
  private static let neighbours: [Character: [Character]] = {
    let rows = ["1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm"].map { Array($0) }
    var table: [Character: [Character]] = [:]
    for (number, row) in rows.enumerated() {
      for (column, key) in row.enumerated() {
        var near: [Character] = []
        for (other, shift) in [
          (number, -1), (number, 1), (number - 1, 0), (number - 1, 1), (number + 1, -1), (number + 1, 0),
        ]
        where rows.indices.contains(other) && rows[other].indices.contains(column + shift) {
          near.append(rows[other][column + shift])
        }
        table[key] = near
        if key.isLetter {
          table[Character(key.uppercased())] = near.map { Character($0.uppercased()) }
        }
      }
    }
    return table
  }()

  /// Characters that look alike, in groups.
  private static let groups = [
    "aаα", "eе", "oоο0", "pрρ", "cс", "xх", "yу", "iі", "jј", "sѕ", "AАΑ", "BВΒ", "CС", "EЕΕ", "HНΗ", "KКΚ", "MМΜ",
    "OОΟ0",
    "PРΡ", "TТΤ", "XХΧ", "l1I|", "己已巳", "未末", "土士", "人入", "日曰", "大太犬", "千干", "午牛", "白自", "今令", "问间", "天夫", "鸟乌", "ー一",
    "二ニ",
    "カ力", "ロ口", "タ夕", "ソン", "ツシ", "ハ八",
  ]

  private static let lookalikes: [Character: [Character]] = {
    var table: [Character: [Character]] = [:]
    for group in groups {
      for character in group { table[character, default: []] += group.filter { $0 != character } }
    }
    return table
  }()

  /// ASCII and its full-width forms lie at a fixed distance; the blank has one of its own.
  private static func otherWidth(of character: Character) -> String {
    String(
      String.UnicodeScalarView(
        character.unicodeScalars.map { scalar in
          switch scalar.value {
          case 0x21...0x7E: Unicode.Scalar(scalar.value + 0xFEE0) ?? scalar
          case 0xFF01...0xFF5E: Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar
          case 0x20: "\u{3000}"
          case 0x3000: " "
          default: scalar
          }
        }))
  }
}
