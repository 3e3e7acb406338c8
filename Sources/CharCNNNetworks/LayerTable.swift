/// Collects the rows of the table that a paper would print.
struct LayerTable {
  let parameters: ParameterLayout
  /// Rows after the layers so far.
  var rows: RowCount
  private(set) var layers: [LayerDescription] = []

  init(_ parameters: ParameterLayout, length: Int?) {
    self.parameters = parameters
    rows = RowCount(length: length)
  }

  /// A layer that gives rows of a text: `operations` of one row.
  mutating func append(_ name: String, _ kind: String, channels: Int, operations: Int = 0) {
    append(
      name, kind, rows: rows.text, channels: channels, operations: Double(operations) / rows.divisor, isPerText: false)
  }

  /// A layer that gives `rows` rows of each text, whatever its length: `operations` of the whole text.
  mutating func append(_ name: String, _ kind: String, perText rows: Int, channels: Int, operations: Int = 0) {
    append(name, kind, rows: "\(rows)", channels: channels, operations: Double(operations), isPerText: true)
  }

  private mutating func append(
    _ name: String, _ kind: String, rows: String, channels: Int, operations: Double, isPerText: Bool
  ) {
    let prefix = name + "."
    let count = parameters.trained.filter { $0.name.hasPrefix(prefix) }.reduce(0) { $0 + $1.count }
    layers.append(
      LayerDescription(
        name: name, kind: kind, rows: rows, channels: channels, parameters: count, operations: operations,
        isPerText: isPerText))
  }
}
