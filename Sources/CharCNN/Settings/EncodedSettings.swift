/// Settings with their explanations, for programs.
package struct EncodedSettings: Encodable {
  /// One setting.
  private struct Setting: Encodable {
    let entry: SettingTable.Entry
    let group: String
    let language: SettingWords.Language

    private enum Key: String, CodingKey {
      case name, group, kind, minimum, minimumIsExcluded, maximum, maximumIsExcluded, choices, words, leastCount,
        mostCount, values, `default`, defaults, meaning, advice
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Key.self)
      let range = entry.range
      try container.encode(entry.name, forKey: .name)
      try container.encode(group, forKey: .group)
      switch range.kind {
      case .whole: try container.encode("integer", forKey: .kind)
      case .number: try container.encode("number", forKey: .kind)
      case .truth: try container.encode("boolean", forKey: .kind)
      case .text: try container.encode("text", forKey: .kind)
      case .choice(let names):
        try container.encode("choice", forKey: .kind)
        try container.encode(names, forKey: .choices)
      case .list(let least, let most):
        try container.encode("list", forKey: .kind)
        try container.encode(least, forKey: .leastCount)
        try container.encodeIfPresent(most, forKey: .mostCount)
      }
      try container.encodeIfPresent(range.lower?.value, forKey: .minimum)
      try container.encodeIfPresent(range.lower?.isExcluded, forKey: .minimumIsExcluded)
      try container.encodeIfPresent(range.upper?.value, forKey: .maximum)
      try container.encodeIfPresent(range.upper?.isExcluded, forKey: .maximumIsExcluded)
      try container.encode(range.words, forKey: .words)
      try container.encode(range.text(language), forKey: .values)
      try container.encode(entry.mainDefault, forKey: .default)
      let defaults = Dictionary(entry.defaults.map { ($0.place.name, $0.value) }) { first, _ in first }
      try container.encode(defaults, forKey: .defaults)
      try container.encode(entry.meaning.text(language), forKey: .meaning)
      try container.encode(entry.advice.text(language), forKey: .advice)
    }
  }

  private let settings: [Setting]

  /// The settings of a name, or all.
  ///
  /// - Throws: ``ConfigurationError`` for a name that is no setting.
  package init(named name: String?, language: SettingWords.Language) throws {
    let entries =
      try name.map(SettingTable.entries(named:))
      ?? SettingTable.groups.flatMap { group in group.entries.map { (group: group, entry: $0) } }
    settings = entries.map { Setting(entry: $0.entry, group: $0.group.title.text(language), language: language) }
  }
}
