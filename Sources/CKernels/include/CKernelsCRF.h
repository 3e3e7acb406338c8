// Linear-chain conditional random fields (Lafferty, McCallum, Pereira 2001): the score of a tag sequence y of a sentence
// of n rows is start[y_0] + sum of emissions[t][y_t] + sum of transitions[y_t-1][y_t] + end[y_n-1], and its probability
// the exponential of the score divided by the sum of that over all sequences.
//
// Everything is computed in double precision and in log space. Sums over the tags before (or after) a tag are products
// of exponentials relative to the largest terms; where such a sum underflows it is taken again term by term, so that
// scores of any size give exact results. One plain form serves every instruction set; the bits depend on neither the
// threads nor the other sentences.
#ifndef CKERNELS_CRF_H
#define CKERNELS_CRF_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// The parameters, and what ck_crf_prepare makes of them.
typedef struct ck_crf {
  size_t tags;
  const float *transitions;  ///< [tags before x tags]
  const float *start;        ///< [tags]
  const float *end;          ///< [tags]
  const double *prepared;    ///< ck_crf_prepared_size(tags) doubles
} ck_crf;

/// The rows of all sentences and where each of them lies: sentence s has the rows offsets[s] ..< offsets[s + 1].
typedef struct ck_emissions {
  const float *x;  ///< [rows x tags], leading dimension ldx
  size_t ldx;
  const int32_t *offsets;
} ck_emissions;

/// Doubles that ck_crf_prepare fills.
size_t ck_crf_prepared_size(size_t tags);
/// The largest transition and the exponentials of all of them relative to it, by rows and by columns.
void ck_crf_prepare(const float *transitions, size_t tags, double *prepared);

/// Doubles of scratch for a sentence of so many rows.
size_t ck_crf_scratch_size(size_t rows, size_t tags);
/// Doubles of the gradient of transitions, start and end, one after another.
size_t ck_crf_parameter_count(size_t tags);

/// Negative log-likelihood losses[s] of the tags of each sentence s in s0 ..< s1, and scale times its gradient: demissions
/// is replaced, `sums` (transitions [tags x tags], start, end) added to. A sentence with a tag below 0 has none: its
/// loss and gradients are 0.
void ck_crf_gradient(const ck_crf *crf, const ck_emissions *emissions, const int32_t *labels, float scale,
                     float *losses, float *demissions, size_t ldd, double *sums, double *scratch, size_t s0, size_t s1);

/// The probability of every tag at every row of the sentences s0 ..< s1; partitions[s] receives the logarithm of the sum
/// over all sequences.
void ck_crf_marginals(const ck_crf *crf, const ck_emissions *emissions, float *marginals, size_t ldm,
                      double *partitions, double *scratch, size_t s0, size_t s1);

/// Runs of tags within sentences. Run r begins at row rows[r] (counted over all sentences), with the tags
/// tags[offsets[r]] ..< tags[offsets[r + 1]]; those of sentence s are the runs firsts[s] ..< firsts[s + 1].
typedef struct ck_runs {
  const int32_t *firsts;
  const int32_t *rows;
  const int32_t *offsets;
  const int32_t *tags;
} ck_runs;

/// The probability that the rows of a run have exactly its tags, whatever the other rows have; runs of the sentences
/// s0 ..< s1.
void ck_crf_run_probabilities(const ck_crf *crf, const ck_emissions *emissions, const ck_runs *runs,
                              float *probabilities, double *scratch, size_t s0, size_t s1);

/// Bytes of scratch for the best sequences of a sentence. tags * count must be below 2^31.
size_t ck_crf_best_scratch_size(size_t rows, size_t tags, size_t count);
/// The `count` best tag sequences of one sentence, best first (Viterbi 1967; of several, list Viterbi: Seshadri & Sundberg
/// 1994). x points at its first row. paths is [count x rows]; scores [count] receives their scores. Among equals
/// the one whose last differing tag has the lower number comes first. Returns how many there are: fewer than `count`
/// where the sentence has no more.
size_t ck_crf_best(const ck_crf *crf, const float *x, size_t ldx, size_t rows, size_t count, int32_t *paths,
                   double *scores, void *scratch);

#ifdef __cplusplus
}
#endif
#endif
