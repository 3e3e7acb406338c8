/// Rows of cells as lines of text with aligned columns.
package struct TextTable {
  /// A cell is cut where it would be wider than this, in terminal columns.
  private static let widest = 40

  /// The cells, row by row.
  package let rows: [[String]]
  /// How many columns, from the first, are aligned to the left; the others are numbers and aligned to the right.
  package var leftColumns = 1

  /// A table of these rows.
  package init(rows: [[String]], leftColumns: Int = 1) {
    self.rows = rows
    self.leftColumns = leftColumns
  }

  /// The lines, each ended by a line feed and without spaces at its end.
  package func text() -> String {
    let cells = rows.map { $0.map { Self.cell($0) } }
    var widths: [Int] = []
    for row in cells {
      for (column, cell) in row.enumerated() {
        if column == widths.count { widths.append(0) }
        widths[column] = max(widths[column], cell.displayWidth)
      }
    }
    return cells.map { row in
      var line = ""
      for (column, cell) in row.enumerated() {
        let space = String(repeating: " ", count: widths[column] - cell.displayWidth)
        line += (column == 0 ? "" : "  ") + (column < leftColumns ? cell + space : space + cell)
      }
      while line.last == " " { line.removeLast() }
      return line + "\n"
    }.joined()
  }

  /// `text` without control characters, which could break the table or steer the terminal, and not too wide.
  private static func cell(_ text: String) -> String {
    var clean = ""
    for scalar in text.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .lineSeparator, .paragraphSeparator: clean += "\u{FFFD}"
      default: clean.unicodeScalars.append(scalar)
      }
    }
    guard clean.displayWidth > widest else { return clean }
    var cut = ""
    var width = 1
    for character in clean {
      width += character.displayWidth
      if width > widest { break }
      cut.append(character)
    }
    return cut + "…"
  }
}
