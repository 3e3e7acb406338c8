/// A word or character of a sentence and its tag.
public struct TaggedToken: Hashable, Codable, Sendable {
  /// The token as it stands in the data.
  public var text: String
  /// Where it lies in the sentence's text, in UTF-8 bytes. The words of a contraction share the range of the contraction.
  public var range: Range<Int>
  /// Its tag; nil where the data has none.
  public var tag: String?

  /// A token.
  public init(text: String, range: Range<Int>, tag: String?) {
    self.text = text
    self.range = range
    self.tag = tag
  }
}

/// A sentence whose tokens have tags.
public struct TaggedSentence: Hashable, Codable, Sendable {
  /// The sentence as it was before it was cut into tokens, as far as the data tells.
  public var text: String
  /// The tokens in their order.
  public var tokens: [TaggedToken]
  /// The line of the first token, from 1.
  public var line: Int

  /// A sentence.
  public init(text: String, tokens: [TaggedToken], line: Int = 1) {
    self.text = text
    self.tokens = tokens
    self.line = line
  }

  /// A sentence of words that are joined by spaces, except between letters of scripts that write none.
  public init(words: [String], tags: [String?] = [], line: Int = 1) {
    var builder = SentenceText()
    for (place, word) in words.enumerated() {
      builder.append(word, tag: place < tags.count ? tags[place] : nil)
    }
    self = builder.sentence(line: line)
  }

  /// A text whose words are separated by spaces; ranges are places in this very text, however many spaces there are.
  public init(separatedWords text: String) {
    var tokens: [TaggedToken] = []
    var (end, index) = (0, text.startIndex)
    for word in text.split(separator: " ") {
      let start = end + text.utf8.distance(from: index, to: word.startIndex)
      (end, index) = (start + word.utf8.count, word.endIndex)
      tokens.append(TaggedToken(text: String(word), range: start..<end, tag: nil))
    }
    self.init(text: text, tokens: tokens)
  }

  /// The sentence by characters, as a reader counts them: each is a token of its own with a tag in the scheme
  /// `TagScheme.bioes`. Tags that mark spans stay spans; other tags make a span of each token, so that a model of them
  /// cuts words and tags them at once. White space is no token.
  public func characters(marksSpans: Bool) -> TaggedSentence {
    let tags = tokens.map { $0.tag ?? "O" }
    let spans =
      marksSpans
      ? TagSpan.spans(of: tags) : tags.indices.map { TagSpan(type: tags[$0], tokens: $0..<$0 + 1) }
    var characters: [TaggedToken] = []
    var starts: [Int] = []
    for token in tokens {
      starts.append(characters.count)
      // The words of a contraction have one range: the first of them stands for all.
      if let last = characters.last, token.range.lowerBound < last.range.upperBound { continue }
      characters += Self.characters(of: text, in: token.range)
    }
    starts.append(characters.count)
    let moved = spans.map {
      TagSpan(type: $0.type, tokens: starts[$0.tokens.lowerBound]..<starts[$0.tokens.upperBound])
    }
    let marks = TagScheme.bioes.tags(of: moved, count: characters.count)
    for (place, mark) in marks.enumerated() { characters[place].tag = mark }
    return TaggedSentence(text: text, tokens: characters, line: line)
  }

  /// The characters of a part of a text, a range of UTF-8 offsets, that are tokens, without tags.
  public static func characters(of text: String, in range: Range<Int>) -> [TaggedToken] {
    let utf8 = text.utf8
    func index(_ offset: Int) -> String.Index {
      utf8.index(utf8.startIndex, offsetBy: max(offset, 0), limitedBy: utf8.endIndex) ?? utf8.endIndex
    }
    let part = text[index(range.lowerBound)..<index(range.upperBound)]
    var offset = range.lowerBound
    var result: [TaggedToken] = []
    for character in part {
      let end = offset + character.utf8.count
      if isToken(character) {
        result.append(TaggedToken(text: String(character), range: offset..<end, tag: nil))
      }
      offset = end
    }
    return result
  }
}

extension TaggedSentence {
  /// Whether a character can be a token: white space is none, nor is a byte order mark, which files have at their beginning
  /// and which stays where they are joined or pasted.
  static func isToken(_ character: Character) -> Bool { !character.isWhitespace && character != "\u{FEFF}" }
}

/// Puts the text of a sentence together from its tokens.
struct SentenceText {
  private(set) var text = ""
  private(set) var tokens: [TaggedToken] = []
  private var length = 0
  /// Whether a space may follow the last token; nil where the data does not say.
  private var spaceAfter: Bool? = false

  /// Adds text that stands between spaces as the data says; `next` tells whether a space follows, nil where nobody knows.
  mutating func appendText(_ word: String, spaceAfter next: Bool? = nil) -> Range<Int> {
    if spaceAfter ?? Self.hasSpace(between: text, and: word) {
      text += " "
      length += 1
    }
    let start = length
    text += word
    length += word.utf8.count
    spaceAfter = next
    return start..<length
  }

  mutating func append(_ word: String, tag: String?, spaceAfter next: Bool? = nil) {
    let range = appendText(word, spaceAfter: next)
    tokens.append(TaggedToken(text: word, range: range, tag: tag))
  }

  /// Adds a mark to the last token.
  mutating func joinToLast(_ mark: String) {
    guard let last = tokens.indices.last else { return }
    text += mark
    length += mark.utf8.count
    tokens[last].text += mark
    tokens[last].range = tokens[last].range.lowerBound..<length
  }

  /// Adds a token whose text is there already.
  mutating func append(_ word: String, tag: String?, within range: Range<Int>) {
    tokens.append(TaggedToken(text: word, range: range, tag: tag))
  }

  func sentence(line: Int) -> TaggedSentence { TaggedSentence(text: text, tokens: tokens, line: line) }

  /// Scripts without spaces between words, and their punctuation.
  private static let unspaced: [ClosedRange<UInt32>] = [
    0x0E00...0x0EFF, 0x1000...0x109F, 0x1780...0x17FF, 0x2E80...0xA4CF, 0xF900...0xFAFF, 0xFE30...0xFE4F,
    0xFF00...0xFFEF, 0x1B000...0x1B16F, 0x20000...0x3FFFF,
  ]

  private static func hasSpace(between left: String, and right: String) -> Bool {
    func isUnspaced(_ scalar: Unicode.Scalar?) -> Bool {
      guard let value = scalar?.value else { return true }
      return unspaced.contains { $0.contains(value) }
    }
    return !isUnspaced(left.unicodeScalars.last) || !isUnspaced(right.unicodeScalars.first)
  }
}
