// Layer and batch normalization. Sums over a row run in lanes; sums over a column run down the rows in order, in
// groups of SUM_ROWS whose totals are then added.

#define SUM_ROWS 128

/// Rows that are normalized side by side, so that none waits for its own sums alone.
#define NORMALIZED_ROWS 4

INLINE void layer_norm_rows(size_t rows, const float *from, size_t ldx, size_t columns, const float *gamma,
                            const float *beta, float epsilon, float *to, size_t ldy, float *mean_rstd) {
  floats sums[NORMALIZED_ROWS], squares[NORMALIZED_ROWS];
  float means[NORMALIZED_ROWS], rstds[NORMALIZED_ROWS];
  for (size_t i = 0; i < rows; i++) sums[i] = squares[i] = splat(0);
  EACH_COLUMN(c, 0, columns, {
    for (size_t i = 0; i < rows; i++) sums[i] += load_n(from + i * ldx + c, n);
  });
  for (size_t i = 0; i < rows; i++) means[i] = sum_of_lanes(sums[i]) / (float)columns;
  EACH_COLUMN(c, 0, columns, {
    for (size_t i = 0; i < rows; i++) {
      const floats d = load_n(from + i * ldx + c, n) - means[i];
      squares[i] += first_n(d * d, n);
    }
  });
  for (size_t i = 0; i < rows; i++) {
    rstds[i] = 1 / sqrtf(sum_of_lanes(squares[i]) / (float)columns + epsilon);
    mean_rstd[2 * i] = means[i];
    mean_rstd[2 * i + 1] = rstds[i];
  }
  EACH_COLUMN(c, 0, columns, {
    for (size_t i = 0; i < rows; i++) {
      const floats hat = (load_n(from + i * ldx + c, n) - means[i]) * rstds[i];
      store_n(to + i * ldy + c, fma_floats(hat, load_n(gamma + c, n), load_n(beta + c, n)), n);
    }
  });
}

static void layer_norm(const float *x, size_t ldx, size_t columns, const float *gamma, const float *beta, float epsilon,
                       float *y, size_t ldy, float *mean_rstd, size_t row0, size_t row1) {
  size_t r = row0;
  for (; r + NORMALIZED_ROWS <= row1; r += NORMALIZED_ROWS)
    layer_norm_rows(NORMALIZED_ROWS, x + r * ldx, ldx, columns, gamma, beta, epsilon, y + r * ldy, ldy,
                    mean_rstd + 2 * r);
  for (; r < row1; r++)
    layer_norm_rows(1, x + r * ldx, ldx, columns, gamma, beta, epsilon, y + r * ldy, ldy, mean_rstd + 2 * r);
}

static void layer_norm_gradient(const float *x, size_t ldx, size_t columns, const float *gamma, const float *mean_rstd,
                                const float *dy, size_t lddy, float *dx, size_t lddx, size_t row0, size_t row1) {
  for (size_t r = row0; r < row1; r++) {
    const float mean = mean_rstd[2 * r], rstd = mean_rstd[2 * r + 1];
    const float *from = x + r * ldx, *gradient = dy + r * lddy;
    float *to = dx + r * lddx;
    floats sums = splat(0), products = splat(0);
    EACH_COLUMN(c, 0, columns, {
      const floats d = load_n(gradient + c, n) * load_n(gamma + c, n);
      sums += d;
      products = fma_floats(d, (load_n(from + c, n) - mean) * rstd, products);
    });
    const float mean_d = sum_of_lanes(sums) / (float)columns, mean_p = sum_of_lanes(products) / (float)columns;
    EACH_COLUMN(c, 0, columns, {
      const floats hat = (load_n(from + c, n) - mean) * rstd;
      const floats d = load_n(gradient + c, n) * load_n(gamma + c, n) - mean_d;
      store_n(to + c, fma_floats(-hat, splat(mean_p), d) * rstd, n);
    });
  }
}

