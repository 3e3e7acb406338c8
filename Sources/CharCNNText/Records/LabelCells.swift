/// How the labels of records that keep them in lists, or with shares, stand in the cells of a table.
enum LabelCells {
  /// As they stand.
  case one
  /// The label of a list that never has more.
  case first
  /// All labels in a cell, with this between them, which none of them has.
  case separated(String)
  /// A cell for the share of each class.
  case shares([String])

  /// What may stand between labels, the usual one first.
  private static let separators = ["|", ";", ",", "/", " | ", " || "]

  /// Looks at all labels of objects, or of lines that may have several.
  ///
  /// - Throws: What reading throws.
  static func found(in records: RecordFiles) throws -> LabelCells {
    let hasObjects = records.format == .jsonLines && records.columns != nil
    guard records.labelFields.count == 1, records.labelSeparator == nil, hasObjects || records.columns == nil else {
      return .one
    }
    var (labels, classes): (Set<String>, Set<String>) = ([], [])
    var (hasLists, hasSeveral) = (false, false)
    var report = ReadingReport(path: records.path, skipsInvalid: true)
    let place = records.textFields.count
    try records.forEachRecord(records.textFields + records.labelFields, report: &report) { record, report in
      do throws(DataError) {
        if let shares = try records.shares(of: record, from: place) { classes.formUnion(shares.keys) }
        let own = try records.labels(of: record, from: place) ?? []
        hasLists = hasLists || record.labels != nil
        hasSeveral = hasSeveral || own.count > 1
        labels.formUnion(own)
      } catch {
        report.add(error)
      }
    }
    if !classes.isEmpty { return .shares(classes.union(labels).sorted()) }
    guard hasSeveral else { return hasLists && hasObjects ? .first : .one }
    guard let separator = separators.first(where: { separator in !labels.contains { $0.contains(separator) } }) else {
      throw DataError(
        .unsuitableValue, path: records.path,
        problem: "the labels hold every character that could stand between them in a table",
        advice: "write JSON lines, which have lists")
    }
    return .separated(separator)
  }

  /// The cells of a record.
  ///
  /// - Parameters:
  ///   - labels: Its labels.
  ///   - shares: Their shares; nil where each of them is simply right.
  /// - Returns: Nil where a label is a cell as it is.
  func cells(_ labels: [String], _ shares: [String: Double]?) -> [String]? {
    switch self {
    case .one: nil
    case .first: [labels.first ?? ""]
    case .separated(let separator): [labels.joined(separator: separator)]
    case .shares(let classes):
      classes.map { name in shares.map { "\($0[name] ?? 0)" } ?? (labels.first == name ? "1" : "0") }
    }
  }
}
