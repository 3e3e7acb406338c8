#if Tool
internal import ArgumentParser
internal import CharCNN
internal import CharCNNFiles
import CharCNNText

/// `charcnn split`.
struct Split: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Split labelled texts, or sentences with tags, into parts to learn from and to measure with.",
    discussion: """
      Each part has the same mixture of labels, copies of a text (but for case, blanks and punctuation) stay in one part, and with \
      --group so do all records with the same value of a column, such as a customer. The same file, shares and seed give the same parts. \
      Every label has at least one record in the training part.

      Sentences with tags (CoNLL-U, or a token and its tag a line) stay whole, and each counts for the rarest of its tags; --group document \
      keeps those of one document together, where # newdoc or -DOCSTART- marks it.

      The parts have the form of the file: its header, columns, quotes and line ends, and the records in their order. A file in another \
      encoding is written in UTF-8. Parts of a folder are folders. Nothing is replaced without --overwrite, a folder never.

      Example:
        charcnn split tickets.csv --output parts
        charcnn split tickets.csv --train train.csv --test test.csv --share 0.2
        charcnn split tickets.csv --train train.csv --validation dev.csv --test test.csv --group customer
      """)

  /// What becomes of copies of a text.
  enum Duplicates: String, CaseIterable, ExpressibleByArgument {
    /// Copies but for case, blanks and punctuation stay together.
    case together
    /// Texts that are nearly the same, too.
    case near
    /// Texts are not looked at.
    case apart

    var likeness: LabeledText.Audit.Likeness? {
      switch self {
      case .together: .similar
      case .near: .near
      case .apart: nil
      }
    }
  }

  @Argument(help: "Labelled texts, a file or a folder, or sentences with tags.")
  var file: String

  @Option(
    help: ArgumentHelp(
      "Folder for the parts, called train and test (and validation, with --validation-share), with the ending of the file.",
      valueName: "folder"))
  var output: String?

  @Option(help: ArgumentHelp("The part to learn from.", valueName: "file"))
  var train: String?

  @Option(help: ArgumentHelp("The part to measure with.", valueName: "file"))
  var test: String?

  @Option(help: ArgumentHelp("The part to choose the best model with.", valueName: "file"))
  var validation: String?

  @Option(parsing: .unconditional, help: "Share of the records that the test part gets.")
  var share = 0.1

  @Option(
    parsing: .unconditional,
    help: "Share of the records that the validation part gets. (default: that of --share, where there is such a part)")
  var validationShare: Double?

  @Option(help: ArgumentHelp("Column whose equal values stay in one part: its name or number.", valueName: "column"))
  var group: String?

  @Option(help: "What becomes of copies of a text: together in one part, near copies too, or apart as chance has it.")
  var duplicates = Duplicates.together

  @Option(parsing: .unconditional, help: "Another seed gives other parts.")
  var seed: UInt64 = 1

  @OptionGroup var reading: DataArguments

  @Flag(help: "Replace existing files.")
  var overwrite = false

  @Flag(help: "Write the counts as a JSON object.")
  var json = false

  @Flag(help: "Say nothing on standard error but errors.")
  var quiet = false

  func validate() throws {
    if output == nil {
      guard train != nil, test != nil else {
        throw ValidationError("say where the parts go: --output FOLDER, or --train FILE and --test FILE")
      }
    } else if train != nil || test != nil || validation != nil {
      throw ValidationError("--output names the parts itself; leave --train, --test and --validation out")
    }
    if validationShare != nil, output == nil, validation == nil {
      throw ValidationError("--validation-share goes with --validation or --output")
    }
    let shares = [share, hasValidation ? validationShare ?? share : 0]
    guard shares.allSatisfy({ $0 >= 0 && $0 < 1 }), share > 0, shares.reduce(0, +) < 1 else {
      throw ValidationError("the shares must be above 0, and leave something to learn from")
    }
  }

  /// Refuses where a validation part of an earlier split would stand beside the new parts, some of whose records it has.
  func refuseOldParts(ending: String) throws {
    guard let output, !hasValidation, let old = parts(in: output, ending: ending).last, FilePath.exists(old) else {
      return
    }
    throw ValidationError(
      "\(old) is of an earlier split and has records of the new parts; remove it, or make it anew with --validation-share"
    )
  }

  private func parts(in folder: String, ending: String) -> [String] {
    ["train", "test", "validation"].map { FilePath.join(folder, $0 + (ending.isEmpty ? "" : "." + ending)) }
  }

  var hasValidation: Bool { validation != nil || output != nil && validationShare != nil }

  func run() throws {
    let console = Console(isQuiet: quiet)
    if try holdsSentences { return try splitSentences(console) }
    let records = try open()
    console.say("\(records.path): \(records.textSummary)\(label(of: records))")
    let ending = records.isFolder ? "" : FilePath.fileExtension(of: records.path)
    try refuseOldParts(ending: ending)
    let parts = try PartFiles(names(ending: ending), of: records, overwrite: overwrite)
    let progress = WorkProgress(console: console)
    let held = hasValidation ? validationShare ?? share : 0
    let split = try RecordParts(
      records,
      RecordParts.Options(
        shares: [1 - share - held, share] + (held > 0 ? [held] : []), seed: seed, together: duplicates.likeness,
        group: group.map(ColumnSelector.init(argument:))),
      progress: { progress.tell(read: $0) })
    progress.end()
    for warning in split.report.warnings { console.warn(warning) }
    try parts.write(split) { progress.tell(written: $0) }
    progress.end()
    if let groups = split.groups {
      console.say("\(Numbers.count(groups, "group")) of \"\(group ?? "")\", none torn apart")
    }
    tell(split.copies, parts, of: "record", isConverted: records.isConverted) { split.count(part: $0) }
    let result = SplitResult(names: parts.paths, split)
    if json { try StandardOutput.write(json: result) } else { try StandardOutput.write(result.text) }
  }

  /// Opens the file; without labels it is split by chance alone.
  private func open() throws -> RecordFiles {
    let arePairs = reading.secondColumn != nil
    do {
      return try RecordFiles(path: file, options: reading.options(), arePairs: arePairs)
    } catch {
      guard reading.labelColumns.isEmpty, [.noLabels, .missingColumn, .unrecognizedFormat].contains(error.kind) else {
        throw error
      }
      let options = reading.options(needsLabels: false)
      guard let records = try? RecordFiles(path: file, options: options, arePairs: arePairs) else { throw error }
      return records
    }
  }

  private func label(of records: RecordFiles) -> String {
    guard !records.labelFields.isEmpty else { return "; no labels, so that chance alone decides" }
    return records.columns.flatMap { $0.trained?.label }.map { ", label = \"\($0)\"" } ?? ""
  }

  /// Where the parts go: those to learn from, to measure with, to choose by.
  func names(ending: String) -> [String] {
    guard let output else { return [train, test, validation].compactMap { $0 } }
    return Array(parts(in: output, ending: ending).prefix(hasValidation ? 3 : 2))
  }
}

