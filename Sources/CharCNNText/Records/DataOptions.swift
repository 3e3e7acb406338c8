/// The forms in which texts and their labels lie in files.
#if hasAttribute(nonexhaustive)
@nonexhaustive
#endif
public enum DataFormat: String, CaseIterable, Codable, Sendable {
  /// Fields with commas, semicolons or bars between them, in quotes where needed (RFC 4180).
  case csv
  /// Fields with tabs between them.
  case tsv
  /// A JSON object a line.
  case jsonLines = "jsonl"
  /// `__label__X text`, a record a line. Labels may stand anywhere in it, and be several.
  case fastText = "fasttext"
  /// A folder with a subfolder for each class and a file for each text, in the order of their names.
  case folderPerClass = "folders"
  /// A folder with a file for each class, named after it, and a text on each line.
  case filePerClass = "files"
  /// A text a line, without labels.
  case lines
  /// Words with tags in ten columns (Universal Dependencies); for taggers.
  case conllu
  /// A token a line with its tag in another column, and a blank line after each sentence; for taggers.
  case columns
}

/// Which column of a table, or field of a JSON object.
public enum ColumnSelector: Hashable, Codable, Sendable {
  /// The column with this name in the header, or the field with this name.
  case name(String)
  /// The column with this number, from 1.
  case index(Int)
  /// Several columns, whose texts are joined by a line feed. A name that has the commas itself counts first.
  case joined([ColumnSelector])

  /// As written on a command line: a number from 1 is the number of a column, several columns have commas between them, all
  /// else is a name.
  public init(argument: String) {
    let parts = argument.split(separator: ",").map(String.init)
    if parts.count > 1 {
      self = .joined(parts.map(ColumnSelector.init(argument:)))
    } else if let number = Int(argument), number > 0 {
      self = .index(number)
    } else {
      self = .name(argument)
    }
  }

  /// As it is written on a command line.
  var argument: String {
    switch self {
    case .name(let name): name
    case .index(let number): String(number)
    case .joined(let parts): parts.map(\.argument).joined(separator: ",")
    }
  }
}

/// The names of the columns that a model was trained on. They are looked for first in other files.
public struct DataColumns: Hashable, Codable, Sendable {
  /// The columns of the texts; several are joined by a line feed.
  public var text: [String]
  /// The column of the second texts of pairs.
  public var second: String?
  /// The column of the labels or scores.
  public var label: String?
  /// Further columns of labels, where a text may have several; nil for none.
  public var furtherLabels: [String]?
  /// Columns of which each says by 1 or 0 whether the label that it is named after is right; nil for none.
  public var flags: [String]?
  /// What stands between the labels of a text; nil where a value is one label.
  public var labelSeparator: String?
  /// Columns of which each holds the share of the class that it is named after; nil for none.
  public var shares: [String]?
  /// The column of what a text counts in training; nil for none.
  public var weight: String?

  /// Names of columns.
  public init(text: [String], second: String? = nil, label: String? = nil) {
    self.text = text
    self.second = second
    self.label = label
  }
}

/// What is known of a data file in advance; what is left out is recognized.
public struct DataOptions: Hashable, Codable, Sendable {
  /// The format.
  public var format: DataFormat?
  /// What stands between the fields of a table.
  public var separator: FieldSeparator?
  /// Whether the first record of a table names the columns.
  public var header: Bool?
  /// How characters stand as bytes; nil for UTF-8, or UTF-16 with a mark.
  public var encoding: FileEncoding?
  /// The column of the texts; of pairs, of the first ones.
  public var text: ColumnSelector?
  /// The column of the second texts of pairs.
  public var second: ColumnSelector?
  /// The column of the labels or scores. Several columns are labels of a text that may have several: one that holds 1 and 0 alone says whether
  /// the label that it is named after is right, those that hold numbers from 0 to 1 alone hold the shares of the classes that they are named after,
  /// others hold a label each.
  public var label: ColumnSelector?
  /// What stands between the labels of a text that has several; nil where a value is one label.
  public var labelSeparator: String?
  /// The column of what a text counts in training beside others: numbers, 0 or more. Nil where all count the same.
  public var weight: ColumnSelector?
  /// Columns of a model, taken where the file has them and nothing else is said.
  public var trained: DataColumns?
  /// Whether data without labels is an error.
  public var needsLabels: Bool
  /// Whether a record that says nothing of labels is of no label, where a text may have several or none; otherwise it is faulty.
  public var allowsNoLabel = false
  /// Whether the labels are scores: numbers, whose columns have other names than those of labels.
  public var needsScores: Bool
  /// Whether faulty records are left out and counted, instead of being an error.
  public var skipsInvalid: Bool

