// What the sets of bfloat16 share with each other but not with callers.
#ifndef CKERNELS_BFLOAT16_INTERNAL_H
#define CKERNELS_BFLOAT16_INTERNAL_H

#include <string.h>

#include "../kernels.h"
#include "CKernelsBfloat16.h"

#if defined(CK_HAS_X86)
extern const ck_bf16_kernels ck_bf16_avx2_kernels;
extern const ck_bf16_kernels ck_bf16_avx512_kernels;
extern const ck_bf16_kernels ck_bf16_avx512_bf16_kernels;
extern const ck_bf16_kernels ck_bf16_amx_kernels;
#elif defined(CK_HAS_NEON)
extern const ck_bf16_kernels ck_bf16_neon_kernels;
extern const ck_bf16_kernels ck_bf16_neon_dot_kernels;
#endif

extern const ck_bf16_kernels ck_bf16_scalar_kernels;

static inline uint32_t ck_bf16_bits(float value) {
  uint32_t bits;
  memcpy(&bits, &value, sizeof bits);
  const uint32_t magnitude = bits & 0x7FFFFFFF;
  if (magnitude > 0x7F800000) return (bits | 0x00400000) >> 16;
  if (magnitude < 0x00800000) return (bits & 0x80000000) >> 16;
  return (bits + 0x7FFF + (bits >> 16 & 1)) >> 16;
}

static inline uint32_t ck_bf16_pair(float first, float second) {
  return ck_bf16_bits(first) | ck_bf16_bits(second) << 16;
}

#endif
