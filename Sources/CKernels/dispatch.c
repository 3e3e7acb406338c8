#include "kernels.h"

const ck_kernels *ck_kernels_for(ck_instructions instructions) {
  switch (instructions) {
    case CK_SCALAR: return &ck_scalar_kernels;
    case CK_AVX2:
    case CK_AVX512:
    case CK_NEON: return NULL;
  }
  return NULL;
}

const ck_kernels *ck_kernels_best(void) {
  static const ck_instructions fastest_first[] = {CK_AVX512, CK_AVX2, CK_NEON};
  for (size_t i = 0; i < sizeof fastest_first / sizeof fastest_first[0]; i++) {
    const ck_kernels *kernels = ck_kernels_for(fastest_first[i]);
    if (kernels) return kernels;
  }
  return &ck_scalar_kernels;
}
