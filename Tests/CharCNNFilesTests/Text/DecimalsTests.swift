import CharCNNFiles
import Foundation
import Testing

@Suite struct DecimalsTests {
  @Test(arguments: [0, 0.5, -0.00001, 0.00015, 0.03125, 1e15, 1e300, -12345.6789, .infinity, .leastNonzeroMagnitude])
  func `exact decimals are those of printf`(number: Double) {
    for decimals in [0, 1, 4] {
      #expect(Decimals.exact(number, decimals: decimals) == String(format: "%.\(decimals)f", number))
    }
  }

  @Test(arguments: [
    (0, "0.0000"), (0.5, "0.5000"), (0.03125, "0.0313"), (-0.03125, "-0.0313"), (-0.00001, "0.0000"),
    (12.34567, "12.3457"),
    (0.99999, "1.0000"), (999_999_999_999, "999999999999.0000"), (1e12, "1000000000000.0"), (-.infinity, "-inf"),
    (.nan, "nan"),
  ])
  func `rounded decimals go away from zero`(number: Double, text: String) {
    #expect(Decimals.rounded(number) == text)
  }

  @Test func `decimals and limit can be chosen`() {
    #expect(Decimals.rounded(0.0625 as Float, decimals: 3) == "0.063")
    #expect(Decimals.rounded(1e6 as Float, below: 1e6) == "1000000.0")
  }

  @Test func `millionths are the nearest`() {
    #expect(Decimals.toMillionths(0.12345649) == 0.123456)
    #expect(Decimals.toMillionths(-0.1234565) == -0.123457)
  }
}
