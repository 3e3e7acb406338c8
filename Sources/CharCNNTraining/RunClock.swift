/// How far a run is, in characters and in time.
struct RunClock {
  private let start = ContinuousClock.now
  private let limit: Double?
  private let total: Double
  private var done = 0.0
  private var reportedSeconds = 0.0
  private var reportedCharacters = 0.0

  /// Reports at most ten times a second.
  private static let reportInterval = 0.1

  init(limit: Duration?, characters: Double) {
    self.limit = limit.map(Self.seconds)
    total = max(characters, 1)
  }

  private static func seconds(_ duration: Duration) -> Double {
    Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
  }

  /// Seconds since the start.
  var seconds: Double { Self.seconds(ContinuousClock.now - start) }

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
