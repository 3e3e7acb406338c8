internal import CharCNNText

/// Texts before encoding, by number: in memory, or read again from their file.
enum OriginalTexts: Sendable {
  case memory([String])
  case file(LabeledTextSource, references: RecordReferences)

  /// A text.
  ///
  /// - Throws: `DataError` when the file has changed.
  func text(_ number: Int) throws -> String {
    switch self {
    case .memory(let texts): texts[number]
    case .file(let source, let references): try source.record(at: references[number]).text
    }
  }

  /// What to say when a text is not what it was.
  func changed(_ number: Int) -> DataError {
    switch self {
    case .memory: DataError(.unreadable, path: "the given texts", problem: "have changed", advice: "keep them")
    case .file(let source, let references):
      DataError(
        .unreadable, path: source.path, line: Int(references[number].line), problem: "the text has changed",
        advice: "keep the file as it is while it is in use")
    }
  }
}
