import CharCNNFiles
import Testing

@Suite struct SevenDigitsTests {
  @Test(arguments: [
    (0.123456789, 0.1234568), (-1_234.567891, -1_234.568), (12_345_678, 12_345_680), (9.99999999, 10), (0, 0),
    (1.23456789e300, 1.234568e300), (1.23456789e-280, 1.234568e-280),
  ])
  func `seven digits are left`(number: Double, rounded: Double) {
    #expect((number.toSevenDigits - rounded).magnitude <= 1e-12 * rounded.magnitude)
  }

  @Test func `what cannot be scaled is nothing, and what is no number stays so`() {
    #expect(1e-302.toSevenDigits == 0 && Double.leastNonzeroMagnitude.toSevenDigits == 0)
    #expect((-1e-305).toSevenDigits == 0)
    #expect(Double.infinity.toSevenDigits == .infinity && Double.nan.toSevenDigits.isNaN)
    #expect(Double.greatestFiniteMagnitude.toSevenDigits.isFinite)
  }
}
