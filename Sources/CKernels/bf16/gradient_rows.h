// Where a tile of the weight gradient finds x: two rows of it at a time are paired, for the channels of an item.

/// Whole vectors of the channels of an item, and one to write over.
#define PAIRED_CHANNELS (whole_vectors(TILE_ROWS * CK_CHANNEL_TILES + LANES) * LANES)

static size_t weight_gradient_scratch(size_t taps, size_t in, size_t out, size_t rows) {
  (void)taps;
  (void)in;
  (void)out;
  return smaller(elements(rows), CK_GRADIENT_ROWS) * PAIRED_CHANNELS;
}

INLINE void find_rows(const gradient *g, size_t tap, size_t row0, size_t rows, size_t channel0, size_t channels,
                      const element **pointers, element *scratch) {
  const size_t count = elements(channels);
  for (size_t k = 0; k < rows; k++) {
    const element *halves[2];
    find_pair(g, tap, row0 + k, channel0, halves);
    element *to = scratch + k * PAIRED_CHANNELS;
    for (size_t c = 0; c < count; c += LANES)
      store_pairs(to + 2 * c, halves[0] + c, halves[1] + c, smaller(LANES, count - c));
    pointers[k] = to;
  }
}
