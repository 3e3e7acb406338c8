// Forward-backward of linear-chain conditional random fields. See CKernelsCRF.h.
//
// No fused multiply-adds, so that the bits do not depend on the compiler.
#pragma STDC FP_CONTRACT OFF

#include "CKernelsCRF.h"

#include <math.h>
#include <string.h>

/// Sums below this may have lost terms to underflow.
static const double smallest_sum = 1e-280;
/// Above this an exponential of doubles, times sums that underflow at 1e-308, would lose what matters.
static const double largest_exponent = 600;

size_t ck_crf_prepared_size(size_t tags) { return 1 + 2 * tags * tags; }

void ck_crf_prepare(const float *transitions, size_t tags, double *prepared) {
  double largest = -INFINITY;
  for (size_t e = 0; e < tags * tags; e++)
    if (transitions[e] > largest) largest = transitions[e];
  prepared[0] = largest;
  double *by_rows = prepared + 1, *by_columns = by_rows + tags * tags;
  for (size_t i = 0; i < tags; i++) {
    for (size_t j = 0; j < tags; j++) {
      const double e = exp((double)transitions[i * tags + j] - largest);
      by_rows[i * tags + j] = e;
      by_columns[j * tags + i] = e;
    }
  }
}

size_t ck_crf_scratch_size(size_t rows, size_t tags) { return 2 * rows * tags + 3 * tags; }

size_t ck_crf_parameter_count(size_t tags) { return tags * (tags + 2); }

static double largest_of(const double *x, size_t n) {
  double largest = x[0];
  for (size_t i = 1; i < n; i++)
    if (x[i] > largest) largest = x[i];
  return largest;
}

/// log sum exp(x[i] + t[i * stride]), term by term.
static double log_sum(const double *x, const float *t, size_t stride, size_t n) {
  double largest = -INFINITY;
  for (size_t i = 0; i < n; i++)
    if (x[i] + (double)t[i * stride] > largest) largest = x[i] + (double)t[i * stride];
  if (!(largest > -INFINITY)) return largest;
  double sum = 0;
  for (size_t i = 0; i < n; i++) sum += exp(x[i] + (double)t[i * stride] - largest);
  return largest + log(sum);
}

/// sums[j] = sum over i of weights[i] * matrix[i][j].
static void products(const double *weights, const double *matrix, size_t n, double *restrict sums) {
  for (size_t j = 0; j < n; j++) sums[j] = 0;
  for (size_t i = 0; i < n; i++) {
    const double weight = weights[i];
    const double *row = matrix + i * n;
    for (size_t j = 0; j < n; j++) sums[j] += weight * row[j];
  }
}

/// alpha[t][j]: log of the sum over all sequences of the rows up to t that end with tag j, emissions up to t included.
/// Returns the logarithm of the sum over all sequences.
static double forward(const ck_crf *crf, const float *x, size_t ldx, size_t rows, double *alpha, double *room) {
  const size_t tags = crf->tags;
  double *weights = room, *sums = room + tags;
  for (size_t j = 0; j < tags; j++) alpha[j] = (double)crf->start[j] + (double)x[j];
  for (size_t t = 1; t < rows; t++) {
    const double *before = alpha + (t - 1) * tags;
    const double base = largest_of(before, tags);
    for (size_t i = 0; i < tags; i++) weights[i] = exp(before[i] - base);
    products(weights, crf->prepared + 1, tags, sums);
    for (size_t j = 0; j < tags; j++) {
      const double sum = sums[j] > smallest_sum ? base + crf->prepared[0] + log(sums[j])
                                                : log_sum(before, crf->transitions + j, tags, tags);
      alpha[t * tags + j] = sum + (double)x[t * ldx + j];
    }
  }
  const double *last = alpha + (rows - 1) * tags;
  return log_sum(last, crf->end, 1, tags);
}

/// beta[t][i]: log of the sum over all sequences of the rows after t that follow tag i.
static void backward(const ck_crf *crf, const float *x, size_t ldx, size_t rows, double *beta, double *room) {
  const size_t tags = crf->tags;
  double *weights = room, *sums = room + tags, *after = room + 2 * tags;
  for (size_t i = 0; i < tags; i++) beta[(rows - 1) * tags + i] = crf->end[i];
  for (size_t t = rows - 1; t-- > 0;) {
    for (size_t j = 0; j < tags; j++) after[j] = beta[(t + 1) * tags + j] + (double)x[(t + 1) * ldx + j];
    const double base = largest_of(after, tags);
    for (size_t j = 0; j < tags; j++) weights[j] = exp(after[j] - base);
    products(weights, crf->prepared + 1 + tags * tags, tags, sums);
    for (size_t i = 0; i < tags; i++)
      beta[t * tags + i] = sums[i] > smallest_sum ? base + crf->prepared[0] + log(sums[i])
                                                  : log_sum(after, crf->transitions + i * tags, 1, tags);
  }
}

