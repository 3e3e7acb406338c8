#include "CKernelsNgrams.h"

#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

// No fused multiply-adds: every instruction set gives the same bits.
#pragma STDC FP_CONTRACT OFF

/// Keys whose memory is fetched ahead of their turn: first the bucket, later its entries.
#define BUCKETS_AHEAD 32
#define ENTRIES_AHEAD 16

/// The first entry of a bucket with this remainder; `end` where there is none.
static inline uint32_t entry_of(const ck_ngram_table *table, uint32_t entry, uint32_t end, uint16_t remainder) {
#if defined(__SSE2__)
  // Eight at once: which of a bucket's few entries it is, no processor guesses. What lies behind the bucket does not count.
  const __m128i wanted = _mm_set1_epi16((short)remainder);
  for (; entry < end && entry + 8 <= table->count; entry += 8) {
    const __m128i found = _mm_loadu_si128((const __m128i *)(table->remainders + entry));
    const unsigned equal = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi16(found, wanted));
    if (equal) {
      const uint32_t first = entry + (uint32_t)__builtin_ctz(equal) / 2;
      return first < end ? first : end;
    }
  }
  if (entry > end) return end;
#endif
  while (entry < end && table->remainders[entry] != remainder) entry++;
  return entry;
}

size_t ck_find_ngrams(const ck_ngram_table *table, const uint64_t *keys, size_t n, int32_t *rows) {
  const int shift = 64 - table->bucket_bits;
  size_t found = 0;
  for (size_t i = 0; i < n && i < BUCKETS_AHEAD; i++) __builtin_prefetch(table->starts + (keys[i] >> shift));
  for (size_t i = 0; i < n && i < ENTRIES_AHEAD; i++)
    __builtin_prefetch(table->remainders + table->starts[keys[i] >> shift]);
  for (size_t i = 0; i < n; i++) {
    if (i + BUCKETS_AHEAD < n) __builtin_prefetch(table->starts + (keys[i + BUCKETS_AHEAD] >> shift));
    if (i + ENTRIES_AHEAD < n)
      __builtin_prefetch(table->remainders + table->starts[keys[i + ENTRIES_AHEAD] >> shift]);
    const uint64_t bucket = keys[i] >> shift;
    const uint16_t remainder = (uint16_t)(keys[i] >> (shift - 16));
    const uint32_t end = table->starts[bucket + 1];
    const uint32_t entry = entry_of(table, table->starts[bucket], end, remainder);
    // Written in any case: whether an n-gram is known, no processor guesses.
    rows[found] = (int32_t)entry;
    found += entry < end;
  }
  return found;
}

static inline size_t slot_of(int32_t row, size_t slot_count) {
  return ((uint32_t)row * 0x9e3779b1u) & (slot_count - 1);
}

size_t ck_distinct_in_order(int32_t *rows, size_t n, uint32_t *counts, uint32_t *slots, size_t slot_count) {
  size_t distinct = 0;
  for (size_t i = 0; i < n; i++) {
    const int32_t row = rows[i];
    size_t slot = slot_of(row, slot_count);
    while (slots[slot] && rows[slots[slot] - 1] != row) slot = (slot + 1) & (slot_count - 1);
    if (slots[slot]) {
      counts[slots[slot] - 1]++;
    } else {
      rows[distinct] = row;
      counts[distinct++] = 1;
      slots[slot] = (uint32_t)distinct;
    }
  }
  memset(slots, 0, slot_count * sizeof *slots);
  return distinct;
}

double ck_weigh_ngrams(const int32_t *rows, const uint32_t *counts, size_t n, const uint8_t *rarities,
                       const float *frequencies, size_t frequency_count, float *values) {
  double squares = 0;
  for (size_t i = 0; i < n; i++) {
    if (i + BUCKETS_AHEAD < n) __builtin_prefetch(rarities + rows[i + BUCKETS_AHEAD]);
    if (counts[i] >= frequency_count) return -1;
    const float value = frequencies[counts[i]] * ((float)rarities[rows[i]] / 16);
    values[i] = value;
    squares += (double)value * (double)value;
  }
  return squares;
}

size_t ck_count_ngrams(ck_counted_ngram *table, int bits, const uint64_t *keys, size_t n, uint32_t text) {
  const size_t mask = ((size_t)1 << bits) - 1;
  const int shift = 64 - bits;
  size_t added = 0;
  for (size_t i = 0; i < n; i++) {
    if (i + BUCKETS_AHEAD < n) __builtin_prefetch(table + (keys[i + BUCKETS_AHEAD] >> shift), 1);
    size_t slot = keys[i] >> shift;
    while (table[slot].count && table[slot].key != keys[i]) slot = (slot + 1) & mask;
    ck_counted_ngram *entry = table + slot;
    if (!entry->count) {
      *entry = (ck_counted_ngram){keys[i], 1, text};
      added++;
    } else if (entry->text != text) {
      entry->count++;
      entry->text = text;
    }
  }
  return added;
}
