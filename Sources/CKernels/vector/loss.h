// Softmax and cross entropy.

INLINE float row_maximum(const float *x, size_t columns) {
  floats maximum = splat(x[0]);
  EACH_COLUMN(c, 0, columns, {
    const floats v = n == LANES ? load(x + c) : select_floats(used_lanes(n), load_n(x + c, n), splat(x[0]));
    maximum = select_floats(v > maximum, v, maximum);
  });
  return maximum_of_lanes(maximum);
}

static void softmax(const float *x, size_t ldx, size_t columns, float *y, size_t ldy, size_t row0, size_t row1) {
  if (columns == 0) return;
  for (size_t r = row0; r < row1; r++) {
    const float *from = x + r * ldx;
    float *to = y + r * ldy;
    const float maximum = row_maximum(from, columns);
    floats sums = splat(0);
    EACH_COLUMN(c, 0, columns, {
      const floats e = exp_floats(load_n(from + c, n) - maximum);
      store_n(to + c, e, n);
      sums += first_n(e, n);
    });
    const float scale = 1 / sum_of_lanes(sums);
    EACH_COLUMN(c, 0, columns, { store_n(to + c, load_n(to + c, n) * scale, n); });
  }
}

static void cross_entropy(const float *x, size_t ldx, size_t columns, const int32_t *labels, float smoothing,
                          float scale, float *losses, float *dx, size_t lddx, size_t row0, size_t row1) {
  if (columns == 0) return;
  const float other = smoothing / (float)columns;
  for (size_t r = row0; r < row1; r++) {
    const float *from = x + r * ldx;
    float *to = dx ? dx + r * lddx : NULL;
    if (labels[r] < 0) {
      losses[r] = 0;
      if (to) EACH_COLUMN(c, 0, columns, { store_n(to + c, splat(0), n); });
      continue;
    }
    const size_t label = (size_t)labels[r];
    const float maximum = row_maximum(from, columns);
    const float logit = from[label] - maximum;
    floats sums = splat(0), logits = splat(0);
    EACH_COLUMN(c, 0, columns, {
      const floats z = load_n(from + c, n) - maximum;
      const floats e = exp_floats(z);
      sums += first_n(e, n);
      logits += first_n(z, n);
    });
    const float total = sum_of_lanes(sums);
    losses[r] = logf(total) - (1 - smoothing) * logit - other * sum_of_lanes(logits);
    if (!to) continue;
    const float share = 1 / total;
    EACH_COLUMN(c, 0, columns, {
      const ints here = lane_numbers() + (int32_t)c == splat_int((int32_t)label);
      const floats target = select_floats(here, splat(1 - smoothing + other), splat(other));
      store_n(to + c, (exp_floats(load_n(from + c, n) - maximum) * share - target) * scale, n);
    });
  }
}
