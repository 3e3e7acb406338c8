import CharCNNNetworks
import Foundation
import Testing

/// Settings of n-grams: what is chosen, and what files say.
@Suite struct NgramConfigurationTests {
  private func solved(
    _ ngrams: NgramConfiguration.Lengths = .automatic, words: NgramConfiguration.Lengths = .automatic
  ) -> NgramConfiguration {
    var configuration = NgramConfiguration()
    configuration.ngramTraining = .solved
    configuration.ngrams = ngrams
    configuration.wordNgrams = words
    return configuration
  }

  private func chosen(_ configuration: NgramConfiguration, _ characters: Int, apart: Bool = true) -> [[Int]?] {
    let chosen = configuration.choosingLengths(characters: characters, setsWordsApart: apart)
    return [chosen.ngrams.lengths, chosen.wordNgrams.lengths]
  }

  @Test func `few texts have n-grams of characters and words, many of words alone`() {
    #expect(chosen(solved(), 20_000_000) == [[1, 2, 3, 4, 5], [1, 2]])
    #expect(chosen(solved(), 20_000_001) == [[], [1, 2, 3]])
  }

  @Test func `scripts without blanks have n-grams of characters, of fewer lengths where they are many`() {
    #expect(chosen(solved(), 25_000_000, apart: false) == [[1, 2, 3, 4], []])
    #expect(chosen(solved(), 25_000_001, apart: false) == [[1, 2, 3], []])
    #expect(chosen(solved(), 75_000_001, apart: false) == [[1, 2], []])
  }

  @Test func `pairs of words are counted until they would be too many`() {
    func pairs(_ configuration: NgramConfiguration, _ characters: Int, apart: Bool = true) -> [Int]? {
      configuration.choosingLengths(characters: characters, setsWordsApart: apart).wordPairs.lengths
    }
    #expect(pairs(solved(), 100_000_000) == [1, 2, 3, 4, 5] && pairs(solved(), 100_000_001) == [])
    #expect(pairs(solved(), 25_000_000, apart: false) == [1, 2, 3, 4, 5])
    #expect(pairs(solved(), 25_000_001, apart: false) == [])
    #expect(pairs(solved([]), 1_000) == [] && pairs(solved([], words: [1]), 1_000) == [])
    var named = solved([])
    named.wordPairs = [2, 3]
    #expect(pairs(named, 1 << 30) == [2, 3] && named.isEnabled)
  }

  @Test func `lengths that are named stay`() {
    #expect(chosen(solved([2, 7]), 1 << 30) == [[2, 7], [1, 2]])
    #expect(chosen(solved([2, 7], words: []), 1 << 30) == [[2, 7], []])
    #expect(chosen(solved(words: [3]), 1 << 30) == [[], [3]])
    #expect(chosen(solved(words: [3]), 1_000, apart: false) == [[1, 2, 3, 4], [3]])
    // Something must be counted.
    #expect(chosen(solved(words: []), 1 << 30) == [[1, 2], []])
  }

  @Test func `none of characters means none of words but those that are named`() {
    #expect(chosen(solved([], words: [1, 3]), 1_000) == [[], [1, 3]])
    #expect(solved([], words: [1, 3]).isEnabled && !solved([]).isEnabled && !solved([], words: []).isEnabled)
    #expect(solved().isEnabled && NgramConfiguration().isEnabled && !NgramConfiguration.none.isEnabled)
  }

