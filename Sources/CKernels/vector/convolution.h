// Convolution and dense product by register tiles over windows ("indirect" convolution, Dukhan 2019).
//
// Packed weights are panels of PANEL columns, [panel][tap][elements of in][columns of the panel]; the last panel is only as
// many vectors wide as it has to be. A tile of up to TILE_ROWS rows of one panel (TALL_ROWS of a narrow one) keeps its sums
// in registers.
//
// The products of one output are summed in the order of taps and channels, in groups of steps whose borders depend on
// taps and in alone. So its bits depend neither on the range of rows nor on the tile that held it.

#define TILE_ROWS CK_TILE_ROWS
#define TILE_VECTORS CK_TILE_VECTORS
#define PANEL (TILE_VECTORS * LANES)
#define TALL_ROWS (2 * TILE_ROWS)
#define WIDE_PANELS 4

/// Elements of one step: what is read through one row pointer. A row of zeros this long stands in for missing rows.
#define MAX_STEP 512
/// Steps and elements of a group: its part of a panel should stay in the first-level cache.
#define MAX_GROUP_STEPS 8
#define GROUP_CHANNELS CK_GROUP_CHANNELS
/// Rows whose pointers are looked up at once, a multiple of TILE_ROWS.
#define ROW_BLOCK (TILE_ROWS * CK_BLOCK_TILES)

/// Floats of a cache line.
#define LINE 16

static const element zero_row[MAX_STEP];
static const float zero_bias[MAX_STEP];

INLINE size_t elements(size_t channels) { return (channels + CHANNELS_OF_ELEMENT - 1) / CHANNELS_OF_ELEMENT; }

static size_t packed_weights_size(size_t taps, size_t in, size_t out) {
  return taps * elements(in) * whole_vectors(out) * LANES;
}

/// Packs the elements first ..< last of w [rows x columns] into panels of `depth` elements, behind `before` others, a few at
/// a time: that reads along the rows and still writes several lines side by side.
static void pack_panels(const float *w, size_t ldw, size_t first, size_t last, size_t rows, size_t before, size_t depth,
                        size_t columns, element *packed) {
  const size_t strip = 8;
  for (size_t k0 = first; k0 < last; k0 += strip) {
    const size_t k1 = smaller(k0 + strip, last);
    size_t column = 0;
    for (; column + PANEL <= columns; column += PANEL) {
      element *to = packed + column * depth + before * PANEL;
      for (size_t k = k0; k < k1; k++)
        UNROLL for (size_t v = 0; v < TILE_VECTORS; v++)
          store_operands(to + k * PANEL + v * LANES, element_of_rows(w + column + v * LANES, ldw, k, rows, LANES));
    }
    if (column == columns) continue;
    const size_t rest = columns - column, width = whole_vectors(rest) * LANES;
    for (size_t k = k0; k < k1; k++)
      for (size_t c = 0; c < width; c += LANES)
        store_operands(packed + column * depth + (before + k) * width + c,
                       element_of_rows(w + column + c, ldw, k, rows, smaller(LANES, rest - c)));
  }
}

#include "pack_items.h"

static void pack_weights(const float *w, size_t taps, size_t in, size_t out, element *packed, size_t item) {
  size_t tap, first, last;
  packed_inputs(taps, in, item, &tap, &first, &last);
  const size_t depth = elements(in);
  pack_panels(w + tap * in * out, out, first / CHANNELS_OF_ELEMENT, elements(last), in, tap * depth, taps * depth, out,
              packed);
}

static void pack_weights_transposed(const float *w, size_t taps, size_t in, size_t out, element *packed, size_t item) {
  size_t tap, first, last;
  packed_inputs(taps, in, item, &tap, &first, &last);
  // Reads run along o in strips of one cache line, writes go to whole lines of the panel.
  const size_t strip = 16, depth = elements(out);
  for (size_t column = first; column < last; column += PANEL) {
    const size_t count = smaller(PANEL, in - column);
    const size_t width = whole_vectors(count) * LANES;
    const float *from = w + (tap * in + column) * out;
    element *to = packed + column * taps * depth + tap * depth * width;
    for (size_t o0 = 0; o0 < out; o0 += strip) {
      const size_t o1 = smaller(o0 + strip, out);
      size_t c = 0;
      for (; c + LANES <= count; c += LANES)
        for (size_t o = o0; o < o1; o += LANES) {
          const size_t n = smaller(LANES, o1 - o);
          floats square[CK_LANES];
          for (size_t i = 0; i < LANES; i++) square[i] = load_n(from + (c + i) * out + o, n);
          transpose(square);
          for (size_t k = 0; k < elements(n); k++)
            store_operands(to + (o / CHANNELS_OF_ELEMENT + k) * width + c, element_of_square(square, k));
        }
      for (; c < width; c++)
        for (size_t k = o0 / CHANNELS_OF_ELEMENT; k < elements(o1); k++)
          to[k * width + c] = c < count ? element_of_row(from + c * out, k, out) : 0;
    }
  }
}

