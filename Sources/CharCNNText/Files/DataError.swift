public import CharCNNFiles

/// What is wrong with a data file, where, and what to do about it.
public struct DataError: CharCNNError, Equatable {
  /// The kinds of fault.
  #if hasAttribute(nonexhaustive)
  @nonexhaustive
  #endif
  public enum Kind: String, CaseIterable, Sendable {
    /// There is no such file.
    case missingFile
    /// The file holds nothing.
    case emptyFile
    /// A folder holds no files to read.
    case noFiles
    /// A header and no record after it, or blank lines only.
    case noRecords
    /// Bytes that are not UTF-8.
    case invalidUTF8
    /// The file is in UTF-16 or UTF-32, and nothing says so.
    case utf16
    /// The file is in UTF-32.
    case utf32
    /// A byte zero, which no text has.
    case zeroByte
    /// The file is compressed, a workbook, or another file that holds no plain text.
    case notText
    /// A record has another number of fields than the first.
    case raggedRow
    /// A column or field that was asked for, or is needed, does not exist.
    case missingColumn
    /// More than one column could be the one needed.
    case ambiguousColumn
    /// A label that may be several labels.
    case ambiguousLabel
    /// A record has no label.
    case missingLabel
    /// The file cannot hold labels, or none were found.
    case noLabels
    /// The format could not be recognized, or the file is not in the format asked for.
    case unrecognizedFormat
    /// A quoted field does not end.
    case unterminatedQuote
    /// Something stands between a closing quote and the next separator.
    case strayQuote
    /// A line is not a JSON object.
    case invalidJSON
    /// A field of a JSON object holds a list or an object where a text, a number or a truth value is needed.
    case unsuitableValue
    /// A record is too large to be addressed.
    case recordTooLarge
    /// The file exists and cannot be read.
    case unreadable
  }

  /// The kind of fault.
  public var kind: Kind
  /// The file or folder.
  public var path: String
  /// The line, from 1.
  public var line: Int?
  /// The byte in the line, from 1.
  public var column: Int?
  /// What is wrong.
  public var problem: String
  /// What to do; nil where the problem says that too.
  public var advice: String?

  /// An error.
  public init(
    _ kind: Kind, path: String, line: Int? = nil, column: Int? = nil, problem: String, advice: String?
  ) {
    self.kind = kind
    self.path = path
    self.line = line
    self.column = column
    self.problem = problem
    self.advice = advice
  }

  /// `FILE:LINE:COLUMN`.
  public var place: String? {
    ([path] + [line, column].compactMap { $0.map(String.init) }).joined(separator: ":")
  }

  /// One line: `FILE:LINE:COLUMN: what; what to do`.
  public var description: String { "\(place ?? path): \(problemAndAdvice)".onOneLine }
}
