/// The forms in which texts and their labels lie in files.
public enum DataFormat: String, CaseIterable, Codable, Sendable {
  /// Comma-separated fields with quotes (RFC 4180).
  case csv
  /// Tab-separated fields, no quotes.
  case tsv
  /// A JSON object a line.
  case jsonLines = "jsonl"
  /// `__label__X text`, a record a line. Of several labels before the text the first counts.
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

  /// As written on a command line: a number from 1 is the number of a column, all else a name.
  public init(argument: String) {
    if let number = Int(argument), number > 0 {
      self = .index(number)
    } else {
      self = .name(argument)
    }
  }
}

/// What is known of a data file in advance; what is left out is recognized.
public struct DataOptions: Hashable, Codable, Sendable {
  /// The format.
  public var format: DataFormat?
  /// The column of the texts.
  public var text: ColumnSelector?
  /// The column of the labels.
  public var label: ColumnSelector?
  /// Whether data without labels is an error.
  public var needsLabels: Bool

  /// Options.
  public init(
    format: DataFormat? = nil, text: ColumnSelector? = nil, label: ColumnSelector? = nil, needsLabels: Bool = true
  ) {
    self.format = format
    self.text = text
    self.label = label
    self.needsLabels = needsLabels
  }
}
