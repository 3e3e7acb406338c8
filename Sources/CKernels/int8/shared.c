// What is the same for every set of byte kernels.
#pragma STDC FP_CONTRACT OFF

#include <math.h>

#include "int8.h"

void ck_int8_activation_scale(float lowest, float highest, float *scale, float *reciprocal, uint8_t *zero) {
  const float below = lowest < 0 ? lowest : 0;
  const float above = highest > 0 || highest != highest ? highest : 0;
  const float width = above - below;
  if (!(width > 0) && width == width) {
    *scale = 1;
    *reciprocal = 0;
    *zero = 0;
    return;
  }
  *scale = width / CK_INT8_LARGEST;
  const float inverse = CK_INT8_LARGEST / width;
  // A range of denormals has no finite reciprocal; its elements are as good as zero.
  *reciprocal = inverse <= 3e38f ? inverse : 0;
  const float place = rintf(-below * *reciprocal);
  *zero = (uint8_t)(place > 0 ? (place < CK_INT8_LARGEST ? place : CK_INT8_LARGEST) : 0);
}

/// Entries whose rows are fetched ahead of their turn: a table is larger than the caches and read in no order.
static const int32_t ahead = 12;

void ck_int8_gather_sum(const int8_t *table, size_t columns, const float *row_scales, unsigned shift,
                        const int32_t *rows, const int32_t *offsets, const float *weights, float *y, size_t ldy,
                        size_t segment0, size_t segment1) {
  const int32_t end = offsets[segment1];
  for (size_t s = segment0; s < segment1; s++) {
    float *out = y + s * ldy;
    for (int32_t e = offsets[s]; e < offsets[s + 1]; e++) {
      if (e + ahead < end && rows[e + ahead] >= 0) {
        __builtin_prefetch(table + (size_t)rows[e + ahead] * columns);
        __builtin_prefetch(row_scales + (rows[e + ahead] >> shift));
      }
      if (rows[e] < 0) continue;
      const int8_t *row = table + (size_t)rows[e] * columns;
      const float scale = weights[e] * row_scales[rows[e] >> shift];
      for (size_t c = 0; c < columns; c++) {
        const float product = scale * (float)row[c];
        out[c] += product;
      }
    }
  }
}
