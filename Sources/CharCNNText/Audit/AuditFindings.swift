internal import CharCNNFiles

/// What of an audit is worth a look, but for what takes a model.
struct AuditFindings {
  typealias Audit = LabeledText.Audit
  typealias Finding = Audit.Finding

  /// In no order.
  private(set) var all: [Finding] = []
  private let reader: AuditReader
  private let copies: AuditCopies

  /// Places that a finding shows.
  private static let shownPlaces = 3

  init(_ reader: AuditReader, _ copies: AuditCopies) throws {
    (self.reader, self.copies) = (reader, copies)
    for (summary, report) in zip(reader.summaries, reader.reports) { addFaults(summary, report) }
    try addCopies()
    try addLabels()
    try addTexts()
    for source in reader.sources { all += try Self.columns(of: source) }
  }

  private func places(_ texts: [Int]) throws -> [Audit.Place] {
    try texts.prefix(Self.shownPlaces).map { try reader.texts.place(of: $0) }
  }

  private static func texts(_ count: Int) -> String { count == 1 ? "1 text" : "\(count) texts" }

  // MARK: Records

  private mutating func addFaults(_ summary: Audit.Source, _ report: ReadingReport) {
    guard report.faultCount > 0 else { return }
    let examples = report.examples.prefix(Self.shownPlaces).map { fault in
      Audit.Place(file: fault.path, row: 0, line: fault.line, label: nil, text: fault.problem)
    }
    all.append(
      Finding(
        .faultyRecords, .grave, count: report.faultCount,
        "\(summary.name): \(report.faultCount == 1 ? "1 record is" : "\(report.faultCount) records are") faulty: \(report.summary)",
        examples: examples,
        advice: "mend them in the file, or train with `skipsInvalid`, which leaves them out"))
  }

  // MARK: Copies

  private mutating func addCopies() throws {
    func examples(_ copies: [Audit.Copies], _ likeness: [Audit.Likeness]) -> [Audit.Place] {
      Array(copies.first { likeness.contains($0.likeness) }?.places.prefix(Self.shownPlaces) ?? [])
    }
    let equal: [Audit.Likeness] = [.same, .similar]
    if copies.leaked > 0 {
      all.append(
        Finding(
          .leaks, .grave, count: copies.leaked,
          "\(Self.texts(copies.leaked)) to measure with \(copies.leaked == 1 ? "stands" : "stand") among those to learn from (but for case and punctuation)",
          examples: leakExamples(equal),
          advice:
            "remove them from one of the files, or split all texts anew with `Examples.split`, which keeps copies together"
        ))
    }
    if copies.nearlyLeaked > 0 {
      all.append(
        Finding(
          .nearLeaks, .serious, count: copies.nearlyLeaked,
          "\(Self.texts(copies.nearlyLeaked)) to measure with \(copies.nearlyLeaked == 1 ? "is" : "are") nearly the same as one to learn from",
          examples: leakExamples([.near]),
          advice: "look whether they are one text; `Examples.split` can keep near copies together"))
    }
    if !copies.conflicts.isEmpty {
      let count = copies.conflicts.count
      all.append(
        Finding(
          .conflicts, .grave, count: copies.contradictory,
          "\(count == 1 ? "1 text stands" : "\(count) texts stand") under two labels or more, in \(copies.contradictory) records (but for case and punctuation)",
          examples: conflictExamples(equal),
          advice: "decide which label is right and give it to all copies"))
    }
    if copies.repeated > 0 {
      all.append(
        Finding(
          .duplicates, .serious, count: copies.repeated,
          "\(Self.texts(copies.repeated)) \(copies.repeated == 1 ? "repeats" : "repeat") an earlier one (but for case and punctuation)",
          examples: examples(copies.duplicates, equal),
          advice: "keep one of each, or split with `Examples.split`, so that no copy is measured that was learned"))
    }
    if copies.nearlyRepeated > 0 {
      all.append(
        Finding(
          .nearDuplicates, .note, count: copies.nearlyRepeated,
          "\(Self.texts(copies.nearlyRepeated)) \(copies.nearlyRepeated == 1 ? "is" : "are") nearly the same as an earlier one"
            + (copies.isCut ? "; so many are alike that not all were compared" : ""),
          examples: examples(copies.duplicates, [.near]),
          advice: "no harm in learning; where they come of one template, split so that they stay together"))
    }
  }

  /// Copies of one text with different labels.
  private func conflictExamples(_ likeness: [Audit.Likeness]) -> [Audit.Place] {
    let places = copies.conflicts.first { likeness.contains($0.likeness) }?.places ?? []
    var labels: Set<String?> = []
    return Array(places.filter { labels.insert($0.label).inserted }.prefix(Self.shownPlaces))
  }

