#include "kernels.h"

const ck_kernels *ck_kernels_for(ck_instructions instructions) {
  switch (instructions) {
    case CK_SCALAR: return &ck_scalar_kernels;
#if defined(CK_HAS_X86)
    // The compiler's test also asks the system whether it saves the wide registers.
    case CK_AVX2:
      __builtin_cpu_init();
      return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") ? &ck_avx2_kernels : NULL;
    case CK_AVX512:
      __builtin_cpu_init();
      return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
                     __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("fma")
                 ? &ck_avx512_kernels
                 : NULL;
    case CK_NEON: return NULL;
#elif defined(CK_HAS_NEON)
    case CK_NEON: return &ck_neon_kernels;
    case CK_AVX2:
    case CK_AVX512: return NULL;
#else
    case CK_AVX2:
    case CK_AVX512:
    case CK_NEON: return NULL;
#endif
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
