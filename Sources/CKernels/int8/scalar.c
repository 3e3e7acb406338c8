// The scalar byte kernels: the specification of the others.
#pragma STDC FP_CONTRACT OFF

#include <math.h>

#include "int8.h"

static size_t packed_size(size_t taps, size_t in, size_t out) { return taps * in * out; }

static void pack(const int8_t *w, size_t taps, size_t in, size_t out, int8_t *packed, int32_t *sums) {
  for (size_t o = 0; o < out; o++) {
    sums[o] = 0;
    for (size_t i = 0; i < in; i++)
      for (size_t tap = 0; tap < taps; tap++) {
        const int8_t weight = w[(o * in + i) * taps + tap];
        packed[(o * taps + tap) * in + i] = weight;
        sums[o] += weight;
      }
  }
}

static void convolve(const ck_int8_convolution *c, size_t row0, size_t row1) {
  for (size_t r = row0; r < row1; r++) {
    const int32_t text = c->texts[r];
    const uint8_t zero = c->text_zeros[text];
    for (size_t o = 0; o < c->out; o++) {
      int32_t sum = 0;
      for (size_t tap = 0; tap < c->taps; tap++) {
        const int32_t row = c->windows[r * c->taps + tap];
        const uint8_t *x = row < 0 ? c->missing + zero * c->ldx : c->x + (size_t)row * c->ldx;
        const int8_t *w = c->packed + (o * c->taps + tap) * c->in;
        for (size_t i = 0; i < c->in; i++) sum += x[i] * w[i];
      }
      const float scale = c->text_scales[text] * c->scales[o];
      const float product = (float)(sum - zero * c->sums[o]) * scale;
      c->y[r * c->ldy + o] = product + (c->bias ? c->bias[o] : 0);
    }
  }
}

static void range(const float *x, size_t ldx, size_t columns, size_t row0, size_t row1, float *lowest,
                  float *highest) {
  for (size_t r = row0; r < row1; r++)
    for (size_t c = 0; c < columns; c++) {
      const float value = x[r * ldx + c];
      if (value < *lowest) *lowest = value;
      if (value > *highest || value != value) *highest = value;
    }
}

static void quantize(const float *x, size_t ldx, size_t columns, float reciprocal, uint8_t zero, uint8_t *q, size_t ldq,
                     size_t row0, size_t row1) {
  for (size_t r = row0; r < row1; r++)
    for (size_t c = 0; c < columns; c++) {
      const float scaled = rintf(x[r * ldx + c] * reciprocal);
      const float moved = scaled + (float)zero;
      const float bounded = moved > 0 ? moved : 0;
      q[r * ldq + c] = (uint8_t)(bounded < CK_INT8_LARGEST ? bounded : CK_INT8_LARGEST);
    }
}

const ck_int8_kernels ck_int8_scalar_kernels = {
    .name = "scalar", .instructions = CK_INT8_SCALAR, .packed_size = packed_size, .pack = pack,
    .convolve = convolve, .range = range, .quantize = quantize,
};
