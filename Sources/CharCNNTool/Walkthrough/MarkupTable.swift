#if Tool
/// Rows of cells as an HTML table.
struct MarkupTable {
  let html: String

  /// The first cell of each row names the row; with a header the first row names the columns.
  init(_ rows: [[String]], hasHeader: Bool) {
    let lines = rows.enumerated().map { number, row in
      let cells = row.enumerated().map { column, cell in
        let tag = column == 0 || (hasHeader && number == 0) ? "th" : "td"
        return "<\(tag)>\(MarkupText.escaped(cell))</\(tag)>"
      }
      return "<tr>\(cells.joined())</tr>"
    }
    html = "<div class=\"scroll\"><table><tbody>\n\(lines.joined(separator: "\n"))\n</tbody></table></div>\n"
  }
}
#endif
