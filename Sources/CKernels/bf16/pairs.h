// Rows of the input of a weight gradient, of which two neighbours become pairs: from [row][pairs of channels] to
// [pairs of rows][channel].

/// A row of zeros stands in for missing ones. An item of the gradient has at most so many channels.
static const element missing_row[256];

/// Where the channels from channel0, an even number, stand in the two rows of pair k.
INLINE void find_pair(const gradient *g, size_t tap, size_t k, size_t channel0, const element *halves[2]) {
  UNROLL for (size_t h = 0; h < 2; h++) {
    const size_t r = 2 * k + h;
    const int32_t row = r < g->rows ? g->windows[r * g->taps + tap] : -1;
    halves[h] = row < 0 ? missing_row : g->x + (size_t)row * g->ldx + channel0 / 2;
  }
}

/// Two vectors of channels from one of each row, of which the first n words are in use.
INLINE void store_pairs(element *to, const element *first, const element *second, size_t n) {
  const words a = (words)load_n((const float *)(const void *)first, n);
  const words b = (words)load_n((const float *)(const void *)second, n);
  const operands even = (operands)((a & 0xFFFF) | b << 16), odd = (operands)(a >> 16 | (b & 0xFFFF0000));
  store_operands(to, ZIP_LOW(even, odd));
  store_operands(to + LANES, ZIP_HIGH(even, odd));
}
