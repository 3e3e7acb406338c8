// AVX-512.
#include "kernels.h"

#if defined(CK_HAS_X86)
#include <immintrin.h>
#include <math.h>

#define CK_SET_NAME "avx512"
#define CK_SET CK_AVX512
#include "vector/shape_avx512.h"
#define CK_FILTERING_TILES 48
#define CK_FILTERING_GROUP 64

#pragma clang attribute push(__attribute__((target("avx512f,avx512dq,avx512vl,avx2,fma"))), apply_to = function)
#include "vector/set.h"
#pragma clang attribute pop

const ck_kernels ck_avx512_kernels =
#include "table.h"
    ;
#else
typedef int ck_avx512_is_absent;
#endif
