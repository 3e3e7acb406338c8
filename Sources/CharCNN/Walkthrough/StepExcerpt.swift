internal import CharCNNFiles

/// The first rows and columns of a step, as cells of a table with a header.
package struct StepExcerpt {
  /// The cells, row by row.
  package let cells: [[String]]
  /// What is left out; nil where nothing is.
  package let remainder: String?

  /// The excerpt of a step with at most so many rows and columns.
  package init(_ step: Walkthrough.Step, rows: Int, columns: Int) {
    let shownRows = min(step.rows, rows)
    let shownColumns = min(step.columns, columns)
    let more = step.columns > shownColumns ? ["…"] : []
    func columnLabel(_ column: Int) -> String {
      column < step.columnLabels.count ? step.columnLabels[column] : "\(column + 1)"
    }
    func rowLabel(_ row: Int) -> String {
      if row < step.rowLabels.count { return step.rowLabels[row].isEmpty ? "(padding)" : step.rowLabels[row] }
      return step.rows == 1 ? "" : "\(row + 1)"
    }
    let header = [""] + (0..<shownColumns).map(columnLabel) + more
    cells =
      [header]
      + (0..<shownRows).map { row in
        let start = row * step.columns
        return [rowLabel(row)] + step.values[start..<start + shownColumns].map { Decimals.rounded($0, below: 1e6) }
          + more
      }
    var left: [String] = []
    if step.rows > shownRows {
      left.append("\(step.rows - shownRows) more row\(step.rows - shownRows == 1 ? "" : "s")")
    }
    if step.columns > shownColumns {
      left.append("\(step.columns - shownColumns) more column\(step.columns - shownColumns == 1 ? "" : "s")")
    }
    remainder = left.isEmpty ? nil : left.joined(separator: ", ")
  }
}
