/// Examples that are audited: texts with labels, or pairs as the texts that both make together.
package struct AuditedSource: Sendable {
  package typealias Body = (LabeledText, RecordReference?, _ row: Int) throws -> Void

  /// What messages call it.
  package let name: String
  /// What it is for.
  package let role: LabeledText.Audit.Role
  /// What was recognized.
  package let summary: String?
  /// Its files, to look at all their columns; nil for examples in memory.
  let records: RecordFiles?
  /// Whether labels are written so that a text may have several.
  let saysSeveralLabels: Bool
  private let reading: @Sendable (Body) throws -> ReadingReport
  private let again: (@Sendable (RecordReference) throws -> LabeledText)?
  private let check: @Sendable () throws -> Void

  /// Labelled texts.
  package init(_ examples: Examples<LabeledText>, role: LabeledText.Audit.Role) {
    name = examples.name
    self.role = role
    summary = examples.summary
    records = examples.source?.records
    saysSeveralLabels = examples.saysSeveralLabels
    reading = { body in try examples.forEach(body) }
    if let source = examples.source {
      again = { reference in try source.record(at: reference) }
    } else {
      again = nil
    }
    check = examples.checkNow
  }

  /// Pairs, each as one text of two lines.
  package init(_ examples: Examples<TextPair>, role: LabeledText.Audit.Role) {
    name = examples.name
    self.role = role
    summary = examples.summary
    records = examples.source?.records
    saysSeveralLabels = false
    reading = { body in
      func join(_ pair: TextPair, _ reference: RecordReference?, _ row: Int) throws {
        try body(Self.joined(pair), reference, row)
      }
      return try examples.forEach(join)
    }
    if let source = examples.source {
      again = { reference in Self.joined(try source.pair(at: reference)) }
    } else {
      again = nil
    }
    check = examples.checkNow
  }

  private static func joined(_ pair: TextPair) -> LabeledText {
    LabeledText(text: pair.first + "\n" + pair.second, label: pair.label, line: pair.line)
  }

  func forEachText(_ body: Body) throws -> ReadingReport { try reading(body) }

  /// Reads a text again; nil where that cannot be done.
  func text(at reference: RecordReference) throws -> LabeledText? { try again?(reference) }

  func checkNow() throws { try check() }

  /// The file that a record stands in.
  func file(of reference: RecordReference?) -> String {
    guard let records, let reference, records.files.count > 1 else { return name }
    return records.files[Int(reference.fileIndex)]
  }
}

/// The texts of all sources, one after another: their labels and where they stand, and the texts themselves where they cannot be
/// read again.
package struct AuditedTexts: Sendable {
  private struct Part: Sendable {
    let source: AuditedSource
    let start: Int
    var references = RecordReferences()
    var texts: [LabeledText] = []
    var rows: [Int32] = []
  }

  private var parts: [Part] = []
  /// The first label of each text, and all its labels as one name.
  private var (firsts, sets) = (LabelNumbers(), LabelNumbers())
  private var withFurther = 0
  private var saysSeveral = false

  init() {}

  /// Texts with more than one label from which on, of a hundred, all labels count.
  private static let severalOfHundred = 1

  /// Whether a text may have several labels, or none.
  package var hasSeveralLabels: Bool { saysSeveral || 100 * withFurther >= Self.severalOfHundred * max(count, 1) }

  private var numbers: LabelNumbers { hasSeveralLabels ? sets : firsts }

  /// Number of the label of each text, or of its labels; -1 for none.
  package var labels: [Int32] { numbers.numbers }
  /// The labels, by number; several as one name.
  package var labelNames: [String] { numbers.names }

  /// Number of texts.
  package var count: Int { firsts.numbers.count }

  mutating func begin(_ source: AuditedSource) {
    parts.append(Part(source: source, start: count))
    saysSeveral = saysSeveral || source.saysSeveralLabels
  }

  mutating func append(_ text: LabeledText, _ reference: RecordReference?, row: Int) {
    let part = parts.count - 1
    if let reference {
      parts[part].references.append(reference)
    } else {
      parts[part].texts.append(text)
    }
    parts[part].rows.append(Int32(clamping: row))
    if !text.furtherLabels.isEmpty { withFurther += 1 }
    firsts.append(text.label)
    sets.append(text.shownLabels)
  }

  private func part(of text: Int) -> Part {
    parts.last { $0.start <= text } ?? parts[0]
  }

  /// Whether a text is one to learn from.
  package func isTraining(_ text: Int) -> Bool { part(of: text).source.role == .training }

  /// Whether any is one to measure with.
  package var hasHeld: Bool { parts.contains { $0.source.role == .held && !$0.rows.isEmpty } }

  /// A text and its label, read again.
  package func example(_ text: Int) throws -> LabeledText {
    let part = part(of: text)
    let place = text - part.start
    guard part.texts.isEmpty else { return part.texts[place] }
    return try part.source.text(at: part.references[place]) ?? LabeledText("", label: nil)
  }

  /// Throws where somebody wants an end.
  package func checkNow() throws { try parts.first?.source.checkNow() }

  /// Characters of a text that a place shows.
  private static let shownCharacters = 200

  /// Where a text stands.
  ///
  /// - Parameter isWhole: Whether the place has all of the text.
  package func place(of text: Int, isWhole: Bool = false) throws -> LabeledText.Audit.Place {
    let part = part(of: text)
    let reference = part.texts.isEmpty ? part.references[text - part.start] : nil
    let example = try example(text)
    return LabeledText.Audit.Place(
      file: part.source.file(of: reference), row: Int(part.rows[text - part.start]),
      line: reference.map { Int($0.line) }, label: labels[text] < 0 ? nil : labelNames[Int(labels[text])],
      text: isWhole ? example.text : String(example.text.prefix(Self.shownCharacters)))
  }
}

extension LabeledText {
  /// All labels as one name, for comparing and showing; nil where the data says nothing.
  package var shownLabels: String? {
    labels.map { $0.isEmpty ? "(none)" : $0.count == 1 ? $0[0] : $0.sorted().joined(separator: ", ") }
  }
}
