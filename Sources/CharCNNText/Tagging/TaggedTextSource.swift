internal import CharCNNFiles

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
    let file = try MappedFile(path: path, encoding: options.encoding)
    self.file = file
    let (reader, isCharacters) = try file.withBytes { bytes throws(DataError) in
      let file = ScannedFile(bytes: bytes, path: path)
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

  /// The column of CoNLL-U that the tags stand in, or the key of its last column; nil for other formats.
  public var conlluColumn: String? {
    if case .conllu(let reader) = reader { reader.tagName } else { nil }
  }

  /// Whether the tokens or the tags stand in a column, from 0.
  func reads(column: Int) -> Bool {
    switch reader {
    case .conllu(let reader):
      if case .column(column) = reader.tagColumn { return true }
      return column == reader.tokenColumn
    case .columns(let reader): return column == reader.rules.token || column == reader.tag
    }
  }

  /// The line, from 1, with the names of the columns; nil where there is none.
  var headerLine: Int? { if case .columns(let reader) = reader { reader.rules.headerLine } else { nil } }

  /// What ends the lines: that of the first one.
  var lineEnd: [UInt8] {
    file.withBytes { bytes in
      let end = bytes.firstIndex(of: 0x0A)
      return end.map { $0 > 0 && bytes[$0 - 1] == 0x0D } == true ? [0x0D, 0x0A] : [0x0A]
    }
  }

  /// Whether the file was in another encoding.
  package var isConverted: Bool { file.conversion != nil }

  /// What was recognized, in one line.
  public var summary: String {
    switch reader {
    case .conllu(let reader):
      switch reader.tagColumn {
      case .column: return "conllu, tags = \(reader.tagName)"
      case .key(let key): return "conllu, tags = \(key) of the last column"
      }
    case .columns(let reader):
      var parts = [
        reader.rules.headerLine == nil ? "columns" : "columns with a header",
        "\(tokensAreCharacters ? "characters" : "words") = column \(reader.rules.token + 1)",
        reader.tag.map { "tags = column \($0 + 1)" } ?? "no tags",
      ]
      if reader.comments > 0 { parts.append("\(Self.counted(reader.comments, "comment")) left out") }
      if reader.joined > 0 {
        parts.append("\(Self.counted(reader.joined, "mark")) joined to the characters before them")
      }
      return parts.joined(separator: ", ")
    }
  }

  private static func counted(_ number: Int, _ noun: String) -> String {
    number == 1 ? "1 \(noun)" : "\(number) \(noun)s"
  }

  /// Hands every sentence to `body`, in the order of the file.
  ///
  /// - Throws: ``DataError`` at the first faulty line, and what `body` throws.
  public func forEachSentence(_ body: (TaggedSentence) throws -> Void) throws {
    try forEach(keepsLines: false) { sentence, _ in if !sentence.tokens.isEmpty { try body(sentence) } }
  }

  /// Hands every sentence with its lines to `body`, so that all lines come once and in the order of the file. Lines that
  /// belong to no sentence come with one that has no tokens.
  ///
  /// - Throws: ``DataError`` at the first faulty line, and what `body` throws.
  package func forEachSentenceWithLines(_ body: (TaggedSentence, [TaggedLine]) throws -> Void) throws {
    try forEach(keepsLines: true, body)
  }

  private func forEach(keepsLines: Bool, _ body: (TaggedSentence, [TaggedLine]) throws -> Void) throws {
    try file.checkLength()
    try file.withBytes { bytes in
      let content = ScannedFile(bytes: bytes, path: path)
      func checked(_ sentence: TaggedSentence, _ lines: [TaggedLine]) throws {
        try body(sentence, lines)
        try file.checkLength()
      }
      switch reader {
      case .conllu(let reader): try reader.forEachSentence(in: content, keepsLines: keepsLines, checked)
      case .columns(let reader): try reader.forEachSentence(in: content, keepsLines: keepsLines, checked)
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

  /// Whether a file is CoNLL-U, or has a token on each line and blank lines between sentences, and is not called a table or
  /// JSON lines. Comments, the names of columns and marks of documents are no tokens, as in training.
  package static func looksLikeSentences(_ path: String) -> Bool {
    if ["csv", "tsv", "tab", "json", "jsonl", "ndjson"].contains(FilePath.fileExtension(of: path)) { return false }
    guard path != MappedFile.standardInput, !FilePath.isFolder(path), let file = try? MappedFile(path: path) else {
      return false
    }
    return file.withBytes { bytes in
      let file = ScannedFile(bytes: bytes, path: path)
      if isCoNLLU(file) { return true }
      // As training reads it. The beginning tells most texts apart, so that only columns are looked through as a whole.
      guard let recognition = try? TagColumnRecognition(file, TaggedTextOptions(needsTags: false)),
        recognition.isEven, let rules = try? recognition.reader().rules
      else { return false }
      var scanner = SentenceScanner(file)
      var (blanks, tokens) = (0, 0)
      var isBoundary = true
      while blanks + tokens < looked, scanner.next(in: file) {
        switch rules.kind(scanner, file, isBoundary: isBoundary) {
        case .blank: (blanks, isBoundary) = (blanks + 1, true)
        case .document: isBoundary = true
        case .comment, .header: continue
        case .token: (tokens, isBoundary) = (tokens + 1, false)
        }
      }
      return blanks > 0 && tokens > blanks
    }
  }

  /// Lines that are looked at.
  private static let looked = 2_000

  private static func recognize(_ file: ScannedFile, options: TaggedTextOptions) throws(DataError) -> (Reader, Bool) {
    if options.format == .conllu || (options.format == nil && isCoNLLU(file)) {
      return (.conllu(try CoNLLUReader(options, path: file.path)), false)
    }
    let reader = try TagColumnRecognition(file, options).reader()
    return (.columns(reader), reader.tokensAreCharacters)
  }

  /// Whether the first line that is not blank, nor any comment of CoNLL-U, has ten columns and begins with the number of
  /// a word.
  private static func isCoNLLU(_ file: ScannedFile) -> Bool {
    var scanner = SentenceScanner(file)
    while scanner.next(in: file) {
      if file.isBlank(scanner.start, scanner.end) || file[scanner.start] == UInt8(ascii: "#") { continue }
      let fields = scanner.fields(in: file)
      guard fields.count == CoNLLUReader.columns.count, let id = try? scanner.string(fields[0], in: file) else {
        return false
      }
      return id == "1" || id.hasPrefix("1-") || id.hasPrefix("0.")
    }
    return false
  }
}
