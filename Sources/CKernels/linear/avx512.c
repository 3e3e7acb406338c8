// Linear models with 512-bit registers.
#include "kernels.h"

#if defined(CK_HAS_X86)
#pragma clang attribute push(__attribute__((target("avx512f,avx512dq,avx512vl"))), apply_to = function)
#include "widths.h"
#include "set.h"
#pragma clang attribute pop

const ck_linear_kernels ck_linear_avx512 = {descend, values, begin, margins, add_byte_rows};
#else
typedef int ck_linear_avx512_is_absent;
#endif
