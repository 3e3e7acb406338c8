// CKernels: prediction with 8-bit integers.
//
// Weights are signed bytes, symmetric, with one scale for each output: w = scale[o] * q, q in -127 ... 127.
// Activations are bytes from 0 to 127, with one scale and one zero point for each text: x = scale * (q - zero). With 7
// bits the sum of two products fits into 16 bits, so the multiply-add of bytes that AVX2 has (vpmaddubsw) never
// saturates; and read as signed bytes they are the same numbers, which is what NEON multiplies.
//
// Sums of products are exact integers, and everything in floats is done in the same order by every set, without fused
// multiply-adds: all sets give the same bits.
#ifndef CKERNELS_INT8_H
#define CKERNELS_INT8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum ck_int8_instructions {
  CK_INT8_SCALAR = 0,
  CK_INT8_AVX2 = 1,         ///< vpmaddubsw on 256 bits
  CK_INT8_AVX_VNNI = 2,     ///< vpdpbusd on 256 bits
  CK_INT8_AVX512 = 3,       ///< vpmaddubsw on 512 bits
  CK_INT8_AVX512_VNNI = 4,  ///< vpdpbusd on 512 bits
  CK_INT8_NEON = 5,         ///< products of bytes, added in pairs
  CK_INT8_NEON_DOT = 6,     ///< sdot
  CK_INT8_AMX = 7,          ///< tdpbusd on tiles; Linux
} ck_int8_instructions;

/// The largest quantized activation.
enum { CK_INT8_LARGEST = 127 };
/// The most products of one output element (taps * in) whose sum surely fits into 32 bits.
enum { CK_INT8_DEPTH = 131072 };

/// Arguments of y[r][o] = (sum over taps j and channels i of (x[windows[r][j]][i] - zero) * w[o][i][j]) * (scale of r's
/// text * scales[o]) + bias[o].
typedef struct ck_int8_convolution {
  const uint8_t *x;        ///< quantized rows, leading dimension ldx
  size_t ldx;              ///< bytes of a row: at least `in` rounded up to a multiple of 4, which may be read
  const int32_t *windows;  ///< [rows x taps], -1 for a row outside of the text
  size_t taps;
  size_t in;
  size_t out;
  const int8_t *packed;    ///< from pack
  const int32_t *sums;     ///< [out] sums of each output's weights, from pack
  const float *scales;     ///< [out] scales of the weights
  const float *bias;       ///< [out] or NULL for none
  const int32_t *texts;    ///< [rows] the text of each output row
  const float *text_scales;
  const uint8_t *text_zeros;
  const uint8_t *missing;  ///< rows outside of a text: row z holds ldx bytes z, for each zero point that occurs
  float *y;                ///< [rows x out], leading dimension ldy
  size_t ldy;
} ck_int8_convolution;

typedef struct ck_int8_kernels {
  const char *name;  ///< "scalar", "avx2", "avx-vnni", "avx512", "avx512-vnni", "neon", "neon-dot", "amx"
  ck_int8_instructions instructions;

  /// Bytes that pack writes.
  size_t (*packed_size)(size_t taps, size_t in, size_t out);
  /// Packs w [out][in][taps] (the order of files) for convolve, and sums each output's weights.
  void (*pack)(const int8_t *w, size_t taps, size_t in, size_t out, int8_t *packed, int32_t *sums);
  void (*convolve)(const ck_int8_convolution *c, size_t row0, size_t row1);

  /// Extends the range *lowest ... *highest by the elements of rows row0 ..< row1; *highest is NaN from then on if one
  /// of them is.
  void (*range)(const float *x, size_t ldx, size_t columns, size_t row0, size_t row1, float *lowest, float *highest);
  /// q = round(x * reciprocal) + zero, held within 0 ... 127, for rows row0 ..< row1; ties go to even. Bytes behind the
  /// columns of a row are left alone.
  void (*quantize)(const float *x, size_t ldx, size_t columns, float reciprocal, uint8_t zero, uint8_t *q, size_t ldq,
                   size_t row0, size_t row1);
} ck_int8_kernels;

/// The kernels of a set, or NULL where this processor (or this build) does not have it.
const ck_int8_kernels *ck_int8_kernels_for(ck_int8_instructions instructions);

/// Scale, reciprocal and zero point of activations in a range that is extended to hold zero. A range that is not finite
/// gives a scale that is not, so that it shows in the result.
void ck_int8_activation_scale(float lowest, float highest, float *scale, float *reciprocal, uint8_t *zero);

/// y[s] += sum over entries e in offsets[s] ..< offsets[s + 1] of weights[e] * row_scales[rows[e] >> shift] *
/// table[rows[e]], for the segments segment0 ..< segment1. table has rows of `columns` bytes; a row of -1 adds nothing.
void ck_int8_gather_sum(const int8_t *table, size_t columns, const float *row_scales, unsigned shift,
                        const int32_t *rows, const int32_t *offsets, const float *weights, float *y, size_t ldy,
                        size_t segment0, size_t segment1);

#ifdef __cplusplus
}
#endif
#endif
