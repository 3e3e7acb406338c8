/// Whether the first record of a table names its columns: one rule for labelled texts and pairs.
struct HeaderRecognition {
  /// The first record.
  let first: [String]
  /// What the columns hold after it, other records that are the same left out: files that were joined have the header
  /// several times.
  let body: [ColumnStatistics]
  /// Names that were said, or that a model was trained on.
  let wanted: [String]
  /// Whether two of the names are those of the texts of pairs.
  let arePairs: Bool

  /// Records from which on a first one that is shorter than all others is telling.
  private static let manyRows = 20

  init(_ rows: [[String]], wanted: [String], arePairs: Bool) {
    let first = rows.first ?? []
    self.first = first
    self.wanted = wanted
    self.arePairs = arePairs
    let others = Self.without(first, rows.dropFirst())
    body = first.indices.map { column in ColumnStatistics(others.lazy.map { $0[column] }) }
  }

  /// The records that do not repeat the first one, whatever nobody sees in it.
  static func without(_ first: [String], _ rows: some Sequence<[String]>) -> [[String]] {
    let names = first.map(VisibleText.of)
    return rows.filter { row in
      row.count != names.count || !zip(row, names).allSatisfy { VisibleText.of($0) == $1 }
    }
  }

  var isHeader: Bool {
    if wanted.contains(where: { name in first.contains { ColumnNames.matches($0, name) } }) { return true }
    // A value that a column of few values has again is no name.
    // Columns without a name, as after a separator at the end of each line, say nothing.
    let cells = zip(first, body).filter { !VisibleText.of($0.0).isEmpty }
    if cells.contains(where: { $1.counts[$0] != nil && $1.isFewValues }) { return false }
    if cells.contains(where: { ColumnNames.isKnown($0) && $1.counts[$0] == nil }) { return true }
    if arePairs, ColumnNames.pairs(in: first) != nil { return true }
    guard first.allSatisfy({ $0.utf8.count <= 64 }) else { return false }
    return cells.contains { $1.isHeader($0) } || isShorterThanAllTexts(cells)
  }

  /// Whether the first value of the longest column is shorter than all others there, and that of a column of few values
  /// occurs nowhere else: by chance it would hardly be both.
  private func isShorterThanAllTexts(_ cells: [(String, ColumnStatistics)]) -> Bool {
    guard let text = cells.max(by: { $0.1.meanLength < $1.1.meanLength }), text.1.rows >= Self.manyRows,
      text.0.utf8.count < text.1.shortest, cells.contains(where: { $1.looksLikeLabels && $1.counts[$0] == nil })
    else { return false }
    return true
  }
}
