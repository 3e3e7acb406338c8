/// How far a run is, in characters and in time.
struct RunClock {
  private let start = ContinuousClock.now
  /// Seconds of the run before it was interrupted.
  private let earlier: Double
  private let limit: Double?
  private let total: Double
  private(set) var done: Double
  private var reportedSeconds: Double
  private var reportedCharacters: Double

  /// Reports at most ten times a second.
  private static let reportInterval = 0.1

  /// A clock that starts now.
  ///
  /// - Parameters:
  ///   - limit: The longest time, that of `position` included.
  ///   - characters: Those of the whole run.
  ///   - position: What was done before.
  init(limit: Duration?, characters: Double, from position: TrainingPosition) {
    self.limit = limit?.inSeconds
    total = max(characters, 1)
    earlier = position.seconds
    done = position.characters
    reportedSeconds = earlier
    reportedCharacters = done
  }

  /// Seconds of training, without those between an interruption and its resumption.
  var seconds: Double { earlier + (ContinuousClock.now - start).inSeconds }

  /// Part of the run that is done: by characters, or by time where a limit ends it sooner.
  var fraction: Double {
    let byCharacters = done / total
    guard let limit else { return min(byCharacters, 1) }
    return min(max(byCharacters, seconds / max(limit, 1e-9)), 1)
  }

  var isOver: Bool { limit.map { seconds >= $0 } ?? false }

  /// Characters a second over the whole run.
  var pace: Double { done / max(seconds, 1e-9) }

  var secondsLeft: Double? {
    guard fraction > 0 else { return nil }
    let byCharacters = (total - done) / max(pace, 1e-9)
    return limit.map { min(byCharacters, max($0 - seconds, 0)) } ?? byCharacters
  }

  mutating func advance(characters: Int) { done += Double(characters) }

  /// Characters a second since the last report, when a report is due.
  mutating func report() -> Double? {
    let now = seconds
    guard now - reportedSeconds >= Self.reportInterval else { return nil }
    defer {
      reportedSeconds = now
      reportedCharacters = done
    }
    return (done - reportedCharacters) / (now - reportedSeconds)
  }
}

extension Duration {
  /// As a number.
  var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
