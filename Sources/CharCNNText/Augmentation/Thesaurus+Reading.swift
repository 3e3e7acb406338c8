import CharCNNFiles

extension Thesaurus {
  /// Reads a MyThes thesaurus.
  ///
  /// The `.dat` file is a line with the encoding, then entries: `WORD|N` and N lines `(PART OF SPEECH)|SYNONYM|SYNONYM…`,
  /// the most frequent meaning first. Remarks such as `(generic term)` are taken off, antonyms left out. Where the index
  /// (`.idx`: encoding, number of entries, `WORD|OFFSET`) lies beside it, it is compared with the entries.
  ///
  /// - Parameter path: The `.dat` or the `.idx` file, or their common name without extension.
  /// - Throws: ``DataError`` with file and line where a file is malformed, or in an encoding that is not known.
  public init(path: String) throws(DataError) {
    let hasExtension = ["dat", "idx"].contains(FilePath.fileExtension(of: path))
    let stem = hasExtension ? String(path.dropLast(4)) : path
    let data = try MappedFile(path: stem + ".dat")
    let index = FilePath.exists(stem + ".idx") ? try MappedFile(path: stem + ".idx") : nil
    let entries = try data.withBytes { bytes throws(DataError) in
      let data = ScannedFile(bytes: bytes, path: data.path)
      var reader = try ThesaurusReader(data)
      let entries = try reader.entries()
      try index?.withBytes { bytes throws(DataError) in
        try ThesaurusIndexCheck(index: ScannedFile(bytes: bytes, path: stem + ".idx"), data: data).run(
          encoding: reader.encoding, entries: entries.count)
      }
      return entries
    }
    self.init(entries)
  }
}

/// Reads a `.dat` file.
private struct ThesaurusReader {
  private let file: ScannedFile
  private var scanner: LineScanner
  let encoding: ThesaurusEncoding

  init(_ file: ScannedFile) throws(DataError) {
    self.file = file
    try file.checkEncoding()
    scanner = LineScanner(file)
    encoding = try ThesaurusEncoding(firstLineOf: file, &scanner)
  }

  mutating func entries() throws(DataError) -> [(word: String, synonyms: [String])] {
    var entries: [(word: String, synonyms: [String])] = []
    while scanner.next(in: file) {
      let fields = try fields()
      guard fields.count == 2, !fields[0].isEmpty, let meanings = Int(fields[1]), meanings >= 0 else {
        throw error("is not WORD|NUMBER OF MEANINGS", "repair the entry")
      }
      var synonyms: [String] = []
      let line = scanner.line
      for number in 0..<meanings {
        guard scanner.next(in: file) else {
          throw DataError(
            .unrecognizedFormat, path: file.path, line: line,
            problem: "\"\(fields[0])\" announces \(meanings) meanings and has \(number)",
            advice: "the file is cut off: get it anew")
        }
        synonyms += try meaning()
      }
      entries.append((String(fields[0]), synonyms))
    }
    return entries
  }

  /// The synonyms of a line `(PART OF SPEECH)|SYNONYM|…`.
  private func meaning() throws(DataError) -> [String] {
    let fields = try fields()
    let kind = fields[0]
    guard fields.count >= 2, kind.isEmpty || kind == "-" || (kind.hasPrefix("(") && kind.hasSuffix(")")) else {
      throw error("is no meaning (PART OF SPEECH)|SYNONYM|…", "check the number of meanings of the entry above")
    }
    return fields.dropFirst().compactMap(Self.synonym)
  }

  /// A synonym without its remark; nil for none and for an antonym.
  private static func synonym(_ field: Substring) -> String? {
    var text = field
    while text.hasSuffix(")"), let open = text.lastIndex(of: "(") {
      if text[open...].lowercased().contains("antonym") { return nil }
      text = text[..<open]
      while text.last == " " { text.removeLast() }
    }
    while text.first == " " { text.removeFirst() }
    return text.isEmpty ? nil : String(text)
  }

  private func fields() throws(DataError) -> [Substring] {
    try encoding.decode(file, scanner).split(separator: "|", omittingEmptySubsequences: false)
  }

  private func error(_ problem: String, _ advice: String) -> DataError {
    DataError(.unrecognizedFormat, path: file.path, line: scanner.line, problem: "the line \(problem)", advice: advice)
  }
}
