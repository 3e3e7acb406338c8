// CKernels: the arithmetic of CharCNN.
//
// Everything works on packed sequences: a matrix has one row per character (or pooled frame) of all
// texts of a batch, one after another, and one column per channel. Matrices are row-major; `ldx` is
// the distance between the starts of two rows of x, in floats.
//
// One set of functions per instruction set sits behind `ck_kernels`, chosen at run time. The scalar set
// (CK_SCALAR) is the specification: plain loops in the order the formula reads. The others may sum in
// another order, so they agree to rounding; each of them gives the same bits however the rows or items
// are split between threads, because every output element is always summed in the same order.
//
// Any address will do; packed weights and rows are read fastest from a 64-byte boundary. A weight or a dy that is not
// finite may also reach rows whose windows are -1 there, for missing rows are multiplied as rows of zeros.
//
// Nothing here allocates, keeps state or starts a thread. Functions that take a range (row0 ..< row1,
// item) may run at the same time on disjoint ranges.
#ifndef CKERNELS_H
#define CKERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "CKernelsCRF.h"
#include "CKernelsBfloat16.h"
#include "CKernelsInt8.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum ck_instructions {
  CK_SCALAR = 0,
  CK_AVX2 = 1,
  CK_AVX512 = 2,
  CK_NEON = 3,
} ck_instructions;

/// Windows: `windows[row * taps + tap]` is the input row that a tap of an output row reads, or -1 where
/// the window hangs over the edge of its text (that tap then counts as zero). Width, stride, dilation and
/// padding are all expressed by this table (Dukhan 2019, "The Indirect Convolution Algorithm").

/// Arguments of a convolution y[r] = bias + sum over taps j of x[windows[r][j]] * W[j].
typedef struct ck_convolution {
  const float *x;          ///< input, [any rows x in], leading dimension ldx
  size_t ldx;
  const int32_t *windows;  ///< [rows x taps]
  size_t taps;
  size_t in;
  size_t out;
  const float *packed;     ///< weights from pack_weights or pack_weights_transposed
  const float *bias;       ///< [out] or NULL for none
  float *y;                ///< output, [rows x out], leading dimension ldy
  size_t ldy;
  bool accumulate;         ///< add to y instead of replacing it (bias must then be NULL)
} ck_convolution;

/// Arguments of the weight gradient dW[j][i][o] = sum over rows r of x[windows[r][j]][i] * dy[r][o].
typedef struct ck_weight_gradient {
  const float *x;          ///< input of the convolution, leading dimension ldx
  size_t ldx;
  const int32_t *windows;  ///< [rows x taps], the same as in the forward pass
  size_t taps;
  size_t in;
  size_t out;
  size_t rows;
  const float *packed_dy;  ///< dy packed by pack_rows
  float *dw;               ///< [taps][in][out], added to
} ck_weight_gradient;

/// Outputs of a tile of minimal filtering.
enum { CK_TILE_OUTPUTS = 4 };

/// A tile of minimal filtering (Lavin & Gray 2016, "Fast Algorithms for Convolutional Neural Networks"): up to
/// CK_TILE_OUTPUTS outputs of one text, as far apart as the taps of a window, from one window's width more inputs.
typedef struct ck_tile {
  int32_t first;    ///< input row that the first tap of the first output reads; may lie outside of the text
  int32_t lower;    ///< the text's first input row
  int32_t upper;    ///< the row behind its last one
  int32_t output;   ///< first output row
  int32_t outputs;  ///< number of outputs
} ck_tile;

/// Arguments of a convolution with stride 1 by minimal filtering: what ck_convolution computes, to rounding.
typedef struct ck_filtering {
  const float *x;         ///< input, [any rows x in], leading dimension ldx
  size_t ldx;
  const ck_tile *tiles;
  size_t taps;            ///< one that filtering_points knows
  size_t dilation;        ///< rows from one tap to the next
  size_t in;
  size_t out;
  const float *packed;    ///< a filter from pack_filter
  const float *bias;      ///< [out] or NULL for none
  float *y;               ///< output, [any rows x out], leading dimension ldy
  size_t ldy;
  bool accumulate;        ///< add to y instead of replacing it (bias must then be NULL)
} ck_filtering;

