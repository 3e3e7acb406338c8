// Updates of the published optimizers and the limit on norms, as plain loops that every instruction set compiles for
// itself: they run once a step over memory that no cache holds, so there is nothing to gain from tiles. Each element
// is computed by itself, so a range may be cut anywhere.
#include <math.h>
#include <stddef.h>

static void sgd(const ck_sgd *a, float *p, const float *g, float *m, size_t n) {
  for (size_t i = 0; i < n; i++) {
    const float gradient = g[i] * a->gradient_scale + a->weight_decay * p[i];
    m[i] = a->momentum * m[i] + gradient;
    p[i] -= a->rate * m[i];
  }
}

static void adadelta(const ck_adadelta *a, float *p, const float *g, float *squares, float *deltas, size_t n) {
  const float rest = 1 - a->rho;
  for (size_t i = 0; i < n; i++) {
    const float gradient = g[i] * a->gradient_scale + a->weight_decay * p[i];
    squares[i] = a->rho * squares[i] + rest * gradient * gradient;
    const float delta = sqrtf(deltas[i] + a->epsilon) / sqrtf(squares[i] + a->epsilon) * gradient;
    deltas[i] = a->rho * deltas[i] + rest * delta * delta;
    p[i] -= a->rate * delta;
  }
}

static void limit_norms(float limit, float *x, size_t length, size_t element_stride, size_t vector_stride,
                        size_t vector0, size_t vector1) {
  for (size_t v = vector0; v < vector1; v++) {
    float *vector = x + v * vector_stride;
    double sum = 0;
    for (size_t i = 0; i < length; i++) sum += (double)vector[i * element_stride] * (double)vector[i * element_stride];
    if (!(sum > (double)limit * (double)limit)) continue;
    const float scale = (float)((double)limit / sqrt(sum));
    for (size_t i = 0; i < length; i++) vector[i * element_stride] *= scale;
  }
}