INLINE void layer_norm_parameter_part(const float *x, size_t ldx, const float *mean_rstd, const float *dy, size_t lddy,
                                      size_t rows, float *dgamma, float *dbeta, const size_t vectors, size_t n) {
  floats sums[COLUMN_VECTORS], products[COLUMN_VECTORS];
  UNROLL for (size_t v = 0; v < vectors; v++) sums[v] = products[v] = splat(0);
  for (size_t r = 0; r < rows; r++) {
    UNROLL for (size_t v = 0; v < vectors; v++) {
      const size_t lanes = lanes_of(v, vectors, n);
      const floats d = load_n(dy + r * lddy + v * LANES, lanes);
      const floats hat = (load_n(x + r * ldx + v * LANES, lanes) - mean_rstd[2 * r]) * mean_rstd[2 * r + 1];
      sums[v] += d;
      products[v] = fma_floats(d, hat, products[v]);
    }
  }
  UNROLL for (size_t v = 0; v < vectors; v++) {
    const size_t lanes = lanes_of(v, vectors, n);
    store_n(dgamma + v * LANES, load_n(dgamma + v * LANES, lanes) + products[v], lanes);
    store_n(dbeta + v * LANES, load_n(dbeta + v * LANES, lanes) + sums[v], lanes);
  }
}

static void layer_norm_parameter_gradient(const float *x, size_t ldx, const float *mean_rstd, const float *dy,
                                          size_t lddy, size_t rows, float *dgamma, float *dbeta, size_t column0,
                                          size_t column1) {
  for (size_t row0 = 0; row0 < rows; row0 += SUM_ROWS) {
    EACH_COLUMN_GROUP(c, column0, column1, {
      layer_norm_parameter_part(x + row0 * ldx + c, ldx, mean_rstd + 2 * row0, dy + row0 * lddy + c, lddy,
                                smaller(SUM_ROWS, rows - row0), dgamma + c, dbeta + c, vectors, n);
    });
  }
}

INLINE void column_moments_part(const float *x, size_t ldx, size_t rows, float *mean, float *variance,
                                const size_t vectors, size_t n) {
  const double share = 1 / (rows ? (double)rows : 1);
  doubles sums[COLUMN_VECTORS] = {{0}}, squares[COLUMN_VECTORS] = {{0}}, averages[COLUMN_VECTORS];
  for (size_t r = 0; r < rows; r++)
    UNROLL for (size_t v = 0; v < vectors; v++)
      sums[v] += __builtin_convertvector(load_n(x + r * ldx + v * LANES, lanes_of(v, vectors, n)), doubles);
  UNROLL for (size_t v = 0; v < vectors; v++) averages[v] = sums[v] * share;
  for (size_t r = 0; r < rows; r++) {
    UNROLL for (size_t v = 0; v < vectors; v++) {
      const floats value = load_n(x + r * ldx + v * LANES, lanes_of(v, vectors, n));
      const doubles d = __builtin_convertvector(value, doubles) - averages[v];
      squares[v] += d * d;
    }
  }
  UNROLL for (size_t v = 0; v < vectors; v++) {
    const size_t lanes = lanes_of(v, vectors, n);
    store_n(mean + v * LANES, __builtin_convertvector(averages[v], floats), lanes);
    store_n(variance + v * LANES, __builtin_convertvector(squares[v] * share, floats), lanes);
  }
}

static void column_moments(const float *x, size_t ldx, size_t rows, float *mean, float *variance, size_t column0,
                           size_t column1) {
  EACH_COLUMN_GROUP(c, column0, column1, {
    column_moments_part(x + c, ldx, rows, mean + c, variance + c, vectors, n);
  });
}

static void batch_norm(const float *x, size_t ldx, size_t columns, const float *mean, const float *rstd,
                       const float *gamma, const float *beta, float *y, size_t ldy, size_t row0, size_t row1) {
  for (size_t r = row0; r < row1; r++) {
    const float *from = x + r * ldx;
    float *to = y + r * ldy;
    EACH_COLUMN(c, 0, columns, {
      const floats hat = (load_n(from + c, n) - load_n(mean + c, n)) * load_n(rstd + c, n);
      store_n(to + c, fma_floats(hat, load_n(gamma + c, n), load_n(beta + c, n)), n);
    });
  }
}

