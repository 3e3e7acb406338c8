// NEON of arm64.
#include "kernels.h"

#if defined(CK_HAS_NEON)
#include <math.h>

#define CK_SET_NAME "neon"
#define CK_SET CK_NEON
#include "vector/shape_neon.h"
#define CK_FILTERING_TILES 48
#define CK_FILTERING_GROUP 64

#include "vector/set.h"

const ck_kernels ck_neon_kernels =
#include "table.h"
    ;
#else
typedef int ck_neon_is_absent;
#endif
