// CKernels: products of numbers in bfloat16, added in single precision.
//
// A number of bfloat16 is the upper half of a float, rounded to the nearest, ties to even; what is too small to be normal
// becomes zero. Two of them stand in one word, the first in its lower half: pairs of channels of a row, or pairs of rows of a
// gradient; where there is no second one, it is zero.
//
// The product of two such numbers is exact in single precision, so the sets differ in how sums are taken and rounded alone: for n
// products by some units in the last place times the sum of their absolute values, not by the rounding of what is multiplied.
// avx512 and avx512-bf16 give the same bits, but where a sum is too small to be a normal number, which the latter takes for zero.
// Within a set the bits depend neither on the range of rows nor on the items.
#ifndef CKERNELS_BFLOAT16_H
#define CKERNELS_BFLOAT16_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum ck_bf16_instructions {
  CK_BF16_SCALAR = 0,
  CK_BF16_AVX2 = 1,         ///< fused multiply-adds of floats on 256 bits
  CK_BF16_AVX512 = 2,       ///< the same on 512 bits
  CK_BF16_AVX512_BF16 = 3,  ///< vdpbf16ps on 512 bits
  CK_BF16_NEON = 4,         ///< fused multiply-adds of floats
  CK_BF16_NEON_DOT = 5,     ///< bfdot
  CK_BF16_AMX = 6,          ///< tdpbf16ps on tiles; Linux
} ck_bf16_instructions;

/// Arguments of a convolution; see ck_convolution.
typedef struct ck_bf16_convolution {
  const uint32_t *x;       ///< rows from round_rows, leading dimension ldx in words
  size_t ldx;
  const int32_t *windows;  ///< [rows x taps]
  size_t taps;
  size_t in;               ///< channels, not words
  size_t out;
  const uint32_t *packed;  ///< from pack_weights or pack_weights_transposed
  const float *bias;       ///< [out] or NULL for none
  float *y;                ///< [rows x out], leading dimension ldy
  size_t ldy;
  bool accumulate;         ///< add to y instead of replacing it (bias must then be NULL)
} ck_bf16_convolution;

/// Arguments of the weight gradient; see ck_weight_gradient.
typedef struct ck_bf16_weight_gradient {
  const uint32_t *x;          ///< input of the convolution from round_rows, leading dimension ldx in words
  size_t ldx;
  const int32_t *windows;     ///< [rows x taps]
  size_t taps;
  size_t in;
  size_t out;
  size_t rows;
  const uint32_t *packed_dy;  ///< dy packed by pack_rows
  float *dw;                  ///< [taps][in][out], added to
} ck_bf16_weight_gradient;

typedef struct ck_bf16_kernels {
  const char *name;  ///< "scalar", "avx2", "avx512", "avx512-bf16", "neon", "neon-dot", "amx"
  ck_bf16_instructions instructions;

  /// Rounds the rows row0 ..< row1 of x to rows of (columns + 1) / 2 words.
  void (*round_rows)(const float *x, size_t ldx, size_t columns, uint32_t *to, size_t ldto, size_t row0, size_t row1);

  // As the functions of these names for floats; sizes and scratch count words.

  size_t (*packed_weights_size)(size_t taps, size_t in, size_t out);
  size_t (*pack_weights_items)(size_t taps, size_t in);
  void (*pack_weights)(const float *w, size_t taps, size_t in, size_t out, uint32_t *packed, size_t item);
  void (*pack_weights_transposed)(const float *w, size_t taps, size_t in, size_t out, uint32_t *packed, size_t item);
  void (*convolve)(const ck_bf16_convolution *c, size_t row0, size_t row1);

  size_t (*packed_rows_size)(size_t rows, size_t columns);
  size_t (*pack_rows_items)(size_t rows, size_t columns);
  void (*pack_rows)(const float *x, size_t ldx, size_t rows, size_t columns, uint32_t *packed, size_t item);
  size_t (*weight_gradient_items)(size_t taps, size_t in, size_t out, size_t rows);
  size_t (*weight_gradient_scratch)(size_t taps, size_t in, size_t out, size_t rows);
  void (*weight_gradient)(const ck_bf16_weight_gradient *g, size_t item, uint32_t *scratch);

  /// Multiplies and adds as fast as it can; see ck_kernels.
  uint64_t (*peak)(uint64_t iterations, float *sink);
} ck_bf16_kernels;

/// The kernels of a set, or NULL where this processor (or this build) does not have it.
const ck_bf16_kernels *ck_bf16_kernels_for(ck_bf16_instructions instructions);

/// The bits of a float rounded to bfloat16, in their lower half.
uint32_t ck_bf16_round(float value);

#ifdef __cplusplus
}
#endif
#endif
