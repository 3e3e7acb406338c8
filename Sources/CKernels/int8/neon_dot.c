// NEON with dot products (Armv8.4, all Apple silicon): four products and their sum in one instruction.
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
// Activations are at most 127, so they are the same as signed bytes.
#define DOT(sums, bytes, weights) (ints) vdotq_s32((int32x4_t)(sums), (int8x16_t)(bytes), (int8x16_t)(weights))

#pragma clang attribute push(__attribute__((target("dotprod"))), apply_to = function)
#include "vector.h"
#pragma clang attribute pop

const ck_int8_kernels ck_int8_neon_dot_kernels = {
    .name = "neon-dot", .instructions = CK_INT8_NEON_DOT, .packed_size = packed_size, .pack = pack,
    .convolve = convolve, .range = range, .quantize = quantize,
};
#else
typedef int ck_int8_neon_dot_is_absent;
#endif
