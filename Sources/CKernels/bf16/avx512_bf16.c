// bfloat16 by the instruction that multiplies pairs of it (vdpbf16ps).
#include "bf16.h"

#if defined(CK_HAS_X86)
#include <immintrin.h>

#define CK_SET_NAME "avx512-bf16"
#define CK_SET CK_BF16_AVX512_BF16
#define CK_BF16_DOT 1
#include "../vector/shape_avx512.h"

#pragma clang attribute push( \
    __attribute__((target("avx512f,avx512dq,avx512vl,avx512bw,avx512bf16,avx2,fma"))), apply_to = function)
#include "set.h"
#pragma clang attribute pop

const ck_bf16_kernels ck_bf16_avx512_bf16_kernels =
#include "table.h"
    ;
#else
typedef int ck_bf16_avx512_bf16_is_absent;
#endif
