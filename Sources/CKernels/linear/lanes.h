// The descent for LANES problems side by side; the including file has defined LANES, NAMED(x) and the target.
// See CKernelsDescent.h for what is computed.

typedef float NAMED(floats) __attribute__((vector_size(LANES * 4), aligned(4), may_alias));
typedef int32_t NAMED(ints) __attribute__((vector_size(LANES * 4), aligned(4), may_alias));
typedef double NAMED(doubles) __attribute__((vector_size(LANES * 8)));
#define FLOATS NAMED(floats)
#define INTS NAMED(ints)
#define DOUBLES NAMED(doubles)

static inline __attribute__((always_inline)) FLOATS NAMED(load)(const float *p) { return *(const FLOATS *)p; }
static inline __attribute__((always_inline)) void NAMED(store)(float *p, FLOATS v) { *(FLOATS *)p = v; }
static inline __attribute__((always_inline)) FLOATS NAMED(pick)(INTS condition, FLOATS yes, FLOATS no) {
  return (FLOATS)(((INTS)yes & condition) | ((INTS)no & ~condition));
}
/// A condition as bits, the first lane's the lowest.
static inline __attribute__((always_inline)) unsigned NAMED(bits)(INTS condition) {
  unsigned bits = 0;
  for (unsigned lane = 0; lane < LANES; lane++) bits |= (unsigned)(condition[lane] & 1) << lane;
  return bits;
}
static inline __attribute__((always_inline)) INTS NAMED(condition)(unsigned bits) {
  INTS condition;
  for (unsigned lane = 0; lane < LANES; lane++) condition[lane] = (bits >> lane & 1) ? -1 : 0;
  return condition;
}

/// What one example is to all lanes.
typedef struct {
  size_t first, last;  // its entries
  FLOATS target;
  FLOATS inverse_cost;  // 1 / (2 C)
  INTS counts;          // lanes that see it
} NAMED(example);
#define EXAMPLE NAMED(example)

static inline __attribute__((always_inline)) EXAMPLE NAMED(example_of)(const ck_descent *p, size_t i) {
  EXAMPLE e;
  const size_t row = p->rows ? p->rows[i] : i;
  e.first = p->x.offsets[row];
  e.last = p->x.offsets[row + 1];
  e.target = NAMED(load)(p->targets + i * LANES);
  const FLOATS zero = {0};
  e.inverse_cost = NAMED(pick)((INTS)(e.target > zero), NAMED(load)(p->positive), NAMED(load)(p->negative));
  if (p->weights) e.inverse_cost = e.inverse_cost / p->weights[i];
  e.counts = ~(INTS){0};
  if (p->groups) e.counts = (INTS)(*(const INTS *)p->held != (INTS){0} + (int32_t)p->groups[i]);
  return e;
}

/// Fetches the rows of a table, weights or factors, that the first entries of a row of the texts need.
static inline __attribute__((always_inline)) void NAMED(fetch)(const ck_descent *p, const float *table, size_t first,
                                                               size_t last) {
  const size_t end = last - first < AHEAD ? last : first + AHEAD;
  for (size_t e = first; e < end; e++) __builtin_prefetch(table + (size_t)p->x.features[e] * LANES, 1);
}

/// w x + bias in every lane. Four sums, of every fourth entry each: a processor adds to all of them at once, while a single one would have
/// every addition wait for the one before.
static inline __attribute__((always_inline)) FLOATS NAMED(margin)(const ck_descent *p, size_t first, size_t last) {
  const uint32_t *restrict features = p->x.features + first;
  const float *restrict values = p->x.values + first;
  const float *restrict w = p->w;
  const size_t count = last - first;
  FLOATS a = NAMED(load)(p->bias), b = {0}, c = {0}, d = {0};
  size_t e = 0;
  for (; e + 4 <= count; e += 4) {
    if (e + AHEAD + 4 <= count)
      for (size_t next = e + AHEAD; next < e + AHEAD + 4; next++)
        __builtin_prefetch(w + (size_t)features[next] * LANES, 1);
    a += NAMED(load)(w + (size_t)features[e] * LANES) * values[e];
    b += NAMED(load)(w + (size_t)features[e + 1] * LANES) * values[e + 1];
    c += NAMED(load)(w + (size_t)features[e + 2] * LANES) * values[e + 2];
    d += NAMED(load)(w + (size_t)features[e + 3] * LANES) * values[e + 3];
  }
  for (; e < count; e++) a += NAMED(load)(w + (size_t)features[e] * LANES) * values[e];
  return (a + b) + (c + d);
}

