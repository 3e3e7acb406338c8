import CharCNNFiles
import Foundation
import Testing

@Suite struct ExactLogarithmTests {
  @Test func `it is the logarithm to the last bit but one`() {
    var x = 1e-300
    while x < 1e300 {
      for factor in [1, 1.3, 1.4142135623730951, 1.5, 2.999] {
        let expected = log(x * factor)
        #expect(abs(exactLogarithm(x * factor) - expected) <= 2 * expected.ulp + 1e-16, "of \(x * factor)")
      }
      x *= 7.3
    }
    for count in 1...100_000 { #expect(abs(exactLogarithm(Double(count)) - log(Double(count))) < 4e-15) }
  }

  // Its bits are part of models: another formula would make other ones.
  @Test func `its bits are these`() {
    #expect(exactLogarithm(1).bitPattern == 0)
    #expect(exactLogarithm(2).bitPattern == 0x3FE6_2E42_FEFA_39EF)
    #expect(exactLogarithm(0.5).bitPattern == 0xBFE6_2E42_FEFA_39EF)
    #expect(exactLogarithm(10).bitPattern == 0x4002_6BB1_BBB5_5515)
    #expect(exactLogarithm(.leastNonzeroMagnitude) < -744)
  }
}