INLINE void batch_norm_parameter_part(const float *x, size_t ldx, const float *mean, const float *rstd,
                                      const float *dy, size_t lddy, size_t rows, float *dgamma, float *dbeta,
                                      float *sums, const size_t vectors, size_t n) {
  floats m[COLUMN_VECTORS], s[COLUMN_VECTORS], total[COLUMN_VECTORS], total_product[COLUMN_VECTORS];
  UNROLL for (size_t v = 0; v < vectors; v++) {
    m[v] = load_n(mean + v * LANES, lanes_of(v, vectors, n));
    s[v] = load_n(rstd + v * LANES, lanes_of(v, vectors, n));
    total[v] = total_product[v] = splat(0);
  }
  for (size_t row0 = 0; row0 < rows; row0 += SUM_ROWS) {
    floats sum[COLUMN_VECTORS], product[COLUMN_VECTORS];
    UNROLL for (size_t v = 0; v < vectors; v++) sum[v] = product[v] = splat(0);
    for (size_t r = row0; r < smaller(row0 + SUM_ROWS, rows); r++) {
      UNROLL for (size_t v = 0; v < vectors; v++) {
        const size_t lanes = lanes_of(v, vectors, n);
        const floats d = load_n(dy + r * lddy + v * LANES, lanes);
        sum[v] += d;
        product[v] = fma_floats(d, (load_n(x + r * ldx + v * LANES, lanes) - m[v]) * s[v], product[v]);
      }
    }
    UNROLL for (size_t v = 0; v < vectors; v++) {
      total[v] += sum[v];
      total_product[v] += product[v];
    }
  }
  UNROLL for (size_t v = 0; v < vectors; v++) {
    const size_t lanes = lanes_of(v, vectors, n);
    store_n(dgamma + v * LANES, load_n(dgamma + v * LANES, lanes) + total_product[v], lanes);
    store_n(dbeta + v * LANES, load_n(dbeta + v * LANES, lanes) + total[v], lanes);
    for (size_t i = 0; i < lanes; i++) {
      sums[2 * (v * LANES + i)] = total[v][i];
      sums[2 * (v * LANES + i) + 1] = total_product[v][i];
    }
  }
}

static void batch_norm_parameter_gradient(const float *x, size_t ldx, const float *mean, const float *rstd,
                                          const float *dy, size_t lddy, size_t rows, float *dgamma, float *dbeta,
                                          float *sums, size_t column0, size_t column1) {
  EACH_COLUMN_GROUP(c, column0, column1, {
    batch_norm_parameter_part(x + c, ldx, mean + c, rstd + c, dy + c, lddy, rows, dgamma + c, dbeta + c, sums + 2 * c,
                              vectors, n);
  });
}

static void batch_norm_gradient(const float *x, size_t ldx, size_t columns, const float *mean, const float *rstd,
                                const float *gamma, const float *sums, size_t rows_total, const float *dy, size_t lddy,
                                float *dx, size_t lddx, size_t row0, size_t row1) {
  const float share = 1 / (float)rows_total;
  // Columns outside, so that a column's constants are gathered once.
  EACH_COLUMN(c, 0, columns, {
    const floats m = load_n(mean + c, n);
    const floats s = load_n(rstd + c, n);
    const floats scale = load_n(gamma + c, n) * s;
    floats sum = splat(0);
    floats product = splat(0);
    for (size_t i = 0; i < n; i++) {
      sum[i] = sums[2 * (c + i)] * share;
      product[i] = sums[2 * (c + i) + 1] * share;
    }
    for (size_t r = row0; r < row1; r++) {
      const floats hat = (load_n(x + r * ldx + c, n) - m) * s;
      const floats d = load_n(dy + r * lddy + c, n) - fma_floats(hat, product, sum);
      store_n(dx + r * lddx + c, scale * d, n);
    }
  });
}
