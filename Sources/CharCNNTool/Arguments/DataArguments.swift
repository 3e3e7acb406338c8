#if Tool
public import ArgumentParser
public import CharCNN
import CharCNNText

/// How a data file is read; what is not said is recognized.
struct DataArguments: ParsableArguments {
  @Option(
    name: .customLong("text"),
    help: ArgumentHelp(
      "Column of the texts: its name or number; several, with commas between, are joined.", valueName: "column"))
  var textColumns: [String] = []

  /// What ``textColumns`` say together.
  private var textSelector: ColumnSelector? {
    let selectors = textColumns.map(ColumnSelector.init(argument:))
    return selectors.count > 1 ? .joined(selectors) : selectors.first
  }

  @Option(
    name: .customLong("second"),
    help: ArgumentHelp("Pairs: column of the second texts; --text is that of the first ones.", valueName: "column"))
  var secondColumn: String?

  @Option(
    name: .customLong("label"),
    help: ArgumentHelp(
      "Column of the labels: its name or number; several, where a text may have several labels: one of 1 and 0 is for the label of its name.",
      valueName: "column"))
  var labelColumns: [String] = []

  @Option(
    help: ArgumentHelp(
      "What stands between the labels of a text that may have several.", valueName: "text"),
    transform: { text in
      guard !text.isEmpty else { throw ValidationError("must be at least one character, such as ',' or '|'") }
      return text
    })
  var labelSeparator: String?

  @Option(
    name: .customLong("weight"),
    help: ArgumentHelp(
      "Column of what each text counts in training beside others, a number of 0 or more: its name or number.",
      valueName: "column"))
  var weightColumn: String?

  /// What ``labelColumns`` say together.
  private var labelSelector: ColumnSelector? {
    let selectors = labelColumns.map(ColumnSelector.init(argument:))
    return selectors.count > 1 ? .joined(selectors) : selectors.first
  }

  @Option(help: "Format of the data.")
  var format: DataFormat?

  @Option(
    help: ArgumentHelp(
      "What stands between the fields of a table: comma, tab, semicolon, bar, or any one character.",
      valueName: "separator"),
    transform: { text in
      guard let separator = FieldSeparator(argument: text) else {
        throw ValidationError("must be comma, tab, semicolon, bar or one character, not '\(text)'")
      }
      return separator
    })
  var separator: FieldSeparator?

  @Flag(
    inversion: .prefixedNo, help: "Whether the first record of a table names the columns. (default: recognized)")
  var header: Bool?

  @Option(
    help: ArgumentHelp(
      "How characters stand as bytes: utf-8, utf-16, latin-1, or another that the system's iconv knows, such as gb18030. (default: utf-8, or utf-16 with a mark)",
      valueName: "encoding"),
    transform: { name in
      guard let encoding = FileEncoding(name: name) else { throw ValidationError(FileEncoding.unknownAdvice(name)) }
      return encoding
    })
  var encoding: FileEncoding?

  @Flag(help: "Leave faulty records out and count them, instead of ending with an error.")
  var skipInvalid = false

  /// Whether anything was said.
  var isGiven: Bool {
    !textColumns.isEmpty || secondColumn != nil || !labelColumns.isEmpty || labelSeparator != nil || weightColumn != nil
      || format != nil
      || separator != nil
      || header != nil || encoding != nil || skipInvalid
  }

  /// Refuses what says something of labels, where texts have vectors instead.
  func refuseLabels() throws {
    if !labelColumns.isEmpty || labelSeparator != nil || weightColumn != nil || secondColumn != nil {
      throw ValidationError(
        "texts with vectors have no labels, no weights and no second texts; leave --label, --label-separator, --weight and --second out"
      )
    }
  }

  /// What was said.
  ///
  /// - Parameters:
  ///   - trained: The columns of the model that is used.
  ///   - needsLabels: Whether data without labels is an error.
  ///   - scores: Whether labels are scores.
  func options(trained: DataColumns? = nil, needsLabels: Bool = true, scores: Bool = false) -> DataOptions {
    var options = DataOptions(
      format: format, separator: separator, header: header, encoding: encoding,
      text: textSelector, second: secondColumn.map(ColumnSelector.init(argument:)),
      label: labelSelector, trained: trained, needsLabels: needsLabels,
      needsScores: scores, skipsInvalid: skipInvalid)
    options.labelSeparator = labelSeparator
    options.weight = weightColumn.map(ColumnSelector.init(argument:))
    return options
  }

  /// Opens labelled data.
  ///
  /// - Parameters:
  ///   - path: The file or folder.
  ///   - trained: The columns of the model that is used.
  ///   - allowsNone: Whether a text may have no label.
  func source(_ path: String, trained: DataColumns? = nil, allowsNone: Bool = false) throws -> LabeledTextSource {
    try refuseSecondColumn()
    var options = options(trained: trained)
    options.allowsNoLabel = allowsNone
    return try LabeledTextSource(path: path, options: options)
  }

  /// Opens labelled data as a model reads them.
  func source(_ path: String, for classifier: TextClassifier) throws -> LabeledTextSource {
    try source(path, trained: classifier.columns, allowsNone: classifier.allowsSeveralLabels)
  }

  /// Opens texts with scores.
  func scoreSource(_ path: String, trained: DataColumns? = nil) throws -> LabeledTextSource {
    try refuseSecondColumn()
    if labelSeparator != nil || labelColumns.count > 1 {
      throw ValidationError("a text has one score, in one column, with nothing between")
    }
    return try LabeledTextSource(path: path, options: options(trained: trained, scores: true))
  }

  /// Opens pairs of texts.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - scores: Whether their labels are scores.
  ///   - trained: The columns of the model that is used.
  ///   - needsLabels: Whether a pair without a label is an error.
  func pairSource(
    _ path: String, scores: Bool, trained: DataColumns? = nil, needsLabels: Bool = true
  ) throws -> TextPairSource {
    try refuseSeveralLabels("pairs of texts")
    return try TextPairSource(path: path, options: options(trained: trained, needsLabels: needsLabels, scores: scores))
  }

  private func refuseSeveralLabels(_ what: String) throws {
    if labelSeparator != nil || labelColumns.count > 1 {
      throw ValidationError("\(what) have one label each, in one column, with nothing between")
    }
    if weightColumn != nil { throw ValidationError("\(what) all count the same; --weight is for classifiers") }
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
    try refuseSeveralLabels("tokens")
    if separator != nil || header != nil || skipInvalid {
      throw ValidationError(
        "--separator, --header and --skip-invalid are for tables and objects, not for sentences with tags")
    }
    let tagged: TaggedTextFormat? =
      switch format {
      case nil: nil
      case .conllu: .conllu
      case .columns: .columns
      case let other?:
        throw ValidationError(
          "--format \(other.rawValue) is for texts with labels; sentences with tags are in conllu or columns")
      }
    let token = try textSelector.map { text in
      guard case .index(let number) = text else {
        throw ValidationError(
          "--text must be the number of the column of the tokens, not '\(textColumns.joined(separator: ","))'")
      }
      return number
    }
    return try TaggedTextSource(
      path: path,
      options: TaggedTextOptions(
        format: tagged, tokenColumn: token, tagColumn: labelSelector,
        usualColumn: usualColumn, needsTags: needsTags, encoding: encoding))
  }
}

extension DataFormat: ExpressibleByArgument {}
#endif
