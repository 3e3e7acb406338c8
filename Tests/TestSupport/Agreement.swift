/// How far two vectors are apart, relative to the second.
package struct Agreement: Sendable, CustomStringConvertible {
  /// ||a - b|| / ||b||; the norm of a where b is zero.
  package let normError: Double
  /// Largest |a - b| of an element, divided by the largest |b|.
  package let largestError: Double

  /// Compares vectors of the same length; others are infinitely far apart, and so is what is not a number.
  package init(_ a: [Float], _ b: [Float]) { self.init(a.map(Double.init), b.map(Double.init)) }

  /// Compares vectors of the same length.
  package init(_ a: [Double], _ b: [Double]) {
    guard a.count == b.count else {
      normError = .infinity
      largestError = .infinity
      return
    }
    var difference = 0.0
    var norm = 0.0
    var largestDifference = 0.0
    var largest = 0.0
    var isNumber = true
    for (x, y) in zip(a, b) {
      isNumber = isNumber && x.isFinite && y.isFinite
      difference += (x - y) * (x - y)
      norm += y * y
      largestDifference = max(largestDifference, abs(x - y))
      largest = max(largest, abs(y))
    }
    normError = !isNumber ? .infinity : norm > 0 ? (difference / norm).squareRoot() : difference.squareRoot()
    largestError = !isNumber ? .infinity : largest > 0 ? largestDifference / largest : largestDifference
  }

  package var description: String { "norm-wise \(normError), largest \(largestError)" }
}