/// Adds a change of an example's dual variable to the weights.
///
/// - isFirst: whether nobody has read these weights just before, so that they have to be fetched.
static inline __attribute__((always_inline)) void NAMED(move)(const ck_descent *p, size_t first, size_t last,
                                                              FLOATS change, int isFirst) {
  NAMED(store)(p->bias, NAMED(load)(p->bias) + change);
  const uint32_t *restrict features = p->x.features + first;
  const float *restrict values = p->x.values + first;
  float *restrict w = p->w;
  const float *restrict scales = p->scales;
  const size_t count = last - first;
  if (!scales) {
    for (size_t e = 0; e < count; e++) {
      if (isFirst && e + AHEAD < count) __builtin_prefetch(w + (size_t)features[e + AHEAD] * LANES, 1);
      float *row = w + (size_t)features[e] * LANES;
      NAMED(store)(row, NAMED(load)(row) + change * values[e]);
    }
    return;
  }
  for (size_t e = 0; e < count; e++) {
    const size_t place = (size_t)features[e] * LANES;
    if (e + AHEAD < count) {
      __builtin_prefetch(scales + (size_t)features[e + AHEAD] * LANES);
      if (isFirst) __builtin_prefetch(w + (size_t)features[e + AHEAD] * LANES, 1);
    }
    NAMED(store)(w + place, NAMED(load)(w + place) + change * values[e] * NAMED(load)(scales + place));
  }
}

/// The squared length of each example as each lane sees it, with the feature of the bias; and the weights of the dual variables.
static void NAMED(begin)(const ck_descent *p, size_t examples, float *squares) {
  for (size_t i = 0; i < examples; i++) {
    const size_t row = p->rows ? p->rows[i] : i;
    const size_t first = p->x.offsets[row], last = p->x.offsets[row + 1];
    const FLOATS dual = NAMED(load)(p->dual + i * LANES);
    if (i + 1 < examples) {
      const size_t next = p->rows ? p->rows[i + 1] : i + 1;
      if (p->scales) NAMED(fetch)(p, p->scales, p->x.offsets[next], p->x.offsets[next + 1]);
      if (NAMED(bits)((INTS)(NAMED(load)(p->dual + (i + 1) * LANES) != (FLOATS){0})))
        NAMED(fetch)(p, p->w, p->x.offsets[next], p->x.offsets[next + 1]);
    }
    if (NAMED(bits)((INTS)(dual != (FLOATS){0}))) NAMED(move)(p, first, last, dual, 1);
    if (p->scales) {
      FLOATS square = (FLOATS){0} + 1;
      for (size_t e = first; e < last; e++) {
        if (e + AHEAD < last) __builtin_prefetch(p->scales + (size_t)p->x.features[e + AHEAD] * LANES);
        square += NAMED(load)(p->scales + (size_t)p->x.features[e] * LANES) * (p->x.values[e] * p->x.values[e]);
      }
      NAMED(store)(squares + i * LANES, square);
    } else {
      float square = 1;
      for (size_t e = first; e < last; e++) square += p->x.values[e] * p->x.values[e];
      squares[i] = square;
    }
  }
}

