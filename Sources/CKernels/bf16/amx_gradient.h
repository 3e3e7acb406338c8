// The gradient of a convolution's weights by the tiles of AMX: for each tap the product of dy, turned over, and x (its rows
// picked by the windows), which is the gradient turned over.
//
// dy is packed once into tiles of 16 columns by 32 rows. Of x two rows at a time are paired. Where the windows of 32 rows follow
// each other, as they do within a text, a tile may begin at any pair, so that the taps of an item read the same pairs: those
// that begin at the first row of a group, or at the row after it. Elsewhere (at the ends of texts) a tap has a tile of its own.
//
// The sums stand in scratch, one square of tiles after the other, until all rows are added; then they are turned over and added
// to dw. So their bits depend neither on the items nor on who shares what.

/// Tiles of rows of a group: their part of x and two columns' tiles of dy should stay in the first-level cache.
#define GRADIENT_TILES ((size_t)8)
/// Items worth having, so that many threads find work.
#define ENOUGH_ITEMS ((size_t)8)
/// Words of packed dy that the second-level cache keeps until they are read again. The tiles of more are fetched ahead.
#define KEPT_WORDS ((size_t)1 << 18)
/// Pairs of rows that the tiles of a group may share: their own, and as many as taps may be apart.
#define SHARED_PAIRS (GRADIENT_TILES * EDGE + 2 * EDGE)
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

/// An item has two tiles of input channels.
typedef struct gradient_plan {
  size_t blocks;         ///< of input channels
  size_t tap_blocks;
  size_t column_blocks;  ///< each of whole pairs of tiles
} gradient_plan;

INLINE size_t column_pairs(size_t out) { return (edges(out) + 1) / 2; }

