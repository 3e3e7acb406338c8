/// Indices of scalars, no ranges: the fast way.
struct ScalarIndexSink: ScalarSink {
  let pages: UnsafeBufferPointer<Int32>
  let values: UnsafeBufferPointer<Int32>
  let limit: Int
  var indices: [Int32]
  var unknownCount = 0
  var wasCut = false

  @inline(__always)
  mutating func take(_ scalar: UInt32, _ start: Int, _ end: Int) -> Bool {
    guard indices.count < limit else {
      wasCut = true
      return false
    }
    let index = values[Int(pages[Int(scalar >> 8)]) + Int(scalar & 255)]
    indices.append(index)
    unknownCount += index == Alphabet.unknown ? 1 : 0
    return true
  }
}

/// Scalars with their ranges, up to a number of them.
struct RangedScalarSink: ScalarSink {
  let limit: Int
  var scalars: [UInt32] = []
  var ranges: [Range<Int>] = []
  var wasCut = false

  init(limit: Int) {
    self.limit = limit
  }

  mutating func take(_ scalar: UInt32, _ start: Int, _ end: Int) -> Bool {
    guard scalars.count < limit else {
      wasCut = true
      return false
    }
    scalars.append(scalar)
    ranges.append(start..<end)
    return true
  }
}
