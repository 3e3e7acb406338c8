/// Finds out which column holds the texts, which the labels, and whether the first record is a header.
struct ColumnRecognition {
  /// How many records are looked at.
  static let sampleSize = 1000

  let path: String
  let options: DataOptions

  /// Recognizes the columns of a table from its first records, all with the same number of fields.
  func table(_ rows: [[String]]) throws(DataError) -> LabeledTextColumns {
    let first = rows.first ?? []
    let body = first.indices.map { column in ColumnStatistics(rows.dropFirst().lazy.map { $0[column] }) }
    let hasHeader = isHeader(first, body)
    let statistics =
      hasHeader ? body : first.indices.map { column in ColumnStatistics(rows.lazy.map { $0[column] }) }
    if hasHeader, rows.count == 1 {
      throw DataError(
        .noRecords, path: path, problem: "there is a header and no record after it", advice: "name a file with records")
    }
    return try choose(names: hasHeader ? first : [], hasHeader: hasHeader, statistics)
  }

  /// Recognizes the fields of JSON objects.
  func fields(names: [String], _ statistics: [ColumnStatistics]) throws(DataError) -> LabeledTextColumns {
    try choose(names: names, hasHeader: false, statistics)
  }

  private func isHeader(_ first: [String], _ body: [ColumnStatistics]) -> Bool {
    for case .name(let name)? in [options.text, options.label] where first.contains(name) { return true }
    if zip(first, body).contains(where: { ColumnNames.isKnown($0) && $1.counts[$0] == nil }) { return true }
    return zip(first, body).contains { $1.isHeader($0) } && first.allSatisfy { $0.utf8.count <= 64 }
  }

  private func choose(
    names: [String], hasHeader: Bool, _ statistics: [ColumnStatistics]
  ) throws(DataError) -> LabeledTextColumns {
    let count = statistics.count
    var text = try options.text.map { selector throws(DataError) in try find(selector, "--text", names, count) }
    var label = try options.label.map { selector throws(DataError) in try find(selector, "--label", names, count) }
    if text == nil {
      text = ColumnNames.best(of: names, in: ColumnNames.text, except: label)
      if let text { try checkUnique(text, names) }
    }
    if label == nil {
      label = ColumnNames.best(of: names, in: ColumnNames.label, except: text)
      if let label { try checkUnique(label, names) }
    }
    if label == nil { label = try labelByContent(names, statistics, text: text) }
    if text == nil { text = textByContent(statistics, label: label) }
    guard let text else {
      throw missing("no column is left for the texts", names, count)
    }
    if label == nil, options.needsLabels {
      throw count == 1
        ? DataError(
          .noLabels, path: path, problem: "there is one column and thus no labels", advice: "add a column of labels")
        : missing("no column looks like labels", names, count)
    }
    return LabeledTextColumns(names: names, hasHeader: hasHeader, count: count, text: text, label: label)
  }

  private func find(
    _ selector: ColumnSelector, _ option: String, _ names: [String], _ count: Int
  ) throws(DataError) -> Int {
    switch selector {
    case .index(let number):
      // A column may also be named by a number; the name counts where it tells one column.
      let named = names.indices.filter { names[$0] == String(number) }
      if named.count == 1 { return named[0] }
      guard number >= 1, number <= count else { throw missing("there is no column \(number)", names, count) }
      return number - 1
    case .name(let name):
      guard let position = names.firstIndex(of: name) ?? names.firstIndex(where: { matches($0, name) }) else {
        throw missing("there is no column \"\(name)\"", names, count)
      }
      try checkUnique(position, names)
      return position
    }
  }

  /// Throws where another column has the name of this one, so that the name does not tell which is meant.
  private func checkUnique(_ position: Int, _ names: [String]) throws(DataError) {
    guard let problem = ColumnNames.repetition(of: position, in: names) else { return }
    throw missing(
      problem, names, names.count, kind: .ambiguousColumn, advice: "choose by number with --text and --label")
  }

  private func matches(_ name: String, _ wanted: String) -> Bool {
    ColumnNames.simplified(name) == ColumnNames.simplified(wanted)
  }

  /// The one column with few short values. Columns of one value only count where there is no better.
  private func labelByContent(
    _ names: [String], _ statistics: [ColumnStatistics], text: Int?
  ) throws(DataError) -> Int? {
    // The longest column holds the texts, however often some of them are repeated.
    let text = text ?? textByContent(statistics, label: nil)
    let few = statistics.indices.filter { $0 != text && statistics[$0].looksLikeLabels }
    let varied = few.filter { statistics[$0].distinct > 1 }
    let candidates = varied.isEmpty ? few : varied
    if candidates.count > 1, options.needsLabels {
      let numbers = candidates.map { String($0 + 1) }.joined(separator: " or ")
      throw missing("column \(numbers) could hold the labels", names, statistics.count, kind: .ambiguousColumn)
    }
    if candidates.count == 1 { return candidates[0] }
    // Too few records to see values repeated: in two columns, single words beside longer texts are the labels.
    if statistics.count == 2, let text, statistics[1 - text].isSingleWords, !statistics[1 - text].isNumeric,
      !statistics[text].isSingleWords
    {
      return 1 - text
    }
    return nil
  }

  private func textByContent(_ statistics: [ColumnStatistics], label: Int?) -> Int? {
    statistics.indices.filter { $0 != label }.max { left, right in
      (statistics[left].meanLength, right) < (statistics[right].meanLength, left)
    }
  }

  private func missing(
    _ problem: String, _ names: [String], _ count: Int, kind: DataError.Kind = .missingColumn,
    advice: String = "choose with --text and --label"
  ) -> DataError {
    let columns = (0..<count).map { $0 < names.count ? "\($0 + 1) \"\(names[$0])\"" : "\($0 + 1)" }
    return DataError(
      kind, path: path, problem: "\(problem); the columns are \(columns.joined(separator: ", "))",
      advice: advice)
  }
}
