// The points of minimal filtering (Winograd 1980; Toom 1963, Cook 1966; for networks Lavin & Gray 2016).
//
// Outputs of a tile and taps are the coefficients of two polynomials, whose product is known once its values at enough
// points are: 0, pairs +a and -a, and infinity. With p pairs, 2p + 2 points serve 4 outputs of 2p - 1 taps. For point a
// the input's row is N(x) / (x - a), N being the product of all (x - point), and the filter's is 1, a, a^2, ... divided by
// N(x) / (x - a) at a. Every row of one is divided by a power of two and its partner multiplied by it, so that neither
// grows; points and scales are those with the least error that were tried (against double, 256 channels: 2e-6 of the
// largest output with 3 and 5 taps, 9e-6 with 7).

/// Pairs of points that 7 taps need, more than any other width.
#define MOST_PAIRS 4
#define MOST_POINTS (2 * MOST_PAIRS + 2)
/// Outputs of a tile.
#define OUTPUTS CK_TILE_OUTPUTS

/// +-a, in the order of use.
static const float pair_points[MOST_PAIRS] = {1, 2, 1.0f / 2, 4.0f / 3};

typedef struct filtering_points_of_pairs {
  /// Coefficients of the input for point 0 (even rows) and for infinity (odd rows).
  float zero[MOST_PAIRS + 1];
  float infinity[MOST_PAIRS + 1];
  /// Coefficients of a pair: even rows from 2 on, and, times a, odd rows from 1 on.
  float pair[MOST_PAIRS][MOST_PAIRS];
  /// What the filter's rows are multiplied by.
  float zero_filter;
  float infinity_filter;
  float pair_filter[MOST_PAIRS];
} filtering_points_of_pairs;

/// For 2, 3 and 4 pairs.
static const filtering_points_of_pairs points_of_pairs[3] = {
    {
        .zero = {1.0f / 2, -5.0f / 8, 1.0f / 8},
        .infinity = {1, -5.0f / 4, 1.0f / 4},
        .pair = {{-1, 1.0f / 4}, {-1.0f / 4, 1.0f / 4}},
        .zero_filter = 2,
        .infinity_filter = 4,
        .pair_filter = {-2.0f / 3, 1.0f / 6},
    },
    {
        .zero = {-1.0f / 4, 21.0f / 16, -21.0f / 16, 1.0f / 4},
        .infinity = {-1.0f / 4, 21.0f / 16, -21.0f / 16, 1.0f / 4},
        .pair = {{1.0f / 4, -17.0f / 16, 1.0f / 4}, {1.0f / 16, -5.0f / 16, 1.0f / 4}, {1, -5.0f / 4, 1.0f / 4}},
        .zero_filter = -4,
        .infinity_filter = 4,
        .pair_filter = {-8.0f / 9, 2.0f / 45, 128.0f / 45},
    },
    {
        .zero = {2.0f / 9, -31.0f / 24, 175.0f / 96, -253.0f / 288, 1.0f / 8},
        .infinity = {2.0f / 9, -31.0f / 24, 175.0f / 96, -253.0f / 288, 1.0f / 8},
        .pair =
            {
                {-4.0f / 9, 77.0f / 36, -217.0f / 144, 1.0f / 4},
                {-1.0f / 18, 89.0f / 288, -109.0f / 288, 1.0f / 8},
                {-8.0f / 9, 29.0f / 18, -61.0f / 72, 1.0f / 8},
                {-1.0f / 4, 21.0f / 16, -21.0f / 16, 1.0f / 4},
            },
        .zero_filter = 9.0f / 2,
        .infinity_filter = 8,
        .pair_filter = {8.0f / 7, 1.0f / 25, -1024.0f / 275, -6561.0f / 15400},
    },
};

INLINE size_t pairs_of(size_t taps) { return taps == 3 || taps == 5 || taps == 7 ? (taps + 1) / 2 : 0; }

/// a^n; a constant where both are.
INLINE float power(float a, const size_t n) {
  float result = 1;
  UNROLL for (size_t i = 0; i < n; i++) result *= a;
  return result;
}

/// The factor of tap j in the filter's value at a point, whose number counts 0, +a, -a, ..., infinity.
INLINE float filter_factor(size_t pairs, size_t point, size_t tap) {
  const filtering_points_of_pairs *p = &points_of_pairs[pairs - 2];
  if (point == 0) return tap == 0 ? p->zero_filter : 0;
  if (point == 2 * pairs + 1) return tap == 2 * pairs - 2 ? p->infinity_filter : 0;
  const size_t pair = (point - 1) / 2;
  float factor = p->pair_filter[pair];
  for (size_t i = 0; i < tap; i++) factor *= point % 2 ? pair_points[pair] : -pair_points[pair];
  return factor;
}

/// A tile's input rows (at `dilation`) at the points: values[point].
INLINE void input_at_points(const floats rows[MOST_POINTS], const size_t pairs, floats values[MOST_POINTS]) {
  const filtering_points_of_pairs *p = &points_of_pairs[pairs - 2];
  floats zero = splat(p->zero[0]) * rows[0], infinity = splat(p->infinity[0]) * rows[1];
  UNROLL for (size_t i = 1; i <= pairs; i++) {
    zero = fma_floats(splat(p->zero[i]), rows[2 * i], zero);
    infinity = fma_floats(splat(p->infinity[i]), rows[2 * i + 1], infinity);
  }
  values[0] = zero;
  values[2 * pairs + 1] = infinity;
  UNROLL for (size_t a = 0; a < pairs; a++) {
    floats even = splat(p->pair[a][0]) * rows[2], odd = splat(p->pair[a][0]) * rows[1];
    UNROLL for (size_t i = 1; i < pairs; i++) {
      even = fma_floats(splat(p->pair[a][i]), rows[2 * i + 2], even);
      odd = fma_floats(splat(p->pair[a][i]), rows[2 * i + 1], odd);
    }
    values[1 + 2 * a] = fma_floats(splat(pair_points[a]), odd, even);
    values[2 + 2 * a] = fma_floats(splat(-pair_points[a]), odd, even);
  }
}

/// The outputs of a tile from the products at the points.
INLINE void outputs_of_points(const floats values[MOST_POINTS], const size_t pairs, floats outputs[OUTPUTS]) {
  outputs[0] = values[0];
  UNROLL for (size_t t = 1; t < OUTPUTS; t++) outputs[t] = splat(0);
  UNROLL for (size_t a = 0; a < pairs; a++) {
    const floats sum = values[1 + 2 * a] + values[2 + 2 * a], difference = values[1 + 2 * a] - values[2 + 2 * a];
    outputs[0] += sum;
    UNROLL for (size_t t = 1; t < OUTPUTS; t++)
      outputs[t] = fma_floats(splat(power(pair_points[a], t)), t % 2 ? difference : sum, outputs[t]);
  }
  outputs[OUTPUTS - 1] += values[2 * pairs + 1];
}

/// The transposed of outputs_of_points: the gradients of a tile's outputs at the points.
INLINE void gradients_at_points(const floats outputs[OUTPUTS], const size_t pairs, floats values[MOST_POINTS]) {
  values[0] = outputs[0];
  values[2 * pairs + 1] = outputs[OUTPUTS - 1];
  UNROLL for (size_t a = 0; a < pairs; a++) {
    const float point = pair_points[a];
    const floats even = fma_floats(splat(power(point, 2)), outputs[2], outputs[0]);
    const floats odd = splat(power(point, 3)) * outputs[3] + splat(point) * outputs[1];
    values[1 + 2 * a] = even + odd;
    values[2 + 2 * a] = even - odd;
  }
}