/// Arguments of the weight gradient of ck_weight_gradient by minimal filtering.
typedef struct ck_filtering_gradient {
  const float *x;         ///< input of the convolution, leading dimension ldx
  size_t ldx;
  const ck_tile *tiles;   ///< the same as in the forward pass
  size_t tile_count;
  size_t taps;
  size_t dilation;
  size_t in;
  size_t out;
  const float *dy;        ///< leading dimension lddy
  size_t lddy;
  float *sums;            ///< room for filtering_gradient_sums floats
  float *dw;              ///< [taps][in][out], added to
} ck_filtering_gradient;

/// Step-dependent numbers of AdamW (Loshchilov & Hutter 2019), already corrected for bias:
/// p -= step_size * m / (sqrt(v) / sqrt_correction2 + epsilon) + decay * p
typedef struct ck_adamw {
  float beta1;
  float beta2;
  float epsilon;
  float step_size;         ///< rate / (1 - beta1^t)
  float sqrt_correction2;  ///< sqrt(1 - beta2^t)
  float decay;             ///< rate * weight decay; 0 for none
  float gradient_scale;    ///< multiplies the gradient first (clipping); 1 for none
} ck_adamw;

/// Numbers of stochastic gradient descent with momentum:
/// m = momentum * m + (g * gradient_scale + weight_decay * p); p -= rate * m
typedef struct ck_sgd {
  float rate;
  float momentum;
  float weight_decay;
  float gradient_scale;
} ck_sgd;

/// Numbers of Adadelta (Zeiler 2012): with g = g * gradient_scale + weight_decay * p and s = rho * s + (1 - rho) * g^2,
/// step = sqrt(d + epsilon) / sqrt(s + epsilon) * g, d = rho * d + (1 - rho) * step^2, p -= rate * step
typedef struct ck_adadelta {
  float rate;
  float rho;
  float epsilon;
  float weight_decay;
  float gradient_scale;
} ck_adadelta;

typedef enum ck_activation { CK_RELU = 0, CK_GELU = 1 } ck_activation;

typedef enum ck_pooling { CK_MAX = 0, CK_MEAN = 1 } ck_pooling;

/// Columns that ck_k_max_pool works on at a time.
enum { CK_K_MAX_GROUP = 16 };

