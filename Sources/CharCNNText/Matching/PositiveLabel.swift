/// Which of two labels of pairs says that the texts match.
package enum PositiveLabel {
  /// The label of texts that match, known by the words of both in whatever order they come and however they are written
  /// (`not_duplicate`, `Not duplicate`). The first of these rules that says something decides:
  ///
  /// 1. Of two numbers, the one above zero, where the other is not: 0 and 1, -1 and 1.
  /// 2. Where a label is the other one with a negation before it, the other, unless that is a word for no: `match` of
  ///    `mismatch`, `related` of `unrelated`, `not_different` of `different`.
  /// 3. Where a label has a usual word for yes or the other one a word for no, and not both the same: `yes` and `no`,
  ///    `paraphrase` and `unrelated`, `same` and `different`.
  ///
  /// - Returns: One of the two; nil where no rule knows them.
  package static func recognized(_ first: String, _ second: String) -> String? {
    if let left = Double(first), let right = Double(second) {
      return (left > 0) == (right > 0) ? nil : left > 0 ? first : second
    }
    let (left, right) = (words(of: first), words(of: second))
    let (leftSign, rightSign) = (sign(of: first, left), sign(of: second, right))
    if isNegation(left, of: right) { return rightSign < 0 ? first : second }
    if isNegation(right, of: left) { return leftSign < 0 ? second : first }
    return leftSign == rightSign ? nil : leftSign > rightSign ? first : second
  }

  /// Letters and digits that follow one another, in lower case.
  private static func words(of label: String) -> [String] {
    label.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
  }

  private static let negatingWords: Set<String> = ["not", "no", "non", "never"]
  private static let negatingPrefixes = [
    "not", "no", "non", "un", "dis", "mis", "in", "im", "ir", "il", "不是", "不", "非", "无", "未",
  ]

  /// Whether words are other ones with a negation: a word of its own, or the beginning of the first one.
  private static func isNegation(_ words: [String], of others: [String]) -> Bool {
    guard !others.isEmpty else { return false }
    let place = words.firstIndex(where: negatingWords.contains)
    if let place, Array(words[..<place] + words[(place + 1)...]) == others { return true }
    return negatingPrefixes.contains { words == [$0 + others[0]] + others.dropFirst() }
  }

  private static let affirming: Set<String> = [
    "yes", "y", "true", "t", "positive", "pos", "same", "match", "matches", "matching", "duplicate", "duplicates",
    "paraphrase", "paraphrases", "entailment", "entails", "equal", "equivalent", "similar", "related", "relevant", "是",
    "对",
    "相同", "相似", "相关", "匹配",
  ]
  private static let denying: Set<String> = [
    "no", "n", "false", "f", "negative", "neg", "none", "not", "different", "differs", "distinct", "other",
    "unrelated", "mismatch", "unique", "contradiction", "contradicts", "neutral", "random", "否", "错", "不同", "无关",
  ]

  /// 1 for a label with a word for yes, -1 for one with a word for no, 0 for any other. A single letter is a word only
  /// where it stands alone.
  private static func sign(of label: String, _ words: [String]) -> Int {
    if let number = Double(label) { return number <= 0 ? -1 : number == 1 ? 1 : 0 }
    let known = words.filter { $0.count > 1 || words.count == 1 }
    return known.contains(where: denying.contains) ? -1 : known.contains(where: affirming.contains) ? 1 : 0
  }
}
