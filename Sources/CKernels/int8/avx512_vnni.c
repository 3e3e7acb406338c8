// AVX-512 with VNNI: four products and their sum in one instruction, on 512 bits.
#include "int8.h"

#if defined(CK_HAS_X86)
#include <immintrin.h>

#include "../vector/shape_avx512.h"
#define DOT(sums, bytes, weights) \
  (ints) _mm512_dpbusd_epi32((__m512i)(sums), (__m512i)(bytes), (__m512i)(weights))

#pragma clang attribute push( \
    __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512vnni,avx2,fma"))), apply_to = function)
#include "vector.h"
#pragma clang attribute pop

const ck_int8_kernels ck_int8_avx512_vnni_kernels = {
    .name = "avx512-vnni", .instructions = CK_INT8_AVX512_VNNI, .packed_size = packed_size, .pack = pack,
    .convolve = convolve, .range = range, .quantize = quantize,
};
#else
typedef int ck_int8_avx512_vnni_is_absent;
#endif
