package import CKernels

/// The vector instructions for products of bfloat16 (``Precision/bf16``).
///
/// All sets round alike and multiply exactly; they differ in how sums are taken. ``avx512`` and ``avx512BF16`` give the same bits, but for sums that are too
/// small to be normal numbers.
public enum BrainFloatInstructionSet: String, CaseIterable, Codable, Sendable {
  /// Plain C loops.
  case scalar
  /// Multiplied as floats, on 256 bits.
  case avx2
  /// Multiplied as floats, on 512 bits.
  case avx512
  /// Products of pairs, on 512 bits (x86-64 since 2020).
  case avx512BF16 = "avx512-bf16"
  /// Multiplied as floats (arm64).
  case neon
  /// Products of pairs (arm64 since 2019; Apple silicon since 2022).
  case neonDot = "neon-dot"
  /// Products of tiles by the matrix unit AMX (x86-64 servers since 2023, Linux).
  case amx

  /// Whether this processor (and this build) can run the set.
  public var isAvailable: Bool { kernels != nil }

  /// Whether products are made by instructions for them.
  public var isNative: Bool { self == .avx512BF16 || self == .neonDot || self == .amx }

  /// Whether products take less time than those of floats here, by a loop of each, which takes a millisecond. To have
  /// instructions for them is not enough: some processors make two of each.
  package func isFaster(than floats: InstructionSet) -> Bool {
    guard isNative, let ours = kernels, let theirs = floats.kernels else { return false }
    let (clock, rounds) = (ContinuousClock(), 2_000 as UInt64)
    var sink: Float = 0.999
    var rates = (ours: 0.0, theirs: 0.0)
    for _ in 0..<5 {
      func rate(_ peak: (UInt64, UnsafeMutablePointer<Float>?) -> UInt64) -> Double {
        var operations: UInt64 = 0
        let time = clock.measure { operations = peak(rounds, &sink) }
        return Double(operations) / max(time / .nanoseconds(1), 1)
      }
      rates.ours = max(rates.ours, rate(ours.pointee.peak))
      rates.theirs = max(rates.theirs, rate(theirs.pointee.peak))
    }
    return rates.ours > 1.2 * rates.theirs
  }

  /// Whether sums come to the same bits as with another set.
  package func adds(like other: BrainFloatInstructionSet) -> Bool {
    let same: Set<BrainFloatInstructionSet> = [.avx512, .avx512BF16]
    return self == other || same.contains(self) && same.contains(other)
  }

  /// The fastest set with the registers that `instructions` uses for floats.
  public static func best(beside instructions: InstructionSet) -> BrainFloatInstructionSet {
    let fastestFirst: [BrainFloatInstructionSet] =
      switch instructions {
      case .scalar: []
      case .avx2: [.avx2]
      case .avx512: [.amx, .avx512BF16, .avx512]
      case .neon: [.neonDot, .neon]
      }
    return fastestFirst.first(where: \.isAvailable) ?? .scalar
  }

  package var kernels: UnsafePointer<ck_bf16_kernels>? {
    let instructions =
      switch self {
      case .scalar: CK_BF16_SCALAR
      case .avx2: CK_BF16_AVX2
      case .avx512: CK_BF16_AVX512
      case .avx512BF16: CK_BF16_AVX512_BF16
      case .neon: CK_BF16_NEON
      case .neonDot: CK_BF16_NEON_DOT
      case .amx: CK_BF16_AMX
      }
    return ck_bf16_kernels_for(instructions)
  }
}
