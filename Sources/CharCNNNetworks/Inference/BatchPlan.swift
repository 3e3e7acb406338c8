/// Texts in an order and its cut into batches: as many texts as fit, at least one.
public struct BatchPlan: Sendable {
  /// Text numbers in order; in 32 bits, since data may have many millions of texts.
  public let order: [Int32]
  /// Where each batch ends in the order.
  public private(set) var ends: [Int]

  /// Number of batches.
  public var count: Int { ends.count }

  /// Text numbers of a batch, by their places in it: an array, so that places begin with zero whichever batch it is. A slice
  /// would bring indices of its own, which are too easily taken for numbers of texts.
  public subscript(batch: Int) -> [Int] { order[places(of: batch)].map(Int.init) }

  /// As the subscript, into an array that keeps its memory from batch to batch.
  package func copy(_ batch: Int, into texts: inout [Int]) {
    texts.removeAll(keepingCapacity: true)
    for place in places(of: batch) { texts.append(Int(order[place])) }
  }

  /// The places of a batch in the order.
  private func places(of batch: Int) -> Range<Int> { (batch == 0 ? 0 : ends[batch - 1])..<ends[batch] }

  /// Cuts an order.
  ///
  /// - Parameters:
  ///   - order: Text numbers.
  ///   - budget: Rows of a batch.
  ///   - texts: Texts of a batch.
  ///   - length: Rows that a text takes, by its number.
  public init(order: [Int32], budget: Int, texts: Int = .max, length: (Int) -> Int) {
    self.order = order
    ends = []
    var rows = 0
    var first = 0
    for (place, text) in order.enumerated() {
      let length = length(Int(text))
      // Written so that no sum overflows, whatever the budget.
      if place > first, rows > budget - min(length, budget) || place - first == texts {
        ends.append(place)
        rows = 0
        first = place
      }
      rows += length
    }
    if !order.isEmpty { ends.append(order.count) }
  }

  /// Every text once, in their own order, as predictions have them.
  ///
  /// - Parameters:
  ///   - lengths: Rows that each text takes.
  ///   - budget: Rows of a batch.
  public init(lengths: [Int], budget: Int = Self.predictionRows) {
    self.init(order: Array(0..<Int32(lengths.count)), budget: budget) { lengths[$0] }
  }

  /// Rows of a batch of predictions that all threads share.
  public static let predictionRows = 8_192
}