/// Adds scale times the expected number of each transition between row t - 1 and row t.
static void add_expected(const ck_crf *crf, const double *before, const double *beta, const float *x, double partition,
                         double scale, double *sums, double *room) {
  const size_t tags = crf->tags;
  double *left = room, *right = room + tags;
  for (size_t j = 0; j < tags; j++) right[j] = beta[j] + (double)x[j];
  const double base = largest_of(before, tags), top = largest_of(right, tags);
  const double exponent = base + top + crf->prepared[0] - partition;
  if (!(exponent < largest_exponent)) {
    for (size_t i = 0; i < tags; i++)
      for (size_t j = 0; j < tags; j++)
        sums[i * tags + j] +=
            scale * exp(before[i] + (double)crf->transitions[i * tags + j] + right[j] - partition);
    return;
  }
  const double factor = scale * exp(exponent);
  for (size_t i = 0; i < tags; i++) left[i] = exp(before[i] - base) * factor;
  for (size_t j = 0; j < tags; j++) right[j] = exp(right[j] - top);
  for (size_t i = 0; i < tags; i++) {
    const double weight = left[i];
    const double *row = crf->prepared + 1 + i * tags;
    double *to = sums + i * tags;
    for (size_t j = 0; j < tags; j++) to[j] += weight * row[j] * right[j];
  }
}

static double path_score(const ck_crf *crf, const float *x, size_t ldx, size_t rows, const int32_t *labels) {
  double score = (double)crf->start[labels[0]] + (double)crf->end[labels[rows - 1]];
  for (size_t t = 0; t < rows; t++) {
    score += (double)x[t * ldx + (size_t)labels[t]];
    if (t > 0) score += (double)crf->transitions[(size_t)labels[t - 1] * crf->tags + (size_t)labels[t]];
  }
  return score;
}

static int is_labelled(const int32_t *labels, size_t rows) {
  for (size_t t = 0; t < rows; t++)
    if (labels[t] < 0) return 0;
  return 1;
}

void ck_crf_gradient(const ck_crf *crf, const ck_emissions *emissions, const int32_t *labels, float scale,
                     float *losses, float *demissions, size_t ldd, double *sums, double *scratch, size_t s0,
                     size_t s1) {
  const size_t tags = crf->tags, ldx = emissions->ldx;
  double *dstart = sums + tags * tags, *dend = dstart + tags;
  for (size_t s = s0; s < s1; s++) {
    const size_t first = (size_t)emissions->offsets[s], rows = (size_t)emissions->offsets[s + 1] - first;
    const float *x = emissions->x + first * ldx;
    const int32_t *gold = labels + first;
    float *dx = demissions + first * ldd;
    losses[s] = 0;
    if (rows == 0) continue;
    if (!is_labelled(gold, rows)) {
      for (size_t t = 0; t < rows; t++)
        for (size_t j = 0; j < tags; j++) dx[t * ldd + j] = 0;
      continue;
    }
    double *alpha = scratch, *beta = scratch + rows * tags, *room = scratch + 2 * rows * tags;
    const double partition = forward(crf, x, ldx, rows, alpha, room);
    backward(crf, x, ldx, rows, beta, room);
    losses[s] = (float)(partition - path_score(crf, x, ldx, rows, gold));
    for (size_t t = 0; t < rows; t++) {
      const size_t label = (size_t)gold[t];
      for (size_t j = 0; j < tags; j++) {
        const double p = exp(alpha[t * tags + j] + beta[t * tags + j] - partition);
        const double d = (double)scale * (p - (j == label ? 1 : 0));
        dx[t * ldd + j] = (float)d;
        if (t == 0) dstart[j] += d;
        if (t == rows - 1) dend[j] += d;
      }
      if (t == 0) continue;
      add_expected(crf, alpha + (t - 1) * tags, beta + t * tags, x + t * ldx, partition, scale, sums, room);
      sums[(size_t)gold[t - 1] * tags + label] -= (double)scale;
    }
  }
}

void ck_crf_marginals(const ck_crf *crf, const ck_emissions *emissions, float *marginals, size_t ldm,
                      double *partitions, double *scratch, size_t s0, size_t s1) {
  const size_t tags = crf->tags, ldx = emissions->ldx;
  for (size_t s = s0; s < s1; s++) {
    const size_t first = (size_t)emissions->offsets[s], rows = (size_t)emissions->offsets[s + 1] - first;
    const float *x = emissions->x + first * ldx;
    partitions[s] = 0;
    if (rows == 0) continue;
    double *alpha = scratch, *beta = scratch + rows * tags, *room = scratch + 2 * rows * tags;
    const double partition = forward(crf, x, ldx, rows, alpha, room);
    backward(crf, x, ldx, rows, beta, room);
    partitions[s] = partition;
    for (size_t t = 0; t < rows; t++)
      for (size_t j = 0; j < tags; j++)
        marginals[(first + t) * ldm + j] = (float)exp(alpha[t * tags + j] + beta[t * tags + j] - partition);
  }
}

