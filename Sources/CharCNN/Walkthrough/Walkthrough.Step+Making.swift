import CharCNNNetworks
import CharCNNText

extension Walkthrough.Step {
  /// The characters of the text.
  init(characters: [String], settings: TextSettings) {
    let unit =
      switch settings.unit {
      case .scalar: "Unicode scalars"
      case .grapheme: "characters as a reader sees them"
      case .byte: "bytes of UTF-8"
      }
    let form = settings.normalization == .none ? "not normalized" : "normalized (\(settings.normalization.rawValue))"
    self.init(
      name: "characters", title: "the text's characters",
      explanation:
        "The text is \(form), \(settings.foldsCase ? "mapped to lower case" : "left in its letter case") and "
        + "cut into \(unit).",
      equation: nil, formula: "c₁, c₂, …, c_L", shape: [characters.count], values: [], rowLabels: characters,
      columnLabels: [])
  }

  /// The number of each character.
  init(indices: [Float], rowLabels: [String], alphabet: Alphabet, unknown: Int) {
    self.init(
      name: "indices", title: "indices in the alphabet",
      explanation: "Each character is looked up in an alphabet of V = \(alphabet.count); 0 is a character that is not "
        + "in it (\(unknown) here), -1 is padding.",
      equation: nil, formula: nil, shape: [indices.count], values: indices, rowLabels: rowLabels, columnLabels: [])
  }

  /// What a layer computed.
  init(_ entry: Trace.Entry, rowLabels: [String], columnLabels: [String]) {
    let description = OperationDescription(entry.operation, name: entry.name)
    self.init(
      name: entry.name, title: description.title, explanation: description.explanation,
      equation: description.equation, formula: description.formula, shape: [entry.rows, entry.columns],
      values: entry.values, rowLabels: rowLabels, columnLabels: columnLabels)
  }
}