typedef struct ck_kernels {
  const char *name;              ///< "scalar", "avx2", "avx512", "neon"
  ck_instructions instructions;
  size_t lanes;                  ///< floats per vector register

  // MARK: Convolution and dense product (a dense product is a convolution with one tap)

  /// Floats that pack_weights writes for [taps][in][out] (rounded up to whole panels).
  size_t (*packed_weights_size)(size_t taps, size_t in, size_t out);
  /// Number of independent items of pack_weights and of pack_weights_transposed; item i of them may run beside the others.
  size_t (*pack_weights_items)(size_t taps, size_t in);
  /// Packs w [taps][in][out] for convolve with the same taps, in and out.
  void (*pack_weights)(const float *w, size_t taps, size_t in, size_t out, float *packed, size_t item);
  /// Packs w [taps][in][out] as [taps][out][in]: convolve with it (in and out exchanged, windows of the
  /// transposed geometry) gives the gradient to the input. Its size is packed_weights_size(taps, out, in).
  void (*pack_weights_transposed)(const float *w, size_t taps, size_t in, size_t out, float *packed, size_t item);
  void (*convolve)(const ck_convolution *c, size_t row0, size_t row1);

  /// Floats that pack_rows writes for [rows x columns].
  size_t (*packed_rows_size)(size_t rows, size_t columns);
  /// Number of independent items of pack_rows; item i of them may run beside the others.
  size_t (*pack_rows_items)(size_t rows, size_t columns);
  void (*pack_rows)(const float *x, size_t ldx, size_t rows, size_t columns, float *packed, size_t item);
  /// Number of independent work items of a weight gradient; depends on the sizes alone.
  size_t (*weight_gradient_items)(size_t taps, size_t in, size_t out, size_t rows);
  /// Floats of scratch that one running item needs.
  size_t (*weight_gradient_scratch)(size_t taps, size_t in, size_t out, size_t rows);
  void (*weight_gradient)(const ck_weight_gradient *g, size_t item, float *scratch);

  // MARK: Convolution by minimal filtering (NULL in the scalar set, whose convolve is the specification)

  /// Points of a filter with so many taps; 0 where this way is not built for that number.
  size_t (*filtering_points)(size_t taps);
  /// Floats that pack_filter writes for all points; in and out exchanged for the transposed one.
  size_t (*packed_filter_size)(size_t taps, size_t in, size_t out);
  /// Floats of scratch that one running pack_filter needs.
  size_t (*packed_filter_scratch)(size_t in, size_t out);
  /// Packs the values of w [taps][in][out] at one point; with `transposed` those of the gradient to the input, whose taps
  /// run backwards and whose in and out are exchanged. Points may be packed side by side.
  void (*pack_filter)(const float *w, size_t taps, size_t in, size_t out, bool transposed, float *packed, size_t point,
                      float *scratch);
  /// Floats of scratch that one running filter needs.
  size_t (*filtering_scratch)(size_t taps, size_t in);
  void (*filter)(const ck_filtering *f, size_t tile0, size_t tile1, float *scratch);
  /// Number of independent work items of filtering_gradient; depends on the sizes alone.
  size_t (*filtering_gradient_items)(size_t in, size_t out, size_t tiles);
  /// Floats of `sums`.
  size_t (*filtering_gradient_sums)(size_t taps, size_t in, size_t out, size_t tiles);
  /// Floats of scratch that one running item needs.
  size_t (*filtering_gradient_scratch)(size_t taps);
  void (*filtering_gradient)(const ck_filtering_gradient *g, size_t item, float *scratch);
  /// Once all items are done, adds their sums to dw for the input channels channel0 ..< channel1 of every tap.
  void (*fold_filtering_gradient)(const ck_filtering_gradient *g, size_t channel0, size_t channel1);

  // MARK: First layer as a table (embedding followed by convolution)

  /// y[r] = bias + sum over taps j of table[j][units[r * taps + j]]; a unit of -1 adds nothing.
  /// table is [taps][unit_count][out]; bias may be NULL.
  void (*gather_convolve)(const float *table, size_t taps, size_t unit_count, size_t out, const int32_t *units,
                          const float *bias, float *y, size_t ldy, size_t row0, size_t row1);
  /// dtable[j][u][column0 ..< column1] = sum over rows r with units[r][j] == u of dy[r]; replaces dtable.
  void (*scatter_gradient)(const float *dy, size_t ldy, size_t rows, const int32_t *units, size_t taps,
                           size_t unit_count, size_t out, float *dtable, size_t column0, size_t column1);
  /// y[r] = x[rows_of_x[r]] (zeros for -1), columns wide.
  void (*gather_rows)(const float *x, size_t ldx, const int32_t *rows_of_x, size_t columns, float *y, size_t ldy,
                      size_t row0, size_t row1);
  /// x[rows_of_x[r]] += y[r] for r in row0 ..< row1, in that order (nothing for -1).
  void (*scatter_rows)(float *x, size_t ldx, const int32_t *rows_of_x, size_t columns, const float *y, size_t ldy,
                       size_t row0, size_t row1);

  // MARK: Gates and activations (n rows from row0 to row1)

  /// Gated linear unit (Dauphin 2017): x rows [a | b] of 2 * half, y = a * sigmoid(b). With `complementary`
  /// y has 2 * half columns: [a * sigmoid(b) | a * (1 - sigmoid(b))].
  void (*gate)(const float *x, size_t ldx, size_t half, bool complementary, float *y, size_t ldy, size_t row0,
               size_t row1);
  /// dx (rows of 2 * half, replaced) from dy and the gate's input x.
  void (*gate_gradient)(const float *x, size_t ldx, size_t half, bool complementary, const float *dy, size_t lddy,
                        float *dx, size_t lddx, size_t row0, size_t row1);
  /// ReLU, or GELU with the exact error function: x * Phi(x) (Hendrycks & Gimpel 2016).
  void (*activate)(ck_activation kind, const float *x, size_t ldx, size_t columns, float *y, size_t ldy, size_t row0,
                   size_t row1);
  void (*activate_gradient)(ck_activation kind, const float *x, size_t ldx, size_t columns, const float *dy,
                            size_t lddy, float *dx, size_t lddx, size_t row0, size_t row1);

  // MARK: Normalization

  /// Layer normalization (Ba 2016) of each row: y = (x - mean) / sqrt(var + epsilon) * gamma + beta; the biased
  /// variance. mean_rstd[2 * r] and [2 * r + 1] keep the row's mean and 1 / sqrt(var + epsilon).
  void (*layer_norm)(const float *x, size_t ldx, size_t columns, const float *gamma, const float *beta, float epsilon,
                     float *y, size_t ldy, float *mean_rstd, size_t row0, size_t row1);
  void (*layer_norm_gradient)(const float *x, size_t ldx, size_t columns, const float *gamma, const float *mean_rstd,
                              const float *dy, size_t lddy, float *dx, size_t lddx, size_t row0, size_t row1);
  /// dgamma[c] += sum over rows dy * xhat; dbeta[c] += sum over rows dy, for columns column0 ..< column1.
  void (*layer_norm_parameter_gradient)(const float *x, size_t ldx, const float *mean_rstd, const float *dy,
                                        size_t lddy, size_t rows, float *dgamma, float *dbeta, size_t column0,
                                        size_t column1);
  /// Column statistics over all rows: mean[c] and biased variance[c], two passes, sums kept in double.
  void (*column_moments)(const float *x, size_t ldx, size_t rows, float *mean, float *variance, size_t column0,
                         size_t column1);
  /// Batch normalization (Ioffe & Szegedy 2015) with given statistics:
  /// y = (x - mean) * rstd * gamma + beta, rstd[c] = 1 / sqrt(variance[c] + epsilon) computed by the caller.
  void (*batch_norm)(const float *x, size_t ldx, size_t columns, const float *mean, const float *rstd,
                     const float *gamma, const float *beta, float *y, size_t ldy, size_t row0, size_t row1);
  /// dgamma[c] += sum dy * xhat, dbeta[c] += sum dy over all rows; also sums[2c] = sum dy, sums[2c+1] = sum dy * xhat.
  void (*batch_norm_parameter_gradient)(const float *x, size_t ldx, const float *mean, const float *rstd,
                                        const float *dy, size_t lddy, size_t rows, float *dgamma, float *dbeta,
                                        float *sums, size_t column0, size_t column1);
  /// dx = gamma * rstd * (dy - (sums[2c] + xhat * sums[2c+1]) / rows_total): the gradient through the batch statistics.
  void (*batch_norm_gradient)(const float *x, size_t ldx, size_t columns, const float *mean, const float *rstd,
                              const float *gamma, const float *sums, size_t rows_total, const float *dy, size_t lddy,
                              float *dx, size_t lddx, size_t row0, size_t row1);

  // MARK: Pooling

  /// Local pooling over windows [rows x taps]. Maximum: y = max over valid taps, arg[r * columns + c] the winning
  /// input row (the first on a tie). Mean: over the valid taps; arg may then be NULL. A window without a valid
  /// tap gives 0 and arg -1.
  void (*window_pool)(ck_pooling kind, const float *x, size_t ldx, const int32_t *windows, size_t taps, size_t columns,
                      float *y, size_t ldy, int32_t *arg, size_t row0, size_t row1);
  /// dx[s] = sum over output rows t in transposed[s * taps ...] of dy[t] where arg[t] == s (maximum), or
  /// dy[t] / (valid taps of t) (mean, counts from `windows`). Replaces dx rows row0 ..< row1 of the input.
  void (*window_pool_gradient)(ck_pooling kind, const float *dy, size_t lddy, const int32_t *windows,
                               const int32_t *transposed, size_t taps, size_t columns, const int32_t *arg, float *dx,
                               size_t lddx, size_t row0, size_t row1);
  /// Pooling of whole segments: segment s holds rows offsets[s] ..< offsets[s + 1]. arg [segments x columns] as above.
  void (*segment_pool)(ck_pooling kind, const float *x, size_t ldx, const int32_t *offsets, size_t columns, float *y,
                       size_t ldy, int32_t *arg, size_t segment0, size_t segment1);
  /// Replaces the dx rows of the segments segment0 ..< segment1.
  void (*segment_pool_gradient)(ck_pooling kind, const float *dy, size_t lddy, const int32_t *offsets, size_t columns,
                                const int32_t *arg, float *dx, size_t lddx, size_t segment0, size_t segment1);

  // MARK: Loss

  /// Softmax of each row.
  void (*softmax)(const float *x, size_t ldx, size_t columns, float *y, size_t ldy, size_t row0, size_t row1);
  /// Cross entropy of softmax(x) against label[r] with label smoothing s (Szegedy 2016): target is 1 - s + s / columns
  /// for the label and s / columns elsewhere. losses[r] is the row's loss; dx = (softmax(x) - target) * scale.
  /// A label of -1 gives loss 0 and gradient 0. dx may be NULL.
  void (*cross_entropy)(const float *x, size_t ldx, size_t columns, const int32_t *labels, float smoothing, float scale,
                        float *losses, float *dx, size_t lddx, size_t row0, size_t row1);

  // MARK: Vectors (n floats from x)

  void (*fill)(float *x, float value, size_t n);
  /// y += alpha * x
  void (*axpy)(float alpha, const float *x, float *y, size_t n);
  /// y = alpha * x + beta * y (an exponential moving average when alpha + beta = 1)
  void (*axpby)(float alpha, const float *x, float beta, float *y, size_t n);
  /// y[r] += x[r] for matrices, rows row0 ..< row1.
  void (*add_rows)(const float *x, size_t ldx, size_t columns, float *y, size_t ldy, size_t row0, size_t row1);
  /// y[r] = x[r] for matrices, rows row0 ..< row1.
  void (*copy_rows)(const float *x, size_t ldx, size_t columns, float *y, size_t ldy, size_t row0, size_t row1);
  /// sums[c] += sum over all rows of x[r][c], for columns column0 ..< column1 (the gradient of a bias).
  void (*column_sums)(const float *x, size_t ldx, size_t rows, float *sums, size_t column0, size_t column1);
  /// Sum of squares in double.
  double (*sum_of_squares)(const float *x, size_t n);
  /// True where any of n floats is NaN or infinite.
  bool (*has_non_finite)(const float *x, size_t n);
  /// Inverted dropout (Srivastava 2014): y = keep ? x / (1 - rate) : 0. Element (r, c) is kept when word
  /// (r * columns + c) of the stream `key` (see ck_random_word) is >= rate * 2^32. The same call on dy is its gradient.
  void (*dropout)(float rate, uint64_t key, const float *x, size_t ldx, size_t columns, float *y, size_t ldy,
                  size_t row0, size_t row1);
  void (*adamw)(const ck_adamw *a, float *p, const float *g, float *m, float *v, size_t n);
  /// m is the velocity, zero before the first update.
  void (*sgd)(const ck_sgd *a, float *p, const float *g, float *m, size_t n);
  /// squares and deltas are the running means of squared gradients and of squared steps, zero before the first update.
  void (*adadelta)(const ck_adadelta *a, float *p, const float *g, float *squares, float *deltas, size_t n);
  /// Scales every vector whose L2 norm is over the limit back to it. Vector v (vector0 ..< vector1) has the elements
  /// x[v * vector_stride + i * element_stride], i < length.
  void (*limit_norms)(float limit, float *x, size_t length, size_t element_stride, size_t vector_stride,
                      size_t vector0, size_t vector1);

  /// Runs independent fused multiply-adds on registers and returns how many floating-point operations that was;
  /// the benchmark divides by the time it took to know the core's peak. *sink keeps the compiler from removing it.
  uint64_t (*peak)(uint64_t iterations, float *sink);
} ck_kernels;

