// Byte kernels on vectors. The including file has set CK_LANES (32-bit lanes of a register), the size of tiles and
// DOT(sums, bytes, weights): to each 32-bit lane of sums the four products of its bytes.
//
// Packed weights are panels of PANEL columns, [panel][tap][quarter of the channels][column][4 channels]; the last panel
// is only as many vectors wide as it has to be. A tile keeps its sums in registers for the whole depth: they are exact,
// so neither the tile nor the order can be seen in the result.
#pragma STDC FP_CONTRACT OFF

#include "../vector/types.h"

#define TILE_ROWS CK_TILE_ROWS
#define TILE_VECTORS CK_TILE_VECTORS
#define PANEL (TILE_VECTORS * LANES)
#define TALL_ROWS (2 * TILE_ROWS)
/// Rows whose pointers are looked up at once.
#define ROW_BLOCK (TALL_ROWS * 8)
/// Taps whose pointers are looked up at once.
#define MAX_TAPS 64

INLINE size_t quarters(size_t in) { return (in + 3) / 4; }

static size_t packed_size(size_t taps, size_t in, size_t out) {
  return taps * quarters(in) * 4 * whole_vectors(out) * LANES;
}

static void pack(const int8_t *w, size_t taps, size_t in, size_t out, int8_t *packed, int32_t *sums) {
  for (size_t o = 0; o < out; o++) sums[o] = 0;
  int8_t *to = packed;
  for (size_t column = 0; column < out; column += PANEL) {
    const size_t width = smaller(PANEL, whole_vectors(out - column) * LANES);
    for (size_t tap = 0; tap < taps; tap++)
      for (size_t quarter = 0; quarter < quarters(in); quarter++)
        for (size_t c = 0; c < width; c++)
          for (size_t part = 0; part < 4; part++) {
            const size_t o = column + c, i = 4 * quarter + part;
            const int8_t weight = o < out && i < in ? w[(o * in + i) * taps + tap] : 0;
            if (o < out) sums[o] += weight;
            *to++ = weight;
          }
  }
}

/// A tile: its rows' pointers for every tap, its part of a panel, and what its sums become.
typedef struct tile_arguments {
  const uint8_t *const *pointers;  ///< [tap][ROW_BLOCK]
  size_t taps;
  size_t quarters;
  const int8_t *weights;
  const int32_t *sums;
  const float *scales;
  const float *bias;  ///< or NULL
  const float *row_scales;
  const int32_t *row_zeros;
  float *y;
  size_t ldy;
  size_t last;  ///< columns of the last vector in use
} tile_arguments;

/// What one vector of sums of a row becomes: the first n columns of y.
INLINE void finish(const tile_arguments *t, size_t row, size_t column, ints sum, size_t n) {
  const ints weights = load_ints_n(t->sums + column, n);
  const floats scale = splat(t->row_scales[row]) * load_n(t->scales + column, n);
  const ints exact = sum - splat_int(t->row_zeros[row]) * weights;
  const floats product = __builtin_convertvector(exact, floats) * scale;
  const floats bias = t->bias ? load_n(t->bias + column, n) : splat(0);
  store_n(t->y + row * t->ldy + column, product + bias, n);
}

