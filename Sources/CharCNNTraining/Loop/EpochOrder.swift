package import CharCNNCompute
public import CharCNNNetworks

/// How the texts of an epoch are drawn.
#if hasAttribute(nonexhaustive)
@nonexhaustive
#endif
public enum Sampling: String, SettingValue, CaseIterable {
  /// Every text once, in random order.
  case shuffled
  /// As many texts as there are, each by drawing a class first, every class being as likely, then the next text of that
  /// class in a random order of its own (Zhang, Zhao, LeCun 2015). Rare classes come round several times.
  case classUniform
}

/// The texts of an epoch in order.
package enum EpochOrder {
  /// Every number below `count` once.
  package static func shuffled(count: Int, randomness: Randomness) -> [Int32] {
    var order = Array(0..<Int32(count))
    var stream = RandomStream(key: randomness.key(.shuffle))
    order.shuffle(by: &stream)
    return order
  }

  /// Text numbers, as many as `members` has in all.
  ///
  /// - Parameters:
  ///   - members: Text numbers of each class; classes without texts are never drawn.
  ///   - randomness: Seed and epoch.
  package static func classUniform(members: [[Int32]], randomness: Randomness) -> [Int32] {
    var orders = members.filter { !$0.isEmpty }
    guard !orders.isEmpty else { return [] }
    let count = orders.reduce(0) { $0 + $1.count }
    var classes = RandomStream(key: randomness.key(.shuffle))
    var streams = orders.indices.map { RandomStream(key: randomness.key(.shuffle, index: $0 + 1)) }
    var next = orders.map(\.count)
    return (0..<count).map { _ in
      let drawn = classes.below(orders.count)
      if next[drawn] == orders[drawn].count {
        orders[drawn].shuffle(by: &streams[drawn])
        next[drawn] = 0
      }
      next[drawn] += 1
      return orders[drawn][next[drawn] - 1]
    }
  }
}

extension [Int32] {
  /// Puts the elements into a random order (Fisher and Yates), the same on every platform.
  fileprivate mutating func shuffle(by stream: inout RandomStream) {
    for place in indices.dropLast() { swapAt(place, place + stream.below(count - place)) }
  }
}
