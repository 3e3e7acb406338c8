internal import CharCNNCompute

/// `count` normal numbers, always the same for a seed.
package func normalValues(_ count: Int, seed: UInt64) -> [Float] {
  var stream = RandomStream(key: Randomness(seed: seed).key(.test))
  return (0..<count).map { _ in stream.normal() }
}

/// `count` whole numbers from `lower` up to and without `upper`, always the same for a seed.
package func wholeValues(_ count: Int, from lower: Int, to upper: Int, seed: UInt64) -> [Int32] {
  var stream = RandomStream(key: Randomness(seed: seed).key(.test, index: 1))
  return (0..<count).map { _ in Int32(lower + stream.below(upper - lower)) }
}
