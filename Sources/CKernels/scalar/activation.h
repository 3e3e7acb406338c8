// Gates and activations.

static float sigmoid(float x) { return 1 / (1 + expf(-x)); }

/// The distribution function of the normal distribution.
static float normal_cdf(float x) { return 0.5f * erfcf(-x * 0.70710678118654752f); }

/// The density of the normal distribution.
static float normal_pdf(float x) { return 0.39894228040143268f * expf(-0.5f * x * x); }

static void gate(const float *x, size_t ldx, size_t half, bool complementary, float *y, size_t ldy, size_t row0,
                 size_t row1) {
  for (size_t r = row0; r < row1; r++) {
    for (size_t c = 0; c < half; c++) {
      const float a = x[r * ldx + c], b = x[r * ldx + half + c];
      y[r * ldy + c] = a * sigmoid(b);
      if (complementary) y[r * ldy + half + c] = a * sigmoid(-b);
    }
  }
}

static void gate_gradient(const float *x, size_t ldx, size_t half, bool complementary, const float *dy, size_t lddy,
                          float *dx, size_t lddx, size_t row0, size_t row1) {
  for (size_t r = row0; r < row1; r++) {
    for (size_t c = 0; c < half; c++) {
      const float a = x[r * ldx + c], b = x[r * ldx + half + c];
      const float s = sigmoid(b), t = sigmoid(-b);
      const float d = dy[r * lddy + c];
      const float e = complementary ? dy[r * lddy + half + c] : 0;
      dx[r * lddx + c] = d * s + e * t;
      dx[r * lddx + half + c] = (d - e) * a * s * t;
    }
  }
}

static void activate(ck_activation kind, const float *x, size_t ldx, size_t columns, float *y, size_t ldy, size_t row0,
                     size_t row1) {
  for (size_t r = row0; r < row1; r++) {
    for (size_t c = 0; c < columns; c++) {
      const float v = x[r * ldx + c];
      y[r * ldy + c] = kind == CK_RELU ? (v < 0 ? 0 : v) : v * normal_cdf(v);
    }
  }
}

static void activate_gradient(ck_activation kind, const float *x, size_t ldx, size_t columns, const float *dy,
                              size_t lddy, float *dx, size_t lddx, size_t row0, size_t row1) {
  for (size_t r = row0; r < row1; r++) {
    for (size_t c = 0; c < columns; c++) {
      const float v = x[r * ldx + c], d = dy[r * lddy + c];
      dx[r * lddx + c] = kind == CK_RELU ? (v > 0 ? d : 0) : d * (normal_cdf(v) + v * normal_pdf(v));
    }
  }
}
