// The first layer as a table, and rows moved by index.

static void gather_convolve(const float *table, size_t taps, size_t unit_count, size_t out, const int32_t *units,
                            const float *bias, float *y, size_t ldy, size_t row0, size_t row1) {
  for (size_t r = row0; r < row1; r++) {
    float *to = y + r * ldy;
    for (size_t o = 0; o < out; o++) to[o] = bias ? bias[o] : 0;
    for (size_t tap = 0; tap < taps; tap++) {
      const int32_t unit = units[r * taps + tap];
      if (unit < 0) continue;
      const float *from = table + (tap * unit_count + (size_t)unit) * out;
      for (size_t o = 0; o < out; o++) to[o] += from[o];
    }
  }
}

static void scatter_gradient(const float *dy, size_t ldy, size_t rows, const int32_t *units, size_t taps,
                             size_t unit_count, size_t out, float *dtable, size_t column0, size_t column1) {
  for (size_t entry = 0; entry < taps * unit_count; entry++)
    for (size_t o = column0; o < column1; o++) dtable[entry * out + o] = 0;
  for (size_t r = 0; r < rows; r++) {
    for (size_t tap = 0; tap < taps; tap++) {
      const int32_t unit = units[r * taps + tap];
      if (unit < 0) continue;
      float *to = dtable + (tap * unit_count + (size_t)unit) * out;
      for (size_t o = column0; o < column1; o++) to[o] += dy[r * ldy + o];
    }
  }
}

static void gather_rows(const float *x, size_t ldx, const int32_t *rows_of_x, size_t columns, float *y, size_t ldy,
                        size_t row0, size_t row1) {
  for (size_t r = row0; r < row1; r++) {
    const int32_t row = rows_of_x[r];
    for (size_t c = 0; c < columns; c++) y[r * ldy + c] = row < 0 ? 0 : x[(size_t)row * ldx + c];
  }
}

static void scatter_rows(float *x, size_t ldx, const int32_t *rows_of_x, size_t columns, const float *y, size_t ldy,
                         size_t row0, size_t row1) {
  for (size_t r = row0; r < row1; r++) {
    const int32_t row = rows_of_x[r];
    if (row < 0) continue;
    for (size_t c = 0; c < columns; c++) x[(size_t)row * ldx + c] += y[r * ldy + c];
  }
}
