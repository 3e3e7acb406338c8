internal import CharCNNFiles

extension LanguageDetector {
  /// A part of a text in one language.
  public struct Span: Sendable, Hashable {
    /// The language; nil where it is unknown.
    public let language: String?
    /// The part, from the first word to the last.
    public let range: Range<String.Index>
    /// UTF-8 offsets of the part.
    public let offsets: Range<Int>
    /// How likely this language is for the part, its varieties included.
    public let probability: Double

    /// A span.
    public init(language: String? = nil, range: Range<String.Index>, offsets: Range<Int>, probability: Double) {
      self.language = language
      self.range = range
      self.offsets = offsets
      self.probability = probability
    }
  }

  /// Cuts a text into parts of one language each.
  ///
  /// The text is cut into words, and scripts without spaces into short pieces. Each is judged alone and with its neighbours;
  /// the sequence of languages that explains all judgements best, at a cost for every change
  /// (``Settings/switchCost``), is found with Viterbi's algorithm (1967).
  ///
  /// All of a text is cut, whatever the length that the model reads at once.
  ///
  /// - Returns: The parts in order. White space between them belongs to none; words without letters go with their
  ///   neighbours. A text without letters is one unknown part, an empty one has none.
  public func spans(in text: String) -> [Span] {
    let words = LanguageWords(text)
    guard !words.ranges.isEmpty else { return [] }
    let prior = LanguagePrior(self)
    let path = Self.likeliestPath(
      evidence(words, prior), families: prior.familyCount, cost: settings.switchCost)
    var parts: [(words: Range<Int>, family: Int)] = []
    for word in path.indices {
      if word > 0, path[word] == path[word - 1] {
        parts[parts.count - 1].words = parts[parts.count - 1].words.lowerBound..<word + 1
      } else {
        parts.append((word..<word + 1, path[word]))
      }
    }
    let texts = parts.map { words.text($0.words) }
    var judgements: [Judgement] = []
    judge(texts) { judgements.append($1) }
    var (offset, place) = (0, text.startIndex)
    return parts.indices.map { part in
      let range = words.range(parts[part].words)
      let start = offset + text.utf8.distance(from: place, to: range.lowerBound)
      (offset, place) = (start + text.utf8.distance(from: range.lowerBound, to: range.upperBound), range.upperBound)
      let judgement = judgements[part]
      let probability = prior.families(judgement.posterior)[parts[part].family]
      let language = prior.likeliest(
        of: parts[part].family, in: judgement.posterior, possible: judgement.possible)
      let isKnown =
        judgement.isKnown && judgement.possible[language] && probability >= settings.minimumProbability
      return Span(
        language: isKnown ? languages[language] : nil, range: range, offsets: start..<offset, probability: probability)
    }
  }

  /// Words on each side that a word is judged with.
  private static let context = 1
  /// A language is never less likely than this for a word: one word cannot outvote all others.
  private static let leastProbability = 1e-3

  /// How likely each word is in each language, varieties taken together, [words, families]: the mean of the judgements of
  /// the word alone and of the word with its neighbours. Words without letters tell nothing.
  private func evidence(_ words: LanguageWords, _ prior: LanguagePrior) -> [Double] {
    let count = words.ranges.count
    var windows: [String] = []
    for word in 0..<count {
      windows.append(words.text(word..<word + 1))
      windows.append(words.text(words.neighborhood(of: word, reach: Self.context)))
    }
    var all: [[Double]] = []
    all.reserveCapacity(windows.count)
    classifier.forEachProbabilities(of: windows) { all.append(prior.families(prior.applied(to: $0))) }
    return (0..<count).flatMap { word in
      let (alone, together) = (all[2 * word], all[2 * word + 1])
      guard words.hasLetters[word] else { return alone.map { $0 > 0 ? 1.0 : 0 } }
      return zip(alone, together).map { ($0 + $1) / 2 }
    }
  }

  /// The best sequence of languages; the earlier language first among equals.
  private static func likeliestPath(_ evidence: [Double], families count: Int, cost: Double) -> [Int] {
    func score(_ word: Int, _ language: Int) -> Double {
      let probability = evidence[word * count + language]
      // What constraints rule out stays out.
      return probability > 0 ? log(max(probability, leastProbability)) : -1e9
    }
    var scores = (0..<count).map { score(0, $0) }
    // For each later word and language, whether the word before has the same language; otherwise it has the best one.
    var stays: [[Bool]] = []
    var leaders: [Int] = []
    for word in 1..<max(evidence.count / count, 1) {
      let leader = best(scores)
      leaders.append(leader)
      var kept = [Bool](repeating: true, count: count)
      let entry = scores[leader] - cost
      for language in 0..<count {
        if scores[language] < entry {
          kept[language] = false
          scores[language] = entry
        }
        scores[language] += score(word, language)
      }
      stays.append(kept)
    }
    var path = [best(scores)]
    for word in stride(from: stays.count - 1, through: 0, by: -1) {
      let language = path[path.count - 1]
      path.append(stays[word][language] ? language : leaders[word])
    }
    return path.reversed()
  }

  private static func best(_ scores: [Double]) -> Int {
    var winner = 0
    for index in scores.indices where scores[index] > scores[winner] { winner = index }
    return winner
  }
}
