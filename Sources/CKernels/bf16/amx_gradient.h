// The gradient of a convolution's weights by the tiles of AMX: for each tap the product of dy, turned over, and x (its rows
// picked by the windows), which is the gradient turned over.
//
// dy is packed once into tiles of 16 columns by 32 rows. Of x two rows at a time are paired, for a tap, the channels of an
// item and a group of rows; all columns of the item meet them. The sums stand in scratch, one square of tiles after the
// other, until all rows are added; then they are turned over and added to dw.

/// Input channels of an item, in tiles.
#define CHANNEL_TILES ((size_t)4)
/// Tiles of rows of a group: their part of x should stay in the first-level cache.
#define GRADIENT_TILES ((size_t)8)
/// Items worth having, so that many threads find work.
#define ENOUGH_ITEMS ((size_t)8)
#define TILE_WORDS (EDGE * EDGE)

/// Tiles of that many rows.
INLINE size_t row_tiles(size_t rows) { return edges(elements(rows)); }

/// [tile of columns][tile of rows][16 columns][16 pairs of rows]
static size_t packed_rows_size(size_t rows, size_t columns) { return edges(columns) * row_tiles(rows) * TILE_WORDS; }

static size_t pack_rows_items(size_t rows, size_t columns) {
  (void)columns;
  return row_tiles(rows);
}

static void pack_rows(const float *x, size_t ldx, size_t rows, size_t columns, uint32_t *packed, size_t item) {
  const size_t row0 = item * 2 * EDGE, all = row_tiles(rows);
  for (size_t column = 0; column < columns; column += EDGE) {
    const size_t n = smaller(EDGE, columns - column);
    floats pairs_of_rows[CK_LANES];
    UNROLL for (size_t k = 0; k < EDGE; k++) {
      const size_t r = row0 + 2 * k;
      const float *from = x + r * ldx + column;
      const floats first = r < rows ? load_n(from, n) : splat(0);
      const floats second = r + 1 < rows ? load_n(from + ldx, n) : splat(0);
      pairs_of_rows[k] = (floats)paired(first, second);
    }
    transpose(pairs_of_rows);
    uint32_t *to = packed + (column / EDGE * all + item) * TILE_WORDS;
    UNROLL for (size_t k = 0; k < EDGE; k++) store_operands(to + k * EDGE, (operands)pairs_of_rows[k]);
  }
}

typedef struct gradient_plan {
  size_t blocks;         ///< of input channels
  size_t tap_blocks;
  size_t column_blocks;  ///< each of whole pairs of tiles
} gradient_plan;

INLINE size_t column_pairs(size_t out) { return (edges(out) + 1) / 2; }

INLINE gradient_plan plan_gradient(size_t taps, size_t in, size_t out) {
  gradient_plan plan;
  plan.blocks = (edges(in) + CHANNEL_TILES - 1) / CHANNEL_TILES;
  // Taps are cut before columns: what is paired is paired once for all columns.
  const size_t blocks = plan.blocks ? plan.blocks : 1;
  plan.tap_blocks = smaller(taps, (ENOUGH_ITEMS + blocks - 1) / blocks);
  const size_t items = blocks * (plan.tap_blocks ? plan.tap_blocks : 1);
  plan.column_blocks = smaller(column_pairs(out), (ENOUGH_ITEMS + items - 1) / items);
  return plan;
}

static size_t weight_gradient_items(size_t taps, size_t in, size_t out, size_t rows) {
  (void)rows;
  const gradient_plan plan = plan_gradient(taps, in, out);
  return plan.blocks * plan.column_blocks * plan.tap_blocks;
}

/// Input channels of the widest item, in tiles.
INLINE size_t item_tiles(size_t in, const gradient_plan *plan) {
  return plan->blocks ? (edges(in) + plan->blocks - 1) / plan->blocks : 0;
}

static size_t weight_gradient_scratch(size_t taps, size_t in, size_t out, size_t rows) {
  (void)rows;
  const gradient_plan plan = plan_gradient(taps, in, out);
  if (!plan.blocks || !plan.tap_blocks || !plan.column_blocks) return 0;
  const size_t item_taps = (taps + plan.tap_blocks - 1) / plan.tap_blocks;
  const size_t columns = (column_pairs(out) + plan.column_blocks - 1) / plan.column_blocks;
  const size_t panels = (item_tiles(in, &plan) + 1) / 2;
  // A line more, so that tiles begin at one.
  return panels * (2 * GRADIENT_TILES * TILE_WORDS + item_taps * columns * PANEL * PANEL) + EDGE;
}