INLINE gradient_plan plan_gradient(size_t taps, size_t in, size_t out) {
  gradient_plan plan;
  plan.blocks = (edges(in) + 1) / 2;
  // Taps are cut before columns: an item of one tap pairs rows in one way, an item of fewer columns still in both.
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

static size_t weight_gradient_scratch(size_t taps, size_t in, size_t out, size_t rows) {
  (void)rows;
  const gradient_plan plan = plan_gradient(taps, in, out);
  if (!plan.blocks || !plan.tap_blocks || !plan.column_blocks) return 0;
  const size_t item_taps = (taps + plan.tap_blocks - 1) / plan.tap_blocks;
  const size_t columns = (column_pairs(out) + plan.column_blocks - 1) / plan.column_blocks;
  const size_t pairs = 2 * SHARED_PAIRS + item_taps * GRADIENT_TILES * EDGE, sums = item_taps * columns * PANEL;
  // Words of a pointer and of a first row for each tile of a tap, and a line more, so that tiles begin at one.
  const size_t of_tile = sizeof(const element *) / sizeof(element) + 1;
  return (pairs + sums) * PANEL + item_taps * GRADIENT_TILES * of_tile + EDGE;
}

/// What an item works on.
typedef struct gradient_item {
  const gradient *g;
  size_t tap0, taps;
  size_t channel0, channels;
  size_t column0, columns;  ///< tiles
  element *shared[2];       ///< pairs from the first row of a group on, and from the second: [pair][channels]
  element *own;             ///< [tap][tile][pair][channels]
  float *sums;              ///< [pair of tiles of columns][tap][32 columns][32 channels]
  const element *(*pairs)[GRADIENT_TILES];  ///< [tap][tile]: where those of a group stand
  int32_t (*firsts)[GRADIENT_TILES];        ///< [tap][tile]: see first_that_follow
} gradient_item;

/// The first of 32 rows that follow each other in a tap's windows; -1 if they do not.
INLINE int32_t first_that_follow(const gradient *g, size_t row0, size_t tap) {
  const int32_t *windows = g->windows + row0 * g->taps + tap;
  const int32_t first = windows[0];
  int32_t apart = 0;
  for (size_t r = 1; r < 2 * EDGE; r++) apart |= windows[r * g->taps] ^ (first + (int32_t)r);
  return apart ? -1 : first;
}

/// The same for each tap of an item, of the rows of a group's tile.
static void find_firsts(const gradient_item *item, size_t tile0, size_t tile) {
  const gradient *g = item->g;
  const size_t row0 = (tile0 + tile) * 2 * EDGE;
  const bool is_whole = row0 + 2 * EDGE <= g->rows;
  int32_t apart = 0;
  // Within a text they follow in all taps, which is seen at once.
  if (is_whole) {
    const int32_t *windows = g->windows + row0 * g->taps;
    for (size_t i = 0; i < (2 * EDGE - 1) * g->taps; i++) apart |= windows[i + g->taps] ^ (windows[i] + 1);
  }
  for (size_t t = 0; t < item->taps; t++) {
    const size_t tap = item->tap0 + t;
    item->firsts[t][tile] = !is_whole ? -1 : apart ? first_that_follow(g, row0, tap) : g->windows[row0 * g->taps + tap];
  }
}

/// Pairs rows that follow each other, for the channels of an item.
static void pair_following(const gradient_item *item, size_t row, size_t pairs, element *to) {
  const size_t ldx = item->g->ldx, n = elements(item->channels);
  const element *from = item->g->x + row * ldx + item->channel0 / 2;
  for (size_t k = 0; k < pairs; k++, from += 2 * ldx) store_pairs(to + k * PANEL, from, from + ldx, n);
}

/// Pairs the rows that a tile reads through one tap.
static void pair_own(const gradient_item *item, size_t tap, size_t tile, element *to) {
  for (size_t k = 0; k < EDGE; k++) {
    const element *halves[2];
    find_pair(item->g, tap, tile * EDGE + k, item->channel0, halves);
    store_pairs(to + k * PANEL, halves[0], halves[1], elements(item->channels));
  }
}

/// Finds the pairs of a group's tiles, or makes them.
static void pair_rows(const gradient_item *item, size_t tile0, size_t tiles) {
  int32_t low = INT32_MAX, high = -1;
  for (size_t t = 0; t < tiles; t++) {
    find_firsts(item, tile0, t);
    for (size_t tap = 0; tap < item->taps; tap++) {
      const int32_t first = item->firsts[tap][t];
      if (first >= 0 && first < low) low = first;
      if (first > high) high = first;
    }
  }
  // Rows from the lowest to the highest that a tile reads.
  const size_t rows = high < 0 ? 0 : (size_t)(high - low) + 2 * EDGE;
  const bool is_near = rows / 2 <= SHARED_PAIRS;
  bool is_paired[2] = {false, false};
  for (size_t tap = 0; tap < item->taps; tap++)
    for (size_t t = 0; t < tiles; t++) {
      const int32_t first = item->firsts[tap][t];
      if (first >= 0 && is_near) {
        const size_t above = (size_t)(first - low), odd = above % 2;
        if (!is_paired[odd]) pair_following(item, (size_t)low + odd, (rows - odd) / 2, item->shared[odd]);
        is_paired[odd] = true;
        item->pairs[tap][t] = item->shared[odd] + above / 2 * PANEL;
      } else {
        element *own = item->own + (tap * GRADIENT_TILES + t) * EDGE * PANEL;
        pair_own(item, item->tap0 + tap, tile0 + t, own);
        item->pairs[tap][t] = own;
      }
    }
}

/// Lines of a tile.
typedef struct lines {
  size_t begin, end;
} lines;

/// Has some lines of a tile brought to the second-level cache.
INLINE void fetch(const element *tile, lines part) {
  for (size_t l = part.begin; l < part.end; l++) _mm_prefetch((const char *)(tile + l * EDGE), _MM_HINT_T1);
}

/// Adds the products of a group's rows to two columns' tiles of sums, for one tap; `ahead` is fetched of the tiles of the next
/// group.
INLINE void add_square(const element *dy, const element *below, const element *const *pairs, size_t tiles, bool is_first,
                       float *sums, lines ahead, const size_t rows, const size_t columns) {
  const float *base = is_first ? zeros : sums;
  const size_t stride = is_first ? 0 : 4 * PANEL;
  const float *base_below = is_first ? zeros : sums + EDGE * PANEL;
  _tile_loadd(0, base, stride);
  if (columns > 1) _tile_loadd(1, base + EDGE, stride);
  if (rows > 1) _tile_loadd(2, base_below, stride);
  if (rows > 1 && columns > 1) _tile_loadd(3, base_below + EDGE, stride);
  for (size_t t = 0; t < tiles; t++, dy += TILE_WORDS, below += TILE_WORDS) {
    fetch(dy + GRADIENT_TILES * TILE_WORDS, ahead);
    if (rows > 1) fetch(below + GRADIENT_TILES * TILE_WORDS, ahead);
    _tile_loadd(4, dy, 4 * EDGE);
    _tile_loadd(6, pairs[t], 4 * PANEL);
    MULTIPLY_TILES(0, 4, 6);
    if (columns > 1) {
      _tile_loadd(7, pairs[t] + EDGE, 4 * PANEL);
      MULTIPLY_TILES(1, 4, 7);
    }
    if (rows > 1) {
      _tile_loadd(5, below, 4 * EDGE);
      MULTIPLY_TILES(2, 5, 6);
      if (columns > 1) MULTIPLY_TILES(3, 5, 7);
    }
  }
  _tile_stored(0, sums, 4 * PANEL);
  if (columns > 1) _tile_stored(1, sums + EDGE, 4 * PANEL);
  if (rows > 1) _tile_stored(2, sums + EDGE * PANEL, 4 * PANEL);
  if (rows > 1 && columns > 1) _tile_stored(3, sums + EDGE * PANEL + EDGE, 4 * PANEL);
}

/// Adds the products of a group's rows to all sums of an item. The first group finds nothing there.
static void add_group(const gradient_item *item, size_t tile0, size_t tiles) {
  const size_t all = row_tiles(item->g->rows);
  const bool is_first = tile0 == 0, is_wide = item->channels > EDGE;
  const bool is_far = edges(item->g->out) * all * TILE_WORDS > KEPT_WORDS && tile0 + 2 * GRADIENT_TILES <= all;
  float *sums = item->sums;
  for (size_t column = 0; column < item->columns; column += 2) {
    const element *dy = item->g->packed_dy + ((item->column0 + column) * all + tile0) * TILE_WORDS;
    const bool is_high = column + 1 < item->columns;
    const element *below = is_high ? dy + all * TILE_WORDS : dy;
    for (size_t tap = 0; tap < item->taps; tap++, sums += PANEL * PANEL) {
      const element *const *pairs = item->pairs[tap];
      // Each tap fetches some of the lines of all tiles.
      const lines ahead = {is_far ? EDGE * tap / item->taps : 0, is_far ? EDGE * (tap + 1) / item->taps : 0};
      if (is_high && is_wide) add_square(dy, below, pairs, tiles, is_first, sums, ahead, 2, 2);
      else if (is_high) add_square(dy, below, pairs, tiles, is_first, sums, ahead, 2, 1);
      else if (is_wide) add_square(dy, below, pairs, tiles, is_first, sums, ahead, 1, 2);
      else add_square(dy, below, pairs, tiles, is_first, sums, ahead, 1, 1);
    }
  }
}

/// Turns the sums of an item over and adds them to dw.
static void add_sums(const gradient_item *item) {
  const gradient *g = item->g;
  for (size_t tap = 0; tap < item->taps; tap++)
    for (size_t tile = 0; tile * EDGE < item->channels; tile++)
      for (size_t column = 0; column < item->columns; column++) {
        const float *square = item->sums + (column / 2 * item->taps + tap) * PANEL * PANEL;
        const float *from = square + column % 2 * EDGE * PANEL + tile * EDGE;
        const size_t o = (item->column0 + column) * EDGE, n = smaller(EDGE, g->out - o);
        const size_t i = tile * EDGE, m = smaller(EDGE, item->channels - i);
        float *to = g->dw + ((item->tap0 + tap) * g->in + item->channel0 + i) * g->out + o;
        floats turned[CK_LANES];
        UNROLL for (size_t r = 0; r < EDGE; r++) turned[r] = load(from + r * PANEL);
        transpose(turned);
        for (size_t r = 0; r < m; r++) store_n(to + r * g->out, load_n(to + r * g->out, n) + turned[r], n);
      }
}

static void weight_gradient(const gradient *g, size_t number, element *scratch) {
  const gradient_plan plan = plan_gradient(g->taps, g->in, g->out);
  const size_t tap_block = number / (plan.blocks * plan.column_blocks);
  const size_t block = number / plan.column_blocks % plan.blocks, column_block = number % plan.column_blocks;
  const size_t tap0 = g->taps * tap_block / plan.tap_blocks, tap1 = g->taps * (tap_block + 1) / plan.tap_blocks;
  const size_t column0 = column_pairs(g->out) * column_block / plan.column_blocks * 2;
  const size_t column1 = smaller(column_pairs(g->out) * (column_block + 1) / plan.column_blocks * 2, edges(g->out));
  const size_t all = row_tiles(g->rows);
  gradient_item item = {
      .g = g,
      .tap0 = tap0,
      .taps = tap1 - tap0,
      .channel0 = block * PANEL,
      .channels = smaller(PANEL, g->in - block * PANEL),
      .column0 = column0,
      .columns = column1 - column0,
  };
  if (!item.taps || !item.columns || !all) return;
  scratch = (element *)(((uintptr_t)scratch + 63) & ~(uintptr_t)63);
  item.shared[0] = scratch;
  item.shared[1] = item.shared[0] + SHARED_PAIRS * PANEL;
  item.own = item.shared[1] + SHARED_PAIRS * PANEL;
  item.sums = (float *)(void *)(item.own + item.taps * GRADIENT_TILES * EDGE * PANEL);
  void *pairs = item.sums + item.taps * ((item.columns + 1) / 2) * PANEL * PANEL;
  item.pairs = pairs;
  item.firsts = (void *)(item.pairs + item.taps);
  configure_tiles(EDGE);
  for (size_t tile = 0; tile < all; tile += GRADIENT_TILES) {
    const size_t tiles = smaller(GRADIENT_TILES, all - tile);
    pair_rows(&item, tile, tiles);
    add_group(&item, tile, tiles);
  }
  _tile_release();
  add_sums(&item);
}
