// Softmax and cross entropy.

static float row_maximum(const float *x, size_t columns) {
  float maximum = x[0];
  for (size_t c = 1; c < columns; c++)
    if (x[c] > maximum) maximum = x[c];
  return maximum;
}

static void softmax(const float *x, size_t ldx, size_t columns, float *y, size_t ldy, size_t row0, size_t row1) {
  if (columns == 0) return;
  for (size_t r = row0; r < row1; r++) {
    const float maximum = row_maximum(x + r * ldx, columns);
    float sum = 0;
    for (size_t c = 0; c < columns; c++) {
      y[r * ldy + c] = expf(x[r * ldx + c] - maximum);
      sum += y[r * ldy + c];
    }
    for (size_t c = 0; c < columns; c++) y[r * ldy + c] /= sum;
  }
}

static void cross_entropy(const float *x, size_t ldx, size_t columns, const int32_t *labels, float smoothing,
                          float scale, float *losses, float *dx, size_t lddx, size_t row0, size_t row1) {
  if (columns == 0) return;
  const float other = smoothing / (float)columns;
  for (size_t r = row0; r < row1; r++) {
    const float *from = x + r * ldx;
    if (labels[r] < 0) {
      losses[r] = 0;
      for (size_t c = 0; dx && c < columns; c++) dx[r * lddx + c] = 0;
      continue;
    }
    const size_t label = (size_t)labels[r];
    const float maximum = row_maximum(from, columns);
    float exponentials = 0, logits = 0;
    for (size_t c = 0; c < columns; c++) {
      exponentials += expf(from[c] - maximum);
      logits += from[c] - maximum;
    }
    losses[r] = logf(exponentials) - (1 - smoothing) * (from[label] - maximum) - other * logits;
    for (size_t c = 0; dx && c < columns; c++) {
      const float target = c == label ? 1 - smoothing + other : other;
      dx[r * lddx + c] = (expf(from[c] - maximum) / exponentials - target) * scale;
    }
  }
}