void ck_crf_run_probabilities(const ck_crf *crf, const ck_emissions *emissions, const ck_runs *runs,
                              float *probabilities, double *scratch, size_t s0, size_t s1) {
  const size_t tags = crf->tags, ldx = emissions->ldx;
  for (size_t s = s0; s < s1; s++) {
    if (runs->firsts[s] == runs->firsts[s + 1]) continue;
    const size_t first = (size_t)emissions->offsets[s], rows = (size_t)emissions->offsets[s + 1] - first;
    const float *x = emissions->x + first * ldx;
    double *alpha = scratch, *beta = scratch + rows * tags, *room = scratch + 2 * rows * tags;
    const double partition = forward(crf, x, ldx, rows, alpha, room);
    backward(crf, x, ldx, rows, beta, room);
    for (int32_t r = runs->firsts[s]; r < runs->firsts[s + 1]; r++) {
      size_t t = (size_t)runs->rows[r] - first;
      const int32_t *path = runs->tags + runs->offsets[r];
      const size_t length = (size_t)(runs->offsets[r + 1] - runs->offsets[r]);
      if (length == 0) {
        probabilities[r] = 1;
        continue;
      }
      double score = alpha[t * tags + (size_t)path[0]];
      for (size_t k = 1; k < length; k++) {
        t++;
        score += (double)crf->transitions[(size_t)path[k - 1] * tags + (size_t)path[k]];
        score += (double)x[t * ldx + (size_t)path[k]];
      }
      probabilities[r] = (float)exp(score + beta[t * tags + (size_t)path[length - 1]] - partition);
    }
  }
}

// Ways to a tag are numbered tag before x count + which of that tag's ways. Only these numbers are kept of all rows; scores
// are kept of two.

size_t ck_crf_best_scratch_size(size_t rows, size_t tags, size_t count) {
  return (2 * tags * count + tags) * sizeof(double) + (rows * tags * count + count + 3 * tags) * sizeof(int32_t);
}

/// The best `count` of the ways in `tags` lists, list i of lengths[i] scores from scores + i * count on, best first, after
/// changes[i * stride] is added to each; equals in the order of the lists. Returns how many there are. heads and places are
/// [tags].
static size_t merge(const double *scores, const int32_t *lengths, const float *changes, size_t stride, size_t tags,
                    size_t count, double *heads, int32_t *places, double *merged, int32_t *ways) {
  for (size_t i = 0; i < tags; i++) {
    heads[i] = lengths[i] > 0 ? scores[i * count] + (double)changes[i * stride] : -INFINITY;
    places[i] = 0;
  }
  size_t length = 0;
  while (length < count) {
    size_t best = tags;
    for (size_t i = 0; i < tags; i++)
      if (places[i] < lengths[i] && (best == tags || heads[i] > heads[best])) best = i;
    if (best == tags) break;
    merged[length] = heads[best];
    ways[length++] = (int32_t)(best * count) + places[best];
    if (++places[best] < lengths[best])
      heads[best] = scores[best * count + (size_t)places[best]] + (double)changes[best * stride];
  }
  return length;
}

size_t ck_crf_best(const ck_crf *crf, const float *x, size_t ldx, size_t rows, size_t count, int32_t *paths,
                   double *scores, void *scratch) {
  if (rows == 0 || count == 0) return 0;
  const size_t tags = crf->tags;
  double *before = scratch, *now = before + tags * count, *heads = now + tags * count;
  int32_t *ways = (int32_t *)(heads + tags), *best = ways + rows * tags * count;
  int32_t *before_lengths = best + count, *lengths = before_lengths + tags, *places = lengths + tags;
  for (size_t j = 0; j < tags; j++) {
    now[j * count] = (double)crf->start[j] + (double)x[j];
    lengths[j] = 1;
  }
  for (size_t t = 1; t < rows; t++) {
    double *const scores_before = now;
    int32_t *const counts_before = lengths;
    now = before, before = scores_before;
    lengths = before_lengths, before_lengths = counts_before;
    for (size_t j = 0; j < tags; j++) {
      double *list = now + j * count;
      const size_t length = merge(before, before_lengths, crf->transitions + j, tags, tags, count, heads, places, list,
                                  ways + (t * tags + j) * count);
      for (size_t r = 0; r < length; r++) list[r] += (double)x[t * ldx + j];
      lengths[j] = (int32_t)length;
    }
  }
  const size_t found = merge(now, lengths, crf->end, 1, tags, count, heads, places, scores, best);
  for (size_t k = 0; k < found; k++) {
    int32_t way = best[k];
    for (size_t t = rows; t-- > 0;) {
      const size_t tag = (size_t)way / count, rank = (size_t)way % count;
      paths[k * rows + t] = (int32_t)tag;
      if (t > 0) way = ways[(t * tags + tag) * count + rank];
    }
  }
  return found;
}
