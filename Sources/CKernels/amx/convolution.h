// Convolution and dense product by tiles.
//
// A tile of x is 16 rows by the elements of a step, a tile of weights the elements of a step by 16 columns, which is how
// panels lie in memory. Four tiles of sums, 32 rows by 32 columns, meet two of each.
//
// Where the windows of 16 rows follow each other, as they do within a text, x is read in place; elsewhere (at the ends of
// texts) the rows are gathered first.
//
// The sums of an output are taken step by step in a fixed order, in groups of steps whose borders depend on taps and in
// alone. So its bits depend neither on the range of rows nor on the tile that held it. Between groups the sums stand in y.
//
// The including file has defined row_in_memory, where element `begin` of the row stands that an output reads through a tap
// (NULL where zeros stand for a row outside of its text), BYTES_OF_ROW, from a row to the next, and base_of_sums, what the sums
// of some columns begin with (NULL: what is in y).

/// Tiles of rows of a block.
#define BLOCK_TILES ((size_t)8)

/// Copies `length` elements of up to 16 rows to a tile of its own, with zeros behind them.
INLINE void gather(const convolution *c, size_t row0, size_t rows, size_t tap, size_t begin, size_t length, element *to) {
  for (size_t r = 0; r < EDGE; r++) {
    const element *from = r < rows ? row_in_memory(c, row0 + r, tap, begin) : NULL;
    const floats v = from ? load_n((const float *)(const void *)from, length) : splat(0);
    store((float *)(void *)(to + r * EDGE), v);
  }
}

/// The first of 16 rows that follow each other in a tap's windows; -1 if they do not.
INLINE int32_t first_of_run(const convolution *c, size_t row0, size_t rows, size_t tap) {
  const int32_t *windows = c->windows + row0 * c->taps + tap;
  const int32_t first = rows == EDGE ? windows[0] : -1;
  if (first < 0) return -1;
  int32_t apart = 0;
  UNROLL for (size_t r = 1; r < EDGE; r++) apart |= windows[r * c->taps] - first - (int32_t)r;
  return apart ? -1 : first;
}

/// The first rows of the tiles of a block, for each tap; see first_of_run.
static void find_runs(const convolution *c, size_t row0, size_t rows, size_t tap0, size_t tap1, int32_t *runs) {
  for (size_t t = 0; t * EDGE < rows; t++)
    for (size_t tap = tap0; tap < tap1; tap++)
      *runs++ = first_of_run(c, row0 + t * EDGE, smaller(EDGE, rows - t * EDGE), tap);
}

/// The places of a block's tiles of x, for each step of a group.
INLINE void find_tiles(const convolution *c, const step_cut *cut, size_t row0, size_t rows, size_t tap0, size_t tap1,
                       size_t step0, size_t step1, const int32_t *runs, element *gathered, place (*x)[GROUP_STEPS]) {
  for (size_t t = 0; t * EDGE < rows; t++) {
    size_t k = 0;
    for (size_t tap = tap0; tap < tap1; tap++, runs++)
      for (size_t s = step0; s < step1; s++, k++) {
        const size_t begin = s * cut->length, length = smaller(cut->length, cut->depth - begin);
        if (*runs < 0 || length < cut->length) {
          element *to = gathered + (t * GROUP_STEPS + k) * EDGE * EDGE;
          gather(c, row0 + t * EDGE, smaller(EDGE, rows - t * EDGE), tap, begin, length, to);
          x[t][k] = (place){to, 4 * EDGE};
        } else {
          x[t][k] = (place){row_in_memory(c, row0 + t * EDGE, tap, begin), BYTES_OF_ROW(c)};
        }
      }
  }
}

INLINE sum *sums_in_memory(const convolution *c, size_t row, size_t column) {
  return (sum *)(void *)(c->y + row * c->ldy + column);
}

static void convolve_block(const convolution *c, const step_cut *cut, size_t row0, size_t rows) {
  const size_t all = edges(rows), panel_depth = depth_of_panel(cut);
  element gathered[BLOCK_TILES * GROUP_STEPS * EDGE * EDGE] __attribute__((aligned(64)));
  // Sums at the edges of y, where a square is not whole.
  sum edge[PANEL * PANEL] __attribute__((aligned(64)));
  sum start[PANEL] __attribute__((aligned(64)));
  int32_t runs[BLOCK_TILES * GROUP_STEPS];
  // One more, so that a lonely tile has a neighbour that is not read.
  place x[BLOCK_TILES + 1][GROUP_STEPS];
  bool is_first = true;
  size_t before = 0;
  for (size_t group = 0; group < cut->groups; group++) {
    const size_t step0 = group_begin(cut, group), step1 = group_begin(cut, group + 1);
    for (size_t tap0 = 0; tap0 < c->taps; tap0 += cut->group_taps) {
      const size_t tap1 = smaller(tap0 + cut->group_taps, c->taps);
      square_arguments a = {.steps = (tap1 - tap0) * (step1 - step0)};
      if (is_first || cut->group_taps < c->taps) find_runs(c, row0, rows, tap0, tap1, runs);
      find_tiles(c, cut, row0, rows, tap0, tap1, step0, step1, runs, gathered, x);
      for (size_t column = 0; column < c->out; column += PANEL) {
        const size_t width = smaller(PANEL, c->out - column), vectors = edges(width);
        a.weights = (const element *)(const void *)c->packed + column * panel_depth + before * vectors * EDGE;
        a.weights_stride = 4 * vectors * EDGE;
        a.weights_step = cut->length * vectors * EDGE;
        const sum *base = is_first ? base_of_sums(c, column, width, start) : NULL;
        for (size_t t = 0; t < all; t += 2) {
          const size_t tiles = smaller(2, all - t), height = smaller(2 * EDGE, rows - t * EDGE);
          const bool is_whole = height == tiles * EDGE && width == vectors * EDGE;
          sum *y = sums_in_memory(c, row0 + t * EDGE, column);
          a.x[0] = x[t];
          a.x[1] = x[t + 1];
          a.sums = is_whole ? y : edge;
          a.sums_stride = is_whole ? 4 * c->ldy : 4 * PANEL;
          a.next = NULL;
          if (is_whole && (t + 4) * EDGE <= rows) a.next = sums_in_memory(c, row0 + (t + 2) * EDGE, column);
          // The next panel begins with the first rows again.
          if (is_whole && t + 2 >= all && rows >= 2 * EDGE && column + 2 * PANEL <= c->out)
            a.next = sums_in_memory(c, row0, column + PANEL);
          a.base = base ? base : a.sums;
          a.base_stride = base ? 0 : a.sums_stride;
          if (!is_whole && !base)
            for (size_t r = 0; r < height; r++) memcpy(edge + r * PANEL, y + r * c->ldy, width * sizeof *y);
          squares[tiles - 1][vectors - 1](&a);
          if (!is_whole)
            for (size_t r = 0; r < height; r++) memcpy(y + r * c->ldy, edge + r * PANEL, width * sizeof *y);
        }
      }
      before += a.steps * cut->length;
      is_first = false;
    }
  }
}
