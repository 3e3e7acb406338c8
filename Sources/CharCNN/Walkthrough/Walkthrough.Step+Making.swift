import CharCNNNetworks
import CharCNNText

extension Walkthrough.Step {
  /// The characters of the text.
  init(characters: [String], settings: TextSettings) {
    self.init(
      name: "characters", title: Self.charactersTitle.text(.english),
      explanation: Self.words(ofCharacters: settings).text(.english),
      equation: nil, formula: "c₁, c₂, …, c_L", shape: [characters.count], values: [], rowLabels: characters,
      columnLabels: [])
  }

  /// The number of each character.
  init(indices: [Float], rowLabels: [String], alphabet: Alphabet, unknown: Int) {
    self.init(
      name: "indices", title: Self.indicesTitle.text(.english),
      explanation: Self.words(ofIndices: alphabet, unknown: unknown).text(.english),
      equation: nil, formula: nil, shape: [indices.count], values: indices, rowLabels: rowLabels, columnLabels: [])
  }

  /// What a layer computed.
  init(_ entry: Trace.Entry, rowLabels: [String], columnLabels: [String]) {
    let description = OperationDescription(entry.operation, name: entry.name)
    self.init(
      name: entry.name, title: description.title.text(.english), explanation: description.explanation.text(.english),
      equation: description.equation, formula: description.formula, shape: [entry.rows, entry.columns],
      values: entry.values, rowLabels: rowLabels, columnLabels: columnLabels)
  }

  static let charactersTitle = SettingWords("the text's characters", "文本的字符")
  static let indicesTitle = SettingWords("indices in the alphabet", "字符表里的编号")

  /// How a text becomes characters.
  static func words(ofCharacters settings: TextSettings) -> SettingWords {
    let (unit, chinese) =
      switch settings.unit {
      case .scalar: ("Unicode scalars", "Unicode 标量")
      case .grapheme: ("characters as a reader sees them", "读者眼里的字符")
      case .byte: ("bytes of UTF-8", "UTF-8 字节")
      }
    let name = settings.normalization.rawValue
    let form = settings.normalization == .none ? "not normalized" : "normalized (\(name))"
    return SettingWords(
      "The text is \(form), \(settings.foldsCase ? "mapped to lower case" : "left in its letter case") and "
        + "cut into \(unit).",
      "文本\(settings.normalization == .none ? "没有规范化" : "经过规范化（\(name)）")，"
        + "\(settings.foldsCase ? "变成小写" : "保留大小写")，切成 \(chinese)。")
  }

  /// What the indices are.
  static func words(ofIndices alphabet: Alphabet, unknown: Int) -> SettingWords {
    SettingWords(
      "Each character is looked up in an alphabet of V = \(alphabet.count); 0 is a character that is not "
        + "in it (\(unknown) here), -1 is padding.",
      "每个字符到 V = \(alphabet.count) 的字符表里查编号；0 是表里没有的字符（这里有 \(unknown) 个），-1 是填充。")
  }
}
