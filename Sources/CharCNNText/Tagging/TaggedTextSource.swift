/// Sentences with tags in a file of any supported form, read sentence by sentence, so that they need not fit into memory.
public final class TaggedTextSource: Sendable {
  /// The file.
  public let path: String
  /// What it was opened with.
  public let options: TaggedTextOptions
  /// The format, given or recognized.
  public let format: TaggedTextFormat
  /// Whether every token is a single character, as far as the beginning of the file tells.
  public let tokensAreCharacters: Bool

  private let file: MappedFile
  private let reader: Reader

  private enum Reader {
    case conllu(CoNLLUReader)
    case columns(TagColumnsReader)
  }

  /// Opens a file and recognizes what the options leave open.
  ///
  /// - Throws: ``DataError`` if it cannot be read, holds nothing, or is not recognized.
  public init(path: String, options: TaggedTextOptions = .init()) throws(DataError) {
    self.path = path
    self.options = options
    let file = try MappedFile(path: path)
    self.file = file
    let (reader, isCharacters) = try file.withBytes { bytes throws(DataError) in
      let file = FileBytes(bytes: bytes, path: path)
      try file.checkEncoding()
      return try Self.recognize(file, options: options)
    }
    self.reader = reader
    switch reader {
    case .conllu: format = .conllu
    case .columns: format = .columns
    }
    tokensAreCharacters = isCharacters
  }

  /// What was recognized, in one line.
  public var summary: String {
    switch reader {
    case .conllu(let reader):
      switch reader.tagColumn {
      case .column(let column): "conllu, tags = \(CoNLLUReader.columns[column])"
      case .key(let key): "conllu, tags = \(key) of the last column"
      }
    case .columns(let reader):
      "columns, \(tokensAreCharacters ? "characters" : "words") = column \(reader.token + 1), "
        + (reader.tag.map { "tags = column \($0 + 1)" } ?? "no tags")
    }
  }

  /// Hands every sentence to `body`, in the order of the file.
  ///
  /// - Throws: ``DataError`` at the first faulty line, and what `body` throws.
  public func forEachSentence(_ body: (TaggedSentence) throws -> Void) throws {
    try file.checkLength()
    try file.withBytes { bytes in
      let lines = FileBytes(bytes: bytes, path: path)
      func checked(_ sentence: TaggedSentence) throws {
        try body(sentence)
        try file.checkLength()
      }
      switch reader {
      case .conllu(let reader): try reader.forEachSentence(in: lines, checked)
      case .columns(let reader): try reader.forEachSentence(in: lines, checked)
      }
    }
  }

  /// All sentences at once.
  ///
  /// - Throws: ``DataError`` at the first faulty line, or where there is no sentence.
  public func sentences() throws -> [TaggedSentence] {
    var sentences: [TaggedSentence] = []
    try forEachSentence { sentences.append($0) }
    return sentences
  }

  // MARK: Recognition

  /// Lines of the beginning that recognition looks at.
  private static let looked = 2_000

  private static func recognize(_ file: FileBytes, options: TaggedTextOptions) throws(DataError) -> (Reader, Bool) {
    var scanner = SentenceScanner(file)
    var first: (fields: [Range<Int>], line: SentenceScanner)?
    var isCharacters = true
    var seen = 0
    while seen < looked, scanner.next(in: file) {
      if file.isBlank(scanner.start, scanner.end) { continue }
      let isComment =
        file[scanner.start] == UInt8(ascii: "#")
        && file.find(0x09, from: scanner.start, to: scanner.end) == scanner.end
      let fields = scanner.fields(in: file)
      // A comment of CoNLL-U; in other files `#` may be a token.
      if isComment, first == nil, options.format == .conllu || fields.count != 2 { continue }
      if first == nil { first = (fields, scanner) }
      seen += 1
      let column = (options.tokenColumn ?? 1) - 1
      if isCharacters, fields.indices.contains(column), !isComment {
        let text = try scanner.string(fields[column], in: file)
        isCharacters = text.unicodeScalars.dropFirst().isEmpty || text == "-DOCSTART-"
      }
    }
    guard let first else {
      throw DataError(
        .noRecords, path: file.path, problem: "there is no token, only blank lines or comments",
        advice: "name a file with a token and its tag on every line")
    }
    if options.format == .conllu || (options.format == nil && isCoNLLU(first.fields, first.line, file)) {
      return (.conllu(try CoNLLUReader(options, path: file.path)), false)
    }
    return (.columns(try columns(first.fields.count, first.line, file, options, isCharacters)), isCharacters)
  }

  private static func isCoNLLU(_ fields: [Range<Int>], _ line: SentenceScanner, _ file: FileBytes) -> Bool {
    guard fields.count == CoNLLUReader.columns.count, let id = try? line.string(fields[0], in: file) else {
      return false
    }
    return id == "1" || id.hasPrefix("1-") || id.hasPrefix("0.")
  }

  private static func columns(
    _ count: Int, _ line: SentenceScanner, _ file: FileBytes, _ options: TaggedTextOptions, _ isCharacters: Bool
  ) throws(DataError) -> TagColumnsReader {
    func missing(_ problem: String, _ advice: String) -> DataError {
      line.error(.missingColumn, at: line.start, in: file, problem, advice)
    }
    let token = (options.tokenColumn ?? 1) - 1
    guard (0..<count).contains(token) else {
      throw missing("there is no column \(token + 1)", "the line has \(count); choose one of them")
    }
    var tag: Int?
    switch options.tagColumn {
    case .index(let number): tag = number - 1
    case .name(let name):
      throw missing("columns have no names, and none is \"\(name)\"", "say the number of the column of the tags")
    case nil: tag = count > 1 ? count - 1 : nil
    }
    if let tag, !(0..<count).contains(tag) {
      throw missing("there is no column \(tag + 1)", "the line has \(count); choose one of them")
    }
    if tag == nil || tag == token, options.needsTags {
      throw missing("there is no column of tags", "write each token's tag after it, separated by a tab or a space")
    }
    return TagColumnsReader(
      token: token, tag: tag == token ? nil : tag, count: count, needsTags: options.needsTags,
      tokensAreCharacters: isCharacters)
  }
}