/// The kernels for an instruction set, or NULL where this processor (or this build) does not have it.
const ck_kernels *ck_kernels_for(ck_instructions instructions);
/// The fastest kernels that this processor can run.
const ck_kernels *ck_kernels_best(void);

/// Word `index` of the counter-based random stream `key`: word (index & 3) of Philox4x32-10 (Salmon 2011) with
/// counter (index >> 2, 0) and the two halves of `key`. Every random number of the library comes from here.
uint32_t ck_random_word(uint64_t key, uint64_t index);
/// Fills words[0 ..< n] with words first_index ... of the stream.
void ck_random_words(uint64_t key, uint64_t first_index, uint32_t *words, size_t n);

/// K-max pooling (Kalchbrenner 2014) of one text, the same for every instruction set: of each column the k largest
/// values, in the order of their rows, the earlier row first among equals; zeros follow where there are fewer than k
/// rows. x and y point at the text's first row of input and of output; arg [k x columns] receives first_row plus the
/// row in x of each value, -1 for a zero that was filled in. scratch holds rows * CK_K_MAX_GROUP words.
void ck_k_max_pool(const float *x, size_t ldx, size_t rows, size_t columns, size_t k, int32_t first_row, float *y,
                   size_t ldy, int32_t *arg, uint32_t *scratch);
