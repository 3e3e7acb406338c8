// Linear models in the instructions that every processor of this kind has: SSE2, NEON, or none but the scalar ones.
#include "widths.h"
#include "set.h"

const ck_linear_kernels ck_linear_plain = {descend, values, begin, margins, add_byte_rows};
