public import ArgumentParser
public import CharCNN

/// How a data file is read; what is not said is recognized.
struct DataArguments: ParsableArguments {
  @Option(
    name: .customLong("text"), help: ArgumentHelp("Column of the texts: its name or number.", valueName: "column"))
  var textColumn: String?

  @Option(
    name: .customLong("second"),
    help: ArgumentHelp("Pairs: column of the second texts; --text is that of the first ones.", valueName: "column"))
  var secondColumn: String?

  @Option(
    name: .customLong("label"), help: ArgumentHelp("Column of the labels: its name or number.", valueName: "column"))
  var labelColumn: String?

  @Option(help: "Format of the data.")
  var format: DataFormat?

  /// Whether anything was said.
  var isGiven: Bool { textColumn != nil || secondColumn != nil || labelColumn != nil || format != nil }

  /// Opens labelled data.
  func source(_ path: String) throws -> LabeledTextSource {
    try refuseSecondColumn()
    return try LabeledTextSource(
      path: path,
      options: DataOptions(
        format: format, text: textColumn.map(ColumnSelector.init(argument:)),
        label: labelColumn.map(ColumnSelector.init(argument:))))
  }

  /// Opens pairs of texts.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - scores: Whether their labels are scores.
  ///   - needsLabels: Whether a pair without a label is an error.
  func pairSource(_ path: String, scores: Bool, needsLabels: Bool = true) throws -> TextPairSource {
    try TextPairSource(
      path: path,
      options: TextPairOptions(
        format: format, first: textColumn.map(ColumnSelector.init(argument:)),
        second: secondColumn.map(ColumnSelector.init(argument:)),
        label: labelColumn.map(ColumnSelector.init(argument:)), needsScores: scores, needsLabels: needsLabels))
  }

  private func refuseSecondColumn() throws {
    if secondColumn != nil { throw ValidationError("--second is for pairs of texts, which matchers read") }
  }

  /// Opens sentences with tags.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - usualColumn: Of CoNLL-U, where nobody says it.
  ///   - needsTags: Whether a token without a tag is an error.
  func taggedSource(_ path: String, usualColumn: String? = nil, needsTags: Bool = true) throws -> TaggedTextSource {
    try refuseSecondColumn()
    let tagged: TaggedTextFormat? =
      switch format {
      case nil: nil
      case .conllu: .conllu
      case .columns: .columns
      case let other?:
        throw ValidationError(
          "--format \(other.rawValue) is for texts with labels; sentences with tags are in conllu or columns")
      }
    let token = try textColumn.map { text in
      guard let number = Int(text), number > 0 else {
        throw ValidationError("--text must be the number of the column of the tokens, not '\(text)'")
      }
      return number
    }
    return try TaggedTextSource(
      path: path,
      options: TaggedTextOptions(
        format: tagged, tokenColumn: token, tagColumn: labelColumn.map(ColumnSelector.init(argument:)),
        usualColumn: usualColumn, needsTags: needsTags))
  }
}

extension DataFormat: ExpressibleByArgument {}
