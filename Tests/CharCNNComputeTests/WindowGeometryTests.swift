import CharCNNCompute
import Testing

@Suite struct WindowGeometryTests {
  static let paddings: [WindowGeometry.Padding] = [.same, .valid, .causal]

  /// What the windows of one text read, from writing its rows down between enough padding.
  private func naiveWindows(_ geometry: WindowGeometry, start: Int, length: Int) -> [[Int32]] {
    let reach = (geometry.width - 1) * geometry.dilation
    let left =
      switch geometry.padding {
      case .same: reach / 2
      case .valid: 0
      case .causal: reach
      }
    let padding = { (count: Int) in Array(repeating: Int32(-1), count: count) }
    let padded = padding(left) + (0..<length).map { Int32(start + $0) } + padding(reach)
    let last = geometry.padding == .valid ? length - reach : length
    return stride(from: 0, to: max(last, 0), by: geometry.stride).map { first in
      (0..<geometry.width).map { padded[first + $0 * geometry.dilation] }
    }
  }

  @Test(arguments: paddings, 1...7)
  func `windows read what a naive definition says, and the transposed table is their transpose`(
    padding: WindowGeometry.Padding, width: Int
  ) {
    for stride in 1...3 {
      for dilation in 1...3 {
        check(WindowGeometry(width: width, stride: stride, dilation: dilation, padding: padding))
      }
    }
  }

  private func check(_ geometry: WindowGeometry) {
    let workspace = Workspace()
    defer { withExtendedLifetime(workspace) {} }
    let width = geometry.width
    let lengths = Array(0...10) + [3, 0, 5]
    let input = PackedSequences(lengths: lengths, count: lengths.count, workspace: workspace)
    let output = geometry.output(of: input, workspace: workspace)
    let windows = Array(geometry.windows(input: input, output: output, workspace: workspace).host)
    let transposed = Array(geometry.transposedWindows(input: input, output: output, workspace: workspace).host)

    var expected: [Int32] = []
    var offsets: [Int32] = [0]
    var start = 0
    for length in lengths {
      let rows = naiveWindows(geometry, start: start, length: length)
      #expect(geometry.outputLength(length) == rows.count, "\(geometry), \(length) rows")
      expected += rows.flatMap { $0 }
      offsets.append(Int32(expected.count / width))
      start += length
    }
    #expect(windows == expected, "\(geometry)")
    #expect(Array(output.offsets.host) == offsets, "\(geometry)")
    #expect(output.rows == expected.count / width)

    var transpose = Array(repeating: Int32(-1), count: input.rows * width)
    for (entry, row) in expected.enumerated() where row >= 0 {
      transpose[Int(row) * width + entry % width] = Int32(entry / width)
    }
    #expect(transposed == transpose, "\(geometry)")
  }

  @Test func `packed sequences know the rows of each text`() {
    let workspace = Workspace()
    withExtendedLifetime(workspace) {
      let sequences = PackedSequences(lengths: [2, 0, 5], count: 3, workspace: workspace)
      #expect((sequences.count, sequences.rows) == (3, 7))
      #expect((0..<3).map { sequences.rows(of: $0) } == [0..<2, 2..<2, 2..<7])
    }
  }
}
