#if Tool
internal import CharCNN
internal import CharCNNFiles
import CharCNNText

/// What `charcnn audit` found, for programs.
struct AuditResult: Encodable {
  let audit: LabeledText.Audit
  let suspects: TextClassifier.LabelSuspects?
  let disagreements: TextClassifier.Disagreements?

  private enum Key: String, CodingKey {
    case sources, findings, suspects, estimatedErrors, judged, agreement, disagreements, accuracy, duplicates,
      conflicts,
      leaks
  }

  /// A suspect on one level.
  private struct Suspect: Encodable {
    let file: String
    let row: Int
    let line: Int?
    let label: String
    let suggested: String
    let probability: Double
    let labelProbability: Double
    let text: String

    init(_ suspect: TextClassifier.LabelSuspect) {
      (file, row, line) = (suspect.place.file, suspect.place.row, suspect.place.line)
      (label, suggested, text) = (suspect.label, suspect.suggested, suspect.place.text)
      probability = Decimals.toMillionths(suspect.probability)
      labelProbability = Decimals.toMillionths(suspect.labelProbability)
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(audit.sources, forKey: .sources)
    try container.encode(audit.findings.map(Finding.init), forKey: .findings)
    try container.encode((suspects?.suspects ?? []).map(Suspect.init), forKey: .suspects)
    if let suspects {
      try container.encode(suspects.estimate, forKey: .estimatedErrors)
      try container.encode(suspects.judged, forKey: .judged)
      try container.encode(Decimals.toMillionths(suspects.agreement), forKey: .agreement)
    }
    if let disagreements {
      try container.encode(disagreements.suspects.map(Suspect.init), forKey: .disagreements)
      try container.encodeIfPresent(disagreements.accuracy, forKey: .accuracy)
    }
    try container.encode(audit.duplicates, forKey: .duplicates)
    try container.encode(audit.conflicts, forKey: .conflicts)
    try container.encode(audit.leaks, forKey: .leaks)
  }

  /// A finding with the names of options as flags.
  private struct Finding: Encodable {
    let kind: LabeledText.Audit.Kind
    let gravity: LabeledText.Audit.Gravity
    let count: Int
    let message: String
    let advice: String
    let examples: [LabeledText.Audit.Place]

    init(_ finding: LabeledText.Audit.Finding) {
      (kind, gravity, count, examples) = (finding.kind, finding.gravity, finding.count, finding.examples)
      message = FlagNames.spelled(finding.message)
      advice = FlagNames.spelled(finding.advice)
    }
  }

  /// Columns of the table of suspects.
  static let columns = ["row", "file", "line", "label", "suggested", "probability", "labelProbability", "text"]

  /// A row of it.
  static func cells(of suspect: TextClassifier.LabelSuspect) -> [AnswerTable.Cell] {
    [
      .integer(suspect.place.row), .text(suspect.place.file), .integer(suspect.place.line ?? 0), .text(suspect.label),
      .text(suspect.suggested), .number(suspect.probability), .number(suspect.labelProbability),
      .text(suspect.place.text),
    ]
  }
}
#endif
