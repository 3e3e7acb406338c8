#ifndef CSHA256_H
#define CSHA256_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Feeds whole blocks of 64 bytes into the state of SHA-256 (NIST FIPS 180-4, section 6.2) with the processor's own
/// instructions for it. Returns false, with nothing done, where it has none.
bool csha256_compress(uint32_t state[8], const uint8_t *blocks, size_t count);

#ifdef __cplusplus
}
#endif
#endif
