extension NgramConfiguration {
  /// Characters of all texts from which on the n-grams of all of them, which a solution holds at once, would take gigabytes.
  package static let mostSolvedCharacters = 40_000_000
  /// Lengths of the character n-grams of a table, where they are not named.
  private static let tableLengths = [1, 2, 3, 4, 5]

  /// Lengths of the character n-grams of a table that learns in steps.
  var tableLengths: [Int] { ngrams.lengths ?? Self.tableLengths }

  /// The n-grams of a solution; nil where there is none. Lengths that the texts have not chosen yet count as none.
  package var solvedFeatures: NgramFeatures? {
    guard isEnabled, !isTable else { return nil }
    return NgramFeatures(
      characters: ngrams.lengths ?? [], words: wordNgrams.lengths ?? [], pairs: wordPairs.lengths ?? [])
  }

  /// The same with everything chosen that the settings and training data of so many characters tell: how the weights come about,
  /// and for a table its lengths and its number of rows, about one for each two n-grams, since most n-grams of a text collection occur once and teach nothing, and at
  /// most 2^18.
  public func resolved(characters: Int, classes: Int) -> NgramConfiguration {
    var result = self
    // How much rare classes count is a wish that a table does not know, and no reason for a solution beyond all memory.
    let wanted = changed(Self.settingsOfSolutions.filter { $0 != "ngramBalance" })
    let isTooLarge = ngramTraining == .automatic && characters > Self.mostSolvedCharacters && wanted.isEmpty
    let isTable = isTable || isTooLarge
    result.ngramTraining = isTable ? .steps : .solved
    guard isTable else { return result }
    result.ngramBalance = NgramConfiguration().ngramBalance
    result.ngrams = .exactly(tableLengths)
    if ngramBits == nil {
      let wanted = max(characters * tableLengths.count / 2, 1)
      result.ngramBits = min(max(Int.bitWidth - wanted.leadingZeroBitCount, 12), 18)
    }
    if ngramWidth == nil, ngramBayes == nil, classes > 32 { result.ngramWidth = 32 }
    return result
  }

  /// The same with the lengths that a solution counts in these texts, where they are not named. Words say most; n-grams of
  /// characters help where the texts are few, and cost most where they are many. Pairs of words help everywhere.
  ///
  /// - Parameters:
  ///   - characters: Characters of all texts.
  ///   - setsWordsApart: Whether most letters belong to scripts that do.
  package func choosingLengths(characters: Int, setsWordsApart: Bool) -> NgramConfiguration {
    var result = self
    /// Whether so many lengths make more n-grams than that, in millions.
    func exceeds(_ lengths: Int, _ millions: Int) -> Bool { characters * lengths > millions * 1_000_000 }
    let isLarge = exceeds(5, 100)
    if wordPairs == .automatic {
      let isTooLarge = setsWordsApart ? exceeds(5, 500) : exceeds(4, 100)
      result.wordPairs = .exactly(ngrams == .exactly([]) || isTooLarge ? [] : [1, 2, 3, 4, 5])
    }
    if wordNgrams == .automatic {
      let words = ngrams == .automatic && isLarge ? [1, 2, 3] : [1, 2]
      result.wordNgrams = .exactly(setsWordsApart && ngrams != .exactly([]) ? words : [])
    }
    if ngrams == .automatic {
      let fewer = exceeds(4, 300) ? [1, 2] : exceeds(4, 100) ? [1, 2, 3] : [1, 2, 3, 4]
      let hasWords = result.wordNgrams != .exactly([])
      result.ngrams = .exactly(
        !setsWordsApart ? fewer : !isLarge ? [1, 2, 3, 4, 5] : hasWords ? [] : fewer)
    }
    return result
  }
}
