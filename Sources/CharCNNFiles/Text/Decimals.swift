/// Numbers with a fixed count of decimals, always with a point, whatever the user's language is.
package enum Decimals {
  /// The exact value rounded half to even, as `printf` does: for what the tool prints.
  package static func exact(_ number: Double, decimals: Int = 4) -> String {
    withVaList([number]) { values in
      // No number has more digits than the largest before its point.
      let room = 400 + decimals
      return withUnsafeTemporaryAllocation(of: CChar.self, capacity: room) { text in
        vsnprintf(text.baseAddress, room, "%.\(decimals)f", values)
        return String(cString: text.baseAddress!)
      }
    }
  }

  /// The decimal places rounded half away from zero: for reports, cards and pages, which are compared byte by byte.
  ///
  /// There is no minus before a zero. What has no such decimals, a number that is not finite or not below `limit`, is
  /// written as Swift writes it.
  package static func rounded<Number: BinaryFloatingPoint & CustomStringConvertible>(
    _ number: Number, decimals: Int = 4, below limit: Double = 1e12
  ) -> String {
    let magnitude = Double(number.magnitude)
    guard magnitude < limit else { return "\(number)" }
    let scale = (0..<decimals).reduce(1) { product, _ in product * 10 }
    let scaled = Int((magnitude * Double(scale)).rounded())
    let digits = String(scaled % scale)
    let sign = number < 0 && scaled > 0 ? "-" : ""
    return "\(sign)\(scaled / scale)." + String(repeating: "0", count: decimals - digits.count) + digits
  }

  /// A number to the nearest millionth, for JSON that people read too.
  package static func toMillionths(_ number: Double) -> Double { (number * 1e6).rounded() / 1e6 }

  /// A number to so many decimals.
  package static func nearest(_ number: Double, decimals: Int) -> Double {
    let scale = (0..<decimals).reduce(1.0) { product, _ in product * 10 }
    // Of what is too large for that no decimals are left.
    return (number * scale).isFinite ? (number * scale).rounded() / scale : number
  }

  /// Decimals more than usual that numbers need which differ by so little.
  package static func further(toSpread width: Double) -> Int {
    var (further, width) = (0, width)
    while width > 0, width < 1, further < 300 { (further, width) = (further + 1, width * 10) }
    return further
  }

  /// Four decimals, or four digits of a number that these would leave nothing of: `0.0590`, `5.901e-07`.
  package static func readable(_ number: Double) -> String {
    let magnitude = number.magnitude
    if magnitude == 0 || magnitude >= 0.001 || !magnitude.isFinite { return rounded(number) }
    return "\(nearest(number, decimals: further(toSpread: magnitude) + 3))"
  }

  /// A number to the nearest millionth with as many decimals as it needs: `3`, `3.5`, `0.37`; one that would become another is written as it is.
  package static func short(_ number: Double) -> String {
    let near = toMillionths(number)
    let text = "\(abs(near - number) <= 1e-7 * number.magnitude ? near : number)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
