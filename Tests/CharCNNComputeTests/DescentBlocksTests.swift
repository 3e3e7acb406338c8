import Testing

@testable import CharCNNCompute

/// Which linear models are found side by side.
@Suite struct DescentBlocksTests {
  private func columns(plain: Int, scaled: Int) -> [LinearColumn] {
    (0..<plain + scaled).map {
      LinearColumn(cost: 1, squaredFactors: $0 % 2 == 0 && $0 / 2 < scaled || $0 >= 2 * plain ? [1] : nil) { _ in 1 }
    }
  }

  @Test(
    arguments: [1, 2, 3, 5, 16], [(1, 0), (0, 1), (3, 3), (10, 10), (20, 20), (150, 0), (1, 40), (40, 1), (7, 100)])
  func `every model is in one block, and no block is too wide`(threads: Int, models: (plain: Int, scaled: Int)) {
    let columns = columns(plain: models.plain, scaled: models.scaled)
    let blocks = CoordinateDescent.blocks(columns, threads: threads)
    #expect(blocks.flatMap { $0 }.sorted() == Array(columns.indices))
    #expect(blocks.allSatisfy { 1...16 ~= $0.count && $0 == $0.sorted() })
    // Every thread has something to do where there are enough models.
    #expect(blocks.count >= min(threads, columns.count))
  }

  @Test func `models with factors and without are set apart where that makes no more blocks`() {
    func kinds(plain: Int, scaled: Int, threads: Int) -> [[Bool]] {
      let columns = columns(plain: plain, scaled: scaled)
      return CoordinateDescent.blocks(columns, threads: threads).map { block in
        Set(block.map { columns[$0].squaredFactors != nil }).sorted { $0 && !$1 }
      }
    }
    #expect(kinds(plain: 10, scaled: 10, threads: 2) == [[true], [false]])
    // Each of two threads takes one of either kind, from the front and from the back.
    #expect(kinds(plain: 20, scaled: 20, threads: 2) == [[true], [false], [false], [true]])
    #expect(kinds(plain: 3, scaled: 3, threads: 1) == [[true, false]])
  }
}
