import CharCNNCompute
import TestSupport
import Testing

/// Several operations in one walk over the rows.
@Suite struct RowWalkTests {
  /// Many blocks of many steps, and rows and columns that fill none of them.
  private static let (rows, columns) = (1_003, 132)

  private static func matrix(_ workspace: Workspace, _ columns: Int, _ device: CPUDevice, seed: UInt64) -> Tensor {
    let x = workspace.tensor(rows: rows, columns: columns)
    var random = RandomStream(key: seed)
    device.write((0..<x.count).map { _ in random.normal() }, to: x)
    return x
  }

  /// What a block does behind its convolution and on the way back, in one walk or one by one.
  private static func results(_ device: CPUDevice, inOneWalk: Bool) -> [[Float]] {
    let workspace = Workspace()
    func filled(_ columns: Int, _ seed: UInt64) -> Tensor { matrix(workspace, columns, device, seed: seed) }
    func empty(_ columns: Int) -> Tensor { workspace.tensor(rows: rows, columns: columns) }
    let (gamma, beta) = (filled(columns, 1).rows(0..<1), filled(columns, 2).rows(0..<1))
    let (x, residual, dy) = (filled(columns, 3), filled(columns / 2, 4), filled(columns / 2, 5))
    let (normal, statistics, gated, y) = (empty(columns), empty(2), empty(columns / 2), empty(columns / 2))
    let (dgated, dnormal, dx, copied) = (empty(columns / 2), empty(columns), empty(columns), empty(columns / 2))
    let operations: [RowOperation] = [
      .layerNormalize(x, gamma: gamma, beta: beta, epsilon: 1e-5, statistics: statistics, into: normal),
      .function(.gate(complementary: false), normal, into: gated), .dropout(gated, rate: 0.3, key: 7, into: y),
      .add(residual, to: y), .copy(dy, into: copied), .dropout(dy, rate: 0.3, key: 7, into: dgated),
      .functionGradient(.gate(complementary: false), normal, dy: dgated, into: dnormal),
      .layerNormalizeGradient(x, gamma: gamma, statistics: statistics, dy: dnormal, into: dx),
    ]
    operations.withUnsafeBufferPointer { all in
      if inOneWalk { return device.walk(all) }
      for place in all.indices { device.walk(UnsafeBufferPointer(rebasing: all[place...place])) }
    }
    return [normal, statistics, gated, y, copied, dgated, dnormal, dx].map(device.read)
  }

  @Test(arguments: InstructionSet.allCases.filter(\.isAvailable))
  func `one walk has the bits of one operation after the other, on any number of threads`(set: InstructionSet) {
    let expected = Self.results(CPUDevice(threads: 1, instructions: set), inOneWalk: false)
    #expect(expected.allSatisfy { $0.contains { $0 != 0 } && $0.allSatisfy(\.isFinite) })
    for threads in [1, 3] {
      #expect(Self.results(CPUDevice(threads: threads, instructions: set), inOneWalk: true) == expected)
    }
  }
}
