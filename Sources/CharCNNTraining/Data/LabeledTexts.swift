public import CharCNNText

/// Labelled texts to read once or several times: a file or folder, or an array.
public enum LabeledTexts: Sendable {
  /// A file or folder, read record by record.
  case source(LabeledTextSource)
  /// Texts in memory.
  case array([(text: String, label: String)])

  /// What errors call it.
  public var path: String {
    switch self {
    case .source(let source): source.path
    case .array: "the given texts"
    }
  }

  /// The names of the columns, where a table or JSON objects have such.
  public var columns: DataColumns? {
    switch self {
    case .source(let source): source.columns?.trained
    case .array: nil
    }
  }

  /// Hands every text to `body`.
  ///
  /// - Returns: What a file has that was left out.
  /// - Throws: `DataError` for faulty records, and what `body` throws.
  @discardableResult
  public func forEachText(_ body: (_ text: String, _ label: String, _ reference: RecordReference?) throws -> Void)
    throws -> ReadingReport
  {
    try forEachRow { text, label, reference, _ in try body(text, label, reference) }
  }

  /// As ``forEachText(_:)``, with the number of each text from 1; records that are left out have numbers too.
  package func forEachRow(
    _ body: (_ text: String, _ label: String, _ reference: RecordReference?, _ row: Int) throws -> Void
  ) throws -> ReadingReport {
    switch self {
    case .source(let source):
      return try source.forEachRow { record, reference, row in
        guard let label = record.label else {
          throw DataError(
            .noLabels, path: source.path, line: record.line, problem: "the record has no label",
            advice: "give a file with labels, or name the column with --label")
        }
        try body(record.text, label, reference, row)
      }
    case .array(let texts):
      for (place, (text, label)) in texts.enumerated() { try body(text, label, nil, place + 1) }
      return ReadingReport(path: path)
    }
  }
}
