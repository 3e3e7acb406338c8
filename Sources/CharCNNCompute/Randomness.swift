internal import CKernels
internal import CharCNNFiles

/// Counter-based random numbers (Philox4x32-10; Salmon 2011, "Parallel random numbers: as easy as 1, 2, 3").
///
/// A number is a function of seed, step, purpose and index, never of who drew before. That is what makes a run the same
/// on any number of threads and after a resume.
public struct Randomness: Sendable, Hashable {
  /// What random numbers are drawn for; each purpose has its own stream.
  public enum Purpose: UInt32, Sendable {
    case initialization = 1
    case shuffle = 2
    case characterDropout = 3
    case dropout = 4
    case augmentation = 6
    case test = 7
    case masking = 8
    case windows = 9
    case generation = 10
    case cut = 11
    case folds = 12
  }

  /// The seed of the run.
  public let seed: UInt64
  /// The step of the run.
  public let step: UInt64

  /// Random numbers of a step.
  public init(seed: UInt64, step: UInt64 = 0) {
    self.seed = seed
    self.step = step
  }

  /// The key of a stream; `index` tells apart the streams of one purpose (layers, parameters).
  public func key(_ purpose: Purpose, index: Int = 0) -> UInt64 {
    var state = Self.mixed(seed &+ 0x9e37_79b9_7f4a_7c15)
    state = Self.mixed(state ^ step)
    return Self.mixed(state ^ (UInt64(purpose.rawValue) << 48) ^ UInt64(index))
  }

  /// The finalizer of SplitMix64 (Steele 2014): every input bit reaches every output bit.
  private static func mixed(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  /// Fills `words` with the first words of a stream.
  public static func fill(_ words: UnsafeMutableBufferPointer<UInt32>, key: UInt64) {
    guard let base = words.baseAddress else { return }
    ck_random_words(key, 0, base, words.count)
  }

  /// Word `index` of a stream.
  public static func word(key: UInt64, index: Int) -> UInt32 { ck_random_word(key, UInt64(index)) }
}

/// A generator over one stream, for the algorithms of the standard library and for drawing one number after another.
public struct RandomStream: RandomNumberGenerator, Sendable {
  private let key: UInt64
  private var index = 0

  /// Starts at the beginning of the stream `key`; see ``Randomness/key(_:index:)``.
  public init(key: UInt64) { self.key = key }

  /// 64 random bits.
  public mutating func next() -> UInt64 {
    let low = Randomness.word(key: key, index: index)
    let high = Randomness.word(key: key, index: index + 1)
    index += 2
    return UInt64(high) << 32 | UInt64(low)
  }

  /// Uniform in 0 ..< 1, with 24 random bits.
  public mutating func uniform() -> Float { Float(next() >> 40) * 0x1p-24 }

  /// Standard normal, by the polar form of Box and Muller's transform (Marsaglia 1964).
  public mutating func normal() -> Float {
    while true {
      let u = 2 * Double(next() >> 11) * 0x1p-53 - 1
      let v = 2 * Double(next() >> 11) * 0x1p-53 - 1
      let square = u * u + v * v
      if square > 0 && square < 1 {
        return Float(u * (-2 * log(square) / square).squareRoot())
      }
    }
  }

  /// A number below `bound` without bias (Lemire 2019).
  public mutating func below(_ bound: Int) -> Int {
    precondition(bound > 0, "a bound is positive")
    let bound = UInt64(bound)
    let threshold = (0 &- bound) % bound
    while true {
      let product = next().multipliedFullWidth(by: bound)
      if product.low >= threshold { return Int(product.high) }
    }
  }
}
