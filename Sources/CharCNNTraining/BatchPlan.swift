public import CharCNNCompute

/// The order of an epoch and its cut into batches: as many texts as fit, at least one.
public struct BatchPlan: Sendable {
  /// Text numbers in order.
  public let order: [Int]
  /// Where each batch ends in the order.
  public private(set) var ends: [Int]

  /// Number of batches.
  public var count: Int { ends.count }

  /// Text numbers of a batch.
  public subscript(batch: Int) -> ArraySlice<Int> { order[(batch == 0 ? 0 : ends[batch - 1])..<ends[batch]] }

  /// Cuts an order.
  ///
  /// - Parameters:
  ///   - order: Text numbers.
  ///   - lengths: Rows that each text takes, by its number.
  ///   - budget: Rows of a batch.
  ///   - texts: Texts of a batch.
  public init(order: [Int], lengths: [Int], budget: Int, texts: Int = .max) {
    self.order = order
    ends = []
    var rows = 0
    var first = 0
    for (place, text) in order.enumerated() {
      // Written so that no sum overflows, whatever the budget.
      if place > first, rows > budget - min(lengths[text], budget) || place - first == texts {
        ends.append(place)
        rows = 0
        first = place
      }
      rows += lengths[text]
    }
    if !order.isEmpty { ends.append(order.count) }
  }

  /// Every text once: in their own order, or shuffled by the stream of `randomness`.
  ///
  /// - Parameters:
  ///   - lengths: Rows that each text takes.
  ///   - budget: Rows of a batch.
  ///   - randomness: Seed and epoch; nil keeps the order.
  public init(lengths: [Int], budget: Int, randomness: Randomness?) {
    let order = randomness.map { EpochOrder.shuffled(count: lengths.count, randomness: $0) } ?? Array(lengths.indices)
    self.init(order: order, lengths: lengths, budget: budget)
  }
}
