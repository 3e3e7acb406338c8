// bfloat16 on AVX2 and FMA: the same rounding, multiplied as floats.
#include "bf16.h"

#if defined(CK_HAS_X86)
#include <immintrin.h>

#define CK_SET_NAME "avx2"
#define CK_SET CK_BF16_AVX2
#include "../vector/shape_avx2.h"

#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#include "set.h"
#pragma clang attribute pop

const ck_bf16_kernels ck_bf16_avx2_kernels =
#include "table.h"
    ;
#else
typedef int ck_bf16_avx2_is_absent;
#endif
