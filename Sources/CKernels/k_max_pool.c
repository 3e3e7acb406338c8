// K-max pooling. Selecting is comparing and moving integers, where vectors bring nothing: one function for every set.
#include <string.h>

#include "CKernels.h"

/// Columns whose keys lie side by side in the scratch, so that each cache line of x is read once.
enum { GROUP = CK_K_MAX_GROUP };

/// An integer that orders as the number does; both zeros are one number.
static uint32_t ordered_key(float value) {
  const float number = value + 0.0f;
  uint32_t bits;
  memcpy(&bits, &number, sizeof bits);
  return bits & 0x80000000u ? ~bits : bits | 0x80000000u;
}

/// The k-th largest of n keys (1 <= k <= n), found digit by digit from the highest; `equal` receives how many of the
/// keys that equal it are among the k largest.
static uint32_t kth_largest(const uint32_t *keys, size_t n, size_t k, size_t *equal) {
  uint32_t prefix = 0, mask = 0;
  for (int shift = 24; shift >= 0; shift -= 8) {
    size_t counts[256] = {0};
    for (size_t i = 0; i < n; i++)
      if ((keys[i] & mask) == prefix) counts[(keys[i] >> shift) & 255]++;
    uint32_t digit = 255;
    while (counts[digit] < k) k -= counts[digit--];
    prefix |= digit << shift;
    mask |= 255u << shift;
  }
  *equal = k;
  return prefix;
}

void ck_k_max_pool(const float *x, size_t ldx, size_t rows, size_t columns, size_t k, int32_t first_row, float *y,
                   size_t ldy, int32_t *arg, uint32_t *scratch) {
  for (size_t c0 = 0; c0 < columns; c0 += GROUP) {
    const size_t group = columns - c0 < GROUP ? columns - c0 : GROUP;
    for (size_t r = 0; r < rows; r++)
      for (size_t c = 0; c < group; c++) scratch[c * rows + r] = ordered_key(x[r * ldx + c0 + c]);
    for (size_t c = 0; c < group; c++) {
      const uint32_t *keys = scratch + c * rows;
      size_t equal = 0, kept = 0;
      const uint32_t least = k < rows && k > 0 ? kth_largest(keys, rows, k, &equal) : 0;
      for (size_t r = 0; r < rows && kept < k; r++) {
        if (k < rows) {
          if (keys[r] < least || (keys[r] == least && equal == 0)) continue;
          if (keys[r] == least) equal--;
        }
        y[kept * ldy + c0 + c] = x[r * ldx + c0 + c];
        arg[kept * columns + c0 + c] = first_row + (int32_t)r;
        kept++;
      }
      for (; kept < k; kept++) {
        y[kept * ldy + c0 + c] = 0;
        arg[kept * columns + c0 + c] = -1;
      }
    }
  }
}

void ck_k_max_pool_gradient(const float *dy, size_t lddy, size_t k, size_t columns, const int32_t *arg,
                            int32_t first_row, float *dx, size_t lddx, size_t rows) {
  for (size_t r = 0; r < rows; r++)
    for (size_t c = 0; c < columns; c++) dx[r * lddx + c] = 0;
  for (size_t kept = 0; kept < k; kept++) {
    for (size_t c = 0; c < columns; c++) {
      const int32_t row = arg[kept * columns + c];
      if (row >= 0) dx[(size_t)(row - first_row) * lddx + c] = dy[kept * lddy + c];
    }
  }
}
