// AVX-VNNI: four products and their sum in one instruction, on 256 bits.
#include "int8.h"

#if defined(CK_HAS_X86)
#include <immintrin.h>

#include "../vector/shape_avx2.h"
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
