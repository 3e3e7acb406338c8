// Pooling over windows and over whole segments.

static void window_pool(ck_pooling kind, const float *x, size_t ldx, const int32_t *windows, size_t taps,
                        size_t columns, float *y, size_t ldy, int32_t *arg, size_t row0, size_t row1) {
  for (size_t r = row0; r < row1; r++) {
    const int32_t *rows = windows + r * taps;
    size_t first = 0, count = 0;
    while (first < taps && rows[first] < 0) first++;
    for (size_t tap = first; tap < taps; tap++) count += rows[tap] >= 0;
    EACH_COLUMN(c, 0, columns, {
      floats value = count ? load_n(x + (size_t)rows[first] * ldx + c, n) : splat(0);
      ints best = splat_int(count ? rows[first] : -1);
      for (size_t tap = first + 1; tap < taps; tap++) {
        if (rows[tap] < 0) continue;
        const floats v = load_n(x + (size_t)rows[tap] * ldx + c, n);
        if (kind == CK_MEAN) {
          value += v;
        } else {
          const ints greater = v > value;
          value = select_floats(greater, v, value);
          best = select_ints(greater, splat_int(rows[tap]), best);
        }
      }
      store_n(y + r * ldy + c, kind == CK_MEAN && count ? value / (float)count : value, n);
      if (kind == CK_MAX) store_ints_n(arg + r * columns + c, best, n);
    });
  }
}

static void window_pool_gradient(ck_pooling kind, const float *dy, size_t lddy, const int32_t *windows,
                                 const int32_t *transposed, size_t taps, size_t columns, const int32_t *arg, float *dx,
                                 size_t lddx, size_t row0, size_t row1) {
  for (size_t s = row0; s < row1; s++) {
    float *to = dx + s * lddx;
    EACH_COLUMN(c, 0, columns, { store_n(to + c, splat(0), n); });
    for (size_t tap = 0; tap < taps; tap++) {
      if (transposed[s * taps + tap] < 0) continue;
      const size_t row = (size_t)transposed[s * taps + tap];
      const float *from = dy + row * lddy;
      if (kind == CK_MEAN) {
        size_t count = 0;
        for (size_t k = 0; k < taps; k++) count += windows[row * taps + k] >= 0;
        EACH_COLUMN(c, 0, columns, {
          store_n(to + c, load_n(to + c, n) + load_n(from + c, n) / (float)count, n);
        });
      } else {
        const int32_t *winners = arg + row * columns;
        EACH_COLUMN(c, 0, columns, {
          const ints won = load_ints_n(winners + c, n) == splat_int((int32_t)s);
          store_n(to + c, load_n(to + c, n) + select_floats(won, load_n(from + c, n), splat(0)), n);
        });
      }
    }
  }
}

static void segment_pool(ck_pooling kind, const float *x, size_t ldx, const int32_t *offsets, size_t columns, float *y,
                         size_t ldy, int32_t *arg, size_t segment0, size_t segment1) {
  for (size_t s = segment0; s < segment1; s++) {
    const int32_t begin = offsets[s], end = offsets[s + 1];
    EACH_COLUMN(c, 0, columns, {
      floats value = begin < end ? load_n(x + (size_t)begin * ldx + c, n) : splat(0);
      if (kind == CK_MEAN) {
        for (int32_t row = begin + 1; row < end; row++) value += load_n(x + (size_t)row * ldx + c, n);
        if (begin < end) value /= (float)(end - begin);
      } else {
        ints best = splat_int(begin < end ? begin : -1);
        for (int32_t row = begin + 1; row < end; row++) {
          const floats v = load_n(x + (size_t)row * ldx + c, n);
          const ints greater = v > value;
          value = select_floats(greater, v, value);
          best = select_ints(greater, splat_int(row), best);
        }
        store_ints_n(arg + s * columns + c, best, n);
      }
      store_n(y + s * ldy + c, value, n);
    });
  }
}

static void segment_pool_gradient(ck_pooling kind, const float *dy, size_t lddy, const int32_t *offsets, size_t columns,
                                  const int32_t *arg, float *dx, size_t lddx, size_t segment0, size_t segment1) {
  for (size_t s = segment0; s < segment1; s++) {
    const int32_t begin = offsets[s], end = offsets[s + 1];
    const float count = (float)(end - begin);
    EACH_COLUMN(c, 0, columns, {
      const floats d = load_n(dy + s * lddy + c, n);
      if (kind == CK_MEAN) {
        const floats share = d / count;
        for (int32_t row = begin; row < end; row++) store_n(dx + (size_t)row * lddx + c, share, n);
      } else {
        const ints winners = load_ints_n(arg + s * columns + c, n);
        for (int32_t row = begin; row < end; row++)
          store_n(dx + (size_t)row * lddx + c, select_floats(winners == splat_int(row), d, splat(0)), n);
      }
    });
  }
}
