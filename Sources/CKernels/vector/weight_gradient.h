// The gradient of a convolution's weights: for each tap a product of x (its rows picked by the windows) and dy.
//
// dy is packed once into panels like weights, [panel][elements of the rows][columns of the panel]. Where an element is one
// row, x is read in place: the channels of a tile lie side by side, so one pointer a row serves the whole tile and no copy
// is needed. An item is some taps, a block
// of input channels and a block of columns; sums of a group of rows are added to dw group by group, in order. All taps of
// an item meet a group of rows before the next group comes: x and dy may be far larger than the caches, and are fetched
// once an item instead of once a tap.

/// Input channels and columns of an item.
#define CHANNEL_BLOCK (TILE_ROWS * CK_CHANNEL_TILES)
/// Elements of rows whose products are summed in registers before they are added to dw.
#define GRADIENT_ROWS CK_GRADIENT_ROWS
/// Items worth having, so that many threads find work; small products are cut by columns to get there.
#define ENOUGH_ITEMS 16
#define PACK_ROWS 64

static size_t packed_rows_size(size_t rows, size_t columns) { return packed_weights_size(1, rows, columns); }

static size_t pack_rows_items(size_t rows, size_t columns) {
  (void)columns;
  return (rows + PACK_ROWS - 1) / PACK_ROWS;
}

static void pack_rows(const float *x, size_t ldx, size_t rows, size_t columns, element *packed, size_t item) {
  const size_t row0 = item * PACK_ROWS, row1 = smaller(row0 + PACK_ROWS, rows);
  pack_panels(x, ldx, row0 / CHANNELS_OF_ELEMENT, elements(row1), rows, 0, elements(rows), columns, packed);
}

typedef struct gradient_plan {
  size_t blocks;         ///< of input channels
  size_t panels;
  size_t column_blocks;  ///< each of whole panels
  size_t tap_blocks;
} gradient_plan;

INLINE gradient_plan plan_gradient(size_t taps, size_t in, size_t out) {
  gradient_plan plan;
  plan.blocks = (in + CHANNEL_BLOCK - 1) / CHANNEL_BLOCK;
  plan.panels = (out + PANEL - 1) / PANEL;
  // Columns are cut before taps: taps share what they read.
  const size_t blocks = plan.blocks ? plan.blocks : 1, panels = plan.panels ? plan.panels : 1;
  plan.column_blocks = smaller(panels, (ENOUGH_ITEMS + blocks - 1) / blocks);
  const size_t items = blocks * plan.column_blocks;
  plan.tap_blocks = smaller(taps, (ENOUGH_ITEMS + items - 1) / items);
  return plan;
}

static size_t weight_gradient_items(size_t taps, size_t in, size_t out, size_t rows) {
  (void)rows;
  const gradient_plan plan = plan_gradient(taps, in, out);
  return plan.blocks * plan.column_blocks * plan.tap_blocks;
}

/// The first input channel of a block, which is the first one of an element too.
INLINE size_t block_begin(size_t in, size_t block, const gradient_plan *plan) {
  return smaller(elements(in) * block / plan->blocks * CHANNELS_OF_ELEMENT, in);
}

/// A tile of dw: `rows` input channels, one panel of columns.
typedef struct gradient_arguments {
  const element *const *pointers;  ///< the first input channel of the item for each element of the rows
  size_t channel;                  ///< of the tile, counted from there
  size_t rows;                     ///< elements of them
  const element *dy;
  float *dw;
  size_t out;
  size_t last;  ///< columns of the last vector in use
} gradient_arguments;

