// Linear models with 256-bit registers.
#include "kernels.h"

#if defined(CK_HAS_X86)
#pragma clang attribute push(__attribute__((target("avx2"))), apply_to = function)
#include "widths.h"
#include "set.h"
#pragma clang attribute pop

const ck_linear_kernels ck_linear_avx2 = {descend, values, begin, margins, add_byte_rows};
#else
typedef int ck_linear_avx2_is_absent;
#endif
