#include "CKernels.h"

void ck_gather_sum(const float *table, size_t columns, const int32_t *rows, const int32_t *offsets, const float *scales,
                   float *y, size_t ldy, size_t segment0, size_t segment1) {
  for (size_t s = segment0; s < segment1; s++) {
    float *out = y + s * ldy;
    for (int32_t e = offsets[s]; e < offsets[s + 1]; e++) {
      if (rows[e] < 0) continue;
      const float *row = table + (size_t)rows[e] * columns;
      for (size_t c = 0; c < columns; c++) out[c] += scales[s] * row[c];
    }
  }
}

void ck_scatter_sum(const float *dy, size_t lddy, size_t columns, const int32_t *rows, const int32_t *offsets,
                    size_t segments, const float *scales, float *dtable) {
  for (size_t s = 0; s < segments; s++) {
    const float *gradient = dy + s * lddy;
    for (int32_t e = offsets[s]; e < offsets[s + 1]; e++) {
      if (rows[e] < 0) continue;
      float *row = dtable + (size_t)rows[e] * columns;
      for (size_t c = 0; c < columns; c++) row[c] += scales[s] * gradient[c];
    }
  }
}

void ck_update_rows(float *table, size_t columns, const int32_t *rows, const float *gradients, const float *scales,
                    float rate, float keep, size_t row0, size_t row1) {
  for (size_t r = row0; r < row1; r++) {
    float *row = table + (size_t)rows[r] * columns;
    const float *gradient = gradients + r * columns;
    float step = rate * scales[r];
    for (size_t c = 0; c < columns; c++) row[c] = keep * row[c] - step * gradient[c];
  }
}
