// Where a tile of the weight gradient finds x: two rows of it at a time are rounded and paired, for the channels of an item.

/// Whole vectors of the channels of an item.
#define PAIRED_CHANNELS (whole_vectors(TILE_ROWS * CK_CHANNEL_TILES) * LANES)

static size_t weight_gradient_scratch(size_t taps, size_t in, size_t out, size_t rows) {
  (void)taps;
  (void)in;
  (void)out;
  return smaller(elements(rows), CK_GRADIENT_ROWS) * PAIRED_CHANNELS;
}

INLINE void find_rows(const gradient *g, size_t tap, size_t row0, size_t rows, size_t channel0, size_t channels,
                      const element **pointers, element *scratch) {
  for (size_t k = 0; k < rows; k++) {
    const float *halves[2];
    UNROLL for (size_t h = 0; h < 2; h++) {
      const size_t r = 2 * (row0 + k) + h;
      const int32_t row = r < g->rows ? g->windows[r * g->taps + tap] : -1;
      halves[h] = row < 0 ? NULL : g->x + (size_t)row * g->ldx + channel0;
    }
    element *to = scratch + k * PAIRED_CHANNELS;
    for (size_t c = 0; c < channels; c += LANES) {
      const size_t n = smaller(LANES, channels - c);
      store_operands(to + c, paired(halves[0] ? load_n(halves[0] + c, n) : splat(0),
                                    halves[1] ? load_n(halves[1] + c, n) : splat(0)));
    }
    pointers[k] = to;
  }
}