  /// A text to learn from and its copy to measure with.
  private func leakExamples(_ likeness: [Audit.Likeness]) -> [Audit.Place] {
    guard let leak = copies.leaks.first(where: { likeness.contains($0.likeness) }) else { return [] }
    let training = Set(reader.summaries.filter { $0.role == .training }.map(\.name))
    func isTraining(_ place: Audit.Place) -> Bool {
      training.contains { place.file == $0 || place.file.hasPrefix($0 + "/") }
    }
    return [leak.places.first(where: isTraining), leak.places.first { !isTraining($0) }].compactMap { $0 }
  }

  // MARK: Labels

  /// Number of texts of each label, of all roles or one.
  private func counts(_ role: Audit.Role? = nil) -> [String: Int] {
    reader.summaries.filter { role == nil || $0.role == role }.reduce(into: [:]) { counts, summary in
      counts.merge(summary.labels) { $0 + $1 }
    }
  }

  private func firstTexts(of labels: some Sequence<String>) throws -> [Audit.Place] {
    try labels.prefix(Self.shownPlaces).compactMap { label in
      guard let number = reader.texts.labelNames.firstIndex(of: label),
        let text = reader.texts.labels.firstIndex(of: Int32(number))
      else { return nil }
      return try reader.texts.place(of: text)
    }
  }

  private mutating func addLabels() throws {
    let counts = counts()
    let labelled = counts.values.reduce(0, +)
    guard labelled > 0 else {
      all.append(
        Finding(
          .noLabels, .grave, count: reader.texts.count, "no text has a label",
          advice: "name the column with `label`, or give a file with labels"))
      return
    }
    let missing = reader.summaries.reduce(0) { $0 + $1.withoutLabel }
    if missing > 0 {
      all.append(
        Finding(
          .noLabels, .serious, count: missing, "\(Self.texts(missing)) \(missing == 1 ? "has" : "have") no label",
          advice: "give them one, or leave them out"))
    }
    guard counts.count > 1 else {
      all.append(
        Finding(
          .oneLabel, .grave, count: labelled, "all texts have the label \(Label.quoted(counts.keys.first ?? ""))",
          advice: "name the right column with `label`, or add texts of other labels"))
      return
    }
    all += try LabelFindings.all(counts: counts, training: self.counts(.training)) { try firstTexts(of: $0) }
    let known = self.counts(.training)
    let new = reader.texts.hasHeld ? self.counts(.held).filter { known[$0.key] == nil } : [:]
    if !new.isEmpty, !known.isEmpty {
      let listed = LabelFindings.listed(new)
      all.append(
        Finding(
          .heldLabels, .grave, count: new.count,
          "\(new.count == 1 ? "1 label" : "\(new.count) labels") of the texts to measure with \(new.count == 1 ? "is" : "are") none of those to learn from: \(listed)",
          examples: try firstTexts(of: new.keys.sorted()),
          advice: "add such texts to those to learn from, or correct the labels"))
    }
  }

  // MARK: Texts

  private mutating func addTexts() throws {
    if let faulty = reader.faults[.encoding] {
      all.append(
        Finding(
          .encodingFaults, .serious, count: faulty.count,
          "\(Self.texts(faulty.count)) \(faulty.count == 1 ? "has" : "have") characters of a wrong conversion (such as Ã© or U+FFFD) or control characters",
          examples: try places(faulty.first),
          advice: "export them again from where they come, in UTF-8, or say `encoding`"))
    }
    if reader.empty.count > 0 {
      all.append(
        Finding(
          .emptyTexts, .serious, count: reader.empty.count,
          "\(Self.texts(reader.empty.count)) \(reader.empty.count == 1 ? "has" : "have") no letter and no digit",
          examples: try places(reader.empty.first), advice: "leave them out, or look whether the right column is read"))
    }
    if reader.strange.count > 0 {
      let characters = reader.strangeCharacters.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      let shown = characters.prefix(10).map { String(Character($0.key)) }.joined(separator: " ")
      all.append(
        Finding(
          .unknownCharacters, .note, count: reader.strange.count,
          "\(Self.texts(reader.strange.count)) to measure with \(reader.strange.count == 1 ? "has" : "have") characters that no text to learn from has, \(characters.count) in all: \(shown)",
          examples: try places(reader.strange.first), advice: "nothing to do where they are few"))
    }
    if reader.long.count > 0 {
      all.append(
        Finding(
          .longTexts, .note, count: reader.long.count,
          "\(Self.texts(reader.long.count)) \(reader.long.count == 1 ? "is" : "are") longer than the \(AuditReader.readCharacters) characters that the n-grams of a classifier read",
          examples: try places(reader.long.first),
          advice: "raise `ngramLength` where the label depends on what comes late"))
    }
    if let faulty = reader.faults[.markup] {
      all.append(
        Finding(
          .markup, .note, count: faulty.count,
          "\(Self.texts(faulty.count)) \(faulty.count == 1 ? "has" : "have") tags or entities of HTML",
          examples: try places(faulty.first), advice: "remove them where texts to be answered later have none"))
    }
  }
}
