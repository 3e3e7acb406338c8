extension NgramConfiguration {
  /// Characters of all texts from which on the n-grams of all of them, which a solution holds at once, would take gigabytes.
  package static let mostSolvedCharacters = 40_000_000
  /// The same of n-grams alone, which share the memory with no network.
  package static let mostCharactersAlone = 100_000_000
  /// Logarithm of the number of table rows at most, where it is not named: beside a network, and alone.
  private static let mostBits = (beside: 18, alone: 21)
  /// Logarithm of the number of floats that a table alone has at most: 64 MB.
  private static let mostFloatBits = 24
  /// Lengths of the character n-grams of a table, where they are not named.
  private static let tableLengths = [1, 2, 3, 4, 5]

  /// Lengths of the character n-grams of a table that learns in steps.
  var tableLengths: [Int] { ngrams.lengths ?? Self.tableLengths }

  /// The n-grams of a solution; nil where there is none. Lengths that the texts have not chosen yet count as none.
  package var solvedFeatures: NgramFeatures? {
    guard isSolved else { return nil }
    return NgramFeatures(
      characters: ngrams.lengths ?? [], words: wordNgrams.lengths ?? [], pairs: wordPairs.lengths ?? [])
  }

  /// The same with everything chosen that the settings and training data of so many characters tell: how the weights come about,
  /// and for a table its lengths and its number of rows, about one for each two n-grams, since most n-grams of a text collection occur once and teach nothing, and at
  /// most 2^18; without a network at most 2^21, or as many as fit into 64 MB.
  ///
  /// - Parameters:
  ///   - characters: Characters of all texts.
  ///   - classes: Number of classes.
  ///   - isAlone: Whether there is no network.
  public func resolved(characters: Int, classes: Int, isAlone: Bool = false) -> NgramConfiguration {
    resolved(characters: characters, read: characters, classes: classes, isAlone: isAlone)
  }

  /// As ``resolved(characters:classes:isAlone:)``, where only the beginnings of the texts are read.
  ///
  /// - Parameter read: Characters that are read: they take the memory of a solution.
  package func resolved(characters: Int, read: Int, classes: Int, isAlone: Bool) -> NgramConfiguration {
    var result = self
    // How much rare classes count is a wish that a table does not know, and no reason for a solution beyond all memory. How far
    // texts are read is known to n-grams alone however their weights come about.
    let indifferent = isAlone ? ["ngramBalance", "ngramLength"] : ["ngramBalance"]
    let wanted = changed(Self.settingsOfSolutions.filter { !indifferent.contains($0) })
    let most = isAlone ? Self.mostCharactersAlone : Self.mostSolvedCharacters
    let isTooLarge = ngramTraining == .automatic && read > most && wanted.isEmpty
    let isTable = isTable || isTooLarge
    result.ngramTraining = isTable ? .steps : .solved
    guard isTable else { return result }
    result.ngramBalance = NgramConfiguration().ngramBalance
    if isAlone { result.ngramLength = NgramConfiguration().ngramLength }
    result.ngrams = .exactly(tableLengths)
    result.ngramRate = ngramRate ?? (isAlone && ngramBayes == nil ? Self.rateAlone : Self.usualRate)
    if ngramWidth == nil, ngramBayes == nil, classes > 32 { result.ngramWidth = 32 }
    if ngramBits == nil {
      let wanted = max(characters * tableLengths.count / 2, 1)
      let most = isAlone ? Self.bitsAlone(columns: result.ngramWidth ?? classes) : Self.mostBits.beside
      result.ngramBits = min(max(Self.bits(of: wanted), Self.leastBits), most)
    }
    return result
  }

  /// Logarithm of the number of rows of a table of so many columns that is alone, at most.
  private static func bitsAlone(columns: Int) -> Int {
    let bits = mostFloatBits - bits(of: max(columns, 1) - 1)
    return min(max(bits, mostBits.beside), mostBits.alone)
  }

  /// Bits that a number takes.
  private static func bits(of number: Int) -> Int { Int.bitWidth - number.leadingZeroBitCount }

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
