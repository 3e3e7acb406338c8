#if Tool
internal import ArgumentParser
internal import CharCNN
internal import CharCNNFiles
import CharCNNStorage
import CharCNNText

/// `charcnn convert` with sentences whose tokens have tags.
extension Convert {
  /// The format of sentences to write; nil where texts with labels are converted.
  var sentenceFormat: TaggedTextFormat? {
    get throws {
      let ending = FilePath.fileExtension(of: output)
      let wanted: TaggedTextFormat? =
        switch to {
        case .conllu: .conllu
        case .columns: .columns
        case nil where ending == "conllu": .conllu
        default: nil
        }
      let given = reading.format.map { $0 == .conllu || $0 == .columns }
      // Lines of a word and a label may look like sentences; who names a format of texts means these.
      guard given ?? (wanted != nil || (to == nil ? TaggedTextSource.looksLikeSentences(input) : isCoNLLU)) else {
        return nil
      }
      if given == nil, ["csv", "json", "jsonl", "ndjson"].contains(FilePath.fileExtension(of: input)) {
        throw ValidationError(
          "conllu and columns are for sentences with tags, and \(input) is called a file of texts with labels; if it holds sentences, say --format columns"
        )
      }
      if let wanted { return wanted }
      if to == nil, ["tsv", "tab", "txt", "conll", "iob", "bio", "bioes", "bmes", "columns"].contains(ending) {
        return .columns
      }
      throw ValidationError(
        "\(input) holds sentences with tags, which are written as conllu or columns; say so with --to, or by the ending .conllu or .tsv of the output"
      )
    }
  }

  /// Whether the input is unmistakable.
  private var isCoNLLU: Bool {
    TaggedTextSource.looksLikeSentences(input)
      && (try? TaggedTextSource(path: input, options: TaggedTextOptions(needsTags: false)))?.format == .conllu
  }

  /// Writes the sentences.
  func convertSentences(to format: TaggedTextFormat, _ console: Console) throws {
    if tagColumn != nil, format == .columns {
      throw ValidationError("--tag-column is for CoNLL-U; in columns the tag follows the token")
    }
    if let tagColumn, tagColumn.isEmpty || tagColumn.contains(where: { "=|".contains($0) || $0.isWhitespace }) {
      throw ValidationError(
        "--tag-column must be a column of CoNLL-U or a key without =, | and blanks, not '\(tagColumn)'")
    }
    let source = try reading.taggedSource(input, needsTags: false)
    try FilePlace.refuse(output, amongst: [source.path], option: "the output")
    console.say("\(input): \(source.summary)")
    var conversion = try SentenceConversion(source, to: format, column: tagColumn, byCharacters: characters)
    let stream = try AtomicStream(output, overwrite: overwrite)
    Interrupt.removeFileWhenKilled(stream.temporary)
    let progress = WorkProgress(console: console)
    var bytes: [UInt8] = []
    try source.forEachSentenceWithLines { sentence, lines in
      bytes += conversion.convert(sentence, lines)
      if bytes.count >= 1 << 20 {
        try stream.write(bytes)
        bytes.removeAll(keepingCapacity: true)
        progress.tell(written: conversion.sentences)
      }
    }
    try stream.write(bytes)
    try stream.commit()
    Interrupt.removeFileWhenKilled(nil)
    progress.end()
    let differing = try conversion.differing(from: TaggedTextSource(path: output, options: conversion.options))
    let result = SentenceConvertResult(conversion, output: output, differing: differing)
    if json { try StandardOutput.write(json: result) } else { try StandardOutput.write(result.text) }
    if differing > 0 { throw ExitCode.failure }
  }
}

/// What `charcnn convert` did with sentences.
private struct SentenceConvertResult: Encodable {
  let output: String
  let format: String
  let sentences: Int
  let tokens: Int
  /// Where CoNLL-U has the tags.
  let tagColumn: String?
  /// Columns that are left out.
  let columnsLeftOut: [String]
  /// What the format cannot hold, with how often.
  let losses: [String: Int]
  /// Sentences that are not what was meant when they are read again.
  let differing: Int

  init(_ conversion: SentenceConversion, output: String, differing: Int) {
    self.output = output
    format = conversion.format.rawValue
    (sentences, tokens) = (conversion.sentences, conversion.tokens)
    tagColumn = conversion.tagColumn
    columnsLeftOut = conversion.columnsLeftOut
    losses = Dictionary(uniqueKeysWithValues: conversion.losses.map { ($0.key.rawValue, $0.value) })
    self.differing = differing
  }

  var text: String {
    var lines = [
      "\(output): \(Numbers.count(sentences, "sentence")) with \(Numbers.count(tokens, "token")) as \(format)"
    ]
    if let tagColumn {
      lines.append(
        tagColumn.lowercased() == "upos"
          ? "tags: the column upos" : "tags: \(tagColumn); read them with --label \(tagColumn)")
    }
    if !columnsLeftOut.isEmpty {
      lines.append(
        "left out, since the format has no place for them: \(columnsLeftOut.joined(separator: ", "))")
    }
    lines += SentenceConversion.Loss.allCases.compactMap { loss in
      losses[loss.rawValue].map { "\(loss.rawValue): \(Numbers.grouped($0))" }
    }
    lines.append(
      differing == 0
        ? "read again: every sentence is as it was written"
        : "read again: \(Numbers.count(differing, "sentence")) not the same; look at the result before you use it")
    return lines.map { $0.withEscapedControls + "\n" }.joined()
  }
}
#endif
