/// Numbers as text of few characters, always with a point.
enum DecimalText {
  /// With four decimals; numbers that would not fit are written as they are.
  static func short(_ value: Float, decimals: Int = 4) -> String {
    guard value.isFinite, value.magnitude < 1e6 else { return "\(value)" }
    let scale = (0..<decimals).reduce(1) { product, _ in product * 10 }
    let scaled = Int((Double(value.magnitude) * Double(scale)).rounded())
    let digits = "\(scaled % scale)"
    let sign = value < 0 && scaled > 0 ? "-" : ""
    return "\(sign)\(scaled / scale)." + String(repeating: "0", count: decimals - digits.count) + digits
  }
}