/// Pairs rows of x for a tap: [panel of channels][tile of rows][16 pairs of rows][channels of the panel]. A panel has two
/// tiles' channels; those that are none are zero.
static void pair_rows(const gradient *g, size_t tap, size_t tile0, size_t tiles, size_t channel0, size_t channels,
                      element *to) {
  for (size_t k = 0; k < tiles * EDGE; k++) {
    const element *halves[2];
    find_pair(g, tap, tile0 * EDGE + k, channel0, halves);
    element *panel = to + k * PANEL;
    size_t c = 0;
    for (; c + PANEL <= channels; c += PANEL, panel += GRADIENT_TILES * EDGE * PANEL)
      store_pairs(panel, halves[0] + c / 2, halves[1] + c / 2, LANES);
    if (c < channels) store_pairs(panel, halves[0] + c / 2, halves[1] + c / 2, elements(channels - c));
  }
}

/// Adds the product of a group's rows: dy is [tile of columns][tile of rows], x as pair_rows leaves it, sums are
/// [pair of tiles of columns][panel][32 columns][32 channels]. The first group finds nothing there.
static void add_group(const element *dy, size_t dy_tiles, const element *x, size_t tiles, size_t columns, size_t channels,
                      bool is_first, float *sums) {
  place rows[2][GRADIENT_TILES];
  square_arguments a = {.steps = tiles, .x = {rows[0], rows[1]}, .weights_stride = 4 * PANEL,
                        .weights_step = EDGE * PANEL, .base_stride = is_first ? 0 : 4 * PANEL, .sums_stride = 4 * PANEL};
  for (size_t column = 0; column < columns; column += 2) {
    const size_t high = smaller(2, columns - column);
    for (size_t m = 0; m < high; m++)
      for (size_t k = 0; k < tiles; k++)
        rows[m][k] = (place){dy + ((column + m) * dy_tiles + k) * TILE_WORDS, 4 * EDGE};
    for (size_t channel = 0; channel < channels; channel += 2) {
      const size_t vectors = smaller(2, channels - channel);
      a.weights = x + channel * GRADIENT_TILES * TILE_WORDS;
      a.sums = sums;
      a.base = is_first ? zeros : sums;
      sums += PANEL * PANEL;
      squares[high - 1][vectors - 1](&a);
    }
  }
}

static void weight_gradient(const gradient *g, size_t item, element *scratch) {
  const gradient_plan plan = plan_gradient(g->taps, g->in, g->out);
  const size_t tap_block = item / (plan.blocks * plan.column_blocks);
  const size_t block = item / plan.column_blocks % plan.blocks, column_block = item % plan.column_blocks;
  const size_t tap0 = g->taps * tap_block / plan.tap_blocks, tap1 = g->taps * (tap_block + 1) / plan.tap_blocks;
  const size_t tile0 = edges(g->in) * block / plan.blocks, tile1 = edges(g->in) * (block + 1) / plan.blocks;
  const size_t column0 = column_pairs(g->out) * column_block / plan.column_blocks * 2;
  const size_t column1 = smaller(column_pairs(g->out) * (column_block + 1) / plan.column_blocks * 2, edges(g->out));
  const size_t channel0 = tile0 * EDGE, channels = smaller(tile1 * EDGE, g->in) - channel0;
  const size_t tiles = tile1 - tile0, columns = column1 - column0, all = row_tiles(g->rows);
  if (!tiles || !columns || !all) return;
  const size_t panels = (tiles + 1) / 2, of_tap = (columns + 1) / 2 * panels * PANEL * PANEL;
  scratch = (element *)(((uintptr_t)scratch + 63) & ~(uintptr_t)63);
  element *x = scratch;
  float *sums = (float *)(void *)(scratch + 2 * panels * GRADIENT_TILES * TILE_WORDS);
  configure_tiles(EDGE);
  for (size_t row0 = 0; row0 < all; row0 += GRADIENT_TILES) {
    const size_t rows = smaller(GRADIENT_TILES, all - row0);
    const element *dy = g->packed_dy + (column0 * all + row0) * TILE_WORDS;
    for (size_t tap = tap0; tap < tap1; tap++) {
      pair_rows(g, tap, row0, rows, channel0, channels, x);
      add_group(dy, all, x, rows, columns, tiles, row0 == 0, sums + (tap - tap0) * of_tap);
    }
  }
  _tile_release();
  for (size_t tap = tap0; tap < tap1; tap++)
    for (size_t column = 0; column < columns; column++)
      for (size_t tile = 0; tile < tiles; tile++) {
        const float *square = sums + (tap - tap0) * of_tap + (column / 2 * panels + tile / 2) * PANEL * PANEL;
        const float *from = square + column % 2 * EDGE * PANEL + tile % 2 * EDGE;
        const size_t o = (column0 + column) * EDGE, n = smaller(EDGE, g->out - o);
        const size_t i = tile * EDGE, m = smaller(EDGE, channels - i);
        float *to = g->dw + (tap * g->in + channel0 + i) * g->out + o;
        floats turned[CK_LANES];
        UNROLL for (size_t r = 0; r < EDGE; r++) turned[r] = load(from + r * PANEL);
        transpose(turned);
        for (size_t r = 0; r < m; r++) store_n(to + r * g->out, load_n(to + r * g->out, n) + turned[r], n);
      }
}
