// What the parts of this room share with each other but not with callers.
#ifndef CKERNELS_INTERNAL_H
#define CKERNELS_INTERNAL_H

#include <stdbool.h>

#include "CKernels.h"

#if defined(__x86_64__)
#define CK_HAS_X86 1
extern const ck_kernels ck_avx2_kernels;
extern const ck_kernels ck_avx512_kernels;

/// What tiles multiply: the bits of CPUID, leaf 7, register EDX.
enum { CK_TILES_BF16 = 1 << 22, CK_TILES_INT8 = 1 << 25 };
/// Whether the processor has the tiles of AMX with such products, and the system lets this process use them.
bool ck_has_tiles(unsigned products);
#elif defined(__aarch64__)
#define CK_HAS_NEON 1
extern const ck_kernels ck_neon_kernels;
#endif

extern const ck_kernels ck_scalar_kernels;

/// The four words of Philox4x32-10 for a counter (of which the upper 64 bits are zero).
static inline void ck_philox(uint64_t key, uint64_t counter, uint32_t words[4]) {
  uint32_t c0 = (uint32_t)counter, c1 = (uint32_t)(counter >> 32), c2 = 0, c3 = 0;
  uint32_t k0 = (uint32_t)key, k1 = (uint32_t)(key >> 32);
  for (int round = 0; round < 10; round++) {
    const uint64_t p0 = (uint64_t)0xD2511F53u * c0;
    const uint64_t p1 = (uint64_t)0xCD9E8D57u * c2;
    c0 = (uint32_t)(p1 >> 32) ^ c1 ^ k0;
    c1 = (uint32_t)p1;
    c2 = (uint32_t)(p0 >> 32) ^ c3 ^ k1;
    c3 = (uint32_t)p0;
    k0 += 0x9E3779B9u;
    k1 += 0xBB67AE85u;
  }
  words[0] = c0;
  words[1] = c1;
  words[2] = c2;
  words[3] = c3;
}

/// The smallest word that dropout keeps: the least integer that is >= rate * 2^32 (2^32 itself drops everything).
static inline uint64_t ck_dropout_threshold(float rate) {
  if (!(rate > 0)) return 0;
  if (rate >= 1) return (uint64_t)1 << 32;
  const double bound = (double)rate * 4294967296.0;
  const uint64_t whole = (uint64_t)bound;
  return (double)whole < bound ? whole + 1 : whole;
}

#endif
