// 8-bit integers by the matrix unit of AMX: an instruction multiplies a tile of 16 rows by 64 bytes with one of 64 bytes by
// 16 columns.
#pragma STDC FP_CONTRACT OFF

#include "int8.h"

#if defined(CK_HAS_X86) && defined(__linux__)
#include <immintrin.h>
#include <string.h>

#include "../vector/shape_amx.h"

#pragma clang attribute push( \
    __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx2,fma,amx-tile,amx-int8"))), apply_to = function)
#include "../vector/types.h"

typedef uint32_t element;
typedef int32_t sum;
typedef ck_int8_convolution convolution;

#define CHANNELS_OF_ELEMENT ((size_t)4)
#define MULTIPLY_TILES(sums, rows, weights) _tile_dpbusd(sums, rows, weights)
#include "../amx/tiles.h"
//
#include "../amx/panels.h"

static size_t packed_size(size_t taps, size_t in, size_t out) { return 4 * packed_elements(taps, in, out); }

static void pack(const int8_t *w, size_t taps, size_t in, size_t out, int8_t *packed, int32_t *sums) {
  const step_cut cut = cut_into_steps(taps, in);
  for (size_t o = 0; o < out; o++) {
    sums[o] = 0;
    for (size_t i = 0; i < in * taps; i++) sums[o] += w[o * in * taps + i];
  }
  for (size_t column = 0; column < out; column += PANEL) {
    const size_t width = smaller(PANEL, edges(out - column) * EDGE);
    for (size_t tap = 0; tap < taps; tap++) {
      element_walk walk = walk_from(&cut, tap, 0);
      for (size_t k = 0; k < cut.steps * cut.length; k++) {
        element *to = (element *)(void *)packed + column * depth_of_panel(&cut) + next_before(&walk) * width;
        for (size_t c = 0; c < width; c++) {
          int8_t four[4];
          for (size_t part = 0; part < 4; part++) {
            const size_t o = column + c, i = 4 * k + part;
            four[part] = o < out && i < in ? w[(o * in + i) * taps + tap] : 0;
          }
          memcpy(to + c, four, sizeof four);
        }
      }
    }
  }
}

#define BYTES_OF_ROW(c) ((c)->ldx)
/// A row outside of a text holds what is zero in that text.
INLINE const element *row_in_memory(const convolution *c, size_t r, size_t tap, size_t begin) {
  const int32_t row = c->windows[r * c->taps + tap];
  const uint8_t *x = row < 0 ? c->missing + (size_t)c->text_zeros[c->texts[r]] * c->ldx : c->x + (size_t)row * c->ldx;
  return (const element *)(const void *)(x + 4 * begin);
}

static const int32_t zeros[PANEL];

INLINE const int32_t *base_of_sums(const convolution *c, size_t column, size_t width, int32_t *start) {
  (void)c;
  (void)column;
  (void)width;
  (void)start;
  return zeros;
}
#include "../amx/convolution.h"

/// Makes floats of the sums that stand in rows of y, as the other sets do.
static void finish_rows(const convolution *c, size_t row0, size_t row1) {
  for (size_t r = row0; r < row1; r++) {
    const int32_t text = c->texts[r];
    const floats text_scale = splat(c->text_scales[text]);
    const ints zero = splat_int(c->text_zeros[text]);
    float *y = c->y + r * c->ldy;
    for (size_t column = 0; column < c->out; column += LANES) {
      const size_t n = smaller(LANES, c->out - column);
      const ints exact = (ints)load_n(y + column, n) - zero * load_ints_n(c->sums + column, n);
      const floats product = __builtin_convertvector(exact, floats) * (text_scale * load_n(c->scales + column, n));
      store_n(y + column, product + (c->bias ? load_n(c->bias + column, n) : splat(0)), n);
    }
  }
}

static void convolve(const convolution *c, size_t row0, size_t row1) {
  const step_cut cut = cut_into_steps(c->taps, c->in);
  configure_tiles(cut.length);
  for (size_t row = row0; row < row1; row += BLOCK_TILES * EDGE) {
    const size_t end = smaller(row + BLOCK_TILES * EDGE, row1);
    convolve_block(c, &cut, row, end - row);
    finish_rows(c, row, end);
  }
  _tile_release();
}

#include "rows.h"
#pragma clang attribute pop

const ck_int8_kernels ck_int8_amx_kernels = {
    .name = "amx", .instructions = CK_INT8_AMX, .packed_size = packed_size, .pack = pack,
    .convolve = convolve, .range = range, .quantize = quantize,
};
#else
typedef int ck_int8_amx_is_absent;
#endif
