import CharCNN
import Foundation
import Testing

/// The table of settings says what is true of the settings.
@Suite struct SettingTableTests {
  private static let entries = SettingTable.groups.flatMap(\.entries)

  @Test func `every setting of every place has an explanation`() {
    for (place, name, _) in SettingTable.defaults {
      #expect(SettingTable.entry(named: name, in: place) != nil, "\(place.name): \(name)")
    }
  }

  @Test func `every explanation is of settings that there are, and says something in both languages`() {
    var names: Set<String> = []
    for entry in Self.entries {
      #expect(!entry.defaults.isEmpty, "\(entry.name) is no setting")
      for (place, _) in entry.defaults {
        #expect(names.insert("\(place.name) \(entry.name)").inserted, "\(entry.name) is explained twice")
      }
      for words in [entry.meaning, entry.advice] {
        let (english, chinese) = (words.text(.english), words.text(.chinese))
        #expect(english.allSatisfy(\.isASCII) || english.contains("…"), "\(entry.name)")
        #expect(english.hasSuffix(".") && chinese.hasSuffix("。"), "\(entry.name)")
        #expect(chinese.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }, "\(entry.name)")
      }
    }
  }

  @Test func `the default of every place is one that its options have, and is of the range`() throws {
    var count = 0
    for entry in Self.entries {
      for (place, value) in entry.defaults {
        let settings = Dictionary(uniqueKeysWithValues: place.settings.map { ($0.name, $0.value) })
        let bare = entry.name.hasPrefix("text.") ? String(entry.name.dropFirst(5)) : entry.name
        #expect(settings[entry.name] ?? settings[bare] == value, "\(place.name): \(entry.name)")
        #expect(entry.range.contains(value), "\(place.name): \(entry.name)=\(value)")
        count += 1
      }
    }
    #expect(count == SettingTable.defaults.count)
  }

  /// What must stand beside a setting where it takes what it can at most, or what goes with it.
  private static let companions: [String: [String]] = [
    "poolingStride": ["poolingWidth=64"], "labelSmoothing": ["output=softmax"], "maskSpan": ["window=1048576"],
    "length": ["filters=2", "embedding=2", "poolings=1,1,1,1,1,1", "kMax=1"], "blocks": ["dilations=1"],
    "poolingWidth": ["poolingStride=1"],
    "lowest": ["objective=regression"], "highest": ["objective=regression"],
    "convolutions": ["maps=8,8,8,8"], "foldsCase": ["alphabet=data"], "kMax": ["length=none"],
  ]

  /// Companions that only some places have or need.
  private static func companions(of name: String, in place: SettingPlace) -> [String] {
    var all = companions[name] ?? []
    if place.name.hasPrefix("zhang"), ["widths", "poolings"].contains(name) { all.append("length=none") }
    if name == "widths", place.settings.contains(where: { $0.name == "filters" }) { all.append("filters=16384") }
    if name == "length" { all.append("widths=\(place.name.hasPrefix("zhang") ? "1,1,1,1,1,1" : "1")") }
    if place.name == "gated-tutorial", name != "length" { all += ["length=none"] }
    // The networks of papers have no n-grams by themselves.
    if place.settings.contains(where: { $0 == ("ngrams", "none") }), name.contains("gram") || name == "wordPairs",
      name != "ngrams"
    {
      all.append("ngrams=automatic")
    }
    let known = Set(place.settings.map(\.name))
    return all.filter { assignment in known.contains(String(assignment.prefix { $0 != "=" })) }
  }

  private static func isTaken(_ entry: SettingTable.Entry, _ value: String, in place: SettingPlace) -> Bool {
    do {
      try place.check(companions(of: entry.name, in: place) + ["\(entry.name)=\(value)"])
      return true
    } catch { return false }
  }

