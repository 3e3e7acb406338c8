/// Cuts plain text into sentences and words where nobody has done so before. A rule of thumb, the same on every platform; a
/// trained character tagger cuts better, above all scripts without spaces.
public enum TextSegmentation {
  /// The lines of a text and, within them, what ends with a full stop of Chinese or Japanese, an exclamation or a question
  /// mark: UTF-8 ranges without white space around them. A dot ends no sentence, since it may end an abbreviation.
  public static func sentences(of text: String) -> [Range<Int>] {
    var sentences: [Range<Int>] = []
    var start: Int?
    var end = 0
    var offset = 0
    var isEnding = false
    func isEnd(_ character: Character) -> Bool { "。！？!?…".contains(character) }
    func isClosing(_ character: Character) -> Bool { "」』”’）)\"'".contains(character) }
    for character in text {
      let next = offset + character.utf8.count
      defer { offset = next }
      if character.isNewline || (isEnding && !isEnd(character) && !isClosing(character)) {
        if let start { sentences.append(start..<end) }
        start = nil
        isEnding = false
      }
      if character.isWhitespace { continue }
      if start == nil { start = offset }
      end = next
      isEnding = isEnd(character) || (isEnding && isClosing(character))
    }
    if let start { sentences.append(start..<end) }
    return sentences
  }

  /// The words of a part of a text: letters, digits and marks that follow one another, with apostrophes and the points of
  /// numbers among them; every other character that is no white space alone, and so is every Chinese character.
  public static func words(of text: String, in range: Range<Int>) -> [TaggedToken] {
    let characters = TaggedSentence.characters(of: text, in: range)
    var words: [TaggedToken] = []
    for (place, token) in characters.enumerated() {
      let next = place + 1 < characters.count ? characters[place + 1] : nil
      if let last = words.last, last.range.upperBound == token.range.lowerBound,
        joins(
          last.text, token.text.first, next?.range.lowerBound == token.range.upperBound ? next?.text.first : nil)
      {
        words[words.count - 1].text += token.text
        words[words.count - 1].range = last.range.lowerBound..<token.range.upperBound
      } else {
        words.append(token)
      }
    }
    return words
  }

  private enum Kind {
    case letter
    case digit
    case ideograph
    case other
  }

  private static func kind(_ character: Character?) -> Kind {
    guard let scalar = character?.unicodeScalars.first else { return .other }
    if scalar.properties.isIdeographic { return .ideograph }
    if scalar.properties.numericType != nil { return .digit }
    return scalar.properties.isAlphabetic || character == "_" ? .letter : .other
  }

  /// Whether a character goes on with the word before it; `next` follows it without a gap.
  private static func joins(_ word: String, _ character: Character?, _ next: Character?) -> Bool {
    switch (kind(word.last), kind(character)) {
    case (.letter, .letter), (.letter, .digit), (.digit, .letter), (.digit, .digit): true
    case (.letter, .other): (character == "'" || character == "’") && kind(next) == .letter
    case (.digit, .other): (character == "." || character == ",") && kind(next) == .digit
    // Only what joined a word before: a mark that stands alone is a word.
    case (.other, .letter), (.other, .digit): kind(word.first) != .other
    default: false
    }
  }
}
