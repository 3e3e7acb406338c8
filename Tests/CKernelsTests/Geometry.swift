/// Windows of convolutions and pools over packed segments, built here without the library's help.
struct Geometry: Sendable {
  let windows: [Int32]
  /// transposed[s * taps + tap]: the output row whose tap reads input row s.
  let transposed: [Int32]
  let taps: Int
  let inputRows: Int
  let outputRows: Int
  let offsets: [Int32]

  init(segments: [Int], taps: Int, stride: Int = 1, dilation: Int = 1) {
    var windows: [Int32] = []
    var offsets: [Int32] = [0]
    var start = 0
    for length in segments {
      for center in Swift.stride(from: 0, to: length, by: stride) {
        for tap in 0..<taps {
          let row = center + (tap - (taps - 1) / 2) * dilation
          windows.append((0..<length).contains(row) ? Int32(start + row) : -1)
        }
      }
      start += length
      offsets.append(Int32(start))
    }
    var transposed = [Int32](repeating: -1, count: start * taps)
    for (i, row) in windows.enumerated() where row >= 0 {
      transposed[Int(row) * taps + i % taps] = Int32(i / taps)
    }
    self.windows = windows
    self.transposed = transposed
    self.taps = taps
    self.inputRows = start
    self.outputRows = windows.count / taps
    self.offsets = offsets
  }
}
