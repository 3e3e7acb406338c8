// The kernels of one instruction set; the including file has all widths of the descent, of which the problem chooses one.

/// Rows of one byte whose memory is fetched ahead of their turn.
#define ROWS_AHEAD 24

#define EACH_WIDTH(lanes, call) \
  switch (lanes) {              \
    case 1: call(1); break;     \
    case 4: call(4); break;     \
    case 8: call(8); break;     \
    default: call(16); break;   \
  }

static void descend(const ck_descent *p, const uint32_t *order, size_t count, const int32_t *active, const float *bounds,
                      float *violations) {
#define CALL(width) descend_##width(p, order, count, active, bounds, violations)
  EACH_WIDTH(p->lanes, CALL)
#undef CALL
}

static void values(const ck_descent *p, size_t examples, double *primal, double *dual) {
#define CALL(width) values_##width(p, examples, primal, dual)
  EACH_WIDTH(p->lanes, CALL)
#undef CALL
}

static void begin(const ck_descent *p, size_t examples, float *y) {
#define CALL(width) begin_##width(p, examples, y)
  EACH_WIDTH(p->lanes, CALL)
#undef CALL
}

static void margins(const ck_descent *p, float *y, size_t row0, size_t row1) {
#define CALL(width) margins_##width(p, y, row0, row1)
  EACH_WIDTH(p->lanes, CALL)
#undef CALL
}

static void add_byte_rows(const int8_t *restrict table, size_t columns, const uint8_t *exponents, const float *scales,
                          const int32_t *rows, const float *values, size_t n, float *restrict y) {
  if (columns == 1) {
    float sum = *y;
    for (size_t e = 0; e < n; e++) {
      if (e + ROWS_AHEAD < n) {
        __builtin_prefetch(table + rows[e + ROWS_AHEAD]);
        __builtin_prefetch(exponents + rows[e + ROWS_AHEAD]);
      }
      const float factor = values[e] * scales[exponents[rows[e]]];
      sum += factor * table[rows[e]];
    }
    *y = sum;
    return;
  }
  for (size_t e = 0; e < n; e++) {
    if (e + AHEAD < n) {
      __builtin_prefetch(table + (size_t)rows[e + AHEAD] * columns);
      __builtin_prefetch(exponents + rows[e + AHEAD]);
    }
    const int8_t *row = table + (size_t)rows[e] * columns;
    const float factor = values[e] * scales[exponents[rows[e]]];
    for (size_t c = 0; c < columns; c++) y[c] += factor * row[c];
  }
}
