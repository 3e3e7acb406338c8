#include "int8.h"

#if defined(CK_HAS_X86)
#include <cpuid.h>

/// The compiler's own test does not know this one. The system's support for 256 bits is that of AVX2.
static bool has_avx_vnni(void) {
  unsigned a, b, c, d;
  if (!__get_cpuid_count(7, 0, &a, &b, &c, &d) || a < 1) return false;
  return __get_cpuid_count(7, 1, &a, &b, &c, &d) && (a & (1u << 4)) != 0;
}

static bool has_avx2(void) { return ck_kernels_for(CK_AVX2) != NULL; }
static bool has_avx512(void) { return ck_kernels_for(CK_AVX512) != NULL && __builtin_cpu_supports("avx512bw"); }
#elif defined(CK_HAS_NEON)
#if defined(__linux__)
#include <sys/auxv.h>
static bool has_dot(void) { return (getauxval(AT_HWCAP) & (1ul << 20)) != 0; }  // HWCAP_ASIMDDP
#elif defined(__APPLE__)
static bool has_dot(void) { return true; }
#else
static bool has_dot(void) { return false; }
#endif
#endif

const ck_int8_kernels *ck_int8_kernels_for(ck_int8_instructions instructions) {
  switch (instructions) {
    case CK_INT8_SCALAR: return &ck_int8_scalar_kernels;
#if defined(CK_HAS_X86)
    case CK_INT8_AVX2: return has_avx2() ? &ck_int8_avx2_kernels : NULL;
    case CK_INT8_AVX_VNNI: return has_avx2() && has_avx_vnni() ? &ck_int8_avx_vnni_kernels : NULL;
    case CK_INT8_AVX512: return has_avx512() ? &ck_int8_avx512_kernels : NULL;
    case CK_INT8_AVX512_VNNI:
      return has_avx512() && __builtin_cpu_supports("avx512vnni") ? &ck_int8_avx512_vnni_kernels : NULL;
#if defined(__linux__)
    case CK_INT8_AMX: return has_avx512() && ck_has_tiles(CK_TILES_INT8) ? &ck_int8_amx_kernels : NULL;
#endif
#elif defined(CK_HAS_NEON)
    case CK_INT8_NEON: return &ck_int8_neon_kernels;
    case CK_INT8_NEON_DOT: return has_dot() ? &ck_int8_neon_dot_kernels : NULL;
#endif
    default: return NULL;
  }
}
