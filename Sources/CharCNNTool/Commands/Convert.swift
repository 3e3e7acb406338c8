#if Tool
internal import ArgumentParser
internal import CharCNN
internal import CharCNNFiles
import CharCNNStorage
import CharCNNText

/// `charcnn convert`.
struct Convert: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write labelled texts, or sentences with tags, in another format.",
    discussion: """
      Reads what train reads. Tables and objects keep all their columns; lines of fastText and folders hold text and label only. Sentences with tags \
      become CoNLL-U, or columns: a token and its tag a line. What the new \
      format cannot hold is counted and said, and the result is read again and compared before the command ends. The result is in UTF-8.

      Example:
        charcnn convert tickets.csv tickets.jsonl
        charcnn convert tickets.csv tickets.txt --to fasttext
        charcnn convert reviews-folder reviews.csv
        charcnn convert export.csv clean.csv --encoding gb18030
        charcnn convert train.conllu train.tsv
        charcnn convert names.bmes names.conllu --tag-column NE
      """)

  @Argument(help: "Labelled texts: a file, or a folder; or a file of sentences with tags.")
  var input: String

  @Argument(
    help: "The file, or for a folder for each class (folders) or a file for each class (files) the folder, to write.")
  var output: String

  @Option(
    help: ArgumentHelp(
      "Format to write: csv, tsv, jsonl, fasttext, folders, files or lines, of sentences conllu or columns. (default: by the ending of the output)",
      valueName: "format"))
  var to: DataFormat?

  @Option(
    help: ArgumentHelp(
      "Where CoNLL-U that is written has the tags: a column such as xpos, or a key of the last column such as NE. (default: upos, or Tag for tags that mark spans)",
      valueName: "column"))
  var tagColumn: String?

  @Flag(help: "Make a token of each character; its tag has B, I, E or S for its place in the span or the token.")
  var characters = false

  @OptionGroup var reading: DataArguments

  @Flag(help: "Replace an existing file.")
  var overwrite = false

  @Flag(help: "Write what was done as a JSON object.")
  var json = false

  @Flag(help: "Say nothing on standard error but errors.")
  var quiet = false

  func validate() throws { if try sentenceFormat == nil { _ = try target } }

  /// The format to write.
  private var target: DataFormat {
    get throws {
      if tagColumn != nil || characters {
        throw ValidationError("--tag-column and --characters are for sentences with tags, and \(input) holds none")
      }
      let known = RecordConversion.formats.map(\.rawValue).joined(separator: ", ")
      if let to { return to }
      switch FilePath.fileExtension(of: output) {
      case "csv": return .csv
      case "tsv", "tab": return .tsv
      case "jsonl", "ndjson": return .jsonLines
      default: throw ValidationError("the ending of '\(output)' says no format; add --to with one of \(known)")
      }
    }
  }

  func run() throws {
    let console = Console(isQuiet: quiet)
    if let format = try sentenceFormat { return try convertSentences(to: format, console) }
    let arePairs = reading.secondColumn != nil
    let records = try RecordFiles(path: input, options: reading.options(needsLabels: false), arePairs: arePairs)
    try FilePlace.refuse(output, amongst: records.files + [records.path], option: "the output")
    let format = try target
    if arePairs, ![.csv, .tsv, .jsonLines].contains(format) {
      throw ValidationError(
        "\(input) holds pairs of texts, and \(format.rawValue) has a place for one of them; pairs are written as csv, tsv or jsonl"
      )
    }
    console.say("\(records.path): \(records.textSummary)")
    var conversion = try RecordConversion(records, to: format)
    let sink = try ConvertedFile(
      output, isFolder: format == .folderPerClass || format == .filePerClass, overwrite: overwrite)
    try sink.write(conversion.beginning, to: nil)
    let progress = WorkProgress(console: console)
    var report = ReadingReport(path: records.path, skipsInvalid: records.options.skipsInvalid)
    try records.forEachRecord(conversion.fields, report: &report) { record, report in
      let result: RecordConversion.Output?
      do throws(DataError) { result = try conversion.convert(record) } catch {
        report.add(error)
        return
      }
      guard report.isDelivering else { return }
      report.addRecord()
      if let result { try sink.write(result.bytes, to: result.file) }
      if report.row % 4_096 == 0 { progress.tell(written: report.row) }
    }
    try report.finish()
    if conversion.written == 0 {
      throw DataError(
        .noRecords, path: records.path, problem: "no record can be written as \(format.rawValue)",
        advice: "choose another format")
    }
    try sink.finish()
    progress.end()
    let differing = try differing(conversion, arePairs: arePairs)
    for warning in report.warnings { console.warn(warning) }
    let result = ConvertResult(conversion, output: output, records: report.records, differing: differing)
    if json { try StandardOutput.write(json: result) } else { try StandardOutput.write(result.text) }
    // Scripts look at the status, not at the text.
    if differing > 0 { throw ExitCode.failure }
  }

  /// Reads the result again.
  ///
  /// - Returns: Number of records that are not what was meant.
  private func differing(_ conversion: RecordConversion, arePairs: Bool) throws -> Int {
    if arePairs {
      func digests(_ path: String, _ options: DataOptions) throws -> [UInt64] {
        var digests: [UInt64] = []
        try TextPairSource(path: path, options: options).forEachPair { pair, _ in
          digests.append(RecordConversion.digest(pair.first + "\u{1E}" + pair.second, pair.label))
        }
        return digests
      }
      return RecordConversion.differing(
        try digests(input, reading.options(needsLabels: false)), from: try digests(output, conversion.options))
    }
    var found: [UInt64] = []
    let source = try LabeledTextSource(path: output, options: conversion.options)
    try source.forEachRecord { text, _ in found.append(RecordConversion.digest(text.text, text.shownLabels)) }
    return conversion.differing(from: found)
  }
}

