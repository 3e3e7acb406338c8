/// The natural logarithm of a number above 0, the same bits on every machine: the C library's differs between systems in the
/// last bit, and a model that is fitted to such numbers would differ with it.
///
/// x = 2^k m with m between the roots of 1/2 and 2, and log m = 2 (s + s^3/3 + s^5/5 + …) with s = (m - 1) / (m + 1), which is
/// below 0.172, so that eleven terms reach the precision of a double. Only additions, multiplications and one division, each of
/// which every machine rounds alike.
public func exactLogarithm(_ x: Double) -> Double {
  precondition(x > 0 && x.isFinite, "a logarithm of a number above 0")
  var exponent = x.exponent
  var significand = x.significand
  if significand > 1.4142135623730951 {
    significand /= 2
    exponent += 1
  }
  let s = (significand - 1) / (significand + 1)
  let square = s * s
  var sum = 0.0
  for term in stride(from: 21, through: 3, by: -2) { sum = (sum + 1 / Double(term)) * square }
  return Double(exponent) * 0.6931471805599453 + 2 * (s + s * sum)
}
