// The tiles of AMX: registers of 16 rows of 64 bytes, and instructions that multiply two of them and add the products to a
// third one (Intel's manual, volume 2: TDPBF16PS, TDPBUSD).
//
// The including file has defined `element`, 32 bits with CHANNELS_OF_ELEMENT numbers, `sum`, 32 bits too, and
// MULTIPLY_TILES(sums, rows, weights).

/// Rows, columns, and elements of a tile.
#define EDGE ((size_t)16)
/// Steps of a group: its part of a panel should stay in the first-level cache while the rows of a block pass by.
#define GROUP_STEPS ((size_t)14)

INLINE size_t elements(size_t channels) { return (channels + CHANNELS_OF_ELEMENT - 1) / CHANNELS_OF_ELEMENT; }
INLINE size_t edges(size_t count) { return (count + EDGE - 1) / EDGE; }

/// How the elements of a row are cut into steps, and steps into groups. A tile has room for all elements of a step. The last
/// step of a tap may have too few; zeros stand for the others.
typedef struct step_cut {
  size_t taps;
  size_t depth;   ///< elements of a row
  size_t length;  ///< elements of a step
  size_t steps;   ///< of a tap
  size_t group_taps;
  size_t groups;  ///< of a tap's steps
} step_cut;

INLINE step_cut cut_into_steps(size_t taps, size_t channels) {
  step_cut cut = {.taps = taps, .depth = elements(channels)};
  cut.steps = (cut.depth + EDGE - 1) / EDGE;
  cut.length = cut.steps ? (cut.depth + cut.steps - 1) / cut.steps : EDGE;
  cut.group_taps = taps < GROUP_STEPS ? taps : GROUP_STEPS;
  const size_t limit = cut.group_taps ? GROUP_STEPS / cut.group_taps : 1;
  cut.groups = cut.steps ? (cut.steps + limit - 1) / limit : 1;
  return cut;
}

/// The first step of a group.
INLINE size_t group_begin(const step_cut *cut, size_t group) { return cut->steps * group / cut->groups; }

/// Elements of a panel before those of a tap's step, for each of its columns: groups lie one after the other, and in a group
/// the steps of a tap.
INLINE size_t elements_before(const step_cut *cut, size_t tap, size_t step) {
  // The last group that begins there or before.
  const size_t group = ((step + 1) * cut->groups - 1) / cut->steps;
  const size_t first = group_begin(cut, group), count = group_begin(cut, group + 1) - first;
  return cut->length * (cut->taps * first + tap * count + step - first);
}

typedef struct tile_shapes {
  uint8_t palette, start_row, reserved[14];
  uint16_t row_bytes[16];
  uint8_t rows[16];
} tile_shapes;

/// Tiles 0 to 3 are sums, 4 and 5 rows of x, 6 and 7 weights.
INLINE void configure_tiles(size_t length) {
  tile_shapes shapes __attribute__((aligned(64))) = {.palette = 1};
  for (size_t t = 0; t < 8; t++) {
    shapes.rows[t] = t < 6 ? EDGE : (uint8_t)length;
    shapes.row_bytes[t] = t == 4 || t == 5 ? (uint16_t)(4 * length) : 4 * EDGE;
  }
  _tile_loadconfig(&shapes);
}

/// A tile in memory, and the bytes from a row of it to the next.
typedef struct place {
  const void *base;
  size_t stride;
} place;

/// What four tiles of sums are made of.
typedef struct square_arguments {
  const place *x[2];       ///< a tile of rows for each step, above and below
  const element *weights;  ///< a tile for each step; the one beside it is EDGE columns on
  size_t weights_stride;   ///< in bytes
  size_t weights_step;     ///< from the tile of a step to that of the next
  size_t steps;
  const sum *base;         ///< what the sums are added to
  size_t base_stride;      ///< in bytes; 0 where all rows have the same
  sum *sums;               ///< where they go
  size_t sums_stride;
  const sum *next;         ///< where the next ones will go; NULL where that is not known
} square_arguments;

/// So many bytes on.
INLINE const void *bytes_on(const void *p, size_t bytes) { return (const char *)p + bytes; }

/// Multiplies and adds. The next sums are fetched meanwhile, a few rows with each step: the unit is faster than memory.
INLINE void square(const square_arguments *a, const size_t rows, const size_t columns) {
  const void *base = bytes_on(a->base, EDGE * a->base_stride);
  _tile_loadd(0, a->base, a->base_stride);
  if (columns > 1) _tile_loadd(1, a->base + EDGE, a->base_stride);
  if (rows > 1) _tile_loadd(2, base, a->base_stride);
  if (rows > 1 && columns > 1) _tile_loadd(3, bytes_on(base, 4 * EDGE), a->base_stride);
  const element *weights = a->weights;
  const char *next = (const char *)a->next;
  size_t fetched = next ? 0 : 2 * EDGE;
  for (size_t s = 0; s < a->steps; s++, weights += a->weights_step) {
    for (; fetched * a->steps < 2 * EDGE * (s + 1); fetched++, next += a->sums_stride) {
      _mm_prefetch(next, _MM_HINT_T0);
      _mm_prefetch(next + 4 * EDGE, _MM_HINT_T0);
    }
    _tile_loadd(4, a->x[0][s].base, a->x[0][s].stride);
    _tile_loadd(6, weights, a->weights_stride);
    MULTIPLY_TILES(0, 4, 6);
    if (columns > 1) {
      _tile_loadd(7, weights + EDGE, a->weights_stride);
      MULTIPLY_TILES(1, 4, 7);
    }
    if (rows > 1) {
      _tile_loadd(5, a->x[1][s].base, a->x[1][s].stride);
      MULTIPLY_TILES(2, 5, 6);
      if (columns > 1) MULTIPLY_TILES(3, 5, 7);
    }
  }
  void *sums = (void *)bytes_on(a->sums, EDGE * a->sums_stride);
  _tile_stored(0, a->sums, a->sums_stride);
  if (columns > 1) _tile_stored(1, a->sums + EDGE, a->sums_stride);
  if (rows > 1) _tile_stored(2, sums, a->sums_stride);
  if (rows > 1 && columns > 1) _tile_stored(3, (void *)bytes_on(sums, 4 * EDGE), a->sums_stride);
}

static void square_1_1(const square_arguments *a) { square(a, 1, 1); }
static void square_1_2(const square_arguments *a) { square(a, 1, 2); }
static void square_2_1(const square_arguments *a) { square(a, 2, 1); }
static void square_2_2(const square_arguments *a) { square(a, 2, 2); }

static void (*const squares[2][2])(const square_arguments *) = {{square_1_1, square_1_2}, {square_2_1, square_2_2}};
