// Gates and activations.

static void gate(const float *x, size_t ldx, size_t half, bool complementary, float *y, size_t ldy, size_t row0,
                 size_t row1) {
  for (size_t r = row0; r < row1; r++) {
    const float *from = x + r * ldx;
    float *to = y + r * ldy;
    EACH_COLUMN(c, 0, half, {
      const floats a = load_n(from + c, n);
      floats closed;
      const floats open = sigmoid(load_n(from + half + c, n), &closed);
      store_n(to + c, a * open, n);
      if (complementary) store_n(to + half + c, a * closed, n);
    });
  }
}

static void gate_gradient(const float *x, size_t ldx, size_t half, bool complementary, const float *dy, size_t lddy,
                          float *dx, size_t lddx, size_t row0, size_t row1) {
  for (size_t r = row0; r < row1; r++) {
    const float *from = x + r * ldx, *gradient = dy + r * lddy;
    float *to = dx + r * lddx;
    EACH_COLUMN(c, 0, half, {
      const floats a = load_n(from + c, n);
      floats t;
      const floats s = sigmoid(load_n(from + half + c, n), &t);
      const floats d = load_n(gradient + c, n);
      const floats e = complementary ? load_n(gradient + half + c, n) : splat(0);
      store_n(to + c, d * s + e * t, n);
      store_n(to + half + c, (d - e) * a * s * t, n);
    });
  }
}

INLINE floats activation(ck_activation kind, floats v) {
  if (kind == CK_RELU) return select_floats(v < splat(0), splat(0), v);
  floats density;
  return v * normal_cdf(v, &density);
}

INLINE floats activation_slope(ck_activation kind, floats v, floats d) {
  if (kind == CK_RELU) return select_floats(v > splat(0), d, splat(0));
  floats density;
  const floats cdf = normal_cdf(v, &density);
  return d * fma_floats(v, density, cdf);
}

static void activate(ck_activation kind, const float *x, size_t ldx, size_t columns, float *y, size_t ldy, size_t row0,
                     size_t row1) {
  for (size_t r = row0; r < row1; r++) {
    const float *from = x + r * ldx;
    float *to = y + r * ldy;
    if (kind == CK_RELU)
      EACH_COLUMN(c, 0, columns, { store_n(to + c, activation(CK_RELU, load_n(from + c, n)), n); });
    else
      EACH_COLUMN(c, 0, columns, { store_n(to + c, activation(CK_GELU, load_n(from + c, n)), n); });
  }
}

static void activate_gradient(ck_activation kind, const float *x, size_t ldx, size_t columns, const float *dy,
                              size_t lddy, float *dx, size_t lddx, size_t row0, size_t row1) {
  for (size_t r = row0; r < row1; r++) {
    const float *from = x + r * ldx, *gradient = dy + r * lddy;
    float *to = dx + r * lddx;
    if (kind == CK_RELU)
      EACH_COLUMN(c, 0, columns, {
        store_n(to + c, activation_slope(CK_RELU, load_n(from + c, n), load_n(gradient + c, n)), n);
      });
    else
      EACH_COLUMN(c, 0, columns, {
        store_n(to + c, activation_slope(CK_GELU, load_n(from + c, n), load_n(gradient + c, n)), n);
      });
  }
}
