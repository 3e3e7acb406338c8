internal import CharCNNFiles
public import CharCNNNetworks

/// How the learning rate goes on after the warm-up.
#if hasAttribute(nonexhaustive)
@nonexhaustive
#endif
public enum RateSchedule: String, SettingValue, CaseIterable {
  /// A cosine fall to the final rate (Loshchilov & Hutter 2017, "SGDR").
  case cosine
  /// Halved every so many epochs, so often (Zhang, Zhao, LeCun 2015).
  case halving
  /// Always the same.
  case constant
}

/// Linear warm-up, then one of several ways on: what part of its highest rate every group of parameters learns with.
public struct LearningRateSchedule: Sendable {
  /// Way on after the warm-up.
  public let kind: RateSchedule
  /// Part of the run that warms up.
  public let warmup: Float
  /// Part of the highest rate that is left at the end of a cosine.
  public let finalRate: Float
  /// Epochs from one halving to the next.
  public let halvingEpochs: Int
  /// Most halvings.
  public let halvings: Int

  /// A schedule.
  public init(
    kind: RateSchedule = .cosine, warmup: Float, finalRate: Float, halvingEpochs: Int = 3,
    halvings: Int = 10
  ) {
    self.kind = kind
    self.warmup = warmup
    self.finalRate = finalRate
    self.halvingEpochs = halvingEpochs
    self.halvings = halvings
  }

  /// The schedule that settings describe.
  public init(_ settings: TrainingSettings) {
    self.init(
      kind: settings.schedule, warmup: settings.warmup, finalRate: settings.finalRate,
      halvingEpochs: settings.halvingEpochs, halvings: settings.halvings)
  }

  /// The part of the highest rate, 0 to 1, when `progress` (0 to 1) of the run is done, in an epoch counted from 1.
  public func height(at progress: Double, epoch: Int) -> Float {
    let progress = min(max(progress, 0), 1)
    let warmup = Double(self.warmup)
    if progress < warmup { return Float(progress / warmup) }
    switch kind {
    case .cosine:
      let fall = warmup < 1 ? (progress - warmup) / (1 - warmup) : 1
      let factor = Double(finalRate) + (1 - Double(finalRate)) * 0.5 * (1 + cos(Double.pi * fall))
      return Float(factor)
    case .halving:
      let count = min((max(epoch, 1) - 1) / max(halvingEpochs, 1), halvings)
      return Float(sign: .plus, exponent: -count, significand: 1)
    case .constant: return 1
    }
  }
}
