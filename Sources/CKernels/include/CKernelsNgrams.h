// Hashed n-grams: which rows of a table the n-grams of a text have, and the sum of rows of bytes.
#ifndef CKERNELS_NGRAMS_H
#define CKERNELS_NGRAMS_H

#include <stddef.h>
#include <stdint.h>

#include "CKernels.h"

#ifdef __cplusplus
extern "C" {
#endif

/// The n-grams of a table in the order of their keys. The highest bits of a key choose its bucket, and the 16 bits behind them tell
/// apart the n-grams of a bucket: bucket b has the rows starts[b] ..< starts[b + 1].
typedef struct ck_ngram_table {
  const uint32_t *starts;
  const uint16_t *remainders;
  uint32_t count;  ///< of remainders
  int bucket_bits;
} ck_ngram_table;

/// The rows of the keys that the table has, in their order; what follows them in `rows`, which has room for n, means nothing.
/// Returns their number.
size_t ck_find_ngrams(const ck_ngram_table *table, const uint64_t *keys, size_t n, int32_t *rows);

/// Keeps each row once, in the order of their first occurrence, and counts it.
///
/// - slots: scratch of `slot_count` numbers, a power of two above n, all 0; they are 0 again afterwards.
/// Returns the number of distinct rows.
size_t ck_distinct_in_order(int32_t *rows, size_t n, uint32_t *counts, uint32_t *slots, size_t slot_count);

/// The weight of each row of a text: the factor of its count times its rarity, which is in sixteenths.
///
/// - frequencies: the factors of the counts below `frequency_count`.
/// Returns the sum of the squares of the weights; below 0 where a count has no factor.
double ck_weigh_ngrams(const int32_t *rows, const uint32_t *counts, size_t n, const uint8_t *rarities,
                       const float *frequencies, size_t frequency_count, float *values);

/// An n-gram that was counted: its key, the number of texts that have it, and the last of these texts. No count: a free slot.
typedef struct ck_counted_ngram {
  uint64_t key;
  uint32_t count;
  uint32_t text;
} ck_counted_ngram;

/// Counts the n-grams of a text in a table of 2^bits slots, more than n of which are free. Texts come one after another.
/// Returns the number of n-grams that were new.
size_t ck_count_ngrams(ck_counted_ngram *table, int bits, const uint64_t *keys, size_t n, uint32_t text);

/// Adds values[e] * scales[exponents[row]] times each row of bytes to y, [columns].
void ck_add_byte_rows(const int8_t *table, size_t columns, const uint8_t *exponents, const float *scales,
                      const int32_t *rows, const float *values, size_t n, float *y, ck_instructions instructions);

#ifdef __cplusplus
}
#endif

#endif
