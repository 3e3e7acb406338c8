/// The words of a text: what white space separates, cut further where letters change their script's kind and, in scripts
/// without spaces, into short pieces.
struct LanguageWords {
  private(set) var ranges: [Range<String.Index>] = []
  private(set) var hasLetters: [Bool] = []
  /// Number of the script of each word's first letter; nil without letters.
  private var scripts: [Int?] = []
  private let whole: String

  /// Characters of a piece of a script without spaces.
  private static let pieceLength = 6
  /// Longest word of any other script.
  private static let longestWord = 40

  init(_ text: String) {
    whole = text
    var addresses = JudgedText.addresses(in: text)[...]
    let scalars = text.unicodeScalars
    var start: String.Index?
    var kind: Bool?
    var script: Int?
    var length = 0
    var letters = false
    func end(_ index: String.Index, _ self: inout LanguageWords) {
      if let first = start {
        self.ranges.append(first..<index)
        self.hasLetters.append(letters)
        self.scripts.append(script)
      }
      (start, kind, script, length, letters) = (nil, nil, nil, 0, false)
    }
    var index = scalars.startIndex
    while index < scalars.endIndex {
      let scalar = scalars[index]
      if scalar.properties.isWhitespace {
        end(index, &self)
      } else {
        while let first = addresses.first, first.upperBound <= index { addresses.removeFirst() }
        let isInAddress = addresses.first?.contains(index) ?? false
        if scalar.properties.isAlphabetic, !isInAddress {
          let isSpaceless = Self.isSpaceless(scalar)
          let limit = isSpaceless ? Self.pieceLength : Self.longestWord
          if kind.map({ $0 != isSpaceless }) ?? false || length >= limit { end(index, &self) }
          kind = isSpaceless
          letters = true
          if script == nil { script = Self.script(of: scalar) }
        }
        if start == nil { start = index }
        length += 1
      }
      index = scalars.index(after: index)
    }
    end(scalars.endIndex, &self)
  }

  /// The text from a word to another.
  func text(_ words: Range<Int>) -> String {
    String(whole[range(words)])
  }

  /// The range from the beginning of a word to the end of another.
  func range(_ words: Range<Int>) -> Range<String.Index> {
    ranges[words.lowerBound].lowerBound..<ranges[words.upperBound - 1].upperBound
  }

  /// A word with so many neighbours on each side as have letters of the same script: foreign ones would drown it.
  func neighborhood(of word: Int, reach: Int) -> Range<Int> {
    var (first, last) = (word, word)
    while first > 0, word - first < reach, scripts[first - 1] == scripts[word] { first -= 1 }
    while last + 1 < ranges.count, last - word < reach, scripts[last + 1] == scripts[word] { last += 1 }
    return first..<last + 1
  }

  /// A number for each script or group of scripts; blocks of Unicode suffice for this.
  private static func script(of scalar: Unicode.Scalar) -> Int {
    switch scalar.value {
    case 0..<0x0370, 0x1E00..<0x1F00: 0
    case 0x0370..<0x0400, 0x1F00..<0x2000: 1
    case 0x0400..<0x0530: 2
    case 0x0530..<0x0590: 3
    case 0x0590..<0x0600: 4
    case 0x0600..<0x0900: 5
    case 0x3040...0x3FFFF: 6
    default: 7 + Int(scalar.value / 0x80)
    }
  }

  /// Han, kana, Thai, Lao, Tibetan, Myanmar, Khmer: scripts that put no spaces between words.
  private static func isSpaceless(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0E00...0x0EFF, 0x0F00...0x0FFF, 0x1000...0x109F, 0x1780...0x17FF, 0x19E0...0x19FF, 0x3040...0x30FF,
      0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA9E0...0xA9FF, 0xAA60...0xAA7F, 0xF900...0xFAFF, 0x20000...0x3FFFF:
      true
    default: false
    }
  }
}
