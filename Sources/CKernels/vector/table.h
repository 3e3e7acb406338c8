// The first layer as a table, and rows moved by index.

/// Vectors of a row whose sums are kept in registers at once.
#define GATHER_VECTORS 4

/// The sums of `vectors` vectors of one row; n lanes of the last one.
INLINE void gather_part(const float *table, size_t taps, size_t unit_count, size_t out, const int32_t *units,
                        const float *bias, float *y, const size_t vectors, size_t n) {
  floats sums[GATHER_VECTORS];
  UNROLL for (size_t v = 0; v < vectors; v++)
    sums[v] = bias ? load_n(bias + v * LANES, v + 1 == vectors ? n : LANES) : splat(0);
  for (size_t tap = 0; tap < taps; tap++) {
    if (units[tap] < 0) continue;
    const float *from = table + (tap * unit_count + (size_t)units[tap]) * out;
    UNROLL for (size_t v = 0; v < vectors; v++) sums[v] += load_n(from + v * LANES, v + 1 == vectors ? n : LANES);
  }
  UNROLL for (size_t v = 0; v < vectors; v++) store_n(y + v * LANES, sums[v], v + 1 == vectors ? n : LANES);
}

static void gather_convolve(const float *table, size_t taps, size_t unit_count, size_t out, const int32_t *units,
                            const float *bias, float *y, size_t ldy, size_t row0, size_t row1) {
  for (size_t r = row0; r < row1; r++) {
    const int32_t *row = units + r * taps;
    float *to = y + r * ldy;
    size_t c = 0;
    for (; c + GATHER_VECTORS * LANES <= out; c += GATHER_VECTORS * LANES)
      gather_part(table + c, taps, unit_count, out, row, bias ? bias + c : NULL, to + c, GATHER_VECTORS, LANES);
    for (; c < out; c += LANES)
      gather_part(table + c, taps, unit_count, out, row, bias ? bias + c : NULL, to + c, 1, smaller(LANES, out - c));
  }
}

static void scatter_gradient(const float *dy, size_t ldy, size_t rows, const int32_t *units, size_t taps,
                             size_t unit_count, size_t out, float *dtable, size_t column0, size_t column1) {
  for (size_t entry = 0; entry < taps * unit_count; entry++) {
    float *to = dtable + entry * out;
    EACH_COLUMN(c, column0, column1, { store_n(to + c, splat(0), n); });
  }
  for (size_t r = 0; r < rows; r++) {
    const float *from = dy + r * ldy;
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
