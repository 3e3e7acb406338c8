#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Linear warm-up, then a cosine fall (Loshchilov & Hutter 2017, "SGDR").
public struct LearningRateSchedule: Sendable {
  /// Highest rate.
  public let rate: Float
  /// Part of the run that warms up.
  public let warmup: Float
  /// Part of the highest rate that is left at the end.
  public let finalRate: Float

  /// A schedule.
  public init(rate: Float, warmup: Float, finalRate: Float) {
    self.rate = rate
    self.warmup = warmup
    self.finalRate = finalRate
  }

  /// The rate when `progress` (0 to 1) of the run is done.
  public func rate(at progress: Double) -> Float {
    let progress = min(max(progress, 0), 1)
    let warmup = Double(self.warmup)
    if progress < warmup { return rate * Float(progress / warmup) }
    let fall = warmup < 1 ? (progress - warmup) / (1 - warmup) : 1
    let factor = Double(finalRate) + (1 - Double(finalRate)) * 0.5 * (1 + cos(Double.pi * fall))
    return rate * Float(factor)
  }
}
