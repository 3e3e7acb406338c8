/// What a cascade comes to on the validation texts: n-grams that answer alone where they are sure, before a network.
public struct CascadeReport: Codable, Hashable, Sendable {
  /// The part of the texts that the n-grams answered alone, 0 to 1.
  public var share: Double
  /// Accuracy with the cascade.
  public var accuracy: Double
  /// Accuracy where the network is asked of all texts.
  public var accuracyWithout: Double
  /// Seconds that predicting the texts took with the cascade.
  public var seconds: Double
  /// Seconds that it took without.
  public var secondsWithout: Double

  /// A report.
  public init(share: Double, accuracy: Double, accuracyWithout: Double, seconds: Double, secondsWithout: Double) {
    self.share = share
    self.accuracy = accuracy
    self.accuracyWithout = accuracyWithout
    self.seconds = seconds
    self.secondsWithout = secondsWithout
  }

  /// How many times as fast predicting is with it.
  public var speedup: Double { secondsWithout / max(seconds, 1e-9) }
}
