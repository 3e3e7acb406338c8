// bfloat16 by the matrix unit of AMX: an instruction multiplies a tile of 16 rows by 32 numbers with one of 32 numbers by 16
// columns.
#include "bf16.h"

#if defined(CK_HAS_X86) && defined(__linux__)
#include <immintrin.h>

#define CK_SET_NAME "amx"
#define CK_SET CK_BF16_AMX
#define CK_BF16_DOT 1
#include "../vector/shape_amx.h"

#pragma clang attribute push( \
    __attribute__((target("avx512f,avx512dq,avx512vl,avx512bw,avx512bf16,avx2,fma,amx-tile,amx-bf16"))), \
    apply_to = function)
#include "../vector/types.h"
//
#include "multiply.h"
//
#include "elements.h"
//
typedef float sum;
#define MULTIPLY_TILES(sums, rows, weights) _tile_dpbf16ps(sums, rows, weights)
#include "../amx/tiles.h"
//
#include "../amx/panels.h"
//
#include "amx_panels.h"

#define BYTES_OF_ROW(c) (4 * (c)->ldx)
INLINE const element *row_in_memory(const convolution *c, size_t r, size_t tap, size_t begin) {
  const int32_t row = c->windows[r * c->taps + tap];
  return row < 0 ? NULL : c->x + (size_t)row * c->ldx + begin;
}

static const float zeros[PANEL];

INLINE const float *base_of_sums(const convolution *c, size_t column, size_t width, float *start) {
  if (c->accumulate) return NULL;
  if (!c->bias) return zeros;
  if (width == PANEL) return c->bias + column;
  for (size_t i = 0; i < width; i++) start[i] = c->bias[column + i];
  return start;
}
#include "../amx/convolution.h"

static void convolve(const convolution *c, size_t row0, size_t row1) {
  const step_cut cut = cut_into_steps(c->taps, c->in);
  configure_tiles(cut.length);
  for (size_t row = row0; row < row1; row += BLOCK_TILES * EDGE)
    convolve_block(c, &cut, row, smaller(BLOCK_TILES * EDGE, row1 - row));
  _tile_release();
}

#include "pairs.h"
//
#include "amx_gradient.h"

/// The tiles of sums hide the latency of one.
static uint64_t peak(uint64_t iterations, float *sink) {
  element factors[CK_LANES * CK_LANES] __attribute__((aligned(64)));
  float sums[CK_LANES * CK_LANES] __attribute__((aligned(64)));
  for (size_t i = 0; i < TILE_WORDS; i++) factors[i] = ck_bf16_pair(*sink * 1e-3f, -*sink * 1e-3f);
  configure_tiles(EDGE);
  _tile_zero(0);
  _tile_zero(1);
  _tile_zero(2);
  _tile_zero(3);
  _tile_loadd(4, factors, 4 * EDGE);
  _tile_loadd(5, factors, 4 * EDGE);
  _tile_loadd(6, factors, 4 * EDGE);
  _tile_loadd(7, factors, 4 * EDGE);
  for (uint64_t i = 0; i < iterations; i++) {
    _tile_dpbf16ps(0, 4, 6);
    _tile_dpbf16ps(1, 4, 7);
    _tile_dpbf16ps(2, 5, 6);
    _tile_dpbf16ps(3, 5, 7);
  }
  _tile_stored(0, sums, 4 * EDGE);
  _tile_release();
  *sink += sums[0] * 1e-30f;
  return iterations * 4 * EDGE * EDGE * 4 * EDGE;
}
#pragma clang attribute pop

const ck_bf16_kernels ck_bf16_amx_kernels =
#include "table.h"
    ;
#else
typedef int ck_bf16_amx_is_absent;
#endif
