import CharCNNText

/// What constraints and hints make of a model's probabilities.
struct LanguagePrior {
  /// Factor of each language; 0 where it is ruled out.
  let weights: [Double]
  /// Number of each language's family: what its name begins with, up to the first hyphen.
  private let families: [Int]
  /// Number of families.
  let familyCount: Int
  /// The scripts that each language is written in; nil where that is not known.
  private let scripts: [LanguageScripts?]

  /// What languages without a hint share at least.
  private static let leastRest = 0.01

  init(_ detector: LanguageDetector) {
    let languages = detector.languages
    var hinted: [String: Double] = [:]
    for language in languages {
      if let hint = detector.languageHints[language], hint.isFinite { hinted[language] = max(hint, 0) }
    }
    let rest = max(1 - hinted.values.reduce(0, +), Self.leastRest) / Double(max(languages.count - hinted.count, 1))
    let constraints = detector.languageConstraints
    weights = languages.map { language in
      if !constraints.isEmpty, !constraints.contains(language) { return 0 }
      return hinted.isEmpty ? 1 : hinted[language] ?? rest
    }
    var numbers: [Substring: Int] = [:]
    families = languages.map { language in
      let name = language.prefix { $0 != "-" && $0 != "_" }
      let number = numbers[name] ?? numbers.count
      numbers[name] = number
      return number
    }
    familyCount = numbers.count
    scripts = languages.map(LanguageScripts.scripts)
  }

  /// Sets the probability of every language to zero that is never written in any script of the text's letters. The others
  /// are not raised for it: a model that takes a text for such a language does not know it.
  ///
  /// - Returns: Which languages may be the answer.
  func ruleOut(_ posterior: inout [Double], letters: LanguageScripts) -> [Bool] {
    posterior.indices.map { language in
      let isPossible = letters.isEmpty || scripts[language].map { !$0.isDisjoint(with: letters) } ?? true
      if !isPossible { posterior[language] = 0 }
      return isPossible && weights[language] > 0
    }
  }

  /// The probabilities after constraints and hints; they sum to 1 unless all languages are ruled out.
  func applied(to probabilities: ArraySlice<Float>) -> [Double] {
    var posterior = zip(probabilities, weights).map { Double($0) * $1 }
    let total = posterior.reduce(0, +)
    if total > 0 { for index in posterior.indices { posterior[index] /= total } }
    return posterior
  }

  /// The probability of each family.
  func families(_ posterior: [Double]) -> [Double] {
    var sums = [Double](repeating: 0, count: familyCount)
    for (language, probability) in posterior.enumerated() { sums[families[language]] += probability }
    return sums
  }

  /// The likeliest family's likeliest language, and how likely the family is; nil where no language is possible.
  func best(in posterior: [Double], possible: [Bool]) -> (language: Int, probability: Double)? {
    let sums = families(posterior)
    var winner: Int?
    for language in posterior.indices where possible[language] {
      let family = families[language]
      if winner.map({ sums[family] > sums[families[$0]] }) ?? true { winner = language }
    }
    return winner.map { (likeliest(of: families[$0], in: posterior, possible: possible), sums[families[$0]]) }
  }

  /// The likeliest possible language of a family.
  func likeliest(of family: Int, in posterior: [Double], possible: [Bool]) -> Int {
    var winner: Int?
    for language in posterior.indices where families[language] == family && possible[language] {
      if winner.map({ posterior[language] > posterior[$0] }) ?? true { winner = language }
    }
    return winner ?? 0
  }
}
