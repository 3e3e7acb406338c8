internal import CharCNNFiles

/// Intervals by resampling (Efron 1979, "Bootstrap Methods"): each text is taken once, several times or not at all, and the figures of many such
/// samples tell how far chance moves them. How often each is taken is drawn from a Poisson distribution of mean 1, so that equal texts can be drawn together (Chamandy
/// et al. 2012, "Estimating Uncertainty for Massive Data Streams"). The same counts give the same interval.
struct PoissonBootstrap {
  /// Samples.
  static let samples = 1_000
  /// Means from which on the distribution is as good as a normal one.
  private static let large = 30.0

  private var generator = SplitMix64(seed: 1)
  private var spare: Double?

  /// How often so many equal texts are taken together.
  mutating func draw(_ count: Int) -> Int {
    guard count > 0 else { return 0 }
    let mean = Double(count)
    if mean > Self.large { return max(Int((mean + mean.squareRoot() * normal()).rounded()), 0) }
    // Knuth's method: uniform numbers are multiplied until they fall below e^-mean.
    let least = exp(-mean)
    var (product, drawn) = (generator.uniform(), 0)
    while product > least {
      product *= generator.uniform()
      drawn += 1
    }
    return drawn
  }

  /// A normal number (Box & Muller 1958).
  private mutating func normal() -> Double {
    if let found = spare {
      spare = nil
      return found
    }
    let radius = (-2 * log(1 - generator.uniform())).squareRoot()
    let angle = 2 * Double.pi * generator.uniform()
    spare = radius * sin(angle)
    return radius * cos(angle)
  }

  /// The interval that holds 95 of 100 of some figures.
  static func interval(_ figures: [Double]) -> ClassificationReport.Interval {
    let sorted = figures.sorted()
    func quantile(_ part: Double) -> Double {
      let place = part * Double(sorted.count - 1)
      let below = Int(place.rounded(.down))
      let above = min(below + 1, sorted.count - 1)
      return sorted[below] + (place - Double(below)) * (sorted[above] - sorted[below])
    }
    return ClassificationReport.Interval(lower: quantile(0.025), upper: quantile(0.975))
  }
}
