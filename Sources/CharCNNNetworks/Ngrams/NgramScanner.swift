/// What a unit of the alphabet is to the words of a text.
package enum WordRole: UInt8, Sendable {
  /// Between words.
  case space
  /// Part of a word: a letter, a mark, a digit, an underscore.
  case letter
  /// A word for itself: everything else.
  case sign
}

/// Finds the n-grams of a text and gives each a key of 64 bits, part of the model format.
///
/// A text is its alphabet indices with a mark before the first (-2) and after the last (-3). A character n-gram u1 … un starts with
/// h = 0 and takes in each unit: h = (h xor (u + 4)) * 0x9e3779b97f4a7c15, h = h xor (h >> 29), on 64 bits; its length is taken in
/// last, as one more unit. A word is the longest run of letters, or one sign; its hash starts with h = 1 and takes in its units.
/// A word n-gram starts with h = 2 and takes in the hashes of its words in the same way, and then its length. A pair of words
/// starts with h = 3 and takes in the hashes of both, whatever stands between them.
package struct NgramScanner: Sendable {
  private static let multiplier: UInt64 = 0x9e37_79b9_7f4a_7c15
  let isCharacterLength: [Bool]
  let longestCharacters: Int
  let isWordLength: [Bool]
  let longestWords: Int
  let pairDistances: [Int]
  /// The role of each index of the alphabet.
  let roles: [WordRole]

  /// - Parameters:
  ///   - features: Which n-grams.
  ///   - roles: The role of each index of the alphabet.
  package init(_ features: NgramFeatures, roles: [WordRole]) {
    longestCharacters = features.characters.max() ?? 0
    isCharacterLength = (0...longestCharacters).map { features.characters.contains($0) }
    longestWords = features.words.max() ?? 0
    isWordLength = (0...longestWords).map { features.words.contains($0) }
    pairDistances = features.pairs
    self.roles = roles
  }

  /// N-grams of one kind that a text has at most.
  package func mostNgrams(characters: Int, words: Int) -> Int {
    let ofCharacters = (characters + 2) * isCharacterLength.count { $0 }
    return max(ofCharacters, words * max(isWordLength.count { $0 }, pairDistances.count))
  }

  @inline(__always)
  private static func taking(_ unit: UInt64, into hash: UInt64) -> UInt64 {
    let mixed = (hash ^ unit) &* multiplier
    return mixed ^ (mixed >> 29)
  }

  @inline(__always)
  private static func unit(_ index: Int32) -> UInt64 { UInt64(truncatingIfNeeded: Int(index) + 4) }

  /// Calls `body` with the key of every character n-gram of a text, as often as it occurs.
  @inline(__always)
  package func forEachCharacterNgram(_ text: UnsafeBufferPointer<Int32>, _ body: (UInt64) -> Void) {
    guard longestCharacters > 0 else { return }
    let last = text.count + 1
    for start in 0...last {
      var hash: UInt64 = 0
      let end = min(start + longestCharacters, last + 1)
      var position = start
      while position < end {
        let index: Int32 = position == 0 ? -2 : position == last ? -3 : text[position - 1]
        hash = Self.taking(Self.unit(index), into: hash)
        position += 1
        if isCharacterLength[position - start] { body(Self.taking(UInt64(position - start + 4), into: hash)) }
      }
    }
  }

  /// The hashes of the words of a text, for ``forEachWordNgram(_:_:)`` and ``forEachPair(_:_:)``.
  package func readWords(_ text: UnsafeBufferPointer<Int32>, into words: inout [UInt64]) {
    words.removeAll(keepingCapacity: true)
    guard longestWords > 0 || !pairDistances.isEmpty else { return }
    var position = 0
    while position < text.count {
      let index = text[position]
      switch roles[Int(index)] {
      case .space: position += 1
      case .sign:
        words.append(Self.taking(Self.unit(index), into: 1))
        position += 1
      case .letter:
        var hash: UInt64 = 1
        repeat {
          hash = Self.taking(Self.unit(text[position]), into: hash)
          position += 1
        } while position < text.count && roles[Int(text[position])] == .letter
        words.append(hash)
      }
    }
  }

  /// Calls `body` with the key of every n-gram of words, as often as it occurs.
  @inline(__always)
  package func forEachWordNgram(_ words: [UInt64], _ body: (UInt64) -> Void) {
    for start in words.indices {
      var hash: UInt64 = 2
      for position in start..<min(start + longestWords, words.count) {
        hash = Self.taking(words[position], into: hash)
        let length = position - start + 1
        if isWordLength[length] { body(Self.taking(UInt64(length + 4), into: hash)) }
      }
    }
  }

  /// Calls `body` with the key of every pair of words, as often as it occurs.
  @inline(__always)
  package func forEachPair(_ words: [UInt64], _ body: (UInt64) -> Void) {
    guard !pairDistances.isEmpty else { return }
    for first in words.indices {
      let hash = Self.taking(words[first], into: 3)
      for distance in pairDistances where first + distance < words.count {
        body(Self.taking(words[first + distance], into: hash))
      }
    }
  }
}
