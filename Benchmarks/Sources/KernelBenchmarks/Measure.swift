/// Times of one piece of work over several rounds.
struct Timing {
  private var seconds: [Double] = []

  var best: Double { seconds.min() ?? .infinity }
  var median: Double {
    let sorted = seconds.sorted()
    return sorted.isEmpty ? .infinity : sorted[sorted.count / 2]
  }

  /// Runs the work `repeats` times and keeps the time of one.
  mutating func add(repeats: Int = 1, _ work: () -> Void) {
    let clock = ContinuousClock()
    let start = clock.now
    for _ in 0..<repeats { work() }
    let (whole, atto) = (clock.now - start).components
    seconds.append((Double(whole) + Double(atto) * 1e-18) / Double(repeats))
  }
}
