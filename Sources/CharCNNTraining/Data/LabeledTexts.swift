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
    switch self {
    case .source(let source):
      return try source.forEachRecord { record, reference in
        guard let label = record.label else {
          throw DataError(
            .noLabels, path: source.path, line: record.line, problem: "the record has no label",
            advice: "give a file with labels, or name the column with --label")
        }
        try body(record.text, label, reference)
      }
    case .array(let texts):
      for (text, label) in texts { try body(text, label, nil) }
      return ReadingReport(path: path)
    }
  }
}