  @Test func `a table has the lengths that it had`() throws {
    var table = NgramConfiguration()
    table.ngramTraining = .steps
    let resolved = table.resolved(characters: 10_000, classes: 2)
    #expect(resolved.ngrams == [1, 2, 3, 4, 5] && resolved.wordNgrams == .automatic)
    let json = String(decoding: try JSONEncoder().encode(resolved), as: UTF8.self)
    #expect(json.contains("\"ngrams\":[1,2,3,4,5]"))
    #expect(
      ["wordNgrams", "wordPairs", "ngramLength", "ngramBalance", "ngramTraining"].allSatisfy { !json.contains($0) })
  }

  @Test func `how the weights come about follows from the settings where it is left open`() throws {
    let usual = NgramConfiguration()
    #expect(!usual.isTable && usual.resolved(characters: 10_000, classes: 2).ngramTraining == .solved)
    #expect(!NgramConfiguration.none.isTable && !NgramConfiguration.none.isEnabled)
    for (name, value) in [("ngramBits", "12"), ("ngramRate", "0.1"), ("ngramBayes", "0.03")] {
      var table = usual
      try table.set(name, to: value)
      try table.validate()
      #expect(table.isTable && table.resolved(characters: 10_000, classes: 2).ngramTraining == .steps)
      try table.set("ngramCost", to: "1")
      let error = #expect(throws: ConfigurationError.self) { try table.validate() }
      #expect(error?.setting == "ngramCost" && error?.problem.contains(name) == true)
    }
  }

  @Test func `texts beyond what memory holds have a table, unless a solution is asked for`() throws {
    let most = NgramConfiguration.mostSolvedCharacters
    func training(_ settings: String...) throws -> [NgramConfiguration.Training] {
      var configuration = NgramConfiguration()
      for setting in settings {
        let parts = setting.split(separator: "=").map(String.init)
        try configuration.set(parts[0], to: parts[1])
      }
      return [most, most + 1].map { configuration.resolved(characters: $0, classes: 2).ngramTraining }
    }
    #expect(try training() == [.solved, .steps])
    #expect(try training("ngramTraining=solved") == [.solved, .solved])
    #expect(try training("ngramCost=1") == [.solved, .solved])
    // Classes that count the same are no reason for it, and a table must not carry the wish: it would be refused when it is opened.
    #expect(try training("ngramBalance=full") == [.solved, .steps])
    var balanced = NgramConfiguration()
    balanced.ngramBalance = .full
    try balanced.resolved(characters: most + 1, classes: 2).validate()
    #expect(try training("ngramBits=9") == [.steps, .steps])
  }

  @Test func `n-grams alone have more memory before they become a table, and larger tables`() throws {
    let most = NgramConfiguration.mostCharactersAlone
    func resolved(_ characters: Int, classes: Int = 2, _ settings: String...) throws -> NgramConfiguration {
      var configuration = NgramConfiguration()
      for setting in settings {
        let parts = setting.split(separator: "=").map(String.init)
        try configuration.set(parts[0], to: parts[1])
      }
      return configuration.resolved(characters: characters, classes: classes, isAlone: true)
    }
    #expect(try resolved(most).ngramTraining == .solved && resolved(most + 1).ngramTraining == .steps)
    #expect(try resolved(most + 1, "ngramTraining=solved").ngramTraining == .solved)
    #expect(try resolved(most + 1, "ngramCost=1").ngramTraining == .solved)
    // How far texts are read is no wish for a solution, and a table must not carry it.
    let cut = try resolved(most + 1, "ngramLength=300")
    #expect(cut.ngramTraining == .steps)
    try cut.validate()
    for (classes, bits, width) in [(2, 21, nil), (8, 21, nil), (9, 20, nil), (32, 19, nil), (1_000, 19, 32)] {
      let table = try resolved(most + 1, classes: classes)
      #expect(table.ngramBits == bits && table.ngramWidth == width, "\(classes)")
    }
    #expect(try resolved(most + 1, classes: 1_000, "ngramBayes=1").ngramBits == 18)
    #expect(try resolved(10_000, "ngramTraining=steps").ngramBits == 15)
    #expect(try resolved(10_000, "ngramBits=9").ngramBits == 9)
  }

  @Test func `the rate of a table follows from what stands beside it, where none is named`() throws {
    var table = NgramConfiguration()
    table.ngramTraining = .steps
    func rate(isAlone: Bool) -> Float? { table.resolved(characters: 1_000, classes: 2, isAlone: isAlone).ngramRate }
    #expect(rate(isAlone: false) == 0.5 && rate(isAlone: true) ?? 0 > 0.5)
    table.ngramBayes = 1
    #expect(rate(isAlone: true) == 0.5)
    table.ngramRate = 0.25
    #expect(rate(isAlone: true) == 0.25 && rate(isAlone: false) == 0.25)
    // Files of solutions name a rate, as they always have.
    #expect(String(decoding: try JSONEncoder().encode(solved()), as: UTF8.self).contains("\"ngramRate\":0.5"))
  }

  @Test func `settings survive a file`() throws {
    var all = [NgramConfiguration(), .none, solved(), solved([3], words: []), NgramConfiguration()]
    all[4].ngramTraining = .steps
    all[3].ngramLength = 77
    all[3].ngramSize = nil
    all[2].ngramSize = 70_000
    for configuration in all {
      let data = try JSONEncoder().encode(configuration)
      #expect(try JSONDecoder().decode(NgramConfiguration.self, from: data) == configuration)
    }
    #expect(String(decoding: try JSONEncoder().encode(all[3]), as: UTF8.self).contains("\"ngramLength\":77"))
    #expect(String(decoding: try JSONEncoder().encode(all[3]), as: UTF8.self).contains("\"ngramSize\":null"))
  }

  @Test func `lengths are told as ranges`() {
    #expect(NgramFeatures(characters: [3, 1, 2, 5], words: [1]).description == "characters 1–3, 5, words 1")
    #expect(
      NgramFeatures(characters: [], words: [1, 2], pairs: [1, 2, 3, 4, 5]).description == "words 1–2, pairs 1–5")
  }
}
