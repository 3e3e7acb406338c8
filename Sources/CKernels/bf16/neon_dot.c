// bfloat16 by the instruction of arm64 that multiplies pairs of it (bfdot).
#include "bf16.h"

#if defined(CK_HAS_NEON)
#define CK_SET_NAME "neon-dot"
#define CK_SET CK_BF16_NEON_DOT
#define CK_BF16_DOT 1
#include "../vector/shape_neon.h"

#pragma clang attribute push(__attribute__((target("bf16"))), apply_to = function)
#include <arm_neon.h>
//
#include "set.h"
#pragma clang attribute pop

const ck_bf16_kernels ck_bf16_neon_dot_kernels =
#include "table.h"
    ;
#else
typedef int ck_bf16_neon_dot_is_absent;
#endif
