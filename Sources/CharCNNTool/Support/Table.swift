internal import CharCNN

/// Rows of cells as lines with aligned columns.
enum Table {
  /// The lines; the first `leftColumns` are aligned to the left, the others, which are numbers, to the right.
  static func text(_ rows: [[String]], leftColumns: Int = 1) -> String {
    let rows = rows.map { $0.map(Console.harmless) }
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
}
