public import CharCNNCompute

/// The order of an epoch and its cut into batches by characters: as many texts as fit, at least one.
public struct BatchPlan: Sendable {
  /// Text numbers in order.
  public private(set) var order: [Int]
  /// Where each batch ends in the order.
  public private(set) var ends: [Int]

  /// Number of batches.
  public var count: Int { ends.count }

  /// Text numbers of a batch.
  public subscript(batch: Int) -> ArraySlice<Int> { order[(batch == 0 ? 0 : ends[batch - 1])..<ends[batch]] }

  /// Texts in their own order, or shuffled by the stream of `randomness`.
  ///
  /// - Parameters:
  ///   - lengths: Rows that each text takes.
  ///   - budget: Rows of a batch.
  ///   - randomness: Seed and epoch; nil keeps the order.
  public init(lengths: [Int], budget: Int, randomness: Randomness?) {
    order = Array(lengths.indices)
    if let randomness {
      var stream = RandomStream(key: randomness.key(.shuffle))
      for place in order.indices.dropLast() {
        order.swapAt(place, place + stream.below(order.count - place))
      }
    }
    ends = []
    var rows = 0
    for (place, text) in order.enumerated() {
      if rows > 0, rows + lengths[text] > budget {
        ends.append(place)
        rows = 0
      }
      rows += lengths[text]
    }
    if !order.isEmpty { ends.append(order.count) }
  }
}
