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
  /// What the epochs came to; positions of earlier programs lack them.
  public var history: [Epoch] = []
  var epochLoss = MeanLoss()

  /// The start of a run.
  public init() {}

  /// Reads a position; those of earlier programs have no ``history``.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    epochs = try container.decode(Int.self, forKey: .epochs)
    batches = try container.decode(Int.self, forKey: .batches)
    steps = try container.decode(Int.self, forKey: .steps)
    characters = try container.decode(Double.self, forKey: .characters)
    seconds = try container.decode(Double.self, forKey: .seconds)
    recentLosses = try container.decode([Double].self, forKey: .recentLosses)
    bestEpoch = try container.decodeIfPresent(Int.self, forKey: .bestEpoch)
    history = try container.decodeIfPresent([Epoch].self, forKey: .history) ?? []
    epochLoss = try container.decode(MeanLoss.self, forKey: .epochLoss)
  }

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
      && history.count <= epochs && history.allSatisfy { $0.isPossible && $0.epoch <= epochs }
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
