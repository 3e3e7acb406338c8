import CharCNNText

/// How much of a text's letters a model knows. Digits, punctuation, symbols and emoji do not count, known or not.
struct KnownLetters {
  /// Letters and other signs of words.
  let letters: Int
  /// Part of them that is in the alphabet, of those that the model reads; 0 without letters.
  let share: Double

  init(_ text: String, _ encoder: TextEncoder) {
    letters = text.unicodeScalars.count { $0.properties.isAlphabetic }
    guard letters > 0 else {
      share = 0
      return
    }
    var indices: [Int32] = []
    // Most texts have nothing that is unknown.
    if encoder.encode(text, into: &indices).unknownCount == 0 {
      share = 1
      return
    }
    // Which UTF-8 bytes begin a letter: a unit is one where it was made of such.
    var beginsLetter: [Bool] = []
    beginsLetter.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      beginsLetter.append(scalar.properties.isAlphabetic)
      for _ in 1..<UTF8.width(scalar) { beginsLetter.append(false) }
    }
    let encoded = encoder.encodeWithRanges(text)
    var (known, all) = (0, 0)
    for (index, range) in zip(encoded.indices, encoded.ranges) where beginsLetter[range].contains(true) {
      all += 1
      if index != Alphabet.unknown { known += 1 }
    }
    share = all > 0 ? Double(known) / Double(all) : 0
  }
}
