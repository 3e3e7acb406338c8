/// Where a run stands between two steps: its counters. Random numbers are a function of seed and counters, and the order
/// of an epoch one of seed and epoch, so these and the values of ``TrainingState`` are all that a run consists of.
public struct TrainingPosition: Codable, Sendable, Equatable {
  /// Whole epochs done, validation included.
  public var epochs = 0
  /// Batches done of the epoch after them.
  public var batches = 0
  /// Updates so far.
  public var steps = 0
  /// Characters learned from so far.
  public var characters = 0.0
  /// Seconds of training so far.
  public var seconds = 0.0
  /// Losses of the last steps, for display.
  public var recentLosses: [Double] = []
  /// The best epoch so far; nil before the first.
  public var bestEpoch: Int?
  var epochLoss = MeanLoss()

  /// The start of a run.
  public init() {}

  /// Steps whose loss is kept for display.
  static let recentLosses = 50

  /// Whether a run of so many epochs can stand there; false for what no run has written.
  package func isPossible(epochs total: Int) -> Bool {
    (0...Self.most).contains(total) && (0...total).contains(epochs) && (0...Self.most).contains(batches)
      && (0...Self.most).contains(steps)
      && (batches == 0 || epochs < total) && batches <= steps && (0...1e300).contains(characters)
      && (0...1e12).contains(seconds) && recentLosses.count <= Self.recentLosses && epochLoss.isPossible
      && (bestEpoch == nil) == (epochs == 0)
      && bestEpoch.map { (1...max(epochs, 1)).contains($0) } ?? true
  }

  private static let most = 1 << 52
}

/// A mean that comes one batch after another.
struct MeanLoss: Codable, Sendable, Equatable {
  private var sum = 0.0
  private var weight = 0

  mutating func add(_ loss: Double, weight: Int) {
    sum += loss * Double(weight)
    self.weight += weight
  }

  var isEmpty: Bool { weight == 0 }

  var value: Double { weight == 0 ? 0 : sum / Double(weight) }

  var isPossible: Bool { sum.isFinite && (0...1 << 52).contains(weight) }
}
