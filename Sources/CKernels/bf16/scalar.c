// The scalar set of bfloat16: the specification. No fused multiply-adds here, so that its bits do not depend on the compiler.
#pragma STDC FP_CONTRACT OFF

#include "bf16.h"

#define CK_SET_NAME "scalar"
#define CK_SET CK_BF16_SCALAR

static size_t pairs(size_t count) { return (count + 1) / 2; }

static float value_of(uint32_t bits) {
  float value;
  bits <<= 16;
  memcpy(&value, &bits, sizeof value);
  return value;
}
/// Number i of pairs.
static float number(const uint32_t *row, size_t i) { return value_of(row[i / 2] >> (i % 2 ? 16 : 0) & 0xFFFF); }

static void round_rows(const float *x, size_t ldx, size_t columns, uint32_t *to, size_t ldto, size_t row0, size_t row1) {
  for (size_t r = row0; r < row1; r++)
    for (size_t c = 0; c < columns; c += 2)
      to[r * ldto + c / 2] = ck_bf16_pair(x[r * ldx + c], c + 1 < columns ? x[r * ldx + c + 1] : 0);
}

static size_t packed_weights_size(size_t taps, size_t in, size_t out) { return taps * pairs(in) * out; }

static size_t pack_weights_items(size_t taps, size_t in) {
  (void)in;
  return taps;
}

/// Packed weights are [taps][pairs of in][out].
static void pack_weights(const float *w, size_t taps, size_t in, size_t out, uint32_t *packed, size_t item) {
  (void)taps;
  const float *from = w + item * in * out;
  uint32_t *to = packed + item * pairs(in) * out;
  for (size_t i = 0; i < in; i += 2)
    for (size_t o = 0; o < out; o++)
      to[i / 2 * out + o] = ck_bf16_pair(from[i * out + o], i + 1 < in ? from[(i + 1) * out + o] : 0);
}

static void pack_weights_transposed(const float *w, size_t taps, size_t in, size_t out, uint32_t *packed, size_t item) {
  (void)taps;
  const float *from = w + item * in * out;
  uint32_t *to = packed + item * pairs(out) * in;
  for (size_t o = 0; o < out; o += 2)
    for (size_t i = 0; i < in; i++)
      to[o / 2 * in + i] = ck_bf16_pair(from[i * out + o], o + 1 < out ? from[i * out + o + 1] : 0);
}

static void convolve(const ck_bf16_convolution *c, size_t row0, size_t row1) {
  for (size_t r = row0; r < row1; r++) {
    float *y = c->y + r * c->ldy;
    if (!c->accumulate)
      for (size_t o = 0; o < c->out; o++) y[o] = c->bias ? c->bias[o] : 0;
    for (size_t tap = 0; tap < c->taps; tap++) {
      const int32_t row = c->windows[r * c->taps + tap];
      if (row < 0) continue;
      const uint32_t *x = c->x + (size_t)row * c->ldx;
      for (size_t i = 0; i < c->in; i++) {
        const uint32_t *w = c->packed + (tap * pairs(c->in) + i / 2) * c->out;
        for (size_t o = 0; o < c->out; o++) y[o] += number(x, i) * value_of(w[o] >> (i % 2 ? 16 : 0) & 0xFFFF);
      }
    }
  }
}

static const size_t rows_per_item = 256;

static size_t packed_rows_size(size_t rows, size_t columns) { return pairs(rows) * columns; }

static size_t pack_rows_items(size_t rows, size_t columns) {
  (void)columns;
  return (rows + rows_per_item - 1) / rows_per_item;
}

static void pack_rows(const float *x, size_t ldx, size_t rows, size_t columns, uint32_t *packed, size_t item) {
  const size_t row0 = item * rows_per_item;
  const size_t row1 = row0 + rows_per_item < rows ? row0 + rows_per_item : rows;
  for (size_t r = row0; r < row1; r += 2)
    for (size_t c = 0; c < columns; c++)
      packed[r / 2 * columns + c] = ck_bf16_pair(x[r * ldx + c], r + 1 < rows ? x[(r + 1) * ldx + c] : 0);
}

/// One item for each row of dw, that is for each tap and input channel.
static size_t weight_gradient_items(size_t taps, size_t in, size_t out, size_t rows) {
  (void)out;
  (void)rows;
  return taps * in;
}

static size_t weight_gradient_scratch(size_t taps, size_t in, size_t out, size_t rows) {
  (void)taps;
  (void)in;
  (void)out;
  (void)rows;
  return 0;
}

static void weight_gradient(const ck_bf16_weight_gradient *g, size_t item, uint32_t *scratch) {
  (void)scratch;
  const size_t tap = item / g->in, i = item % g->in;
  float *dw = g->dw + item * g->out;
  for (size_t r = 0; r < g->rows; r++) {
    const int32_t row = g->windows[r * g->taps + tap];
    if (row < 0) continue;
    const float x = number(g->x + (size_t)row * g->ldx, i);
    const uint32_t *dy = g->packed_dy + r / 2 * g->out;
    for (size_t o = 0; o < g->out; o++) dw[o] += x * value_of(dy[o] >> (r % 2 ? 16 : 0) & 0xFFFF);
  }
}

static uint64_t peak(uint64_t iterations, float *sink) {
  float sum = 0;
  const float factor = value_of(ck_bf16_bits(*sink));
  for (uint64_t i = 0; i < iterations; i++) sum += factor * factor;
  *sink += sum * 1e-30f;
  return iterations * 2;
}

const ck_bf16_kernels ck_bf16_scalar_kernels =
#include "table.h"
    ;
