import CharCNNNetworks

/// All settings with their explanations: one table for the command line, for programs and for the documentation.
package enum SettingTable {
  /// Settings that belong together.
  package struct Group: Sendable {
    /// What they are, as a title.
    package let title: SettingWords
    /// Where they are, for those who ask what to write.
    package let use: SettingWords
    /// The settings.
    package let entries: [Entry]
  }

  /// A setting, explained.
  package struct Entry: Sendable {
    /// Its name, as it is set.
    package let name: String
    /// Where it is; nil for wherever a setting of its name is that no other entry explains.
    let declaredPlaces: [SettingPlace]?
    /// What it can be.
    package let range: SettingRange
    /// What it does.
    package let meaning: SettingWords
    /// When to touch it.
    package let advice: SettingWords

    init(
      _ name: String, in places: [SettingPlace]? = nil, _ range: SettingRange, _ meaning: SettingWords,
      touch advice: SettingWords
    ) {
      self.name = name
      declaredPlaces = places
      self.range = range
      self.meaning = meaning
      self.advice = advice
    }

    /// Its defaults, where it is.
    package var defaults: [(place: SettingPlace, value: String)] { SettingTable.defaultsOfEntries[identity] ?? [] }

    /// What tells it from other entries.
    fileprivate var identity: String { "\(name) \(declaredPlaces?.map(\.name) ?? [])" }

    /// Whether it explains settings of a name in a place.
    fileprivate func explains(_ name: String, in place: SettingPlace) -> Bool {
      self.name == name && declaredPlaces?.contains(place) != false
    }
  }

  /// The groups, in the order in which they are listed.
  package static let groups: [Group] = [
    training, data, text, ngrams, gated, multikernel, kim, zhang, vdcnn, tagging, matching, regression, language,
    distillation, detection,
  ]

  /// Every setting of every place with its default.
  package static let defaults = SettingPlace.all.flatMap { place in
    place.settings.map { (place: place, name: $0.name, value: $0.value) }
  }

  /// The defaults of each entry, by what tells it from others.
  private static let defaultsOfEntries: [String: [(place: SettingPlace, value: String)]] = {
    var result: [String: [(place: SettingPlace, value: String)]] = [:]
    for (place, name, value) in defaults {
      guard let entry = entry(named: name, in: place) else { continue }
      result[entry.identity, default: []].append((place, value))
    }
    return result
  }()

  /// The entry of a setting.
  ///
  /// - Returns: Nil for a name that is no setting there.
  package static func entry(named name: String, in place: SettingPlace) -> Entry? {
    let entries = groups.flatMap(\.entries)
    // What says where it is goes before what is wherever its name is; text settings may go without their prefix.
    let candidates = entries.filter { $0.explains(name, in: place) }
    return candidates.first { $0.declaredPlaces != nil } ?? candidates.first
      ?? entries.first { $0.explains(textPrefix + name, in: place) }
  }

  /// The prefix of settings of the text.
  private static let textPrefix = SettingGroups<ClassificationOptions>.textPrefix

  /// All entries of a name, each with its group. The prefix `text.` may stand before any setting of the text, and may be left out.
  ///
  /// - Throws: ``ConfigurationError`` for a name that is no setting.
  package static func entries(named name: String) throws(ConfigurationError) -> [(group: Group, entry: Entry)] {
    let all = groups.flatMap { group in group.entries.map { (group: group, entry: $0) } }
    let bare = name.hasPrefix(textPrefix) ? String(name.dropFirst(textPrefix.count)) : nil
    let found = all.filter { item in
      let own = item.entry.name
      return own == name || own == textPrefix + name
        || (own == bare && text.entries.contains { $0.name == own })
    }
    if !found.isEmpty { return found }
    throw ConfigurationError(
      setting: name, problem: "is no setting",
      advice: nearest(to: name, in: all.map(\.entry.name)).map { "did you mean \($0)?" })
  }

  /// The name that somebody may have meant: one that is spelled alike, or else one that ends as theirs does (`learningRate`).
  private static func nearest(to name: String, in names: [String]) -> String? {
    let lowered = name.lowercased()
    return Spelling.nearest(to: name, in: names)
      ?? names.filter { lowered.hasSuffix($0.lowercased()) || lowered.hasPrefix($0.lowercased()) }
      .max { $0.count < $1.count }
  }
}

extension SettingTable.Entry {
  /// Its default; where it has several, that of the first place.
  package var mainDefault: String { defaults.first?.value ?? "" }

  /// The places of each default, in the order of the places; a family of networks with the same default is one name.
  package var defaultGroups: [(value: String, places: [String])] {
    var groups: [(value: String, places: [SettingPlace])] = []
    let defaults = self.defaults
    for (place, value) in defaults {
      if let index = groups.firstIndex(where: { $0.value == value }) {
        groups[index].places.append(place)
      } else {
        groups.append((value, [place]))
      }
    }
    return groups.map { ($0.value, SettingPlace.names($0.places, of: defaults.map(\.place))) }
  }

  /// Names of all places where it is.
  package var places: [String] { SettingPlace.names(defaults.map(\.place), of: defaults.map(\.place)) }
}

extension SettingPlace {
  /// The names of places, a family of networks (`zhang-small`, `zhang-large`, …) under one where all of it are among them.
  fileprivate static func names(_ places: [SettingPlace], of all: [SettingPlace]) -> [String] {
    var names: [String] = []
    for place in places {
      let isWhole = place.family.map { family in all.filter { $0.family == family }.allSatisfy(places.contains) }
      let name = isWhole == true ? (place.family ?? "") + "-*" : place.name
      if !names.contains(name) { names.append(name) }
    }
    return names
  }

  /// Of networks that differ by their size only, what their names begin with.
  private var family: String? {
    guard case .classifier(let name) = self else { return nil }
    return ["zhang", "vdcnn"].first { name.hasPrefix($0 + "-") }
  }
}
