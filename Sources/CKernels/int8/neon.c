// NEON of arm64 without dot products: products of bytes, added in pairs in 16 bits and again in 32.
#include "int8.h"

#if defined(CK_HAS_NEON)
#include <arm_neon.h>

#define CK_LANES 4
#define CK_TILE_ROWS 8
#define CK_TILE_VECTORS 2
#define CK_EACH_TILE(X) \
  X(1, 1) X(1, 2) \
  X(2, 1) X(2, 2) \
  X(3, 1) X(3, 2) \
  X(4, 1) X(4, 2) \
  X(5, 1) X(5, 2) \
  X(6, 1) X(6, 2) \
  X(7, 1) X(7, 2) \
  X(8, 1) X(8, 2)
#define CK_EACH_TALL_TILE(X) \
  X(9, 1) X(10, 1) X(11, 1) X(12, 1) X(13, 1) X(14, 1) \
  X(15, 1) X(16, 1)

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
