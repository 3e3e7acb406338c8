// Rows of floats and of bytes, on vectors.

typedef uint8_t quarter_bytes __attribute__((vector_size(CK_LANES)));
typedef quarter_bytes loose_quarter_bytes __attribute__((aligned(1), may_alias));

static void range(const float *x, size_t ldx, size_t columns, size_t row0, size_t row1, float *lowest,
                  float *highest) {
  floats low = splat(*lowest), high = splat(*highest);
  ints unordered = splat_int(0);
  for (size_t r = row0; r < row1; r++)
    EACH_COLUMN(c, 0, columns, {
      const floats read = load_n(x + r * ldx + c, n);
      // Lanes that are not in use repeat what is known already.
      const floats value = n == LANES ? read : select_floats(used_lanes(n), read, low);
      low = select_floats(value < low, value, low);
      high = select_floats(value > high, value, high);
      unordered |= value != value;
    });
  float lows[CK_LANES], highs[CK_LANES];
  store(lows, low);
  store(highs, high);
  for (size_t i = 0; i < LANES; i++) {
    if (lows[i] < *lowest) *lowest = lows[i];
    if (highs[i] > *highest) *highest = highs[i];
  }
  for (size_t i = 0; i < LANES; i++)
    if (unordered[i]) *highest = __builtin_nanf("");
}

static void quantize(const float *x, size_t ldx, size_t columns, float reciprocal, uint8_t zero, uint8_t *q, size_t ldq,
                     size_t row0, size_t row1) {
  const floats place = splat((float)zero), most = splat(CK_INT8_LARGEST);
  for (size_t r = row0; r < row1; r++)
    EACH_COLUMN(c, 0, columns, {
      const floats scaled = __builtin_elementwise_rint(load_n(x + r * ldx + c, n) * splat(reciprocal));
      const floats moved = scaled + place;
      const floats above = select_floats(moved > splat(0), moved, splat(0));
      const floats bounded = select_floats(above < most, above, most);
      const quarter_bytes bytes = __builtin_convertvector(__builtin_convertvector(bounded, ints), quarter_bytes);
      if (n == LANES)
        *(loose_quarter_bytes *)(q + r * ldq + c) = bytes;
      else
        for (size_t i = 0; i < n; i++) q[r * ldq + c + i] = bytes[i];
    });
}
