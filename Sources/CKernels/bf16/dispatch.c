#include "bf16.h"

#if defined(CK_HAS_X86)
static bool has_avx512(void) { return ck_kernels_for(CK_AVX512) != NULL; }
static bool has_dot(void) {
  return has_avx512() && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512bf16");
}

#elif defined(CK_HAS_NEON)
#if defined(__linux__)
#include <sys/auxv.h>
static bool has_dot(void) { return (getauxval(AT_HWCAP2) & (1ul << 14)) != 0; }  // HWCAP2_BF16
#elif defined(__APPLE__)
#include <sys/sysctl.h>
static bool has_dot(void) {
  int has = 0;
  size_t size = sizeof has;
  return sysctlbyname("hw.optional.arm.FEAT_BF16", &has, &size, NULL, 0) == 0 && has != 0;
}
#else
static bool has_dot(void) { return false; }
#endif
#endif

const ck_bf16_kernels *ck_bf16_kernels_for(ck_bf16_instructions instructions) {
  switch (instructions) {
    case CK_BF16_SCALAR: return &ck_bf16_scalar_kernels;
#if defined(CK_HAS_X86)
    case CK_BF16_AVX2: return ck_kernels_for(CK_AVX2) ? &ck_bf16_avx2_kernels : NULL;
    case CK_BF16_AVX512: return has_avx512() ? &ck_bf16_avx512_kernels : NULL;
    case CK_BF16_AVX512_BF16: return has_dot() ? &ck_bf16_avx512_bf16_kernels : NULL;
#if defined(__linux__)
    case CK_BF16_AMX: return has_dot() && ck_has_tiles(CK_TILES_BF16) ? &ck_bf16_amx_kernels : NULL;
#endif
#elif defined(CK_HAS_NEON)
    case CK_BF16_NEON: return &ck_bf16_neon_kernels;
    case CK_BF16_NEON_DOT: return has_dot() ? &ck_bf16_neon_dot_kernels : NULL;
#endif
    default: return NULL;
  }
}

uint32_t ck_bf16_round(float value) { return ck_bf16_bits(value); }
