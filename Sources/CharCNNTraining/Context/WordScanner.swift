internal import CharCNNText

/// Finds words in encoded characters: runs of letters, and neighbouring pairs in scripts that put no spaces between words.
struct WordScanner: Sendable {
  private enum Kind: UInt8 {
    case other
    case letter
    /// A character of Chinese or Japanese.
    case dense
  }

  /// What each index of the alphabet is.
  private let kinds: [Kind]

  init(_ alphabet: Alphabet, unit: CharacterUnit) {
    kinds = (0..<alphabet.count).map { index in
      guard let scalar = alphabet.unit(at: Int32(index))?.unicodeScalars.first else { return .other }
      // A byte beyond ASCII is a part of a letter more often than not.
      if unit == .byte, scalar.value >= 0x80 { return .letter }
      if scalar.properties.isIdeographic || (0x3040...0x30FF).contains(scalar.value) { return .dense }
      switch scalar.properties.generalCategory {
      case .nonspacingMark, .spacingMark: return .letter
      default: return scalar.properties.isAlphabetic ? .letter : .other
      }
    }
  }

  /// Hands the place of each word to `body`, with a number that stands for its characters.
  func forEachWord(in characters: ArraySlice<Int32>, _ body: (_ place: Range<Int>, _ key: UInt64) -> Void) {
    var start = characters.startIndex
    while start < characters.endIndex {
      switch kind(of: characters[start]) {
      case .other: start += 1
      case .letter:
        var end = start
        var key = Self.seed
        while end < characters.endIndex, kind(of: characters[end]) == .letter {
          key = Self.key(key, characters[end])
          end += 1
        }
        body(start..<end, key)
        start = end
      case .dense:
        let next = start + 1
        if next < characters.endIndex, kind(of: characters[next]) == .dense {
          body(start..<next + 1, Self.key(Self.key(Self.seed, characters[start]), characters[next]))
        }
        start = next
      }
    }
  }

  private func kind(of character: Int32) -> Kind {
    kinds.indices.contains(Int(character)) ? kinds[Int(character)] : .other
  }

  private static let seed: UInt64 = 0xcbf2_9ce4_8422_2325

  /// One step of a 64-bit hash; two of a million words have the same key once in some ten million vocabularies.
  private static func key(_ key: UInt64, _ character: Int32) -> UInt64 {
    var z = (key ^ UInt64(UInt32(bitPattern: character))) &* 0x9e37_79b9_7f4a_7c15
    z ^= z >> 29
    return z &* 0xbf58_476d_1ce4_e5b9
  }
}