  /// Values that are just within a range, and values just beyond.
  private static func borders(_ entry: SettingTable.Entry, in place: SettingPlace) -> (
    within: [String], beyond: [String]
  ) {
    let range = entry.range
    var (within, beyond) = (range.words, range.words.contains("none") ? [] : ["none"])
    switch range.kind {
    case .whole:
      let even = entry.name == "embedding" && place.name == "gated-multikernel" || entry.name == "filters"
      if let lower = range.lower.map({ Int($0.value) }) {
        within.append("\(even ? max(lower, 2) : lower)")
        beyond.append("\(lower - 1)")
      }
      if let upper = range.upper.map({ Int($0.value) }) {
        within.append("\(upper)")
        beyond.append("\(even ? upper + 2 : upper + 1)")
      }
    case .number:
      for (bound, inwards) in [(range.lower, 1.0), (range.upper, -1.0)] {
        guard let bound else { continue }
        let step = inwards * max(abs(bound.value) * 0.001, bound.value == 0 ? 0.001 : 0)
        within.append("\(bound.isExcluded ? bound.value + step : bound.value)")
        beyond.append("\(bound.isExcluded ? bound.value : bound.value - step)")
      }
    case .truth:
      within += ["true", "false"]
      beyond.append("maybe")
    case .choice(let names):
      within += names
      beyond = ["nothing"]
    case .text:
      within.append("yes")
      beyond = []
    case .list(let least, let most):
      let count = max(place.settings.first { $0.name == entry.name }?.value.split(separator: ",").count ?? 1, 1)
      let (lower, upper) = (Int(range.lower?.value ?? 0), Int(range.upper?.value ?? 0))
      // Numbers of n-grams must differ from one another.
      func list(_ first: Int, _ count: Int) -> String {
        (0..<count).map { "\(first + $0 % (upper - lower + 1))" }.joined(separator: ",")
      }
      let isPaired =
        ["poolings", "convolutions", "maps", "dilations"].contains(entry.name)
        || (entry.name == "widths" && place.name.hasPrefix("zhang"))
      let uniform = { (number: Int) in [String](repeating: "\(number)", count: isPaired ? count : 1) }
      within += [lower, upper].map { uniform($0).joined(separator: ",") }
      beyond += [lower - (entry.name == "convolutions" ? 2 : 1), upper + (entry.name == "convolutions" ? 2 : 1)]
        .map { uniform($0).joined(separator: ",") }
      if let most, !isPaired {
        within.append(list(lower, most))
        beyond.append(list(lower, most + 1))
      }
      if least == 0 { beyond.removeAll { $0 == "none" } }
    }
    return (within, beyond)
  }

  /// Values of a range that some places refuse, as the explanation says.
  private static let refused: Set<String> = [
    "character-tagger unit=byte", "causal padding=same", "causal padding=none", "masked ngrams=2", "masked ngrams=8",
    // Without n-grams nothing is left of n-grams alone.
    "ngrams ngrams=none",
  ]

  @Test func `what a range ends with is taken, and what lies beyond is refused`() {
    for entry in Self.entries {
      for (place, _) in entry.defaults {
        let (within, beyond) = Self.borders(entry, in: place)
        for value in within where !Self.refused.contains("\(place.name) \(entry.name)=\(value)") {
          #expect(Self.isTaken(entry, value, in: place), "\(place.name): \(entry.name)=\(value) is refused")
        }
        for value in beyond {
          #expect(!Self.isTaken(entry, value, in: place), "\(place.name): \(entry.name)=\(value) is taken")
        }
      }
    }
  }

  @Test func `a name finds its settings wherever they are, and a wrong one the near name`() throws {
    #expect(try SettingTable.entries(named: "ngrams").count == 6)
    #expect(
      try SettingTable.entries(named: "normalization").map(\.entry.name) == ["text.normalization", "normalization"])
    #expect(try SettingTable.entries(named: "text.foldsCase").map(\.entry.name) == ["foldsCase"])
    for (wrong, near) in [("learningRate", "rate"), ("epoch", "epochs"), ("foldCase", "foldsCase")] {
      let error = #expect(throws: ConfigurationError.self) { try SettingTable.entries(named: wrong) }
      #expect(error?.advice == "did you mean \(near)?")
    }
    #expect(throws: ConfigurationError.self) { try SettingTable.entries(named: "text.rate") }
  }

  @Test(arguments: [("", SettingWords.Language.english), (".zh-CN", .chinese)])
  func `the pages of the documentation are what the table makes`(suffix: String, language: SettingWords.Language) throws
  {
    let page = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Sources/CharCNN/CharCNN.docc/Settings\(suffix).md")
    let isSame = try String(contentsOf: page, encoding: .utf8) == SettingListing(language).page()
    #expect(
      isSame,
      "make it anew: charcnn help settings --markdown --language \(language.rawValue) > \(page.lastPathComponent)")
  }
}

extension SettingRange {
  /// Whether a value, as it is written, lies within.
  fileprivate func contains(_ text: String) -> Bool {
    if words.contains(text) { return true }
    func isWithin(_ number: Double) -> Bool {
      lower.map { $0.isExcluded ? number > $0.value : number >= $0.value } != false
        && upper.map { $0.isExcluded ? number < $0.value : number <= $0.value } != false
    }
    switch kind {
    case .whole: return Int(text).map { isWithin(Double($0)) } ?? false
    case .number: return Double(text).map(isWithin) ?? false
    case .truth: return Bool(text) != nil
    case .choice(let names): return names.contains(text)
    case .text: return true
    case .list(let least, let most):
      let numbers = text == "none" ? [] : text.split(separator: ",").map { Int($0).map(Double.init) ?? .nan }
      return numbers.allSatisfy(isWithin) && numbers.count >= least && numbers.count <= most ?? .max
    }
  }
}
