internal import CharCNNCompute

/// The number of rows after some strides, as text: of L, or of a known length.
struct RowCount {
  private(set) var divisor = 1.0
  /// Rows that valid windows cost, counted in characters.
  private var lost = 0.0
  private var rows: Int?

  init(length: Int?) { rows = length }

  mutating func divide(by stride: Int) {
    divisor *= Double(stride)
    rows = rows.map { ($0 + stride - 1) / stride }
  }

  /// After windows of this geometry.
  mutating func slide(_ geometry: WindowGeometry) {
    if geometry.padding == .valid { lost += divisor * Double(geometry.span - geometry.stride) }
    divisor *= Double(geometry.stride)
    rows = rows.map(geometry.outputLength)
  }

  /// Deep networks with long strides leave the whole numbers behind.
  private static func whole(_ value: Double) -> String { Int(exactly: value).map(String.init) ?? "\(value)" }

  var text: String {
    if let rows { return "\(rows)" }
    let length = lost == 0 ? "L" : "L-\(Self.whole(lost))"
    if divisor == 1 { return length }
    return lost == 0 ? "L/\(Self.whole(divisor))" : "(\(length))/\(Self.whole(divisor))"
  }
}
