// Vectors, matrices added and copied, dropout, the optimizer's update.

static void fill(float *x, float value, size_t n) {
  for (size_t i = 0; i < n; i++) x[i] = value;
}

static void axpy(float alpha, const float *x, float *y, size_t n) {
  for (size_t i = 0; i < n; i++) y[i] += alpha * x[i];
}

static void axpby(float alpha, const float *x, float beta, float *y, size_t n) {
  for (size_t i = 0; i < n; i++) y[i] = alpha * x[i] + beta * y[i];
}

static void add_rows(const float *x, size_t ldx, size_t columns, float *y, size_t ldy, size_t row0, size_t row1) {
  for (size_t r = row0; r < row1; r++)
    for (size_t c = 0; c < columns; c++) y[r * ldy + c] += x[r * ldx + c];
}

static void copy_rows(const float *x, size_t ldx, size_t columns, float *y, size_t ldy, size_t row0, size_t row1) {
  for (size_t r = row0; r < row1; r++)
    for (size_t c = 0; c < columns; c++) y[r * ldy + c] = x[r * ldx + c];
}

static void column_sums(const float *x, size_t ldx, size_t rows, float *sums, size_t column0, size_t column1) {
  for (size_t r = 0; r < rows; r++)
    for (size_t c = column0; c < column1; c++) sums[c] += x[r * ldx + c];
}

static double sum_of_squares(const float *x, size_t n) {
  double sum = 0;
  for (size_t i = 0; i < n; i++) sum += (double)x[i] * (double)x[i];
  return sum;
}

static bool has_non_finite(const float *x, size_t n) {
  for (size_t i = 0; i < n; i++)
    if (!isfinite(x[i])) return true;
  return false;
}

static void dropout(float rate, uint64_t key, const float *x, size_t ldx, size_t columns, float *y, size_t ldy,
                    size_t row0, size_t row1) {
  const uint64_t threshold = ck_dropout_threshold(rate);
  const float scale = 1 / (1 - rate);
  for (size_t r = row0; r < row1; r++)
    for (size_t c = 0; c < columns; c++)
      y[r * ldy + c] = ck_random_word(key, r * columns + c) >= threshold ? x[r * ldx + c] * scale : 0;
}

static void adamw(const ck_adamw *a, float *p, const float *g, float *m, float *v, size_t n) {
  for (size_t i = 0; i < n; i++) {
    const float gradient = g[i] * a->gradient_scale;
    m[i] = a->beta1 * m[i] + (1 - a->beta1) * gradient;
    v[i] = a->beta2 * v[i] + (1 - a->beta2) * gradient * gradient;
    p[i] -= a->step_size * m[i] / (sqrtf(v[i]) / a->sqrt_correction2 + a->epsilon) + a->decay * p[i];
  }
}

/// Enough sums to hide the latency of an addition behind the others.
#define PEAK_SUMS 32

static uint64_t peak(uint64_t iterations, float *sink) {
  float sums[PEAK_SUMS];
  const float factor = *sink, addend = 1 - factor;
  for (size_t k = 0; k < PEAK_SUMS; k++) sums[k] = (float)k;
  for (uint64_t i = 0; i < iterations; i++)
    for (size_t k = 0; k < PEAK_SUMS; k++) sums[k] = sums[k] * factor + addend;
  for (size_t k = 0; k < PEAK_SUMS; k++) *sink += sums[k] * 1e-30f;
  return iterations * PEAK_SUMS * 2;
}
