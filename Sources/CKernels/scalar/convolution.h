// Convolution and dense product, the plain way. Packing is a copy (or a transposition).

static size_t packed_weights_size(size_t taps, size_t in, size_t out) { return taps * in * out; }

static size_t pack_weights_items(size_t taps, size_t in) {
  (void)in;
  return taps;
}

static void pack_weights(const float *w, size_t taps, size_t in, size_t out, float *packed, size_t item) {
  (void)taps;
  for (size_t i = item * in * out; i < (item + 1) * in * out; i++) packed[i] = w[i];
}

static void pack_weights_transposed(const float *w, size_t taps, size_t in, size_t out, float *packed, size_t item) {
  (void)taps;
  for (size_t i = 0; i < in; i++)
    for (size_t o = 0; o < out; o++) packed[(item * out + o) * in + i] = w[(item * in + i) * out + o];
}

static void convolve(const ck_convolution *c, size_t row0, size_t row1) {
  for (size_t r = row0; r < row1; r++) {
    float *y = c->y + r * c->ldy;
    if (!c->accumulate)
      for (size_t o = 0; o < c->out; o++) y[o] = c->bias ? c->bias[o] : 0;
    for (size_t tap = 0; tap < c->taps; tap++) {
      const int32_t row = c->windows[r * c->taps + tap];
      if (row < 0) continue;
      const float *x = c->x + (size_t)row * c->ldx;
      for (size_t i = 0; i < c->in; i++) {
        const float *w = c->packed + (tap * c->in + i) * c->out;
        for (size_t o = 0; o < c->out; o++) y[o] += x[i] * w[o];
      }
    }
  }
}

static const size_t rows_per_item = 256;

static size_t packed_rows_size(size_t rows, size_t columns) { return rows * columns; }

static size_t pack_rows_items(size_t rows, size_t columns) {
  (void)columns;
  return (rows + rows_per_item - 1) / rows_per_item;
}

static void pack_rows(const float *x, size_t ldx, size_t rows, size_t columns, float *packed, size_t item) {
  const size_t row0 = item * rows_per_item;
  const size_t row1 = row0 + rows_per_item < rows ? row0 + rows_per_item : rows;
  for (size_t r = row0; r < row1; r++)
    for (size_t c = 0; c < columns; c++) packed[r * columns + c] = x[r * ldx + c];
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

static void weight_gradient(const ck_weight_gradient *g, size_t item, float *scratch) {
  (void)scratch;
  const size_t tap = item / g->in, i = item % g->in;
  float *dw = g->dw + item * g->out;
  for (size_t r = 0; r < g->rows; r++) {
    const int32_t row = g->windows[r * g->taps + tap];
    if (row < 0) continue;
    const float x = g->x[(size_t)row * g->ldx + i];
    const float *dy = g->packed_dy + r * g->out;
    for (size_t o = 0; o < g->out; o++) dw[o] += x * dy[o];
  }
}