/// What `charcnn split` did.
struct SplitResult: Encodable {
  struct Part: Encodable {
    let path: String
    /// Records, or sentences.
    let records: Int
    /// Records of each label, or tokens of each tag.
    let labels: [String: Int]
  }

  let parts: [Part]
  let copies: Int
  let groups: Int?
  /// What the table is of.
  private var unit = "label"

  private enum CodingKeys: String, CodingKey { case parts, copies, groups }

  /// Labels that the table shows.
  private static let mostLabels = 30

  init(names: [String], _ split: RecordParts) {
    parts = names.enumerated().map { part, path in
      Part(path: path, records: split.count(part: part), labels: split.counts(part: part))
    }
    (copies, groups) = (split.copies, split.groups)
  }

  init(names: [String], _ split: SentenceParts) {
    parts = names.enumerated().map { part, path in
      Part(path: path, records: split.count(part: part), labels: split.tokens[part])
    }
    (copies, groups) = (split.copies, split.documents)
    unit = "tokens of tag"
  }

  var text: String {
    let totals = parts.reduce(into: [String: Int]()) { $0.merge($1.labels) { $0 + $1 } }
    let order = totals.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
    let hasLabels = order != [""]
    var rows = [[unit] + parts.map { FilePath.parts($0.path).last ?? $0.path }]
    for label in hasLabels ? order.prefix(Self.mostLabels) : [] {
      let name = label.isEmpty ? "(none)" : Label.quoted(label)
      rows.append([name] + parts.map { String($0.labels[label] ?? 0) })
    }
    if order.count > Self.mostLabels {
      rows.append(["… \(order.count - Self.mostLabels) more"] + parts.map { _ in "…" })
    }
    rows.append([unit == "label" ? "all" : "sentences"] + parts.map { String($0.records) })
    return TextTable(rows: rows).text()
  }
}
#endif