/// A tile: its rows' pointers for every step of a group, the group's part of a panel, and where the sums go.
typedef struct tile_arguments {
  const element *const *pointers;  ///< [step][ROW_BLOCK]
  const size_t *lengths;           ///< elements of each step
  size_t steps;
  const element *weights;
  size_t panel_stride;  ///< from a panel to the next, for tiles over several panels
  float *y;
  size_t ldy;
  const float *base;  ///< what the sums are added to: y itself, or the bias for every row
  size_t ldbase;
  size_t last;  ///< columns of the last vector in use
} tile_arguments;

/// Fetches the memory that a tile will add to while its sums are still being made.
INLINE void prefetch_tile(const float *y, size_t ldy, const size_t rows, const size_t vectors) {
  const size_t step = LANES < LINE ? LINE / LANES : 1;
  UNROLL for (size_t m = 0; m < rows; m++)
    UNROLL for (size_t v = 0; v < vectors; v += step) __builtin_prefetch(y + m * ldy + v * LANES, 1);
}

/// y = base + sums, sums being rows of TILE_VECTORS * WIDE_PANELS vectors; `last` columns of the last vector.
INLINE void add_tile(float *y, size_t ldy, const float *base, size_t ldbase, const floats *sums, const size_t rows,
                     const size_t vectors, size_t last) {
  const size_t stride = TILE_VECTORS * WIDE_PANELS;
  if (last == LANES) {
    UNROLL for (size_t m = 0; m < rows; m++)
      UNROLL for (size_t v = 0; v < vectors; v++)
        store(y + m * ldy + v * LANES, load(base + m * ldbase + v * LANES) + sums[m * stride + v]);
  } else {
    const size_t c = (vectors - 1) * LANES;
    UNROLL for (size_t m = 0; m < rows; m++) {
      UNROLL for (size_t v = 0; v + 1 < vectors; v++)
        store(y + m * ldy + v * LANES, load(base + m * ldbase + v * LANES) + sums[m * stride + v]);
      const floats total = load_first(base + m * ldbase + c, last) + sums[m * stride + vectors - 1];
      store_first(y + m * ldy + c, total, last);
    }
  }
}

INLINE void tile(const tile_arguments *t, const size_t rows, const size_t vectors, const size_t panels) {
  floats sums[TALL_ROWS][TILE_VECTORS * WIDE_PANELS];
  const size_t width = vectors * panels;
  UNROLL for (size_t m = 0; m < rows; m++)
    UNROLL for (size_t v = 0; v < width; v++) sums[m][v] = splat(0);
  prefetch_tile(t->y, t->ldy, rows, vectors * panels);
  const element *w = t->weights;
  const size_t stride = t->panel_stride;
  for (size_t step = 0; step < t->steps; step++) {
    const element *x[TALL_ROWS];
    UNROLL for (size_t m = 0; m < rows; m++) x[m] = t->pointers[step * ROW_BLOCK + m];
    const size_t length = t->lengths[step];
    for (size_t k = 0; k < length; k++) {
      operands weights[TILE_VECTORS * WIDE_PANELS];
      UNROLL for (size_t v = 0; v < width; v++)
        weights[v] = load_operands(w + (v / vectors) * stride + (v % vectors) * LANES);
      UNROLL for (size_t m = 0; m < rows; m++) {
        const operands value = broadcast(x[m][k]);
        UNROLL for (size_t v = 0; v < width; v++) sums[m][v] = multiply_add(value, weights[v], sums[m][v]);
      }
      w += vectors * LANES;
    }
  }
  add_tile(t->y, t->ldy, t->base, t->ldbase, sums[0], rows, width, t->last);
}

typedef void (*tile_function)(const tile_arguments *);

#define TILE(rows, vectors) \
  static void tile_##rows##_##vectors(const tile_arguments *t) { tile(t, rows, vectors, 1); }
#define TILE_ENTRY(rows, vectors) [rows - 1][vectors - 1] = tile_##rows##_##vectors,
CK_EACH_TILE(TILE)
CK_EACH_TALL_TILE(TILE)

static const tile_function tiles[TALL_ROWS][TILE_VECTORS] = {CK_EACH_TILE(TILE_ENTRY) CK_EACH_TALL_TILE(TILE_ENTRY)};

/// One or two rows have too few sums to hide the latency of an addition, so they take several panels at once.
static void tile_wide_1(const tile_arguments *t) { tile(t, 1, TILE_VECTORS, WIDE_PANELS); }
static void tile_wide_2(const tile_arguments *t) { tile(t, 2, TILE_VECTORS, 2); }

