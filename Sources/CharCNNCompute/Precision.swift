/// The numbers that convolutions and dense products multiply, and those of their gradients. Everything else, the sums of products among it, is always
/// in single precision.
public enum Precision: String, Codable, CaseIterable, Sendable {
  /// 32-bit floats.
  case single
  /// The upper halves of floats (Kalamkar et al. 2019, "A Study of BFLOAT16 for Deep Learning Training"): the same range, eight bits of precision.
  /// Rounded to the nearest, ties to even. Faster where the processor has a unit for them (products by AMX up to seven times, by AVX-512 BF16 twice on some processors and not on others), slower elsewhere, with the same rounding.
  case bf16
}
