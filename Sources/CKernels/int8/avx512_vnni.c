// AVX-512 with VNNI: four products and their sum in one instruction, on 512 bits.
#include "int8.h"

#if defined(CK_HAS_X86)
#include <immintrin.h>

#define CK_LANES 16
#define CK_TILE_ROWS 6
#define CK_TILE_VECTORS 4
#define CK_EACH_TILE(X) \
  X(1, 1) X(1, 2) X(1, 3) X(1, 4) \
  X(2, 1) X(2, 2) X(2, 3) X(2, 4) \
  X(3, 1) X(3, 2) X(3, 3) X(3, 4) \
  X(4, 1) X(4, 2) X(4, 3) X(4, 4) \
  X(5, 1) X(5, 2) X(5, 3) X(5, 4) \
  X(6, 1) X(6, 2) X(6, 3) X(6, 4)
#define CK_EACH_TALL_TILE(X) \
  X(7, 1) X(7, 2) X(8, 1) X(8, 2) X(9, 1) X(9, 2) \
  X(10, 1) X(10, 2) X(11, 1) X(11, 2) X(12, 1) X(12, 2)
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