INLINE void tile(const tile_arguments *t, const size_t rows, const size_t vectors) {
  ints sums[TALL_ROWS][TILE_VECTORS];
  UNROLL for (size_t m = 0; m < rows; m++)
    UNROLL for (size_t v = 0; v < vectors; v++) sums[m][v] = splat_int(0);
  const int8_t *w = t->weights;
  for (size_t tap = 0; tap < t->taps; tap++) {
    const uint8_t *x[TALL_ROWS];
    UNROLL for (size_t m = 0; m < rows; m++) x[m] = t->pointers[tap * ROW_BLOCK + m];
    for (size_t k = 0; k < t->quarters; k++) {
      ints weights[TILE_VECTORS];
      UNROLL for (size_t v = 0; v < vectors; v++)
        weights[v] = *(const loose_ints *)(const void *)(w + v * LANES * 4);
      UNROLL for (size_t m = 0; m < rows; m++) {
        int32_t four;
        __builtin_memcpy(&four, x[m] + 4 * k, 4);
        const ints bytes = splat_int(four);
        UNROLL for (size_t v = 0; v < vectors; v++) sums[m][v] = DOT(sums[m][v], bytes, weights[v]);
      }
      w += vectors * LANES * 4;
    }
  }
  if (t->last == LANES) {
    UNROLL for (size_t m = 0; m < rows; m++)
      UNROLL for (size_t v = 0; v < vectors; v++) finish(t, m, v * LANES, sums[m][v], LANES);
  } else {
    UNROLL for (size_t m = 0; m < rows; m++) {
      UNROLL for (size_t v = 0; v + 1 < vectors; v++) finish(t, m, v * LANES, sums[m][v], LANES);
      finish(t, m, (vectors - 1) * LANES, sums[m][vectors - 1], t->last);
    }
  }
}

typedef void (*tile_function)(const tile_arguments *);

#define TILE(rows, vectors) \
  static void tile_##rows##_##vectors(const tile_arguments *t) { tile(t, rows, vectors); }
#define TILE_ENTRY(rows, vectors) [rows - 1][vectors - 1] = tile_##rows##_##vectors,
CK_EACH_TILE(TILE)
CK_EACH_TALL_TILE(TILE)

static const tile_function tiles[TALL_ROWS][TILE_VECTORS] = {CK_EACH_TILE(TILE_ENTRY) CK_EACH_TALL_TILE(TILE_ENTRY)};

static void convolve_block(const ck_int8_convolution *c, size_t row0, size_t rows) {
  const uint8_t *pointers[MAX_TAPS * ROW_BLOCK];
  float row_scales[ROW_BLOCK];
  int32_t row_zeros[ROW_BLOCK];
  for (size_t r = 0; r < rows; r++) {
    const int32_t text = c->texts[row0 + r];
    row_scales[r] = c->text_scales[text];
    row_zeros[r] = c->text_zeros[text];
    for (size_t tap = 0; tap < c->taps; tap++) {
      const int32_t row = c->windows[(row0 + r) * c->taps + tap];
      pointers[tap * ROW_BLOCK + r] =
          row < 0 ? c->missing + (size_t)row_zeros[r] * c->ldx : c->x + (size_t)row * c->ldx;
    }
  }
  const size_t depth = c->taps * quarters(c->in) * 4;
  for (size_t column = 0; column < c->out; column += PANEL) {
    const size_t width = smaller(PANEL, c->out - column), vectors = whole_vectors(width);
    const size_t limit = 2 * vectors <= TILE_VECTORS ? TALL_ROWS : TILE_ROWS;
    tile_arguments t = {.taps = c->taps, .quarters = quarters(c->in), .weights = c->packed + column * depth,
                        .sums = c->sums + column, .scales = c->scales + column,
                        .bias = c->bias ? c->bias + column : NULL, .ldy = c->ldy,
                        .last = width - (vectors - 1) * LANES};
    // Tiles of nearly the same height, the first `high` of them one row higher.
    const size_t count = (rows + limit - 1) / limit, low = rows / count, high = rows % count;
    for (size_t i = 0, r = 0; i < count; i++) {
      const size_t height = low + (i < high);
      t.pointers = pointers + r;
      t.row_scales = row_scales + r;
      t.row_zeros = row_zeros + r;
      t.y = c->y + (row0 + r) * c->ldy + column;
      tiles[height - 1][vectors - 1](&t);
      r += height;
    }
  }
}

static void convolve(const ck_int8_convolution *c, size_t row0, size_t row1) {
  for (size_t row = row0; row < row1; row += ROW_BLOCK) convolve_block(c, row, smaller(ROW_BLOCK, row1 - row));
}

#include "rows.h"
