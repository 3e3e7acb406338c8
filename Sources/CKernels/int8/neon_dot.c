// NEON with dot products (Armv8.4, all Apple silicon): four products and their sum in one instruction.
#include "int8.h"

#if defined(CK_HAS_NEON)
#include <arm_neon.h>

#include "../vector/shape_neon.h"
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