/// Replaces the `rows` rows of dx with the gradients of the values that were kept.
void ck_k_max_pool_gradient(const float *dy, size_t lddy, size_t k, size_t columns, const int32_t *arg,
                            int32_t first_row, float *dx, size_t lddx, size_t rows);

// MARK: Sparse tables (hashed n-grams): memory-bound, so one plain form serves every instruction set

/// Sorts the rows of one text, rows[0 ..< n], each below 2^bits, and keeps each of them once: the distinct ones in
/// ascending order come first. counts [n] receives how often each occurred. Returns their number.
size_t ck_count_rows(int32_t *rows, size_t n, int bits, int32_t *counts);
/// TF-IDF: weights[e] = sqrt(counts[e]) * idf[rows[e]] for the entries e in offsets[s] ..< offsets[s + 1], scaled so that
/// their L2 norm in the segment is `scale` (zeros where all are zero), for the segments segment0 ..< segment1.
void ck_weigh_rows(const float *idf, const int32_t *rows, const int32_t *counts, const int32_t *offsets, float scale,
                   float *weights, size_t segment0, size_t segment1);
/// y[s] += sum over entries e in offsets[s] ..< offsets[s + 1] of weights[e] * table[rows[e]], for the segments
/// segment0 ..< segment1. table has rows of `columns` floats; a row of -1 adds nothing.
void ck_gather_sum(const float *table, size_t columns, const int32_t *rows, const int32_t *offsets, const float *weights,
                   float *y, size_t ldy, size_t segment0, size_t segment1);
/// dtable[rows[e]] += weights[e] * dy[s] for all entries e of all segments s, in order: the gradient of ck_gather_sum.
void ck_scatter_sum(const float *dy, size_t lddy, size_t columns, const int32_t *rows, const int32_t *offsets,
                    size_t segments, const float *weights, float *dtable);
/// Stochastic gradient descent on some rows: table[rows[r]] = keep * table[rows[r]] - rate * gradients[r],
/// r in row0 ..< row1; the rows differ from one another.
void ck_update_rows(float *table, size_t columns, const int32_t *rows, const float *gradients, float rate, float keep,
                    size_t row0, size_t row1);

/// Tells the processor that this is a spin-wait loop.
void ck_spin_hint(void);
/// Whether this thread shares its work with no others; not so at first.
int ck_works_alone(void);
/// Decides so.
void ck_set_works_alone(int alone);

#ifdef __cplusplus
}
#endif

#include "CKernelsDescent.h"
#include "CKernelsNgrams.h"

#endif
