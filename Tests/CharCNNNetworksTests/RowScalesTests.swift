import CharCNNCompute
import Testing

@testable import CharCNNNetworks

/// Steps of rows of bytes, each in one byte.
@Suite struct RowScalesTests {
  @Test func `every row fits into 127 steps, and uses most of them`() {
    var stream = RandomStream(key: 4)
    let magnitudes = (0..<2_000).map { _ in stream.uniform() * exp2(-20 * stream.uniform()) + 1e-7 }
    let scales = RowScales(magnitudes: magnitudes)
    for (row, magnitude) in magnitudes.enumerated() {
      let steps = magnitude / scales[row]
      #expect(steps < 127.01 && steps > 127 / 1.1, "\(magnitude): \(steps) steps")
    }
    #expect(
      magnitudes.indices.map { scales.factors[Int(scales.exponents[$0])] } == magnitudes.indices.map { scales[$0] })
    #expect(RowScales(largest: scales.largest, exponents: scales.exponents) == scales)
  }

  @Test func `rows of zeros and rows that are next to nothing have no numbers`() {
    let scales = RowScales(magnitudes: [0, 8, 1e-20, 8 * 0x1p-31])
    #expect(scales.exponents == [255, 0, 255, 248])
    #expect(scales[1] == 8 / 127 as Float)
    // Less than half a step.
    #expect(1e-20 / scales[2] < 0.5)
    #expect(RowScales(magnitudes: [0, 0]).factors.allSatisfy { $0 == 0 } && RowScales(magnitudes: []).largest == 0)
  }

  private func exp2(_ exponent: Float) -> Float {
    // Any rough power does.
    Float(sign: .plus, exponent: Int(exponent.rounded()), significand: 1)
  }
}