/// Tiles of nearly the same height: 13 rows are 7 and 6, not 12 and 1. The first `high` are one row higher than `low`.
typedef struct tiling {
  size_t count;
  size_t low;
  size_t high;
} tiling;

INLINE tiling cut_into_tiles(size_t rows, size_t vectors) {
  const size_t limit = 2 * vectors <= TILE_VECTORS ? TALL_ROWS : TILE_ROWS;
  const size_t count = (rows + limit - 1) / limit;
  return (tiling){.count = count, .low = rows / count, .high = rows % count};
}

/// The steps of a convolution: chunks of a tap's elements, all but the last one equally long.
typedef struct step_plan {
  size_t chunk;   ///< elements of a step
  size_t chunks;  ///< steps of a tap
  size_t steps;
} step_plan;

INLINE step_plan plan_steps(size_t taps, size_t in) {
  const size_t limit = GROUP_CHANNELS < MAX_STEP ? GROUP_CHANNELS : MAX_STEP;
  step_plan plan;
  plan.chunks = (in + limit - 1) / limit;
  plan.chunk = plan.chunks ? (in + plan.chunks - 1) / plan.chunks : 0;
  plan.steps = taps * plan.chunks;
  return plan;
}

static void convolve_block(const convolution *c, size_t row0, size_t rows) {
  const size_t in = elements(c->in);
  const step_plan plan = plan_steps(c->taps, in);
  const element *pointers[MAX_GROUP_STEPS * ROW_BLOCK];
  size_t lengths[MAX_GROUP_STEPS];

  size_t step = 0, depth = 0;
  do {
    // A group of steps, and for each of them the pointers of all rows.
    size_t steps = 0, channels = 0;
    while (step + steps < plan.steps && steps < MAX_GROUP_STEPS) {
      const size_t tap = (step + steps) / plan.chunks;
      const size_t channel = (step + steps) % plan.chunks * plan.chunk;
      const size_t length = smaller(plan.chunk, in - channel);
      if (steps && channels + length > GROUP_CHANNELS) break;
      for (size_t r = 0; r < rows; r++) {
        const int32_t row = c->windows[(row0 + r) * c->taps + tap];
        pointers[steps * ROW_BLOCK + r] = row < 0 ? zero_row : c->x + (size_t)row * c->ldx + channel;
      }
      lengths[steps++] = length;
      channels += length;
    }

    tile_arguments t = {.lengths = lengths, .steps = steps, .ldy = c->ldy};
    const bool replace = depth == 0 && !c->accumulate;
    t.ldbase = replace ? 0 : c->ldy;
    t.panel_stride = c->taps * in * PANEL;
    for (size_t column = 0; column < c->out;) {
      size_t width = smaller(PANEL, c->out - column);
      const size_t vectors = whole_vectors(width);
      const tiling cut = cut_into_tiles(rows, vectors);
      tile_function functions[2] = {tiles[cut.low - 1][vectors - 1], tiles[cut.low - (cut.high == 0)][vectors - 1]};
      if (rows == 1 && column + WIDE_PANELS * PANEL <= c->out) {
        width = WIDE_PANELS * PANEL;
        functions[0] = tile_wide_1;
      } else if (rows == 2 && column + 2 * PANEL <= c->out) {
        width = 2 * PANEL;
        functions[0] = tile_wide_2;
      }
      t.weights = c->packed + column * c->taps * in + depth * vectors * LANES;
      t.last = width - (whole_vectors(width) - 1) * LANES;
      // While this panel is in use, its tiles fetch the next one, a share each.
      const element *next = c->packed + (column + width) * c->taps * in + depth * vectors * LANES;
      const size_t next_size = column + width + PANEL <= c->out ? channels * PANEL : 0;
      const size_t share = (next_size / cut.count + LINE) / LINE * LINE;
      for (size_t i = 0, r = 0; i < cut.count; i++) {
        for (size_t f = i * share; f < smaller((i + 1) * share, next_size); f += LINE) __builtin_prefetch(next + f);
        t.pointers = pointers + r;
        t.y = c->y + (row0 + r) * c->ldy + column;
        t.base = !replace ? t.y : c->bias ? c->bias + column : zero_bias;
        functions[i < cut.high](&t);
        r += cut.low + (i < cut.high);
      }
      column += width;
    }
    step += steps;
    depth += channels;
  } while (step < plan.steps);
}

static void convolve(const convolution *c, size_t row0, size_t row1) {
  for (size_t row = row0; row < row1; row += ROW_BLOCK) convolve_block(c, row, smaller(ROW_BLOCK, row1 - row));
}
