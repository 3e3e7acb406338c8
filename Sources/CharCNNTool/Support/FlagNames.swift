import CharCNN

/// What the library calls options and settings, in backquotes, as they are written on the command line.
enum FlagNames {
  /// Options that have a flag of their own; all others are settings (`--set`).
  private static let flags = [
    "label": "--label", "tagColumn": "--label", "text": "--text", "tokenColumn": "--text", "second": "--second",
    "separator": "--separator", "header": "--header", "encoding": "--encoding", "format": "--format",
    "skipsInvalid": "--skip-invalid", "validation": "--validation", "overwrite": "--overwrite", "resume": "--resume",
    "task": "--task", "balance": "--balance", "size": "--size", "cascade": "--cascade", "labelNames": "--label-names",
    "group": "--group",
    "labels": "--labels", "labelSeparator": "--label-separator", "weight": "--weight", "outside": "--outside",
    "cut": "--cut",
  ]

  /// What the types of the library are on the command line.
  private static let commands = [
    "TrainingCheckpoint": "--resume", "FeatureWriter": "charcnn embed", "TextClassifier": "charcnn predict",
    "SequenceTagger": "charcnn predict", "TextMatcher": "charcnn predict", "TextRegressor": "charcnn predict",
    "CharacterLanguageModel": "charcnn generate", "TextEmbedder": "charcnn embed",
    "TextClassifier.train": "charcnn train", "SequenceTagger.train": "charcnn train",
    "TextMatcher.train": "charcnn train", "TextRegressor.train": "charcnn train",
    "CharacterLanguageModel.train": "charcnn pretrain", "TextEmbedder.train": "charcnn distill",
    "LabeledText.Audit": "charcnn audit", "Examples.split": "charcnn split",
  ]

  /// A text of the library with the names of its options as flags, and those of its types as commands.
  ///
  /// `` `label` `` becomes `--label`, `` `format=csv` `` becomes `--format csv`, `` `format`: csv or tsv `` becomes
  /// `--format csv or tsv`, `` `rate=0.1` `` becomes `--set rate=0.1`, and `` `maximumLength` `` becomes
  /// `--set maximumLength=…`.
  static func spelled(_ text: String) -> String {
    var result = ""
    var rest = text[...]
    while let open = rest.firstIndex(of: "`") {
      let inside = rest[rest.index(after: open)...]
      guard let close = inside.firstIndex(of: "`"), let words = spelled(name: inside[..<close]) else {
        result += rest[...open]
        rest = inside
        continue
      }
      result += rest[..<open] + words
      rest = inside[inside.index(after: close)...]
      // Values that follow the name of a flag.
      if !words.contains(" "), rest.hasPrefix(": ") { rest = rest.dropFirst() }
    }
    return result + rest
  }

  /// Nil for what is no name, such as a part of a file's name.
  private static func spelled(name: Substring) -> String? {
    if let command = commands[String(name)] { return command }
    let parts = name.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard let key = parts.first, let first = key.first, first.isLowercase,
      key.utf8.allSatisfy({ UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 | 0x20 || $0 == UInt8(ascii: ".") })
    else { return nil }
    let value = parts.count == 2 ? parts[1] : nil
    if let flag = flags[String(key)] { return value.map { "\(flag) \($0)" } ?? flag }
    // Any other word in backquotes is somebody's own, such as a label.
    guard (try? SettingTable.entries(named: String(key))) != nil else { return nil }
    return "--set \(key)=\(value ?? "…")"
  }
}
