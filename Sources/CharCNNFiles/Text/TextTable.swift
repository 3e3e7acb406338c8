/// Rows of cells as lines of text with aligned columns.
package struct TextTable {
  /// What is done to a cell that would break the table or steer the terminal.
  package enum Cells {
    /// Control characters are replaced, and what is wider than 40 columns is cut.
    case short
    /// Control characters are spelled out, and nothing is cut.
    case whole
  }

  /// The cells, row by row.
  package let rows: [[String]]
  /// How many columns, from the first, are aligned to the left; the others are numbers and aligned to the right.
  package var leftColumns: Int
  /// How cells are shown.
  package let cells: Cells

  /// A table of these rows.
  package init(rows: [[String]], leftColumns: Int = 1, cells: Cells = .short) {
    self.rows = rows
    self.leftColumns = leftColumns
    self.cells = cells
  }

  /// The lines, each ended by a line feed and without spaces at its end.
  package func text() -> String {
    let rows = rows.map { $0.map(shown) }
    var widths: [Int] = []
    for row in rows {
      for (column, cell) in row.enumerated() {
        if column == widths.count { widths.append(0) }
        widths[column] = max(widths[column], cell.displayWidth)
      }
    }
    return rows.map { row in
      var line = ""
      for (column, cell) in row.enumerated() {
        let space = String(repeating: " ", count: widths[column] - cell.displayWidth)
        line += (column == 0 ? "" : "  ") + (column < leftColumns ? cell + space : space + cell)
      }
      while line.last == " " { line.removeLast() }
      return line + "\n"
    }.joined()
  }

  private func shown(_ cell: String) -> String {
    switch cells {
    case .short: cell.withReplacedControls.cut(toWidth: 40)
    case .whole: cell.withEscapedControls
    }
  }
}
