// The convolutions of every set of instructions that this processor, or its emulator, has, beside the scalar ones: forward,
// the gradient of the input and that of the weights. Ends with 1 where they differ.
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "CKernels.h"
#include "CKernelsBfloat16.h"
#include "CKernelsInt8.h"

typedef struct shape {
  size_t text, texts, taps, in, out;
} shape;

static const shape shapes[] = {
    {1, 1, 1, 1, 1},  {2, 1, 1, 33, 100}, {7, 1, 7, 5, 9},    {11, 3, 3, 17, 31},
    {13, 1, 1, 530, 65}, {9, 31, 3, 48, 67}, {150, 2, 5, 24, 40}, {40, 1, 17, 8, 33},
};

/// Numbers of -1 ... 1 that are the same everywhere.
static float next_number(void) {
  static uint32_t state = 1;
  state = state * 1664525 + 1013904223;
  return (float)(int32_t)state / 2147483648.0f;
}

static void *zeros(size_t bytes) {
  void *memory = calloc(bytes ? bytes : 1, 1);
  if (!memory) exit(2);
  return memory;
}
static float *numbers(size_t count) {
  float *all = zeros(count * sizeof(float));
  for (size_t i = 0; i < count; i++) all[i] = next_number();
  return all;
}

/// Rows that a window reads, in each text by itself.
static int32_t *windows_of(const shape *s) {
  int32_t *windows = zeros(s->text * s->texts * s->taps * sizeof(int32_t));
  for (size_t r = 0; r < s->text * s->texts; r++)
    for (size_t t = 0; t < s->taps; t++) {
      const long place = (long)(r % s->text) + (long)t - (long)(s->taps / 2);
      windows[r * s->taps + t] = place < 0 || place >= (long)s->text ? -1 : (int32_t)(r / s->text * s->text + (size_t)place);
    }
  return windows;
}

static int failures;

static void compare(const char *what, const char *set, const shape *s, const float *ours, const float *scalar, size_t count,
                    float tolerance) {
  float largest = 0, difference = 0;
  for (size_t i = 0; i < count; i++) {
    largest = fmaxf(largest, fabsf(scalar[i]));
    difference = fmaxf(difference, fabsf(ours[i] - scalar[i]));
    if (ours[i] != ours[i]) difference = INFINITY;
  }
  if (difference <= tolerance * largest) return;
  failures++;
  printf("%s of %s differs by %g of %g: %zu texts of %zu, %zu taps, %zu to %zu channels\n", what, set, difference, largest,
         s->texts, s->text, s->taps, s->in, s->out);
}

/// The results of a set for floats (k) or for bfloat16 (b): y, dx and dw one after the other.
static float *results(const ck_kernels *k, const ck_bf16_kernels *b, const shape *s, const float *x, const float *w,
                      const float *bias, const float *dy) {
  const size_t rows = s->text * s->texts, in = s->in, out = s->out, taps = s->taps;
  float *all = zeros((rows * out + rows * in + taps * in * out) * sizeof(float));
  float *y = all, *dx = y + rows * out, *dw = dx + rows * in;
  int32_t *windows = windows_of(s), *turned = zeros(rows * taps * sizeof(int32_t));
  // Windows are symmetric: the row that reads through tap t is read through the opposite one.
  for (size_t r = 0; r < rows; r++)
    for (size_t t = 0; t < taps; t++) turned[r * taps + t] = -1;
  for (size_t r = 0; r < rows; r++)
    for (size_t t = 0; t < taps; t++)
      if (windows[r * taps + t] >= 0) turned[(size_t)windows[r * taps + t] * taps + t] = (int32_t)r;
  if (k) {
    float *forward = zeros(4 * k->packed_weights_size(taps, in, out));
    float *back = zeros(4 * k->packed_weights_size(taps, out, in));
    float *rows_of_dy = zeros(4 * k->packed_rows_size(rows, out));
    float *scratch = zeros(4 * k->weight_gradient_scratch(taps, in, out, rows));
    for (size_t i = 0; i < k->pack_weights_items(taps, in); i++) {
      k->pack_weights(w, taps, in, out, forward, i);
      k->pack_weights_transposed(w, taps, in, out, back, i);
    }
    for (size_t i = 0; i < k->pack_rows_items(rows, out); i++) k->pack_rows(dy, out, rows, out, rows_of_dy, i);
    const ck_convolution c = {x, in, windows, taps, in, out, forward, bias, y, out, false};
    const ck_convolution d = {dy, out, turned, taps, out, in, back, NULL, dx, in, false};
    const ck_weight_gradient g = {x, in, windows, taps, in, out, rows, rows_of_dy, dw};
    k->convolve(&c, 0, rows);
    k->convolve(&d, 0, rows);
    for (size_t i = 0; i < k->weight_gradient_items(taps, in, out, rows); i++) k->weight_gradient(&g, i, scratch);
    free(forward), free(back), free(rows_of_dy), free(scratch);
  } else {
    const size_t ldx = (in + 1) / 2, ldy = (out + 1) / 2;
    uint32_t *forward = zeros(4 * b->packed_weights_size(taps, in, out));
    uint32_t *back = zeros(4 * b->packed_weights_size(taps, out, in));
    uint32_t *rows_of_dy = zeros(4 * b->packed_rows_size(rows, out)), *round_x = zeros(4 * rows * ldx);
    uint32_t *round_dy = zeros(4 * rows * ldy), *scratch = zeros(4 * b->weight_gradient_scratch(taps, in, out, rows));
    for (size_t i = 0; i < b->pack_weights_items(taps, in); i++) {
      b->pack_weights(w, taps, in, out, forward, i);
      b->pack_weights_transposed(w, taps, in, out, back, i);
    }
    for (size_t i = 0; i < b->pack_rows_items(rows, out); i++) b->pack_rows(dy, out, rows, out, rows_of_dy, i);
    b->round_rows(x, in, in, round_x, ldx, 0, rows);
    b->round_rows(dy, out, out, round_dy, ldy, 0, rows);
    const ck_bf16_convolution c = {round_x, ldx, windows, taps, in, out, forward, bias, y, out, false};
    const ck_bf16_convolution d = {round_dy, ldy, turned, taps, out, in, back, NULL, dx, in, false};
    const ck_bf16_weight_gradient g = {round_x, ldx, windows, taps, in, out, rows, rows_of_dy, dw};
    b->convolve(&c, 0, rows);
    b->convolve(&d, 0, rows);
    for (size_t i = 0; i < b->weight_gradient_items(taps, in, out, rows); i++) b->weight_gradient(&g, i, scratch);
    free(forward), free(back), free(rows_of_dy), free(round_x), free(round_dy), free(scratch);
  }
  free(windows), free(turned);
  return all;
}

