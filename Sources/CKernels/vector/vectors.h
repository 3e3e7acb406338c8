// Vectors, matrices added and copied, the optimizer's update.

static void fill(float *x, float value, size_t count) {
  EACH_COLUMN(i, 0, count, { store_n(x + i, splat(value), n); });
}

static void axpy(float alpha, const float *x, float *y, size_t count) {
  EACH_COLUMN(i, 0, count, { store_n(y + i, fma_floats(splat(alpha), load_n(x + i, n), load_n(y + i, n)), n); });
}

static void axpby(float alpha, const float *x, float beta, float *y, size_t count) {
  EACH_COLUMN(i, 0, count, {
    store_n(y + i, fma_floats(splat(alpha), load_n(x + i, n), load_n(y + i, n) * beta), n);
  });
}

static void add_rows(const float *x, size_t ldx, size_t columns, float *y, size_t ldy, size_t row0, size_t row1) {
  for (size_t r = row0; r < row1; r++) {
    const float *from = x + r * ldx;
    float *to = y + r * ldy;
    EACH_COLUMN(c, 0, columns, { store_n(to + c, load_n(to + c, n) + load_n(from + c, n), n); });
  }
}

static void copy_rows(const float *x, size_t ldx, size_t columns, float *y, size_t ldy, size_t row0, size_t row1) {
  for (size_t r = row0; r < row1; r++)
    EACH_COLUMN(c, 0, columns, { store_n(y + r * ldy + c, load_n(x + r * ldx + c, n), n); });
}

/// The sums of `vectors` vectors of columns; n lanes of the last one.
INLINE void column_sums_part(const float *x, size_t ldx, size_t rows, float *sums, const size_t vectors, size_t n) {
  floats part[COLUMN_VECTORS];
  UNROLL for (size_t v = 0; v < vectors; v++) part[v] = splat(0);
  for (size_t r = 0; r < rows; r++)
    UNROLL for (size_t v = 0; v < vectors; v++) part[v] += load_n(x + r * ldx + v * LANES, lanes_of(v, vectors, n));
  UNROLL for (size_t v = 0; v < vectors; v++) {
    const size_t lanes = lanes_of(v, vectors, n);
    store_n(sums + v * LANES, load_n(sums + v * LANES, lanes) + part[v], lanes);
  }
}

static void column_sums(const float *x, size_t ldx, size_t rows, float *sums, size_t column0, size_t column1) {
  for (size_t row0 = 0; row0 < rows; row0 += SUM_ROWS) {
    const float *from = x + row0 * ldx;
    EACH_COLUMN_GROUP(c, column0, column1, {
      column_sums_part(from + c, ldx, smaller(SUM_ROWS, rows - row0), sums + c, vectors, n);
    });
  }
}

static double sum_of_squares(const float *x, size_t count) {
  doubles sums[4] = {{0}};
  size_t i = 0;
  for (; i + 4 * LANES <= count; i += 4 * LANES) {
    UNROLL for (size_t k = 0; k < 4; k++) {
      const doubles v = __builtin_convertvector(load(x + i + k * LANES), doubles);
      sums[k] += v * v;
    }
  }
  EACH_COLUMN(j, i, count, {
    const doubles v = __builtin_convertvector(load_n(x + j, n), doubles);
    sums[0] += v * v;
  });
  sums[0] = (sums[0] + sums[1]) + (sums[2] + sums[3]);
  return sum_of_double_lanes(&sums[0]);
}

static bool has_non_finite(const float *x, size_t count) {
  const ints exponent = splat_int(0x7f800000);
  const size_t chunk = 64 * LANES;
  for (size_t first = 0; first < count; first += chunk) {
    ints found = splat_int(0);
    EACH_COLUMN(i, first, smaller(first + chunk, count), {
      found |= ((ints)load_n(x + i, n) & exponent) == exponent;
    });
    int32_t any = 0;
    for (size_t k = 0; k < LANES; k++) any |= found[k];
    if (any) return true;
  }
  return false;
}

static void adamw(const ck_adamw *a, float *p, const float *g, float *m, float *v, size_t count) {
  const float rest1 = 1 - a->beta1, rest2 = 1 - a->beta2;
  const float scale = 1 / a->sqrt_correction2;
  EACH_COLUMN(i, 0, count, {
    const floats gradient = load_n(g + i, n) * a->gradient_scale;
    const floats first = fma_floats(load_n(m + i, n), splat(a->beta1), gradient * rest1);
    const floats second = fma_floats(load_n(v + i, n), splat(a->beta2), gradient * gradient * rest2);
    store_n(m + i, first, n);
    store_n(v + i, second, n);
    const floats w = load_n(p + i, n);
    const floats step = first * a->step_size / fma_floats(sqrt_floats(second), splat(scale), splat(a->epsilon));
    store_n(p + i, w - fma_floats(w, splat(a->decay), step), n);
  });
}

/// Sums in flight: enough to hide the latency of a fused multiply-add on two units (or four of NEON's).
#define PEAK_SUMS (CK_LANES == 4 ? 24 : 12)

static uint64_t peak(uint64_t iterations, float *sink) {
  floats sums[PEAK_SUMS];
  const floats factor = splat(*sink), addend = splat(1 - *sink);
  UNROLL for (size_t k = 0; k < PEAK_SUMS; k++) sums[k] = splat((float)k);
  for (uint64_t i = 0; i < iterations; i++)
    UNROLL for (size_t k = 0; k < PEAK_SUMS; k++) sums[k] = fma_floats(sums[k], factor, addend);
  float total = 0;
  for (size_t k = 0; k < PEAK_SUMS; k++) total += sum_of_lanes(sums[k]);
  *sink += total * 1e-30f;
  return iterations * PEAK_SUMS * LANES * 2;
}
