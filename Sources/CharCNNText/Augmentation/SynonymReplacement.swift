/// Replaces words of a text by synonyms, to have more texts to learn from (Zhang, Zhao, LeCun 2015, "Character-level
/// convolutional networks for text classification", section 3.5).
///
/// The number r of words that are replaced has the geometric distribution P(r) ~ p^r, r = 0, 1, 2 …, and so has the rank s
/// of the synonym that is taken: P(s) ~ q^s. Differences from the paper: only single words are looked up, not phrases, and
/// a word that begins with a capital letter, or has only capital letters, gives its case to the synonym.
public struct SynonymReplacement: Sendable {
  /// Where synonyms come from.
  public let thesaurus: Thesaurus
  /// p: chance of one more replaced word.
  public let wordChance: Double
  /// q: chance of one rank further.
  public let rankChance: Double

  /// A replacement with the chances of the paper, 0.5 each.
  public init(thesaurus: Thesaurus) {
    self.thesaurus = thesaurus
    (wordChance, rankChance) = (0.5, 0.5)
  }

  /// A replacement.
  ///
  /// - Throws: ``ValueError`` unless both chances are at least 0 and below 1.
  public init(thesaurus: Thesaurus, wordChance: Double, rankChance: Double = 0.5) throws(ValueError) {
    for (name, chance) in [("wordChance", wordChance), ("rankChance", rankChance)] where !(0..<1).contains(chance) {
      throw ValueError(name, problem: "must be at least 0 and below 1, not \(chance)")
    }
    self.thesaurus = thesaurus
    self.wordChance = wordChance
    self.rankChance = rankChance
  }

  /// The text with some words replaced, by the generator's numbers alone; often the text itself.
  public func replacing(in text: String, using generator: inout some RandomNumberGenerator) -> String {
    let wanted = Self.geometric(wordChance, using: &generator)
    if wanted == 0 { return text }
    var words = Self.words(of: text).filter { !thesaurus.synonyms(of: String(text[$0])).isEmpty }
    let count = min(wanted, words.count)
    for place in 0..<count {
      words.swapAt(place, place + Self.below(words.count - place, using: &generator))
    }
    var result = ""
    var position = text.startIndex
    for word in words.prefix(count).sorted(by: { $0.lowerBound < $1.lowerBound }) {
      let original = text[word]
      let synonyms = thesaurus.synonyms(of: String(original))
      let rank = min(Self.geometric(rankChance, using: &generator), synonyms.count - 1)
      result += text[position..<word.lowerBound]
      result += Self.adopting(caseOf: original, synonyms[synonyms.startIndex + rank])
      position = word.upperBound
    }
    return result + text[position...]
  }

  /// Runs of letters.
  private static func words(of text: String) -> [Range<String.Index>] {
    var words: [Range<String.Index>] = []
    var start: String.Index?
    for index in text.indices {
      if text[index].isLetter {
        if start == nil { start = index }
      } else if let begin = start {
        words.append(begin..<index)
        start = nil
      }
    }
    if let start { words.append(start..<text.endIndex) }
    return words
  }

  private static func adopting(caseOf original: Substring, _ synonym: String) -> String {
    guard let first = original.first, first.isUppercase, let head = synonym.first else { return synonym }
    if original.count > 1, original.allSatisfy(\.isUppercase) { return synonym.uppercased() }
    return head.uppercased() + synonym.dropFirst()
  }

  /// Number of successes before the first failure, at most 64.
  private static func geometric(_ chance: Double, using generator: inout some RandomNumberGenerator) -> Int {
    var count = 0
    while count < 64, Double(generator.next() >> 11) * 0x1p-53 < chance { count += 1 }
    return count
  }

  /// A number below `bound`; written out, so that it is the same with every version of the standard library.
  private static func below(_ bound: Int, using generator: inout some RandomNumberGenerator) -> Int {
    Int(generator.next().multipliedFullWidth(by: UInt64(bound)).high)
  }
}
