// Dual coordinate descent for linear models of sparse rows (Hsieh, Chang, Lin, Keerthi, Sundararajan 2008, "A dual coordinate
// descent method for large-scale linear SVM"): the weights w that minimise, over the examples i with target t_i and cost C_i,
//
//   squared hinge loss:  1/2 |w|^2 + sum of C_i max(0, 1 - t_i w x_i)^2     (t_i is 1 or -1)
//   squared error:       1/2 |w|^2 + sum of C_i (t_i - w x_i)^2             (t_i is any number)
//
// Several problems of the same rows are solved side by side, one in each lane of a vector: the classes of one against the rest,
// other costs, other parts held out. A lane computes what it would compute alone, so the bits depend on neither the number of
// lanes, nor the threads, nor the instruction set: every operation is a single addition, multiplication or division of floats,
// and none is fused.
#ifndef CKERNELS_DESCENT_H
#define CKERNELS_DESCENT_H

#include <stddef.h>
#include <stdint.h>

#include "CKernels.h"

#ifdef __cplusplus
extern "C" {
#endif

/// Sparse rows: row r has the entries offsets[r] ..< offsets[r + 1].
typedef struct ck_sparse_rows {
  const size_t *offsets;
  const uint32_t *features;
  const float *values;
} ck_sparse_rows;

/// Some problems, one a lane. Arrays with two dimensions have a row of `lanes` floats for each example or feature.
typedef struct ck_descent {
  ck_sparse_rows x;
  size_t lanes;            ///< 1, 4, 8 or 16
  const uint32_t *rows;    ///< [examples] the row of each example; NULL for its own number
  const float *weights;    ///< [examples] how much each example counts, above 0; NULL for 1
  const uint8_t *groups;   ///< [examples] the group of each example; NULL where none is held out
  const float *targets;    ///< [examples x lanes]
  const float *scales;     ///< [features x lanes] squared factor of each feature; NULL for 1
  const float *squares;    ///< |x|^2 of each example, with the feature of the bias: [examples], with scales [examples x lanes]
  const float *positive;   ///< [lanes] 1 / (2 C) of examples with a target above 0
  const float *negative;   ///< [lanes] 1 / (2 C) of the others
  const int32_t *held;     ///< [lanes] the group that a lane must not see; below 0 for none
  int32_t is_hinge;        ///< squared hinge loss, else squared error
  float *w;                ///< [features x lanes] the weights times the factors of their features
  float *bias;             ///< [lanes] the weight of one more feature that is 1 everywhere
  float *dual;             ///< [examples x lanes] the dual variables, signed as their targets
  uint16_t *resting;       ///< [examples] a bit for each lane that leaves the example alone for now
} ck_descent;

/// One pass over the examples, in an order. An example that a lane would not move, by the bounds that the pass before found, rests
/// in this lane ("shrinking") until its bit in `resting` is taken away.
///
/// - active: [lanes] -1 (all bits) in lanes that still move, 0 in the others.
/// - bounds: [lanes] what the pass before left in `violations`, infinity in the first one.
/// - violations: [lanes] receives the largest projected gradient.
void ck_descend(const ck_descent *problem, ck_instructions instructions, const uint32_t *order, size_t count,
                  const int32_t *active, const float *bounds, float *violations);

/// Computes what no pass changes, `squares`, and the weights that belong to the dual variables; `w` and `bias` are 0 before.
void ck_descent_begin(const ck_descent *problem, ck_instructions instructions, size_t examples, float *squares);

/// The values that the weights and the dual variables give the two problems, [lanes] each, over all examples: the optimum lies
/// between them.
void ck_descent_values(const ck_descent *problem, ck_instructions instructions, size_t examples, double *primal,
                       double *dual);

/// Adds w x + bias of the rows row0 ..< row1 to y, [rows x lanes].
void ck_descent_margins(const ck_descent *problem, ck_instructions instructions, float *y, size_t row0, size_t row1);

#ifdef __cplusplus
}
#endif

#endif
