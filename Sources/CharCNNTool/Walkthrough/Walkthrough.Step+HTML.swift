#if Tool
internal import CharCNN
internal import CharCNNFiles

extension CharCNN.Walkthrough.Step {
  private static let shownRows = 8
  private static let shownColumns = 8
  private static let shownUnits = 256

  /// A section of the page.
  func html(number: Int) -> String {
    let escaped = MarkupText.escaped
    var text = "<section><h2>\(number). \(escaped(title))</h2>\n"
    text += "<p class=\"shape\"><code>\(escaped(name))</code>, \(shape.map(String.init).joined(separator: " × "))</p>\n"
    text += "<p>\(escaped(explanation))</p>\n"
    if let formula {
      text += "<p class=\"formula\">\(escaped(formula))\(equation.map { " <span>(\($0))</span>" } ?? "")</p>\n"
    }
    return text + (shape.count == 1 ? units : pictures + excerpt) + "</section>\n"
  }

  /// Characters side by side, over their values where there are some.
  private var units: String {
    let shown = min(rows, Self.shownUnits)
    let items = (0..<shown).map { row in
      let label = rowLabels[row].isEmpty ? "·" : MarkupText.escaped(rowLabels[row])
      return "<li>\(label)\(values.isEmpty ? "" : "<small>\(Int(values[row]))</small>")</li>"
    }
    if items.isEmpty { return "" }
    let rest = rows > shown ? "<p class=\"caption\">… \(rows - shown) more</p>\n" : ""
    return "<ul class=\"units\">\(items.joined())</ul>\n\(rest)"
  }

  /// The matrix as a heat map; one that is too large also with the rows of the text itself.
  private var pictures: String {
    if rows * columns <= 1 { return "" }
    let whole = HeatMap(values: values, rows: rows, columns: columns)
    var text = picture(whole, "all \(shapeText) values")
    let own = min(rowLabels.count { !$0.isEmpty }, HeatMap.largest)
    if whole.cellRows > 1, own > 0 {
      let part = HeatMap(values: values.prefix(own * columns), rows: own, columns: columns)
      text += picture(part, "the text's first \(own) rows")
    }
    return text
  }

  private func picture(_ map: HeatMap, _ what: String) -> String {
    let caption = (["rows downwards, channels to the right: \(what)"] + [map.note].compactMap { $0 }).joined(
      separator: "; ")
    return "\(map.svg(label: "\(title): \(what)"))\n<p class=\"caption\">\(caption)\(range)</p>\n"
  }

  private var range: String {
    guard let least = values.min(), let greatest = values.max() else { return "" }
    return
      "; from \(Decimals.rounded(least, below: 1e6)) to \(Decimals.rounded(greatest, below: 1e6)), orange above zero, blue below"
  }

  private var excerpt: String {
    let excerpt = StepExcerpt(self, rows: Self.shownRows, columns: Self.shownColumns)
    let rest = excerpt.remainder.map { "<p class=\"caption\">… \($0)</p>\n" } ?? ""
    return MarkupTable(excerpt.cells, hasHeader: true).html + rest
  }
}
#endif