INLINE void gradient_tile(const gradient_arguments *t, const size_t channels, const size_t vectors) {
  floats sums[TALL_ROWS][TILE_VECTORS * WIDE_PANELS];
  UNROLL for (size_t m = 0; m < channels; m++)
    UNROLL for (size_t v = 0; v < vectors; v++) sums[m][v] = splat(0);
  prefetch_tile(t->dw, t->out, channels, vectors);
  const element *dy = t->dy;
  const size_t channel = t->channel;
  for (size_t r = 0; r < t->rows; r++) {
    const element *x = t->pointers[r] + channel;
    operands gradients[TILE_VECTORS];
    UNROLL for (size_t v = 0; v < vectors; v++) gradients[v] = load_operands(dy + v * LANES);
    UNROLL for (size_t m = 0; m < channels; m++) {
      const operands value = broadcast(x[m]);
      UNROLL for (size_t v = 0; v < vectors; v++) sums[m][v] = multiply_add(value, gradients[v], sums[m][v]);
    }
    dy += vectors * LANES;
  }
  add_tile(t->dw, t->out, t->dw, t->out, sums[0], channels, vectors, t->last);
}

typedef void (*gradient_function)(const gradient_arguments *);

#define GRADIENT_TILE(channels, vectors) \
  static void gradient_tile_##channels##_##vectors(const gradient_arguments *t) { gradient_tile(t, channels, vectors); }
#define GRADIENT_TILE_ENTRY(channels, vectors) [channels - 1][vectors - 1] = gradient_tile_##channels##_##vectors,
CK_EACH_TILE(GRADIENT_TILE)
CK_EACH_TALL_TILE(GRADIENT_TILE)

static const gradient_function gradient_tiles[TALL_ROWS][TILE_VECTORS] = {
    CK_EACH_TILE(GRADIENT_TILE_ENTRY) CK_EACH_TALL_TILE(GRADIENT_TILE_ENTRY)};

/// Adds one tap's products of some elements of the rows to dw: `channels` from `channel0`, columns from `column0`.
INLINE void add_tap(const gradient *g, size_t tap, size_t row0, size_t rows, size_t channel0, size_t channels,
                    size_t column0, size_t column1, element *scratch) {
  const element *pointers[GRADIENT_ROWS];
  gradient_arguments t = {.pointers = pointers, .rows = rows, .out = g->out};
  find_rows(g, tap, row0, rows, channel0, channels, pointers, scratch);
  for (size_t column = column0; column < column1; column += PANEL) {
    const size_t width = smaller(PANEL, column1 - column);
    const size_t vectors = whole_vectors(width);
    const tiling cut = cut_into_tiles(channels, vectors);
    const gradient_function functions[2] = {
        gradient_tiles[cut.low - 1][vectors - 1],
        gradient_tiles[cut.low - (cut.high == 0)][vectors - 1],
    };
    t.dy = g->packed_dy + column * elements(g->rows) + row0 * vectors * LANES;
    t.last = width - (vectors - 1) * LANES;
    t.channel = 0;
    for (size_t i = 0; i < cut.count; i++) {
      t.dw = g->dw + (tap * g->in + channel0 + t.channel) * g->out + column;
      functions[i < cut.high](&t);
      t.channel += cut.low + (i < cut.high);
    }
  }
}

static void weight_gradient(const gradient *g, size_t item, element *scratch) {
  const gradient_plan plan = plan_gradient(g->taps, g->in, g->out);
  const size_t tap_block = item / (plan.blocks * plan.column_blocks);
  const size_t block = item / plan.column_blocks % plan.blocks, column_block = item % plan.column_blocks;
  const size_t tap0 = g->taps * tap_block / plan.tap_blocks, tap1 = g->taps * (tap_block + 1) / plan.tap_blocks;
  const size_t channel0 = block_begin(g->in, block, &plan), channel1 = block_begin(g->in, block + 1, &plan);
  const size_t column0 = plan.panels * column_block / plan.column_blocks * PANEL;
  const size_t column1 = smaller(plan.panels * (column_block + 1) / plan.column_blocks * PANEL, g->out);
  if (channel0 == channel1) return;
  const size_t all = elements(g->rows);
  for (size_t row0 = 0; row0 < all; row0 += GRADIENT_ROWS) {
    const size_t rows = smaller(GRADIENT_ROWS, all - row0);
    for (size_t tap = tap0; tap < tap1; tap++)
      add_tap(g, tap, row0, rows, channel0, channel1 - channel0, column0, column1, scratch);
  }
}
