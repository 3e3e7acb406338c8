// bfloat16 on NEON without its own instructions: the same rounding, multiplied as floats.
#include "bf16.h"

#if defined(CK_HAS_NEON)

#define CK_SET_NAME "neon"
#define CK_SET CK_BF16_NEON
#include "../vector/shape_neon.h"
#include "set.h"

const ck_bf16_kernels ck_bf16_neon_kernels =
#include "table.h"
    ;
#else
typedef int ck_bf16_neon_is_absent;
#endif
