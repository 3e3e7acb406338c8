// The first layer as a table, and rows moved by index.

/// The sums of `vectors` vectors of one row; n lanes of the last one.
INLINE void gather_part(const float *table, size_t taps, size_t unit_count, size_t out, const int32_t *units,
                        const float *bias, float *y, const size_t vectors, size_t n) {
  floats sums[COLUMN_VECTORS];
  UNROLL for (size_t v = 0; v < vectors; v++)
    sums[v] = bias ? load_n(bias + v * LANES, lanes_of(v, vectors, n)) : splat(0);
  for (size_t tap = 0; tap < taps; tap++) {
    if (units[tap] < 0) continue;
    const float *from = table + (tap * unit_count + (size_t)units[tap]) * out;
    UNROLL for (size_t v = 0; v < vectors; v++) sums[v] += load_n(from + v * LANES, lanes_of(v, vectors, n));
  }
  UNROLL for (size_t v = 0; v < vectors; v++) store_n(y + v * LANES, sums[v], lanes_of(v, vectors, n));
}

static void gather_convolve(const float *table, size_t taps, size_t unit_count, size_t out, const int32_t *units,
                            const float *bias, float *y, size_t ldy, size_t row0, size_t row1) {
  for (size_t r = row0; r < row1; r++) {
    const int32_t *row = units + r * taps;
    float *to = y + r * ldy;
    EACH_COLUMN_GROUP(c, 0, out, {
      gather_part(table + c, taps, unit_count, out, row, bias ? bias + c : NULL, to + c, vectors, n);
    });
  }
}

/// Rows ahead of the one at hand that are asked of memory.
#define PREFETCHED_ROWS 24

static void scatter_gradient(const float *dy, size_t ldy, size_t rows, const int32_t *units, size_t taps,
                             size_t unit_count, size_t out, float *dtable, size_t column0, size_t column1) {
  for (size_t entry = 0; entry < taps * unit_count; entry++) {
    float *to = dtable + entry * out;
    EACH_COLUMN(c, column0, column1, { store_n(to + c, splat(0), n); });
  }
  for (size_t r = 0; r < rows; r++) {
    const float *from = dy + r * ldy;
    // A slice of each row only, which the processor does not foresee.
    if (r + PREFETCHED_ROWS < rows)
      for (size_t c = column0; c < column1; c += 16) __builtin_prefetch(from + PREFETCHED_ROWS * ldy + c);
    for (size_t tap = 0; tap < taps; tap++) {
      const int32_t unit = units[r * taps + tap];
      if (unit < 0) continue;
      float *to = dtable + (tap * unit_count + (size_t)unit) * out;
      EACH_COLUMN(c, column0, column1, { store_n(to + c, load_n(to + c, n) + load_n(from + c, n), n); });
    }
  }
}

static void gather_rows(const float *x, size_t ldx, const int32_t *rows_of_x, size_t columns, float *y, size_t ldy,
                        size_t row0, size_t row1) {
  for (size_t r = row0; r < row1; r++) {
    float *to = y + r * ldy;
    if (rows_of_x[r] < 0) {
      EACH_COLUMN(c, 0, columns, { store_n(to + c, splat(0), n); });
    } else {
      const float *from = x + (size_t)rows_of_x[r] * ldx;
      EACH_COLUMN(c, 0, columns, { store_n(to + c, load_n(from + c, n), n); });
    }
  }
}

static void scatter_rows(float *x, size_t ldx, const int32_t *rows_of_x, size_t columns, const float *y, size_t ldy,
                         size_t row0, size_t row1) {
  for (size_t r = row0; r < row1; r++) {
    if (rows_of_x[r] < 0) continue;
    const float *from = y + r * ldy;
    float *to = x + (size_t)rows_of_x[r] * ldx;
    EACH_COLUMN(c, 0, columns, { store_n(to + c, load_n(to + c, n) + load_n(from + c, n), n); });
  }
}
