/// A convolution with "same" padding over texts of one length.
struct Shape: Sendable {
  let rows: Int
  let input: Int
  let output: Int
  let taps: Int
  /// Rows of a text.
  let segment: Int

  var name: String { "\(rows) rows (texts of \(segment)), \(input) -> \(output), width \(taps)" }
  /// Multiplications and additions, of padding too.
  var operations: Double { 2 * Double(rows) * Double(input) * Double(output) * Double(taps) }

  /// windows[row * taps + tap]; `mirrored` gives those of the transposed convolution.
  func windows(mirrored: Bool = false) -> [Int32] {
    (0..<rows).flatMap { row in
      (0..<taps).map { tap in
        let offset = tap - (taps - 1) / 2
        let read = row + (mirrored ? -offset : offset)
        let isInside = read >= 0 && read < rows && read / segment == row / segment
        return isInside ? Int32(read) : -1
      }
    }
  }

  static let all = [
    Shape(rows: 252, input: 128, output: 256, taps: 3, segment: 252),
    Shape(rows: 252, input: 256, output: 512, taps: 3, segment: 252),
    Shape(rows: 1008, input: 256, output: 256, taps: 7, segment: 1008),
    // Larger than the caches: a batch of zhang-small.
    Shape(rows: 41_472, input: 256, output: 256, taps: 7, segment: 324),
    Shape(rows: 2048, input: 128, output: 256, taps: 3, segment: 10),
    Shape(rows: 2048, input: 64, output: 64, taps: 7, segment: 10),
    Shape(rows: 1024, input: 16, output: 128, taps: 5, segment: 16),
    Shape(rows: 32, input: 512, output: 256, taps: 1, segment: 1),
    Shape(rows: 32, input: 512, output: 2, taps: 1, segment: 1),
    Shape(rows: 1, input: 512, output: 256, taps: 1, segment: 1),
  ]
}
