#if Tool
internal import ArgumentParser
internal import CharCNN
import CharCNNStorage
import CharCNNText

/// `charcnn audit`.
struct Audit: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Look for what is wrong with labelled texts: wrong labels, copies, leaks, faults.",
    discussion: """
      Reads what train reads, with the same options, and changes nothing. The first file is what a model is to learn from; further \
      ones, and those of --validation and --test, are what it is to be measured by. Faulty records are counted and left out.

      Tells of every file its texts, labels, lengths and scripts; then what was found, the gravest first, with rows (from 1, without \
      the header) and what to do: faulty records, the same text under two labels, texts to measure with that stand among those to learn \
      from, copies and near copies, labels that differ only in case or blanks, rare labels, characters of a wrong conversion, columns \
      of identifiers.

      Suspected label errors come from cross-validation with n-grams alone: each text is judged by models that have not learned \
      from it. --output writes them as a table: row, file, line, label, suggested, probability, labelProbability and text.

      Example:
        charcnn audit tickets.csv
        charcnn audit tickets.csv --validation held.csv --output suspects.csv
        charcnn audit tickets.csv --against tickets.charcnn --json > audit.json
      """)

  @Argument(help: "Labelled texts: files, or folders. The first is learned from, the others are measured with.")
  var files: [String]

  @Option(help: ArgumentHelp("Labelled texts to choose the best model with.", valueName: "file"))
  var validation: [String] = []

  @Option(help: ArgumentHelp("Labelled texts to measure with.", valueName: "file"))
  var test: [String] = []

  @Option(help: ArgumentHelp("A classifier whose answers are compared with the labels.", valueName: "bundle"))
  var against: String?

  @OptionGroup var search: AuditArguments

  @Option(
    help: ArgumentHelp(
      "Write the suspected label errors as CSV, with tabs or as JSON lines, by the ending .csv, .tsv or .jsonl.",
      valueName: "file"))
  var output: String?

  @OptionGroup var reading: DataArguments
  @OptionGroup var computing: ComputingArguments

  @Flag(help: "With --output: replace an existing file.")
  var overwrite = false

  @Flag(help: "Tell everything, not only a screenful.")
  var all = false

  @Flag(help: "Write the result as a JSON object: suspects, duplicates, conflicts, leaks, findings, sources.")
  var json = false

  @Flag(help: "Say nothing on standard error but errors.")
  var quiet = false

  func validate() throws {
    if overwrite, output == nil { throw ValidationError("--overwrite goes with --output") }
    if all, json { throw ValidationError("--json writes everything; --all goes with the text") }
    guard let output else { return }
    if search.noSuspects { throw ValidationError("--output writes suspects, and --no-suspects searches none") }
    if AnswerTable.Format(path: output) == nil {
      throw ValidationError("--output must end with .csv, .tsv or .jsonl, not '\(output)'")
    }
  }

  func run() throws {
    let console = Console(isQuiet: quiet)
    let model = try against.map { try computing.open(TextClassifier.self, at: $0, command: "audit") }
    let opened = try (files + validation + test).enumerated().map { place, path in
      try AuditedFile(path, role: place == 0 ? .training : .held, reading: reading, trained: model?.columns)
    }
    for file in opened {
      console.say(
        "\(file.path): \(file.summary)\(opened.count > 1 ? file.role == .training ? "; to learn from" : "; to measure with" : "")"
      )
      if let note = file.note { console.say("warning: \(FlagNames.spelled(note))") }
    }
    try FilePlace.refuse(output, amongst: opened.flatMap(\.files), option: "--output")
    // Before the work, so that it is not done in vain; the file appears when it is whole.
    let table = try output.map { try AnswerTable($0, columns: AuditResult.columns, overwrite: overwrite) }
    let progress = WorkProgress(console: console)
    var audit = try LabeledText.Audit(opened.map(\.source)) { progress.tell($0) }
    progress.end()
    var found: TextClassifier.LabelSuspects?
    if !search.noSuspects, opened.allSatisfy({ !$0.arePairs }) {
      found = try TextClassifier.labelSuspects(in: audit, options: search.options(threads: computing.threads)) {
        progress.tell($0)
      }
      progress.end()
    }
    if let found { say(found, console, hasSeveral: audit.texts.hasSeveralLabels) }
    let disagreements = try model?.disagreements(with: audit) { progress.tell(compared: $0) }
    progress.end()
    audit.add([found?.finding].compactMap { $0 } + (disagreements?.findings ?? []))
    for suspect in found?.suspects ?? [] { try table?.append(AuditResult.cells(of: suspect)) }
    try table?.finish()
    let result = AuditResult(audit: audit, suspects: found, disagreements: disagreements)
    if json {
      try StandardOutput.write(json: result)
    } else {
      try StandardOutput.write(AuditText(result, isWhole: all).text)
    }
    if let output { console.say("\(output): \(Numbers.count(found?.suspects.count ?? 0, "suspect"))") }
  }
}

extension Audit {
  /// Tells how many labels were judged, and how many were not.
  private func say(_ found: TextClassifier.LabelSuspects, _ console: Console, hasSeveral: Bool) {
    if hasSeveral { return console.say("texts may have several labels, which are not judged") }
    guard found.judged > 0 else {
      return console.say("no label was judged: that takes two labels, and ten texts that are no copies of each other")
    }
    var line =
      "\(Numbers.count(found.judged, "label")) judged; the models agree with \(Numbers.percent(found.agreement))"
    if found.left > 0 { line += "; \(Numbers.grouped(found.left)) were not looked at (--sample takes more)" }
    if found.alone > 0 {
      line += "; of \(Numbers.grouped(found.alone)) nothing can be said, since no other text has their label"
    }
    console.say(line)
  }
}

/// A file that is audited.
private struct AuditedFile {
  let path: String
  let role: LabeledText.Audit.Role
  let source: AuditedSource
  let summary: String
  let files: [String]
  let arePairs: Bool
  /// Why there are no labels; nil where there are.
  let note: String?

  init(_ path: String, role: LabeledText.Audit.Role, reading: DataArguments, trained: DataColumns?) throws {
    self.role = role
    var options = reading.options(trained: trained)
    options.skipsInvalid = true
    arePairs = reading.secondColumn != nil
    if arePairs {
      let pairs = try TextPairSource(path: path, options: options)
      (source, summary, files, note) = (
        AuditedSource(Examples(pairs), role: role), pairs.summary, [path],
        "wrong labels are searched for in single texts, not in pairs"
      )
      self.path = pairs.path
      return
    }
    if options.format == .conllu || options.format == .columns
      || options.format == nil && TaggedTextSource.looksLikeSentences(path)
    {
      throw ValidationError("\(path) holds sentences with tags; audit looks at texts with labels")
    }
    let (texts, isLabeled) = try Self.open(path, options)
    self.path = texts.path
    (source, summary, files) = (AuditedSource(Examples(texts), role: role), texts.summary, texts.files)
    note =
      isLabeled
      ? nil : "no labels were recognized, so that only the texts are looked at; name their column with `label`"
  }

  /// Opens labelled texts, or texts alone where nothing looks like labels and none were named.
  private static func open(_ path: String, _ options: DataOptions) throws -> (LabeledTextSource, isLabeled: Bool) {
    do {
      return (try LabeledTextSource(path: path, options: options), true)
    } catch {
      guard options.label == nil, [.noLabels, .missingColumn, .unrecognizedFormat].contains(error.kind) else {
        throw error
      }
      var options = options
      options.needsLabels = false
      guard let texts = try? LabeledTextSource(path: path, options: options) else { throw error }
      return (texts, false)
    }
  }
}
#endif
