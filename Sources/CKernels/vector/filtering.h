// Convolution by minimal filtering: 4 outputs of 3 taps with 6 products a channel instead of 12, of 5 taps with 8 instead
// of 20, of 7 taps with 10 instead of 28.
//
// A block of tiles is taken to its points, multiplied there with the filter's values as dense products (one a point, by
// the tiles of convolution.h), and brought back with the bias added, all in scratch that stays in the second-level cache.
// Each tile is summed by itself in one order, so that its bits depend neither on its neighbours nor on the range.

/// Tiles of a block.
#define BLOCK_TILES CK_FILTERING_TILES
/// Columns that are multiplied before they are brought back.
#define FILTERING_COLUMNS (PANEL > 64 ? PANEL : 64)

static size_t filtering_points(size_t taps) { return pairs_of(taps) ? 2 * pairs_of(taps) + 2 : 0; }

static size_t packed_filter_size(size_t taps, size_t in, size_t out) {
  return filtering_points(taps) * packed_weights_size(1, in, out);
}

static size_t packed_filter_scratch(size_t in, size_t out) { return in * out; }

static void pack_filter(const float *w, size_t taps, size_t in, size_t out, bool transposed, float *packed, size_t point,
                        float *scratch) {
  const size_t pairs = pairs_of(taps), size = in * out;
  float factors[2 * MOST_PAIRS - 1];
  // The gradient to the input reads the taps from the last to the first.
  for (size_t tap = 0; tap < taps; tap++) factors[tap] = filter_factor(pairs, point, transposed ? taps - 1 - tap : tap);
  EACH_COLUMN(c, 0, size, {
    floats value = splat(0);
    for (size_t tap = 0; tap < taps; tap++) {
      if (factors[tap] != 0) value = fma_floats(splat(factors[tap]), load_n(w + tap * size + c, n), value);
    }
    store_n(scratch + c, value, n);
  });
  float *values = packed + point * (transposed ? packed_weights_size(1, out, in) : packed_weights_size(1, in, out));
  for (size_t item = 0; item < pack_weights_items(1, in); item++)
    (transposed ? pack_weights_transposed : pack_weights)(scratch, 1, in, out, values, item);
}

static size_t filtering_scratch(size_t taps, size_t in) {
  return filtering_points(taps) * BLOCK_TILES * (in + FILTERING_COLUMNS);
}

/// Some channels of a tile's input at the points: to[point * stride + channel - channel0].
INLINE void tile_at_points(const float *x, size_t ldx, const ck_tile *tile, size_t dilation, size_t channel0,
                           size_t channel1, const size_t pairs, float *to, size_t stride) {
  const float *rows[MOST_POINTS];
  size_t inside[MOST_POINTS];
  UNROLL for (size_t i = 0; i < 2 * pairs + 2; i++) {
    const int64_t row = tile->first + (int64_t)(i * dilation);
    inside[i] = row >= tile->lower && row < tile->upper ? ~(size_t)0 : 0;
    rows[i] = inside[i] ? x + (size_t)row * ldx : zero_row;
  }
  EACH_COLUMN(c, channel0, channel1, {
    floats values[MOST_POINTS];
    floats points[MOST_POINTS];
    UNROLL for (size_t i = 0; i < 2 * pairs + 2; i++) values[i] = load_n(rows[i] + (c & inside[i]), n);
    input_at_points(values, pairs, points);
    UNROLL for (size_t i = 0; i < 2 * pairs + 2; i++) store_n(to + i * stride + c - channel0, points[i], n);
  });
}

/// Brings columns of a tile back from the points: products[point * stride + column - column0].
INLINE void tile_from_points(const ck_filtering *f, const ck_tile *tile, size_t column0, size_t column1,
                             const size_t pairs, const float *products, size_t stride) {
  float *y = f->y + (size_t)tile->output * f->ldy;
  EACH_COLUMN(c, column0, column1, {
    floats values[MOST_POINTS];
    floats outputs[OUTPUTS];
    UNROLL for (size_t i = 0; i < 2 * pairs + 2; i++) values[i] = load(products + i * stride + c - column0);
    outputs_of_points(values, pairs, outputs);
    const floats bias = f->bias ? load_n(f->bias + c, n) : splat(0);
    UNROLL for (size_t t = 0; t < OUTPUTS; t++) {
      if (t < (size_t)tile->outputs) {
        float *to = y + t * f->dilation * f->ldy + c;
        store_n(to, outputs[t] + (f->accumulate ? load_n(to, n) : bias), n);
      }
    }
  });
}

INLINE void filter_block(const ck_filtering *f, size_t tile0, size_t count, const size_t pairs, float *scratch) {
  int32_t own_rows[BLOCK_TILES];
  for (size_t t = 0; t < count; t++) own_rows[t] = (int32_t)t;
  const size_t points = 2 * pairs + 2, panels = packed_weights_size(1, f->in, f->out);
  float *inputs = scratch, *products = scratch + points * BLOCK_TILES * f->in;
  for (size_t t = 0; t < count; t++)
    tile_at_points(f->x, f->ldx, f->tiles + tile0 + t, f->dilation, 0, f->in, pairs, inputs + t * f->in,
                   BLOCK_TILES * f->in);
  for (size_t column = 0; column < f->out; column += FILTERING_COLUMNS) {
    const size_t columns = smaller(FILTERING_COLUMNS, f->out - column);
    for (size_t point = 0; point < points; point++) {
      const ck_convolution product = {
          .x = inputs + point * BLOCK_TILES * f->in,
          .ldx = f->in,
          .windows = own_rows,
          .taps = 1,
          .in = f->in,
          // Whole vectors: what lies behind the last column is padding on both sides.
          .out = whole_vectors(columns) * LANES,
          .packed = f->packed + point * panels + column * f->in,
          .y = products + point * BLOCK_TILES * FILTERING_COLUMNS,
          .ldy = FILTERING_COLUMNS,
      };
      convolve(&product, 0, count);
    }
    for (size_t t = 0; t < count; t++)
      tile_from_points(f, f->tiles + tile0 + t, column, column + columns, pairs, products + t * FILTERING_COLUMNS,
                       BLOCK_TILES * FILTERING_COLUMNS);
  }
}

static void filter(const ck_filtering *f, size_t tile0, size_t tile1, float *scratch) {
  for (size_t tile = tile0; tile < tile1; tile += BLOCK_TILES) {
    const size_t count = smaller(BLOCK_TILES, tile1 - tile);
    switch (f->taps) {
      case 3: filter_block(f, tile, count, 2, scratch); break;
      case 5: filter_block(f, tile, count, 3, scratch); break;
      case 7: filter_block(f, tile, count, 4, scratch); break;
      default: break;
    }
  }
}
