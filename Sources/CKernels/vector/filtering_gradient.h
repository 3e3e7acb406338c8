// The gradient of a convolution's weights by minimal filtering: inputs and gradients of the outputs at the points, a
// product over the tiles for each point, and the sums brought back to taps at the end.
//
// An item is a block of input channels, a block of columns and a slice of the tiles; its sums are its own, [point] [in] [out],
// and slices are added in order, so that the bits depend on the sizes alone.

/// Channels and columns of an item.
#define FILTERING_BLOCK 128
/// Tiles whose products are summed in registers.
#define FILTERING_GROUP CK_FILTERING_GROUP

typedef struct filtering_plan {
  size_t channel_blocks;
  size_t column_blocks;  ///< each of whole panels
  size_t slices;
} filtering_plan;

INLINE filtering_plan plan_filtering(size_t in, size_t out, size_t tiles) {
  const size_t blocks = (in + FILTERING_BLOCK - 1) / FILTERING_BLOCK;
  const size_t column_blocks = (out + FILTERING_BLOCK - 1) / FILTERING_BLOCK;
  const size_t useful = tiles / (2 * FILTERING_GROUP) + 1;
  return (filtering_plan){
      .channel_blocks = blocks,
      .column_blocks = column_blocks,
      .slices = smaller((ENOUGH_ITEMS + blocks * column_blocks - 1) / (blocks * column_blocks), useful),
  };
}

static size_t filtering_gradient_items(size_t in, size_t out, size_t tiles) {
  const filtering_plan plan = plan_filtering(in, out, tiles);
  return plan.channel_blocks * plan.column_blocks * plan.slices;
}

static size_t filtering_gradient_sums(size_t taps, size_t in, size_t out, size_t tiles) {
  return plan_filtering(in, out, tiles).slices * filtering_points(taps) * in * out;
}

static size_t filtering_gradient_scratch(size_t taps) {
  return filtering_points(taps) * FILTERING_GROUP * (FILTERING_BLOCK + FILTERING_BLOCK + PANEL);
}

INLINE void gradient_slice(const ck_filtering_gradient *g, size_t item, const size_t pairs, float *scratch) {
  const filtering_plan plan = plan_filtering(g->in, g->out, g->tile_count);
  const size_t slice = item % plan.slices, block = item / plan.slices % plan.channel_blocks;
  const size_t column_block = item / plan.slices / plan.channel_blocks;
  const size_t points = 2 * pairs + 2, panels = (g->out + PANEL - 1) / PANEL;
  const size_t channel0 = g->in * block / plan.channel_blocks, channel1 = g->in * (block + 1) / plan.channel_blocks;
  const size_t column0 = panels * column_block / plan.column_blocks * PANEL;
  const size_t column1 = smaller(panels * (column_block + 1) / plan.column_blocks * PANEL, g->out);
  const size_t tile0 = g->tile_count * slice / plan.slices, tile1 = g->tile_count * (slice + 1) / plan.slices;
  const size_t channels = channel1 - channel0, width = whole_vectors(column1 - column0) * LANES;
  float *sums = g->sums + slice * points * g->in * g->out;
  for (size_t point = 0; point < points; point++)
    for (size_t i = channel0; i < channel1; i++)
      for (size_t c = column0; c < column1; c++) sums[(point * g->in + i) * g->out + c] = 0;

  float *inputs = scratch, *gradients = scratch + points * FILTERING_GROUP * FILTERING_BLOCK;
  for (size_t first = tile0; first < tile1; first += FILTERING_GROUP) {
    const size_t count = smaller(FILTERING_GROUP, tile1 - first);
    for (size_t t = 0; t < count; t++) {
      const ck_tile *tile = g->tiles + first + t;
      tile_at_points(g->x, g->ldx, tile, g->dilation, channel0, channel1, pairs, inputs + t * channels,
                     count * channels);
      const float *dy = g->dy + (size_t)tile->output * g->lddy;
      EACH_COLUMN(c, column0, column1, {
        floats outputs[OUTPUTS];
        floats values[MOST_POINTS];
        UNROLL for (size_t o = 0; o < OUTPUTS; o++) {
          outputs[o] = splat(0);
          if (o < (size_t)tile->outputs) outputs[o] = load_n(dy + o * g->dilation * g->lddy + c, n);
        }
        gradients_at_points(outputs, pairs, values);
        const size_t column = c - column0, panel = column / PANEL * PANEL, vectors = smaller(PANEL, width - panel);
        float *to = gradients + panel * count + t * vectors + column - panel;
        UNROLL for (size_t point = 0; point < points; point++) store(to + point * count * width, values[point]);
      });
    }
    for (size_t point = 0; point < points; point++) {
      const float *pointers[FILTERING_GROUP];
      for (size_t t = 0; t < count; t++) pointers[t] = inputs + (point * count + t) * channels;
      gradient_arguments t = {.pointers = pointers, .rows = count, .out = g->out};
      for (size_t column = column0; column < column1; column += PANEL) {
        const size_t used = smaller(PANEL, column1 - column), vectors = whole_vectors(used);
        const tiling cut = cut_into_tiles(channels, vectors);
        const gradient_function functions[2] = {
            gradient_tiles[cut.low - 1][vectors - 1],
            gradient_tiles[cut.low - (cut.high == 0)][vectors - 1],
        };
        t.dy = gradients + point * count * width + (column - column0) * count;
        t.last = used - (vectors - 1) * LANES;
        t.channel = 0;
        for (size_t i = 0; i < cut.count; i++) {
          t.dw = sums + (point * g->in + channel0 + t.channel) * g->out + column;
          functions[i < cut.high](&t);
          t.channel += cut.low + (i < cut.high);
        }
      }
    }
  }
}

static void filtering_gradient(const ck_filtering_gradient *g, size_t item, float *scratch) {
  switch (g->taps) {
    case 3: gradient_slice(g, item, 2, scratch); break;
    case 5: gradient_slice(g, item, 3, scratch); break;
    case 7: gradient_slice(g, item, 4, scratch); break;
    default: break;
  }
}

static void fold_filtering_gradient(const ck_filtering_gradient *g, size_t channel0, size_t channel1) {
  const size_t pairs = pairs_of(g->taps), points = 2 * pairs + 2;
  const size_t slices = plan_filtering(g->in, g->out, g->tile_count).slices, size = g->in * g->out;
  float factors[2 * MOST_PAIRS - 1][MOST_POINTS];
  for (size_t tap = 0; tap < g->taps; tap++)
    for (size_t point = 0; point < points; point++) factors[tap][point] = filter_factor(pairs, point, tap);
  EACH_COLUMN(c, channel0 * g->out, channel1 * g->out, {
    floats values[MOST_POINTS];
    for (size_t point = 0; point < points; point++) {
      values[point] = splat(0);
      for (size_t slice = 0; slice < slices; slice++)
        values[point] += load_n(g->sums + (slice * points + point) * size + c, n);
    }
    for (size_t tap = 0; tap < g->taps; tap++) {
      floats sum = load_n(g->dw + tap * size + c, n);
      for (size_t point = 0; point < points; point++) sum = fma_floats(splat(factors[tap][point]), values[point], sum);
      store_n(g->dw + tap * size + c, sum, n);
    }
  });
}
