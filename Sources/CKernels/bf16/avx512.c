// bfloat16 on AVX-512 without its own instructions: the same rounding, multiplied as floats.
#include "bf16.h"

#if defined(CK_HAS_X86)
#include <immintrin.h>

#define CK_SET_NAME "avx512"
#define CK_SET CK_BF16_AVX512
#include "../vector/shape_avx512.h"

#pragma clang attribute push(__attribute__((target("avx512f,avx512dq,avx512vl,avx2,fma"))), apply_to = function)
#include "set.h"
#pragma clang attribute pop

const ck_bf16_kernels ck_bf16_avx512_kernels =
#include "table.h"
    ;
#else
typedef int ck_bf16_avx512_is_absent;
#endif
