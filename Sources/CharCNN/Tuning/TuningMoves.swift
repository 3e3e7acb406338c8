import CharCNNFiles

/// The settings that a search tries.
enum TuningMoves {
  /// What is changed together; each inner list changes the same thing, and the more promising of its values stands first. Those that a task
  /// does not have are left out.
  private static let moves: [[[String]]] = [
    [["noise=0.1"], ["noise=0.3"]],
    [["labelSmoothing=0.2"], ["labelSmoothing=0"]],
    [["dropout=0.5"], ["dropout=0.1"]],
    [["rate=0.002"], ["rate=0.008"]],
    [["wordNgrams=1,2,3"], ["wordNgrams=1"]],
    [["characterDropout=0.2"], ["characterDropout=0"]],
    [["filters=384"], ["filters=128"]],
    [["ngramBalance=none"], ["ngramBalance=full"]],
    [["blocks=3"], ["blocks=2", "widths=5"]],
    [["blockDropout=0.2"], ["blockDropout=0"]],
    [["ngrams=1,2,3,4,5,6"], ["ngrams=1,2,3,4"], ["ngrams=none"]],
    [["weightDecay=0.2"], ["weightDecay=0.01"]],
    [["embedding=128"], ["embedding=32"]],
    [["averaging=0.99"], ["averaging=0.9995"]],
    [["wordPairs=none"]],
    [["cuts=0.3"]],
    [["minimumCount=1"]],
    [["foldsCase=false"]],
    [["spanSwaps=0.3"]],
  ]

  /// Settings to try, without the defaults: each move alone, the first of each kind before the second, and then two and three at once.
  ///
  /// - Parameters:
  ///   - count: How many at most.
  ///   - seed: Chooses what is tried together.
  ///   - isPossible: Whether a training can have them.
  static func candidates(_ count: Int, seed: UInt64, isPossible: ([String]) -> Bool) -> [[String]] {
    let kinds = moves.map { $0.filter(isPossible) }.filter { !$0.isEmpty }
    var all: [[String]] = []
    for number in 0..<(kinds.map(\.count).max() ?? 0) {
      all += kinds.compactMap { $0.count > number ? $0[number] : nil }
    }
    guard kinds.count > 2 else { return Array(all.prefix(count)) }
    var generator = SplitMix64(seed: seed)
    // Joined ones stand between single ones from the second value on, for not everything good is near the defaults.
    var joined: [[String]] = []
    var attempts = 0
    while joined.count < count, attempts < 20 * count {
      attempts += 1
      var places: [Int] = []
      var left = Array(kinds.indices)
      for _ in 0..<2 + generator.next(below: 2) { places.append(left.remove(at: generator.next(below: left.count))) }
      // In the order of the kinds, so that the same ones are met once.
      let chosen = places.sorted().flatMap { kinds[$0][generator.next(below: kinds[$0].count)] }
      if isPossible(chosen), !joined.contains(chosen) { joined.append(chosen) }
    }
    let (firsts, others) = (all.prefix(kinds.count), all.dropFirst(kinds.count))
    var mixed: [[String]] = []
    for place in 0..<max(others.count, joined.count) {
      if place < joined.count { mixed.append(joined[place]) }
      if place < others.count { mixed.append(others[others.startIndex + place]) }
    }
    return Array((firsts + mixed).prefix(count))
  }
}
