// AVX2 and FMA.
#include "kernels.h"

#if defined(CK_HAS_X86)
#include <immintrin.h>
#include <math.h>

#define CK_SET_NAME "avx2"
#define CK_SET CK_AVX2
#include "vector/shape_avx2.h"
#define CK_FILTERING_TILES 48
#define CK_FILTERING_GROUP 64

#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#include "vector/set.h"
#pragma clang attribute pop

const ck_kernels ck_avx2_kernels =
#include "table.h"
    ;
#else
typedef int ck_avx2_is_absent;
#endif
