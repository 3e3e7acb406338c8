// AVX-512 without VNNI: as AVX2, on 512 bits.
#include "int8.h"

#if defined(CK_HAS_X86)
#include <immintrin.h>

#include "../vector/shape_avx512.h"
#define DOT(sums, bytes, weights) \
  (ints) _mm512_add_epi32( \
      (__m512i)(sums), \
      _mm512_madd_epi16( \
          _mm512_maddubs_epi16((__m512i)(bytes), (__m512i)(weights)), _mm512_set1_epi16(1)))

#pragma clang attribute push( \
    __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx2,fma"))), apply_to = function)
#include "vector.h"
#pragma clang attribute pop

const ck_int8_kernels ck_int8_avx512_kernels = {
    .name = "avx512", .instructions = CK_INT8_AVX512, .packed_size = packed_size, .pack = pack,
    .convolve = convolve, .range = range, .quantize = quantize,
};
#else
typedef int ck_int8_avx512_is_absent;
#endif
