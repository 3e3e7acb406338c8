#if Tool
internal import CharCNNFiles

/// A matrix as a picture: orange above zero, blue below, nothing at zero, so that it reads on any background.
struct HeatMap {
  /// Most rows and most columns of cells.
  static let largest = 64
  private static let shades = 16

  let rows: Int
  let columns: Int
  /// Matrix rows and columns of one cell.
  let cellRows: Int
  let cellColumns: Int
  /// Of each cell the value with the largest magnitude.
  private let cells: [Float]
  private let magnitude: Float

  /// A picture of `values`, [rows, columns].
  init(values: some RandomAccessCollection<Float>, rows: Int, columns: Int) {
    cellRows = max((rows + Self.largest - 1) / Self.largest, 1)
    cellColumns = max((columns + Self.largest - 1) / Self.largest, 1)
    self.rows = (rows + cellRows - 1) / cellRows
    self.columns = (columns + cellColumns - 1) / cellColumns
    var cells = [Float](repeating: 0, count: self.rows * self.columns)
    for (index, value) in values.enumerated() where value.isFinite {
      let cell = index / columns / cellRows * self.columns + index % columns / cellColumns
      if value.magnitude > cells[cell].magnitude { cells[cell] = value }
    }
    self.cells = cells
    magnitude = cells.reduce(0) { max($0, $1.magnitude) }
  }

  /// What a cell stands for, where it is more than one value.
  var note: String? {
    cellRows * cellColumns == 1
      ? nil : "a cell shows the value of largest magnitude of \(cellRows) x \(cellColumns)"
  }

  /// The drawing as SVG: a path for each shade, a run of equal cells a stroke.
  func svg(label: String) -> String {
    var paths: [Int: String] = [:]
    for row in 0..<rows {
      var column = 0
      while column < columns {
        let shade = self.shade(row, column)
        let start = column
        while column < columns, self.shade(row, column) == shade { column += 1 }
        if shade != 0 { paths[shade, default: ""] += "M\(start) \(row).5h\(column - start)" }
      }
    }
    let scale = max(4, min(12, 640 / max(columns, 1)))
    let drawing = paths.sorted { $0.key < $1.key }.map { shade, path in
      let opacity = Decimals.rounded(Float(abs(shade)) / Float(Self.shades), decimals: 3)
      return "<path class=\"\(shade > 0 ? "plus" : "minus")\" stroke-opacity=\"\(opacity)\" d=\"\(path)\"/>"
    }
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-label=\"\(MarkupText.escaped(label))\" "
      + "viewBox=\"0 0 \(columns) \(rows)\" width=\"\(columns * scale)\" height=\"\(rows * scale)\">"
      + drawing.joined() + "</svg>"
  }

  private func shade(_ row: Int, _ column: Int) -> Int {
    guard magnitude > 0 else { return 0 }
    return Int((cells[row * columns + column] / magnitude * Float(Self.shades)).rounded())
  }
}
#endif
