import CKernels
import Testing

/// One case of one operation. The same list serves the comparison of the instruction sets, the check that ranges may
/// be cut anywhere, and the check of the scalar set against the formula in double precision.
struct Trial: Sendable, CustomTestStringConvertible {
  let name: String
  /// Rows, columns, items or elements that the operation can be cut into.
  let extent: Int
  let tolerance: Double
  /// Compare every element with its own size instead of the largest one's.
  let elementwise: Bool
  /// The least size that errors are compared with.
  let smallest: Double
  private let body: @Sendable (ck_kernels, [Range<Int>], Memory) -> [Float]
  /// The same by the formula, where the case is small enough.
  let expected: (@Sendable () -> [Double])?

  init(
    _ name: String, extent: Int, tolerance: Double = 2e-6, elementwise: Bool = false,
    smallest: Double = 1e-30, checked: Bool = true,
    run: @escaping @Sendable (ck_kernels, [Range<Int>], Memory) -> [Float], expected: @escaping @Sendable () -> [Double]
  ) {
    self.name = name
    self.extent = extent
    self.tolerance = tolerance
    self.elementwise = elementwise
    self.smallest = smallest
    self.body = run
    self.expected = checked ? expected : nil
  }

  var testDescription: String { name }

  /// Runs the operation range by range, and returns the memory of all it wrote.
  func run(_ kernels: ck_kernels, _ ranges: [Range<Int>]) -> [Float] {
    let memory = Memory()
    return withExtendedLifetime(memory) { body(kernels, ranges, memory) }
  }

  /// Everything at once.
  var whole: [Range<Int>] { [0..<extent] }

  /// Uneven pieces, the last one first.
  var pieces: [Range<Int>] {
    let cuts = Set([0, 1, 4, extent / 3, extent / 2 + 1, extent - 3, extent]).filter { (0...extent).contains($0) }
    let sorted = cuts.sorted()
    return zip(sorted, sorted.dropFirst()).map { $0..<$1 }.reversed()
  }

  /// The first element that is too far from what was expected.
  func disagreement(_ actual: [Float], _ expected: [Double]) -> String? {
    guard actual.count == expected.count else { return "\(actual.count) values, not \(expected.count)" }
    let largest = expected.reduce(smallest) { $1 == Double(gap) ? $0 : max($0, abs($1)) }
    for (i, (a, e)) in zip(actual, expected).enumerated() where Double(a) != e {
      let scale = elementwise ? max(abs(e), smallest) : largest
      if !(abs(Double(a) - e) <= tolerance * scale) { return "[\(i)] is \(a), not \(e)" }
    }
    return nil
  }
}

/// d(f)/d(x) by central differences.
func slopes(_ x: [Double], step: Double = 1e-4, _ f: ([Double]) -> Double) -> [Double] {
  x.indices.map { i in
    var moved = x
    moved[i] = x[i] + step
    let above = f(moved)
    moved[i] = x[i] - step
    return (above - f(moved)) / (2 * step)
  }
}

func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