  /// Options.
  public init(
    format: DataFormat? = nil, separator: FieldSeparator? = nil, header: Bool? = nil, encoding: FileEncoding? = nil,
    text: ColumnSelector? = nil, second: ColumnSelector? = nil, label: ColumnSelector? = nil,
    trained: DataColumns? = nil, needsLabels: Bool = true, needsScores: Bool = false, skipsInvalid: Bool = false
  ) {
    self.format = format
    self.separator = separator
    self.header = header
    self.encoding = encoding
    self.text = text
    self.second = second
    self.label = label
    self.trained = trained
    self.needsLabels = needsLabels
    self.needsScores = needsScores
    self.skipsInvalid = skipsInvalid
  }

  private enum Key: String, CodingKey {
    case format, separator, header, encoding, text, first, second, label, labelSeparator, weight, trained, needsLabels,
      needsScores, allowsNoLabel
    case skipsInvalid
  }

  /// Decodes options; those that earlier versions did not know have the values that do what those did.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    format = try container.decodeIfPresent(DataFormat.self, forKey: .format)
    separator = try container.decodeIfPresent(FieldSeparator.self, forKey: .separator)
    header = try container.decodeIfPresent(Bool.self, forKey: .header)
    encoding = try container.decodeIfPresent(FileEncoding.self, forKey: .encoding)
    // Pairs once had their first texts under a name of their own.
    text =
      try container.decodeIfPresent(ColumnSelector.self, forKey: .text)
      ?? container.decodeIfPresent(ColumnSelector.self, forKey: .first)
    second = try container.decodeIfPresent(ColumnSelector.self, forKey: .second)
    label = try container.decodeIfPresent(ColumnSelector.self, forKey: .label)
    labelSeparator = try container.decodeIfPresent(String.self, forKey: .labelSeparator)
    weight = try container.decodeIfPresent(ColumnSelector.self, forKey: .weight)
    trained = try container.decodeIfPresent(DataColumns.self, forKey: .trained)
    needsLabels = try container.decodeIfPresent(Bool.self, forKey: .needsLabels) ?? true
    allowsNoLabel = try container.decodeIfPresent(Bool.self, forKey: .allowsNoLabel) ?? false
    needsScores = try container.decodeIfPresent(Bool.self, forKey: .needsScores) ?? false
    skipsInvalid = try container.decodeIfPresent(Bool.self, forKey: .skipsInvalid) ?? false
  }

  /// Encodes what was said.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encodeIfPresent(format, forKey: .format)
    try container.encodeIfPresent(separator, forKey: .separator)
    try container.encodeIfPresent(header, forKey: .header)
    try container.encodeIfPresent(encoding, forKey: .encoding)
    try container.encodeIfPresent(text, forKey: .text)
    try container.encodeIfPresent(second, forKey: .second)
    try container.encodeIfPresent(label, forKey: .label)
    try container.encodeIfPresent(labelSeparator, forKey: .labelSeparator)
    try container.encodeIfPresent(weight, forKey: .weight)
    try container.encodeIfPresent(trained, forKey: .trained)
    try container.encode(needsLabels, forKey: .needsLabels)
    if allowsNoLabel { try container.encode(allowsNoLabel, forKey: .allowsNoLabel) }
    try container.encode(needsScores, forKey: .needsScores)
    try container.encode(skipsInvalid, forKey: .skipsInvalid)
  }
}
