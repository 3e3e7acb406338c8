// The most that the multiply-adds of this set can do.

/// Sums side by side that hide the latency of one.
#define PEAK_SUMS (CK_LANES == 4 ? 24 : 12)

static uint64_t peak(uint64_t iterations, float *sink) {
  floats sums[PEAK_SUMS];
  // A factor that the compiler does not know, and sums that stay numbers.
  const operands factor = broadcast(ck_bf16_pair(*sink * 1e-3f, -*sink * 1e-3f));
  UNROLL for (size_t k = 0; k < PEAK_SUMS; k++) sums[k] = splat((float)k);
  for (uint64_t i = 0; i < iterations; i++)
    UNROLL for (size_t k = 0; k < PEAK_SUMS; k++) sums[k] = multiply_add(factor, factor, sums[k]);
  float total = 0;
  for (size_t k = 0; k < PEAK_SUMS; k++) total += sum_of_lanes(sums[k]);
  *sink += total * 1e-30f;
  return iterations * PEAK_SUMS * LANES * 4;
}
