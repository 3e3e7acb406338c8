#include "kernels.h"

static const ck_linear_kernels *kernels_for(ck_instructions instructions) {
#if defined(CK_HAS_X86)
  if (instructions == CK_AVX2) return &ck_linear_avx2;
  if (instructions == CK_AVX512) return &ck_linear_avx512;
#else
  (void)instructions;
#endif
  return &ck_linear_plain;
}

void ck_descend(const ck_descent *problem, ck_instructions instructions, const uint32_t *order, size_t count,
                  const int32_t *active, const float *bounds, float *violations) {
  kernels_for(instructions)->descend(problem, order, count, active, bounds, violations);
}

void ck_descent_values(const ck_descent *problem, ck_instructions instructions, size_t examples, double *primal,
                       double *dual) {
  kernels_for(instructions)->values(problem, examples, primal, dual);
}

void ck_descent_begin(const ck_descent *problem, ck_instructions instructions, size_t examples, float *squares) {
  kernels_for(instructions)->begin(problem, examples, squares);
}

void ck_descent_margins(const ck_descent *problem, ck_instructions instructions, float *y, size_t row0, size_t row1) {
  kernels_for(instructions)->margins(problem, y, row0, row1);
}

void ck_add_byte_rows(const int8_t *table, size_t columns, const uint8_t *exponents, const float *scales,
                      const int32_t *rows, const float *values, size_t n, float *y, ck_instructions instructions) {
  kernels_for(instructions)->add_byte_rows(table, columns, exponents, scales, rows, values, n, y);
}
