// Pooling over windows and over whole segments.

static void window_pool(ck_pooling kind, const float *x, size_t ldx, const int32_t *windows, size_t taps,
                        size_t columns, float *y, size_t ldy, int32_t *arg, size_t row0, size_t row1) {
  for (size_t r = row0; r < row1; r++) {
    for (size_t c = 0; c < columns; c++) {
      float value = 0;
      int32_t best = -1;
      size_t count = 0;
      for (size_t tap = 0; tap < taps; tap++) {
        const int32_t row = windows[r * taps + tap];
        if (row < 0) continue;
        const float v = x[(size_t)row * ldx + c];
        count++;
        if (kind == CK_MEAN) {
          value += v;
        } else if (best < 0 || v > value) {
          value = v;
          best = row;
        }
      }
      y[r * ldy + c] = kind == CK_MEAN && count ? value / (float)count : value;
      if (kind == CK_MAX) arg[r * columns + c] = best;
    }
  }
}

static void window_pool_gradient(ck_pooling kind, const float *dy, size_t lddy, const int32_t *windows,
                                 const int32_t *transposed, size_t taps, size_t columns, const int32_t *arg, float *dx,
                                 size_t lddx, size_t row0, size_t row1) {
  for (size_t s = row0; s < row1; s++) {
    for (size_t c = 0; c < columns; c++) dx[s * lddx + c] = 0;
    for (size_t tap = 0; tap < taps; tap++) {
      const int32_t t = transposed[s * taps + tap];
      if (t < 0) continue;
      const size_t row = (size_t)t;
      size_t count = 0;
      for (size_t k = 0; k < taps; k++) count += windows[row * taps + k] >= 0;
      for (size_t c = 0; c < columns; c++) {
        const float d = dy[row * lddy + c];
        if (kind == CK_MEAN)
          dx[s * lddx + c] += d / (float)count;
        else if (arg[row * columns + c] == (int32_t)s)
          dx[s * lddx + c] += d;
      }
    }
  }
}

static void segment_pool(ck_pooling kind, const float *x, size_t ldx, const int32_t *offsets, size_t columns, float *y,
                         size_t ldy, int32_t *arg, size_t segment0, size_t segment1) {
  for (size_t s = segment0; s < segment1; s++) {
    for (size_t c = 0; c < columns; c++) {
      float value = 0;
      int32_t best = -1;
      for (int32_t row = offsets[s]; row < offsets[s + 1]; row++) {
        const float v = x[(size_t)row * ldx + c];
        if (kind == CK_MEAN) {
          value += v;
        } else if (best < 0 || v > value) {
          value = v;
          best = row;
        }
      }
      const int32_t count = offsets[s + 1] - offsets[s];
      y[s * ldy + c] = kind == CK_MEAN && count > 0 ? value / (float)count : value;
      if (kind == CK_MAX) arg[s * columns + c] = best;
    }
  }
}

static void segment_pool_gradient(ck_pooling kind, const float *dy, size_t lddy, const int32_t *offsets, size_t columns,
                                  const int32_t *arg, float *dx, size_t lddx, size_t segment0, size_t segment1) {
  for (size_t s = segment0; s < segment1; s++) {
    const float count = (float)(offsets[s + 1] - offsets[s]);
    for (int32_t row = offsets[s]; row < offsets[s + 1]; row++) {
      for (size_t c = 0; c < columns; c++) {
        const float d = dy[s * lddy + c];
        dx[(size_t)row * lddx + c] = kind == CK_MEAN ? d / count : arg[s * columns + c] == row ? d : 0;
      }
    }
  }
}
