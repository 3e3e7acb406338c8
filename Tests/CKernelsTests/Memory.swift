/// The memory of one run of an operation, kept until it ends. Every piece is exactly as long as asked for, so that a
/// sanitizer sees an access beside it.
final class Memory {
  private var pieces: [UnsafeMutableRawPointer] = []

  deinit { for piece in pieces { piece.deallocate() } }

  func floats(_ values: [Float]) -> Piece<Float> { piece(values) }

  func integers(_ values: [Int32]) -> Piece<Int32> { piece(values) }

  private func piece<Element: BitwiseCopyable>(_ values: [Element]) -> Piece<Element> {
    let pointer = UnsafeMutablePointer<Element>.allocate(capacity: values.count)
    pointer.initialize(from: values, count: values.count)
    pieces.append(UnsafeMutableRawPointer(pointer))
    return Piece(pointer: pointer, count: values.count)
  }
}

struct Piece<Element: BitwiseCopyable> {
  let pointer: UnsafeMutablePointer<Element>
  let count: Int

  var values: [Element] { Array(UnsafeBufferPointer(start: pointer, count: count)) }
}

typealias Floats = Piece<Float>
typealias Integers = Piece<Int32>

/// What stands between the rows of a matrix whose leading dimension is larger than its columns; no kernel may
/// change it.
let gap: Float = -77

/// The test's own source of numbers (SplitMix64), seeded by the name of the case.
struct Source {
  private var state: UInt64

  init(_ name: String) {
    state = name.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }

  mutating func word() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func integer(below limit: Int) -> Int { Int(word() % UInt64(limit)) }

  mutating func float(_ range: ClosedRange<Float> = -1...1) -> Float {
    let unit = Float(word() >> 40) / Float(1 << 24)
    return range.lowerBound + unit * (range.upperBound - range.lowerBound)
  }

  mutating func floats(_ count: Int, _ range: ClosedRange<Float> = -1...1) -> [Float] {
    (0..<count).map { _ in float(range) }
  }

  /// A matrix with a gap behind every row.
  mutating func matrix(
    _ rows: Int, _ columns: Int, ld: Int? = nil, _ range: ClosedRange<Float> = -1...1
  ) -> Matrix {
    var values = [Float](repeating: gap, count: rows * (ld ?? columns))
    for r in 0..<rows {
      for c in 0..<columns { values[r * (ld ?? columns) + c] = float(range) }
    }
    return Matrix(rows: rows, columns: columns, ld: ld ?? columns, values: values)
  }
}

struct Matrix: Sendable {
  let rows: Int
  let columns: Int
  let ld: Int
  var values: [Float]

  subscript(r: Int, c: Int) -> Double { Double(values[r * ld + c]) }

  /// The elements without the gaps.
  var elements: [Double] {
    (0..<rows).flatMap { r in (0..<columns).map { c in self[r, c] } }
  }

  /// The whole memory with these elements in place of its own.
  func filled(with elements: [Double]) -> [Double] {
    var filled = values.map(Double.init)
    for r in 0..<rows {
      for c in 0..<columns { filled[r * ld + c] = elements[r * columns + c] }
    }
    return filled
  }
}
