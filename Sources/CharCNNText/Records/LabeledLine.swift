/// How a format that has a record a line writes a text with its labels.
protocol LabeledLine {
  /// Where the label stands, in words for people.
  static var labelSummary: String { get }

  /// Whether a file is of the format.
  ///
  /// - Parameters:
  ///   - file: The file.
  ///   - lines: Its first lines that are not blank, one at least.
  /// - Returns: False for a format that has to be named.
  static func isRecognized(in file: ScannedFile, lines: [Range<Int>]) -> Bool

  /// Where the labels stand, of which the first counts; none for a line without.
  var labels: [Range<Int>] { get }
  /// Where the pieces of the text stand, which are joined by spaces.
  var pieces: [Range<Int>] { get }

  /// Finds them in a line, whatever its bytes are.
  init(_ file: ScannedFile, start: Int, end: Int)
}

extension DataFormat {
  /// How a line of the format is read; nil for formats whose records are no lines with labels.
  var labeledLine: (any LabeledLine.Type)? {
    switch self {
    case .fastText: FastTextLine.self
    case .csv, .tsv, .jsonLines, .folderPerClass, .filePerClass, .lines, .conllu, .columns: nil
    }
  }

  /// The format that a file shows by its first lines, if it is one of lines with labels.
  static func ofLabeledLines(in file: ScannedFile, lines: [Range<Int>]) -> DataFormat? {
    allCases.first { $0.labeledLine?.isRecognized(in: file, lines: lines) ?? false }
  }
}