static void NAMED(descend)(const ck_descent *p, const uint32_t *order, size_t count, const int32_t *active_lanes,
                           const float *bounds, float *violations) {
  const FLOATS zero = {0};
  const INTS active = *(const INTS *)active_lanes;
  const FLOATS bound = NAMED(load)(bounds);
  const unsigned idle = NAMED(bits)(~active);
  const unsigned all = (1u << LANES) - 1;
  FLOATS worst = {0};
  for (size_t n = 0; n < count; n++) {
    const uint32_t i = order[n];
    const unsigned resting = p->resting[i];
    if ((resting | idle) == all) continue;
    if (n + 2 < count) {
      const size_t later = p->rows ? p->rows[order[n + 2]] : order[n + 2];
      __builtin_prefetch(p->x.features + p->x.offsets[later]);
    }
    if (n + 1 < count) {
      const size_t next = p->rows ? p->rows[order[n + 1]] : order[n + 1];
      NAMED(fetch)(p, p->w, p->x.offsets[next], p->x.offsets[next + 1]);
      __builtin_prefetch(p->x.values + p->x.offsets[next]);
    }
    const EXAMPLE e = NAMED(example_of)(p, i);
    const INTS free = active & e.counts & ~NAMED(condition)(resting);
    const FLOATS old = NAMED(load)(p->dual + (size_t)i * LANES);
    const FLOATS squares = p->scales ? NAMED(load)(p->squares + (size_t)i * LANES) : (FLOATS){0} + p->squares[i];
    const FLOATS margin = NAMED(margin)(p, e.first, e.last);
    // Minus the gradient of the dual problem, in the direction of the target.
    FLOATS pull = (e.target - margin) - e.inverse_cost * old;
    FLOATS next = old + pull / (squares + e.inverse_cost);
    INTS rests = {0};
    if (p->is_hinge) {
      // A dual variable has the sign of its target or is 0.
      const INTS is_positive = (INTS)(e.target > zero);
      next = NAMED(pick)(is_positive, NAMED(pick)((INTS)(next > zero), next, zero),
                         NAMED(pick)((INTS)(next < zero), next, zero));
      const FLOATS outward = NAMED(pick)(is_positive, -pull, pull);
      const INTS at_bound = (INTS)(old == zero);
      rests = at_bound & (INTS)(outward > bound);
      pull = NAMED(pick)(at_bound & (INTS)(outward >= zero), zero, pull);
    }
    p->resting[i] = (uint16_t)(resting | NAMED(bits)(rests));
    const INTS moves = free & ~rests;
    if (!NAMED(bits)(moves)) continue;
    const FLOATS size = NAMED(pick)((INTS)(pull < zero), -pull, pull);
    worst = NAMED(pick)(moves & (INTS)(size > worst), size, worst);
    const FLOATS change = NAMED(pick)(moves, next - old, zero);
    if (!NAMED(bits)((INTS)(change != zero))) continue;
    NAMED(store)(p->dual + (size_t)i * LANES, old + change);
    NAMED(move)(p, e.first, e.last, change, 0);
  }
  NAMED(store)(violations, worst);
}

static void NAMED(values)(const ck_descent *p, size_t examples, double *primal, double *dual) {
  const FLOATS zero = {0};
  DOUBLES losses = {0}, products = {0}, gains = {0};
  for (size_t i = 0; i < examples; i++) {
    const EXAMPLE e = NAMED(example_of)(p, i);
    if (i + 1 < examples) {
      const size_t next = p->rows ? p->rows[i + 1] : i + 1;
      NAMED(fetch)(p, p->w, p->x.offsets[next], p->x.offsets[next + 1]);
    }
    const FLOATS beta = NAMED(load)(p->dual + i * LANES);
    const FLOATS margin = NAMED(margin)(p, e.first, e.last);
    FLOATS error = e.target - margin;
    if (p->is_hinge) {
      const INTS is_positive = (INTS)(e.target > zero);
      error = NAMED(pick)(is_positive, NAMED(pick)((INTS)(error > zero), error, zero),
                          NAMED(pick)((INTS)(error < zero), error, zero));
    }
    const DOUBLES wide = __builtin_convertvector(NAMED(pick)(e.counts, error, zero), DOUBLES);
    const DOUBLES inverse_cost = __builtin_convertvector(e.inverse_cost, DOUBLES);
    const DOUBLES b = __builtin_convertvector(beta, DOUBLES);
    losses += wide * wide / (2 * inverse_cost);
    products += b * __builtin_convertvector(margin, DOUBLES);
    gains += b * __builtin_convertvector(e.target, DOUBLES) - b * b * inverse_cost / 2;
  }
  for (size_t lane = 0; lane < LANES; lane++) {
    primal[lane] = products[lane] / 2 + losses[lane];
    dual[lane] = gains[lane] - products[lane] / 2;
  }
}

static void NAMED(margins)(const ck_descent *p, float *y, size_t row0, size_t row1) {
  for (size_t row = row0; row < row1; row++) {
    const FLOATS sum = NAMED(margin)(p, p->x.offsets[row], p->x.offsets[row + 1]);
    NAMED(store)(y + row * LANES, NAMED(load)(y + row * LANES) + sum);
  }
}

#undef FLOATS
#undef INTS
#undef DOUBLES
#undef EXAMPLE
#undef NAMED
#undef LANES
