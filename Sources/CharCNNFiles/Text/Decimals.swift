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

  /// A number to the nearest millionth with as many decimals as it needs: `3`, `3.5`, `0.37`.
  package static func short(_ number: Double) -> String {
    let text = "\(toMillionths(number))"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