static void compare_results(const char *set, const shape *s, const float *ours, const float *scalar, float tolerance) {
  const size_t rows = s->text * s->texts, y = rows * s->out, dx = rows * s->in;
  compare("forward", set, s, ours, scalar, y, tolerance);
  compare("input gradient", set, s, ours + y, scalar + y, dx, tolerance);
  compare("weight gradient", set, s, ours + y + dx, scalar + y + dx, s->taps * s->in * s->out, tolerance);
}

/// y of bytes, which is the same to the last bit.
static float *integers(const ck_int8_kernels *k, const shape *s, const float *x, const int8_t *w, const float *scales) {
  const size_t rows = s->text * s->texts, ldx = (s->in + 3) / 4 * 4;
  uint8_t *bytes = zeros(rows * ldx), *missing = zeros(128 * ldx);
  for (size_t z = 0; z < 128; z++) memset(missing + z * ldx, (int)z, ldx);
  int32_t *windows = windows_of(s), *texts = zeros(rows * sizeof(int32_t)), *sums = zeros(s->out * sizeof(int32_t));
  float *text_scales = zeros(s->texts * sizeof(float)), *y = zeros(rows * s->out * sizeof(float));
  uint8_t *text_zeros = zeros(s->texts);
  for (size_t t = 0; t < s->texts; t++) {
    const float *text = x + t * s->text * s->in;
    float lowest = 0, highest = 0, reciprocal;
    k->range(text, s->in, s->in, 0, s->text, &lowest, &highest);
    ck_int8_activation_scale(lowest, highest, text_scales + t, &reciprocal, text_zeros + t);
    k->quantize(text, s->in, s->in, reciprocal, text_zeros[t], bytes + t * s->text * ldx, ldx, 0, s->text);
  }
  for (size_t r = 0; r < rows; r++) texts[r] = (int32_t)(r / s->text);
  int8_t *packed = zeros(k->packed_size(s->taps, s->in, s->out));
  k->pack(w, s->taps, s->in, s->out, packed, sums);
  const ck_int8_convolution c = {.x = bytes, .ldx = ldx, .windows = windows, .taps = s->taps, .in = s->in, .out = s->out,
                                 .packed = packed, .sums = sums, .scales = scales, .bias = scales, .texts = texts,
                                 .text_scales = text_scales, .text_zeros = text_zeros, .missing = missing, .y = y,
                                 .ldy = s->out};
  k->convolve(&c, 0, rows);
  free(bytes), free(missing), free(windows), free(texts), free(sums), free(text_scales), free(text_zeros), free(packed);
  return y;
}

int main(void) {
  for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
    const shape *s = shapes + i;
    const size_t rows = s->text * s->texts, count = s->taps * s->in * s->out;
    float *x = numbers(rows * s->in), *w = numbers(count), *bias = numbers(s->out), *dy = numbers(rows * s->out);
    int8_t *bytes = zeros(count);
    for (size_t j = 0; j < count; j++) bytes[j] = (int8_t)(w[j] * 127);
    float *scalar = results(ck_kernels_for(CK_SCALAR), NULL, s, x, w, bias, dy);
    float *rounded = results(NULL, ck_bf16_kernels_for(CK_BF16_SCALAR), s, x, w, bias, dy);
    float *exact = integers(ck_int8_kernels_for(CK_INT8_SCALAR), s, x, bytes, bias);
    // Numbers of sets have no gaps as long as these.
    for (int set = 1; set < 64; set++) {
      const ck_kernels *k = ck_kernels_for((ck_instructions)set);
      const ck_bf16_kernels *b = ck_bf16_kernels_for((ck_bf16_instructions)set);
      const ck_int8_kernels *n = ck_int8_kernels_for((ck_int8_instructions)set);
      float *of_k = k ? results(k, NULL, s, x, w, bias, dy) : NULL, *of_b = b ? results(NULL, b, s, x, w, bias, dy) : NULL;
      float *of_n = n ? integers(n, s, x, bytes, bias) : NULL;
      if (k) compare_results(k->name, s, of_k, scalar, 4e-6f);
      if (b) compare_results(b->name, s, of_b, rounded, 4e-6f);
      if (n) compare("8-bit forward", n->name, s, of_n, exact, rows * s->out, 0);
      if (k && i == 0) printf("floats: %s\n", k->name);
      if (b && i == 0) printf("bfloat16: %s\n", b->name);
      if (n && i == 0) printf("8 bits: %s\n", n->name);
      free(of_k), free(of_b), free(of_n);
    }
    free(x), free(w), free(bias), free(dy), free(bytes), free(scalar), free(rounded), free(exact);
  }
  printf(failures ? "%d results differ\n" : "every set agrees with the scalar one\n", failures);
  return failures != 0;
}
