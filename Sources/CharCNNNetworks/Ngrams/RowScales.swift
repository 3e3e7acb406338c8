/// What the bytes of each row of a table are multiplied by: a power of the eighth root of two, which is one byte itself.
package struct RowScales: Sendable, Hashable {
  /// The factor of the row with the largest numbers.
  package let largest: Float
  /// [rows]: the factor of a row is `largest` · 2^(-exponent / 8).
  package let exponents: [UInt8]

  /// 2^(0/8) to 2^(7/8), as they are and from 1 downwards; written out, since the C library's powers differ between systems.
  private static let roots: [Double] = [
    1, 1.0905077326652577, 1.189207115002721, 1.2968395546510096, 1.4142135623730951, 1.5422108254079407,
    1.681792830507429, 1.8340080864093424,
  ]
  private static let powers: [Float] = (0...255).map { exponent in
    Float(1 / (roots[exponent % 8] * Double(sign: .plus, exponent: exponent / 8, significand: 1)))
  }

  /// The parts, as a file has them.
  package init(largest: Float, exponents: [UInt8]) {
    self.largest = largest
    self.exponents = exponents
  }

  /// The smallest factors with which all numbers of a row are at most 127 steps.
  ///
  /// - Parameter magnitudes: The largest magnitude of each row.
  package init(magnitudes: [Float]) {
    let most = magnitudes.max() ?? 0
    // Smaller numbers than these are none: a step of theirs would not be a float of full precision.
    largest = most > 1e-30 ? most / 127 : 0
    exponents = magnitudes.map { magnitude in
      let ratio = Double(most) / Double(magnitude)
      guard most > 1e-30, ratio.isFinite else { return 255 }
      let root = Self.roots.lastIndex { $0 <= ratio.significand } ?? 0
      return UInt8(clamping: 8 * Int(ratio.exponent) + root)
    }
  }

  /// The factor of a row.
  package subscript(row: Int) -> Float { largest * Self.powers[Int(exponents[row])] }

  /// The factors of rows with the exponents 0 to 255.
  package var factors: [Float] { Self.powers.map { largest * $0 } }
}
