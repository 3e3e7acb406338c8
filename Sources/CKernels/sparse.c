#include "CKernels.h"

#include <math.h>
#include <string.h>

// Insertion sort beats the passes of the other one below about this many rows.
#define CK_FEW_ROWS 48
#define CK_DIGIT_BITS 9

static void sort_rows(int32_t *rows, size_t n, int bits, int32_t *scratch) {
  if (n <= CK_FEW_ROWS) {
    for (size_t i = 1; i < n; i++) {
      int32_t row = rows[i];
      size_t j = i;
      for (; j > 0 && rows[j - 1] > row; j--) rows[j] = rows[j - 1];
      rows[j] = row;
    }
    return;
  }
  int32_t *from = rows, *to = scratch;
  for (int shift = 0; shift < bits; shift += CK_DIGIT_BITS) {
    size_t starts[(1 << CK_DIGIT_BITS) + 1] = {0};
    for (size_t i = 0; i < n; i++) starts[((from[i] >> shift) & ((1 << CK_DIGIT_BITS) - 1)) + 1]++;
    for (size_t d = 0; d < 1 << CK_DIGIT_BITS; d++) starts[d + 1] += starts[d];
    for (size_t i = 0; i < n; i++) to[starts[(from[i] >> shift) & ((1 << CK_DIGIT_BITS) - 1)]++] = from[i];
    int32_t *other = from;
    from = to;
    to = other;
  }
  if (from != rows) memcpy(rows, from, n * sizeof *rows);
}

size_t ck_count_rows(int32_t *rows, size_t n, int bits, int32_t *counts) {
  sort_rows(rows, n, bits, counts);
  size_t distinct = 0;
  for (size_t i = 0; i < n;) {
    size_t end = i + 1;
    while (end < n && rows[end] == rows[i]) end++;
    rows[distinct] = rows[i];
    counts[distinct++] = (int32_t)(end - i);
    i = end;
  }
  return distinct;
}

void ck_weigh_rows(const float *idf, const int32_t *rows, const int32_t *counts, const int32_t *offsets, float scale,
                   float *weights, size_t segment0, size_t segment1) {
  for (size_t s = segment0; s < segment1; s++) {
    double squares = 0;
    for (int32_t e = offsets[s]; e < offsets[s + 1]; e++) {
      weights[e] = sqrtf((float)counts[e]) * idf[rows[e]];
      squares += (double)weights[e] * weights[e];
    }
    // In double: the smallest floats have no reciprocal that is a float.
    const double factor = squares > 0 ? scale / sqrt(squares) : 0;
    for (int32_t e = offsets[s]; e < offsets[s + 1]; e++) weights[e] = (float)(weights[e] * factor);
  }
}

/// Entries whose rows are fetched ahead of their turn: a table is larger than the caches and read in no order.
static const int32_t ahead = 12;

void ck_gather_sum(const float *table, size_t columns, const int32_t *rows, const int32_t *offsets, const float *weights,
                   float *y, size_t ldy, size_t segment0, size_t segment1) {
  const int32_t end = offsets[segment1];
  for (size_t s = segment0; s < segment1; s++) {
    float *out = y + s * ldy;
    for (int32_t e = offsets[s]; e < offsets[s + 1]; e++) {
      if (e + ahead < end && rows[e + ahead] >= 0) __builtin_prefetch(table + (size_t)rows[e + ahead] * columns);
      if (rows[e] < 0) continue;
      const float *row = table + (size_t)rows[e] * columns;
      for (size_t c = 0; c < columns; c++) out[c] += weights[e] * row[c];
    }
  }
}

void ck_scatter_sum(const float *dy, size_t lddy, size_t columns, const int32_t *rows, const int32_t *offsets,
                    size_t segments, const float *weights, float *dtable) {
  for (size_t s = 0; s < segments; s++) {
    const float *gradient = dy + s * lddy;
    for (int32_t e = offsets[s]; e < offsets[s + 1]; e++) {
      if (rows[e] < 0) continue;
      float *row = dtable + (size_t)rows[e] * columns;
      for (size_t c = 0; c < columns; c++) row[c] += weights[e] * gradient[c];
    }
  }
}

void ck_update_rows(float *table, size_t columns, const int32_t *rows, const float *gradients, float rate, float keep,
                    size_t row0, size_t row1) {
  for (size_t r = row0; r < row1; r++) {
    float *row = table + (size_t)rows[r] * columns;
    const float *gradient = gradients + r * columns;
    for (size_t c = 0; c < columns; c++) row[c] = keep * row[c] - rate * gradient[c];
  }
}
