// AVX-VNNI: four products and their sum in one instruction, on 256 bits.
#include "int8.h"

#if defined(CK_HAS_X86)
#include <immintrin.h>

#define CK_LANES 8
#define CK_TILE_ROWS 6
#define CK_TILE_VECTORS 2
#define CK_EACH_TILE(X) \
  X(1, 1) X(1, 2) \
  X(2, 1) X(2, 2) \
  X(3, 1) X(3, 2) \
  X(4, 1) X(4, 2) \
  X(5, 1) X(5, 2) \
  X(6, 1) X(6, 2)
#define CK_EACH_TALL_TILE(X) \
  X(7, 1) X(8, 1) X(9, 1) X(10, 1) X(11, 1) X(12, 1)
#define DOT(sums, bytes, weights) \
  (ints) _mm256_dpbusd_avx_epi32((__m256i)(sums), (__m256i)(bytes), (__m256i)(weights))

#pragma clang attribute push(__attribute__((target("avx2,fma,avxvnni"))), apply_to = function)
#include "vector.h"
#pragma clang attribute pop

const ck_int8_kernels ck_int8_avx_vnni_kernels = {
    .name = "avx-vnni", .instructions = CK_INT8_AVX_VNNI, .packed_size = packed_size, .pack = pack,
    .convolve = convolve, .range = range, .quantize = quantize,
};
#else
typedef int ck_int8_avx_vnni_is_absent;
#endif
