#include "CKernelsNgrams.h"

/// Keys whose memory is fetched ahead of their turn: first the bucket, later its entries.
#define BUCKETS_AHEAD 16
#define ENTRIES_AHEAD 8

void ck_find_ngrams(const ck_ngram_table *table, const uint64_t *keys, size_t n, int32_t *rows) {
  const int shift = 64 - table->bucket_bits;
  for (size_t i = 0; i < n; i++) {
    if (i + BUCKETS_AHEAD < n) __builtin_prefetch(table->starts + (keys[i + BUCKETS_AHEAD] >> shift));
    if (i + ENTRIES_AHEAD < n)
      __builtin_prefetch(table->remainders + table->starts[keys[i + ENTRIES_AHEAD] >> shift]);
    const uint64_t bucket = keys[i] >> shift;
    const uint16_t remainder = (uint16_t)(keys[i] >> (shift - 16));
    const uint32_t end = table->starts[bucket + 1];
    int32_t row = -1;
    for (uint32_t entry = table->starts[bucket]; entry < end; entry++)
      if (table->remainders[entry] == remainder) {
        row = (int32_t)entry;
        break;
      }
    rows[i] = row;
  }
}

static inline size_t slot_of(int32_t row, size_t slot_count) {
  return ((uint32_t)row * 0x9e3779b1u) & (slot_count - 1);
}

size_t ck_distinct_in_order(int32_t *rows, size_t n, uint32_t *counts, uint32_t *slots, size_t slot_count) {
  size_t distinct = 0;
  for (size_t i = 0; i < n; i++) {
    const int32_t row = rows[i];
    if (row < 0) continue;
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
  for (size_t i = 0; i < distinct; i++) {
    size_t slot = slot_of(rows[i], slot_count);
    while (slots[slot]) {
      slots[slot] = 0;
      slot = (slot + 1) & (slot_count - 1);
    }
  }
  return distinct;
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
