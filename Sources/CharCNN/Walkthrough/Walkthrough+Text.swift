internal import CharCNNFiles

extension Walkthrough {
  /// The walkthrough for a terminal: of each step the first rows and columns, aligned for wide characters too.
  public func plainText() -> String {
    var blocks = [(["network: \(model)"] + notes.map { "note: \($0)" }).map { $0 + "\n" }.joined()]
    for (number, step) in steps.enumerated() { blocks.append(step.plainText(number: number + 1)) }
    let answers = predictions.map { [$0.label, Decimals.rounded(Float($0.probability))] }
    blocks.append("answer\n" + TextTable(rows: answers).text().indented)
    return blocks.joined(separator: "\n")
  }
}

extension Walkthrough.Step {
  private static let shownRows = 6
  private static let shownColumns = 6
  /// Characters on a line of the lists.
  private static let lineLength = 16
  private static let shownCharacters = 48

  /// The sizes as text: `200 x 50`.
  package var shapeText: String { shape.map(String.init).joined(separator: " x ") }

  fileprivate func plainText(number: Int) -> String {
    var text = "\(number). \(title), \(shapeText)   \(name)\n"
    var lines = [explanation]
    if let formula { lines.append(formula + (equation.map { "   (\($0))" } ?? "")) }
    text += lines.map { "   \($0)\n" }.joined()
    return text + (shape.count == 1 ? list : matrix).indented
  }

  private var matrix: String {
    let excerpt = StepExcerpt(self, rows: Self.shownRows, columns: Self.shownColumns)
    return TextTable(rows: excerpt.cells).text() + (excerpt.remainder.map { "… \($0)\n" } ?? "")
  }

  /// Characters in lines, over their values where there are some.
  private var list: String {
    let labels = rowLabels.map { $0.isEmpty ? "·" : $0 }
    let shown = min(rows, max(labels.count { $0 != "·" } + 2, 1), Self.shownCharacters)
    var text = ""
    for start in stride(from: 0, to: shown, by: Self.lineLength) {
      let range = start..<min(start + Self.lineLength, shown)
      var cells = [Array(labels[range])]
      if !values.isEmpty { cells.append(values[range].map { "\(Int($0))" }) }
      text += TextTable(rows: cells, leftColumns: 0).text()
    }
    return text + (rows > shown ? "… \(rows - shown) more\n" : "")
  }
}

extension String {
  /// Each line three columns further to the right.
  fileprivate var indented: String {
    split(separator: "\n", omittingEmptySubsequences: true).map { "   \($0)\n" }.joined()
  }
}