/// Where converted records go: one file, or the files of a folder. It is seen once it is whole.
private final class ConvertedFile {
  private let stream: AtomicStream?
  private let folder: StagedFolder?
  private var waiting: [String: [UInt8]] = [:]
  private var waitingBytes = 0

  /// Bytes that are written at once.
  private static let piece = 1 << 20

  init(_ path: String, isFolder: Bool, overwrite: Bool) throws {
    stream = isFolder ? nil : try AtomicStream(path, overwrite: overwrite)
    folder = isFolder ? try StagedFolder(path) : nil
    if let stream { Interrupt.removeFileWhenKilled(stream.temporary) }
  }

  func write(_ bytes: [UInt8], to file: String?) throws {
    waiting[file ?? "", default: []] += bytes
    waitingBytes += bytes.count
    if waitingBytes >= Self.piece { try flush() }
  }

  func finish() throws {
    try flush()
    try stream?.commit()
    try folder?.commit()
    Interrupt.removeFileWhenKilled(nil)
  }

  private func flush() throws {
    for (name, bytes) in waiting.sorted(by: { $0.key < $1.key }) where !bytes.isEmpty {
      try stream?.write(bytes)
      try folder?.append(bytes, to: name)
    }
    waiting = [:]
    waitingBytes = 0
  }
}

/// What `charcnn convert` did.
private struct ConvertResult: Encodable {
  let output: String
  let format: String
  /// Records that were read, and those that were written.
  let records: Int
  let written: Int
  /// Columns that are left out.
  let columnsLeftOut: [String]
  /// What the format cannot hold, with the number of records.
  let losses: [String: Int]
  /// What stands between the labels of a text, where it was chosen here.
  let labelSeparator: String?
  /// Records that are not what was meant when they are read again.
  let differing: Int

  init(_ conversion: RecordConversion, output: String, records: Int, differing: Int) {
    self.output = output
    format = conversion.format.rawValue
    self.records = records
    written = conversion.written
    columnsLeftOut = conversion.columnsLeftOut
    losses = Dictionary(uniqueKeysWithValues: conversion.losses.map { ($0.key.rawValue, $0.value) })
    labelSeparator = conversion.newSeparator
    self.differing = differing
  }

  var text: String {
    var lines = ["\(output): \(Numbers.count(written, "record")) as \(format)"]
    if !columnsLeftOut.isEmpty {
      lines.append(
        "left out, since the format has no place for them: \(Numbers.count(columnsLeftOut.count, "column")) \(columnsLeftOut.map { "\"\($0)\"" }.joined(separator: ", "))"
      )
    }
    if let labelSeparator {
      lines.append(
        "labels of a text: \(labelSeparator) between them; read them with --label-separator '\(labelSeparator)'")
    }
    lines += RecordConversion.Loss.allCases.compactMap { loss in
      losses[loss.rawValue].map { "\(loss.rawValue): \(Numbers.grouped($0))" }
    }
    lines.append(
      differing == 0
        ? "read again: every record is as it was written"
        : "read again: \(Numbers.count(differing, "record")) not the same; look at the result before you use it")
    return lines.map { $0.withEscapedControls + "\n" }.joined()
  }
}
#endif
