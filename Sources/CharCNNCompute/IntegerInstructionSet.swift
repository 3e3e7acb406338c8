package import CKernels

/// The vector instructions for products of 8-bit integers.
///
/// Unlike the sets for floats they all give the same bits: sums of integers are exact.
public enum IntegerInstructionSet: String, CaseIterable, Codable, Sendable {
  /// Plain C loops.
  case scalar
  /// Multiply-add of bytes on 256 bits (x86-64 since 2013).
  case avx2
  /// Dot products of bytes on 256 bits (x86-64 since 2021).
  case avxVNNI = "avx-vnni"
  /// Multiply-add of bytes on 512 bits.
  case avx512
  /// Dot products of bytes on 512 bits (x86-64 since 2019).
  case avx512VNNI = "avx512-vnni"
  /// Products of bytes, added in pairs (arm64).
  case neon
  /// Dot products of bytes (arm64 since 2018; all Apple silicon).
  case neonDot = "neon-dot"
  /// Products of tiles by the matrix unit AMX (x86-64 servers since 2023, Linux).
  case amx

  /// Whether this processor (and this build) can run the set.
  public var isAvailable: Bool { kernels != nil }

  /// The fastest set with the registers that `instructions` uses for floats.
  public static func best(beside instructions: InstructionSet) -> IntegerInstructionSet {
    let fastestFirst: [IntegerInstructionSet] =
      switch instructions {
      case .scalar: []
      case .avx2: [.avxVNNI, .avx2]
      case .avx512: [.amx, .avx512VNNI, .avx512, .avxVNNI, .avx2]
      case .neon: [.neonDot, .neon]
      }
    return fastestFirst.first(where: \.isAvailable) ?? .scalar
  }

  package var kernels: UnsafePointer<ck_int8_kernels>? {
    let instructions =
      switch self {
      case .scalar: CK_INT8_SCALAR
      case .avx2: CK_INT8_AVX2
      case .avxVNNI: CK_INT8_AVX_VNNI
      case .avx512: CK_INT8_AVX512
      case .avx512VNNI: CK_INT8_AVX512_VNNI
      case .neon: CK_INT8_NEON
      case .neonDot: CK_INT8_NEON_DOT
      case .amx: CK_INT8_AMX
      }
    return ck_int8_kernels_for(instructions)
  }
}
