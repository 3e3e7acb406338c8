// Where a tile of the weight gradient finds x: in place.

static size_t weight_gradient_scratch(size_t taps, size_t in, size_t out, size_t rows) {
  (void)taps;
  (void)in;
  (void)out;
  (void)rows;
  return 0;
}

INLINE void find_rows(const gradient *g, size_t tap, size_t row0, size_t rows, size_t channel0, size_t channels,
                      const element **pointers, element *scratch) {
  (void)channels;
  (void)scratch;
  for (size_t r = 0; r < rows; r++) {
    const int32_t row = g->windows[(row0 + r) * g->taps + tap];
    pointers[r] = row < 0 ? zero_row : g->x + (size_t)row * g->ldx + channel0;
  }
}
