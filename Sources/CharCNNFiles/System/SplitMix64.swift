/// Steele, Lea and Flood's small generator ("Fast splittable pseudorandom number generators", OOPSLA 2014): here for
/// shuffling and resampling, where the platform's generators would give other results elsewhere.
package struct SplitMix64 {
  private var state: UInt64

  /// A generator; equal seeds and streams give equal numbers.
  package init(seed: UInt64, stream: UInt64 = 0) {
    state = seed
    state = next() ^ stream
    state = next()
  }

  /// 64 random bits.
  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A number in `0..<bound`, by the high half of the product; the bias is below bound / 2^64.
  package mutating func next(below bound: Int) -> Int {
    Int(next().multipliedFullWidth(by: UInt64(bound)).high)
  }

  /// A number from 0 to below 1.
  package mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }
}
