package import CKernels

/// The vector instructions that the kernels may use.
///
/// Every set computes the same formulas; ``scalar`` is the specification that the others are tested against. Sums are
/// taken in another order by each set, so results differ by rounding between sets and are identical within one.
#if hasAttribute(nonexhaustive)
@nonexhaustive
#endif
public enum InstructionSet: String, CaseIterable, Codable, Sendable {
  /// Plain C loops.
  case scalar
  /// 256-bit AVX2 with fused multiply-add (x86-64).
  case avx2
  /// 512-bit AVX-512F (x86-64).
  case avx512
  /// 128-bit NEON (arm64).
  case neon

  /// The fastest set that this processor can run.
  public static var best: InstructionSet {
    InstructionSet(ck_kernels_best().pointee.instructions)
  }

  /// Whether this processor (and this build) can run the set.
  public var isAvailable: Bool { ck_kernels_for(kernelInstructions) != nil }

  package var kernels: UnsafePointer<ck_kernels>? { ck_kernels_for(kernelInstructions) }

  var kernelInstructions: ck_instructions {
    switch self {
    case .scalar: CK_SCALAR
    case .avx2: CK_AVX2
    case .avx512: CK_AVX512
    case .neon: CK_NEON
    }
  }

  private init(_ instructions: ck_instructions) {
    switch instructions {
    case CK_AVX2: self = .avx2
    case CK_AVX512: self = .avx512
    case CK_NEON: self = .neon
    default: self = .scalar
    }
  }
}
