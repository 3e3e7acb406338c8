// NEON of arm64 without dot products: products of bytes, added in pairs in 16 bits and again in 32.
#include "int8.h"

#if defined(CK_HAS_NEON)
#include <arm_neon.h>

#include "../vector/shape_neon.h"

/// Activations are at most 127, so they are the same as signed bytes, and two products fit into 16 bits.
static inline int32x4_t dot_pairs(int32x4_t sums, int8x16_t bytes, int8x16_t weights) {
  const int16x8_t low = vmull_s8(vget_low_s8(bytes), vget_low_s8(weights));
  const int16x8_t high = vmull_high_s8(bytes, weights);
  return vpadalq_s16(sums, vpaddq_s16(low, high));
}
#define DOT(sums, bytes, weights) (ints) dot_pairs((int32x4_t)(sums), (int8x16_t)(bytes), (int8x16_t)(weights))

#include "vector.h"

const ck_int8_kernels ck_int8_neon_kernels = {
    .name = "neon", .instructions = CK_INT8_NEON, .packed_size = packed_size, .pack = pack,
    .convolve = convolve, .range = range, .quantize = quantize,
};
#else
typedef int ck_int8_neon_is_absent;
#endif
