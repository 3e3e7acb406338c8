extension AuditFindings {
  /// Records that are looked at.
  private static var sampledRecords: Int { 5_000 }
  /// Records from which on a column of different values is telling.
  private static var fewestRecords: Int { 20 }

  /// Ends a reading once enough was seen.
  private struct Enough: Error {}

  /// Columns of identifiers, and of what several records belong to.
  static func columns(of source: AuditedSource) throws -> [Finding] {
    guard let records = source.records, let columns = records.columns else { return [] }
    let fields = Array(0..<columns.count)
    var values = [[String]](repeating: [], count: fields.count)
    var report = ReadingReport(path: records.path, skipsInvalid: true)
    var seen = 0
    do {
      try records.forEachRecord(fields, report: &report) { record, _ in
        for (field, value) in record.values.enumerated() { values[field].append(value ?? "") }
        seen += 1
        if seen == sampledRecords { throw Enough() }
      }
    } catch is Enough {}
    guard seen >= fewestRecords else { return [] }
    let statistics = values.map { ColumnStatistics($0) }
    var findings: [Finding] = []
    if let text = columns.texts.first, columns.texts.count == 1, statistics[text].looksLikeIdentifiers(values[text]) {
      findings.append(
        Finding(
          .textsLikeIdentifiers, .serious, count: 1,
          "\(source.name): the texts (\(columns.describe(text, format: records.format))) are all different single words with digits, as identifiers are",
          advice: "name the right column with `text`"))
    }
    let roles = Set(columns.texts + columns.furtherLabels + columns.flags)
    let others = fields.filter { $0 != columns.label && $0 != columns.second && !roles.contains($0) }
    let identifiers = others.filter { statistics[$0].looksLikeIdentifiers(values[$0]) }
    if !identifiers.isEmpty {
      findings.append(
        Finding(
          .identifierColumns, .note, count: identifiers.count,
          "\(source.name): \(described(identifiers, columns, records)) \(identifiers.count == 1 ? "numbers" : "number") the records",
          advice: "nothing to do: it is not read"))
    }
    let groups = others.filter { statistics[$0].looksLikeGroups }
    if !groups.isEmpty {
      findings.append(
        Finding(
          .groupColumns, .note, count: groups.count,
          "\(source.name): \(described(groups, columns, records)) \(groups.count == 1 ? "names" : "name") what several records belong to, such as a customer or a conversation",
          advice: "split with `group`, so that what belongs together is not measured that was learned"))
    }
    return findings
  }

  private static func described(_ fields: [Int], _ columns: RecordColumns, _ records: RecordFiles) -> String {
    fields.prefix(5).map { columns.describe($0, format: records.format) }.joined(separator: ", ")
      + (fields.count > 5 ? " and \(fields.count - 5) more" : "")
  }
}

extension ColumnStatistics {
  /// Whether every value is another single word, and nearly all of them have digits.
  fileprivate func looksLikeIdentifiers(_ values: [String]) -> Bool {
    guard isSingleWords, distinct == rows, meanLength <= 64 else { return false }
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    let withDigits = values.count { $0.utf8.contains(where: digits.contains) }
    return 10 * withDigits >= 9 * rows
  }

  /// Whether there are many different single words, most of which occur several times.
  fileprivate var looksLikeGroups: Bool {
    isSingleWords && distinct >= 10 && 2 * distinct <= rows && counts[""] == nil
      && 2 * counts.values.count { $0 > 1 } >= distinct
  }
}
