// Dropout by Philox4x32-10, CK_LANES counters at a time; the same words as ck_random_word.

/// High and low halves of the products of 32-bit words with a constant.
INLINE words multiply_words(words a, uint32_t factor, words *low) {
  const pairs mask = (pairs){0} + 0xffffffffu;
  const pairs even = ((pairs)a & mask) * factor, odd = ((pairs)a >> 32) * factor;
  *low = (words)((even & mask) | (odd << 32));
  return (words)((even >> 32) | (odd & ~mask));
}

/// The 4 * CK_LANES words of the counters from `counter`.
INLINE void random_block(uint64_t key, uint64_t counter, uint32_t block[4 * CK_LANES]) {
  words c0 = (words)lane_numbers() + (uint32_t)counter;
  // The lower half wraps at most once within a block.
  words c1 = (words)splat_int((int32_t)(counter >> 32)) - (words)(c0 < (words)splat_int((int32_t)(uint32_t)counter));
  words c2 = (words)splat_int(0), c3 = c2;
  uint32_t k0 = (uint32_t)key, k1 = (uint32_t)(key >> 32);
  UNROLL for (size_t round = 0; round < 10; round++) {
    words low0, low1;
    const words high0 = multiply_words(c0, 0xD2511F53u, &low0);
    const words high1 = multiply_words(c2, 0xCD9E8D57u, &low1);
    c0 = high1 ^ c1 ^ k0;
    c1 = low1;
    c2 = high0 ^ c3 ^ k1;
    c3 = low0;
    k0 += 0x9E3779B9u;
    k1 += 0xBB67AE85u;
  }
  const ints low02 = (ints)ZIP_LOW(c0, c2), high02 = (ints)ZIP_HIGH(c0, c2);
  const ints low13 = (ints)ZIP_LOW(c1, c3), high13 = (ints)ZIP_HIGH(c1, c3);
  int32_t *to = (int32_t *)block;
  store_ints_n(to, ZIP_LOW(low02, low13), LANES);
  store_ints_n(to + LANES, ZIP_HIGH(low02, low13), LANES);
  store_ints_n(to + 2 * LANES, ZIP_LOW(high02, high13), LANES);
  store_ints_n(to + 3 * LANES, ZIP_HIGH(high02, high13), LANES);
}

static void dropout(float rate, uint64_t key, const float *x, size_t ldx, size_t columns, float *y, size_t ldy,
                    size_t row0, size_t row1) {
  const uint64_t limit = ck_dropout_threshold(rate);
  const bool all = limit >> 32;
  const words threshold = (words)splat_int((int32_t)(uint32_t)limit);
  const float scale = 1 / (1 - rate);
  uint32_t buffer[64 * CK_LANES];
  const size_t capacity = sizeof buffer / sizeof buffer[0];
  // Words of consecutive rows follow each other, so one buffer serves row after row.
  size_t next = capacity;
  for (size_t r = row0; r < row1; r++) {
    const float *from = x + r * ldx;
    float *to = y + r * ldy;
    for (size_t c = 0; c < columns;) {
      if (next == capacity) {
        const uint64_t index = (uint64_t)r * columns + c;
        for (size_t i = 0; i < capacity; i += 4 * LANES) random_block(key, (index + i) >> 2, buffer + i);
        next = index & 3;
      }
      const size_t count = smaller(columns - c, capacity - next);
      const uint32_t *random = buffer + next;
      EACH_COLUMN(i, 0, count, {
        const words word = (words)load_ints_n((const int32_t *)random + i, n);
        const ints keep = all ? splat_int(0) : (ints)(word >= threshold);
        store_n(to + c + i, select_floats(keep, load_n(from + c + i, n) * scale, splat(0)), n);
      });
      c += count;
      next += count;
    }
  }
}
