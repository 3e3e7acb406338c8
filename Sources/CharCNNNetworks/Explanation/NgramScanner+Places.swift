/// What an n-gram is made of.
package enum NgramKind: Int, Sendable, CaseIterable {
  /// Characters one after another.
  case characters
  /// Words one after another.
  case words
  /// Two words, whatever stands between them.
  case pair
}

extension NgramScanner {
  /// The characters of the n-grams of one kind, in the order in which their keys are found, the marks before the text, at -1, and behind it among them.
  /// Of words one after
  /// another what stands between them is none of theirs.
  ///
  /// - Returns: For each n-gram the ranges of characters that it is made of.
  func places(of kind: NgramKind, in text: UnsafeBufferPointer<Int32>) -> [[Range<Int>]] {
    switch kind {
    case .characters: characterPlaces(text.count)
    case .words: wordPlaces(wordRanges(text))
    case .pair: pairPlaces(wordRanges(text))
    }
  }

  /// The keys of the n-grams of one kind, as often as they occur.
  func keys(of kind: NgramKind, in text: UnsafeBufferPointer<Int32>) -> [UInt64] {
    var keys: [UInt64] = []
    var words: [UInt64] = []
    if kind != .characters { readWords(text, into: &words) }
    switch kind {
    case .characters: forEachCharacterNgram(text) { keys.append($0) }
    case .words: forEachWordNgram(words) { keys.append($0) }
    case .pair: forEachPair(words) { keys.append($0) }
    }
    return keys
  }

  private func characterPlaces(_ count: Int) -> [[Range<Int>]] {
    guard longestCharacters > 0 else { return [] }
    var places: [[Range<Int>]] = []
    let last = count + 1
    for start in 0...last {
      for end in start..<min(start + longestCharacters, last + 1) where isCharacterLength[end - start + 1] {
        // Position 0 is the mark before the text.
        places.append([start - 1..<end])
      }
    }
    return places
  }

  private func wordPlaces(_ words: [Range<Int>]) -> [[Range<Int>]] {
    words.indices.flatMap { start in
      (start..<min(start + longestWords, words.count)).filter { isWordLength[$0 - start + 1] }.map {
        Array(words[start...$0])
      }
    }
  }

  private func pairPlaces(_ words: [Range<Int>]) -> [[Range<Int>]] {
    words.indices.flatMap { first in
      pairDistances.filter { first + $0 < words.count }.map { [words[first], words[first + $0]] }
    }
  }

  /// The characters of the words of a text, as ``readWords(_:into:)`` finds them.
  private func wordRanges(_ text: UnsafeBufferPointer<Int32>) -> [Range<Int>] {
    guard longestWords > 0 || !pairDistances.isEmpty else { return [] }
    var words: [Range<Int>] = []
    var position = 0
    while position < text.count {
      let start = position
      let role = roles[Int(text[position])]
      position += 1
      if role == .space { continue }
      while role == .letter, position < text.count, roles[Int(text[position])] == .letter { position += 1 }
      words.append(start..<position)
    }
    return words
  }
}
