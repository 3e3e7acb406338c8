// AVX2 without VNNI: pairs of products in 16 bits (7-bit activations keep them from saturating), then pairs of those.
#include "int8.h"

#if defined(CK_HAS_X86)
#include <immintrin.h>

#include "../vector/shape_avx2.h"
#define DOT(sums, bytes, weights) \
  (ints) _mm256_add_epi32( \
      (__m256i)(sums), \
      _mm256_madd_epi16(_mm256_maddubs_epi16((__m256i)(bytes), (__m256i)(weights)), _mm256_set1_epi16(1)))

#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#include "vector.h"
#pragma clang attribute pop

const ck_int8_kernels ck_int8_avx2_kernels = {
    .name = "avx2", .instructions = CK_INT8_AVX2, .packed_size = packed_size, .pack = pack,
    .convolve = convolve, .range = range, .quantize = quantize,
};
#else
typedef int ck_int8_avx2_is_absent;
#endif
