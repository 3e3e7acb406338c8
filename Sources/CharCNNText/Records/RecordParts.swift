/// The records of a file, shared out to parts.
package struct RecordParts: Sendable {
  /// How they are shared out.
  package struct Options: Sendable {
    /// How much each part is to have; the first never lacks a label.
    package var shares: [Double]
    /// Another seed gives other parts.
    package var seed: UInt64
    /// How much alike texts are that stay together; nil where texts are not looked at.
    package var together: LabeledText.Audit.Likeness?
    /// The column whose values stay together.
    package var group: ColumnSelector?

    /// How they are shared out.
    package init(
      shares: [Double], seed: UInt64 = 1, together: LabeledText.Audit.Likeness? = .similar, group: ColumnSelector? = nil
    ) {
      (self.shares, self.seed, self.together, self.group) = (shares, seed, together, group)
    }
  }

  /// The part of each record.
  package let parts: [UInt8]
  /// The number of each record's label; -1 for none.
  package let labels: LabelNumbers
  /// Records that stay with one before them since their texts are copies.
  package let copies: Int
  /// Number of different values of the group's column; nil without one.
  package let groups: Int?
  /// What was left out.
  package let report: ReadingReport
  private let records: RecordFiles
  private let fields: [Int]

  /// Reads all records and shares them out.
  ///
  /// - Parameters:
  ///   - records: What to read.
  ///   - options: How.
  ///   - progress: Receives the number of records read.
  /// - Throws: `DataError` for faulty records, unless they are left out, and for a group that is no column.
  package init(
    _ records: RecordFiles, _ options: Options, progress: (Int) -> Void = { _ in }
  ) throws {
    let (texts, given) = (records.textFields, records.labelFields)
    let group = try options.group.map { selector throws(DataError) in try records.field(selector) }
    fields = texts + given + [group].compactMap { $0 }
    self.records = records
    var units = RecordUnits(together: options.together)
    var labels = LabelNumbers()
    var references = RecordReferences()
    var values: Set<UInt64> = []
    var report = ReadingReport(path: records.path, skipsInvalid: records.options.skipsInvalid)
    try Self.forEach(records, fields, &report) { record, text, own in
      let value = group.map { _ in record.values[texts.count + given.count] ?? "" }
      units.add(text, group: value)
      if let value, !value.isEmpty { values.insert(TextLikeness.exactDigest(of: value)) }
      labels.append(own.isEmpty ? nil : own.sorted().joined(separator: ", "))
      if options.together == .near { references.append(record.reference) }
      if units.count % 4_096 == 0 { progress(units.count) }
    }
    try report.finish()
    try units.joinNear { place in
      try records.withRecord(at: references[place], texts) { record throws(DataError) in
        try Self.text(of: record, in: records)
      }
    }
    parts = groupedSplit(
      labels: labels.numbers, units: units.units(), shares: options.shares, seed: options.seed)
    self.labels = labels
    self.report = report
    copies = units.copies
    groups = group == nil ? nil : values.count
  }

  /// Reads all records again, each with its part.
  ///
  /// - Throws: `DataError` where the file has changed; what `body` throws.
  package func forEachRecord(_ body: (Record, _ part: Int) throws -> Void) throws {
    var place = 0
    var report = ReadingReport(path: records.path, skipsInvalid: records.options.skipsInvalid)
    try Self.forEach(records, fields, &report) { record, _, _ in
      guard place < parts.count else { throw changed() }
      try body(record, Int(parts[place]))
      place += 1
    }
    if place != parts.count { throw changed() }
  }

  private func changed() -> DataError {
    DataError(
      .unreadable, path: records.path, problem: "has changed since it was opened",
      advice: "keep the file as it is while it is in use")
  }

  /// Hands every whole record to `body`, with its text and its labels.
  private static func forEach(
    _ records: RecordFiles, _ fields: [Int], _ report: inout ReadingReport,
    _ body: (_ record: Record, _ text: String, _ labels: [String]) throws -> Void
  ) throws {
    let firstLabel = records.textFields.count
    try records.forEachRecord(fields, report: &report) { record, report in
      let (text, labels): (String, [String])
      do throws(DataError) {
        text = try self.text(of: record, in: records)
        labels = try records.labels(of: record, from: firstLabel) ?? []
      } catch {
        report.add(error)
        return
      }
      guard report.isDelivering else { return }
      report.addRecord()
      try body(record, text, labels)
    }
  }

  private static func text(of record: Record, in records: RecordFiles) throws(DataError) -> String {
    let first = try records.text(of: record)
    return records.columns?.second == nil ? first : first + "\n" + (try records.secondText(of: record))
  }

  /// How many records of each label a part has.
  package func counts(part: Int) -> [String: Int] {
    var counts: [String: Int] = [:]
    for (record, own) in parts.enumerated() where Int(own) == part {
      let label = labels.numbers[record]
      counts[label < 0 ? "" : labels.names[Int(label)], default: 0] += 1
    }
    return counts
  }

  /// How many records a part has.
  package func count(part: Int) -> Int { parts.count { Int($0) == part } }
}
