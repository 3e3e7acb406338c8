#if Tool
internal import CharCNN
internal import CharCNNFiles
import CharCNNText

/// What `charcnn audit` found, for people: the gravest first, a screenful unless all is asked for.
struct AuditText {
  /// The lines.
  let text: String

  /// What a screen has room for.
  private static let most = (findings: 7, suspects: 10, labels: 6)
  private static let width = 60

  init(_ result: AuditResult, isWhole: Bool) {
    let audit = result.audit
    var lines = audit.sources.map { Self.line($0, isWhole: isWhole, arePlural: audit.sources.count > 1) }
    let findings = isWhole ? audit.findings[...] : audit.findings.prefix(Self.most.findings)
    let files = Set(audit.sources.map(\.name))
    func place(_ place: LabeledText.Audit.Place) -> String {
      // Of a folder the file and its line tell more than a number among all its texts.
      if !files.contains(place.file) || place.row == 0 {
        return place.line.map { "\(files.count == 1 && files.contains(place.file) ? "line " : place.file + ":")\($0)" }
          ?? place.file
      }
      return audit.sources.count > 1 ? "\(place.file) row \(place.row)" : "row \(place.row)"
    }
    if audit.findings.isEmpty { lines += ["", "nothing was found"] }
    for finding in findings {
      lines.append("")
      lines.append("\(finding.gravity.rawValue): \(FlagNames.spelled(finding.message))")
      if finding.kind == .suspects, let suspects = result.suspects?.suspects, !suspects.isEmpty {
        lines += Self.table(suspects, isWhole: isWhole, place)
      } else {
        lines += finding.examples.prefix(isWhole ? 3 : 2).map { example in
          let label = example.label.map { " \(Label.quoted($0))" } ?? ""
          return "  \(place(example))\(label): \(Self.shown(example.text))"
        }
      }
      lines.append("  > \(FlagNames.spelled(finding.advice))")
    }
    let left = audit.findings.count - findings.count
    if left > 0 { lines += ["", "\(Numbers.count(left, "more finding")): --all tells them, --json everything"] }
    text = lines.map { $0.withEscapedControls + "\n" }.joined()
  }

  /// `tickets.csv: 1,545 texts, 12 labels (…), 3 to 148 characters, mostly 25, Latin 925, Han 620`.
  private static func line(_ source: LabeledText.Audit.Source, isWhole: Bool, arePlural: Bool) -> String {
    var facts = [Numbers.count(source.texts, "text")]
    let counts = source.labels.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    if !counts.isEmpty {
      let shown = counts.prefix(isWhole ? counts.count : most.labels)
      let more = counts.count > shown.count ? ", …" : ""
      facts.append(
        "\(Numbers.count(counts.count, "label")) (\(shown.map { "\(Label.quoted($0.key)) \($0.value)" }.joined(separator: ", "))\(more))"
      )
    }
    if source.texts > 0 {
      let lengths = source.lengths
      facts.append(
        "\(Numbers.grouped(lengths.shortest)) to \(Numbers.grouped(lengths.longest)) characters, half at most \(Numbers.grouped(lengths.median))"
      )
    }
    let scripts = source.scripts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    if !scripts.isEmpty {
      facts.append(
        scripts.prefix(4).map { "\($0.key) \($0.value)" }.joined(separator: ", ") + (scripts.count > 4 ? ", …" : ""))
    }
    if source.faultyRecords > 0 { facts.append("\(Numbers.count(source.faultyRecords, "faulty record")) left out") }
    return "\(source.name): \(facts.joined(separator: "; "))"
  }

  private static func table(
    _ suspects: [TextClassifier.LabelSuspect], isWhole: Bool, _ place: (LabeledText.Audit.Place) -> String
  ) -> [String] {
    let shown = isWhole ? suspects[...] : suspects.prefix(most.suspects)
    let rows = shown.map {
      [
        place($0.place), Label.quoted($0.label), Label.quoted($0.suggested),
        Numbers.fixed($0.probability, decimals: 2), Self.shown($0.place.text),
      ]
    }
    var lines = TextTable(
      rows: [["where", "label", "suggested", "prob.", "text"]] + rows, leftColumns: 5, cells: .whole
    ).text().split(separator: "\n").map { "  " + $0 }
    if suspects.count > shown.count {
      lines.append("  and \(suspects.count - shown.count) more: --all, --json or --output suspects.csv")
    }
    return lines
  }

  /// The beginning of a text on one line.
  private static func shown(_ text: String) -> String {
    String(text.prefix(200)).split(whereSeparator: \.isWhitespace).joined(separator: " ").withReplacedControls
      .cut(toWidth: width)
  }
}
#endif
