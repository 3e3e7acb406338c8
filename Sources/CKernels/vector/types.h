// Vectors of CK_LANES floats by the compiler's vector extensions. The including file has set CK_LANES and the target.
#include <stddef.h>
#include <stdint.h>

#define LANES ((size_t)CK_LANES)
#define INLINE static inline __attribute__((always_inline, unused))

#define UNROLL _Pragma("clang loop unroll(full)")

INLINE size_t smaller(size_t a, size_t b) { return a < b ? a : b; }
INLINE size_t whole_vectors(size_t columns) { return (columns + LANES - 1) / LANES; }

typedef float floats __attribute__((vector_size(CK_LANES * 4)));
typedef int32_t ints __attribute__((vector_size(CK_LANES * 4)));
typedef uint32_t words __attribute__((vector_size(CK_LANES * 4)));
typedef uint64_t pairs __attribute__((vector_size(CK_LANES * 4)));
typedef double doubles __attribute__((vector_size(CK_LANES * 8)));

// The same at any address.
typedef floats loose_floats __attribute__((aligned(4), may_alias));
typedef ints loose_ints __attribute__((aligned(4), may_alias));

/// value - 0 is value for every bit pattern (0 + value is not, for -0), so the compiler drops the subtraction.
INLINE floats splat(float value) { return value - (floats){0}; }
INLINE ints splat_int(int32_t value) { return (ints){0} + value; }

INLINE floats load(const float *p) { return *(const loose_floats *)p; }
INLINE void store(float *p, floats v) { *(loose_floats *)p = v; }

INLINE ints lane_numbers(void) {
#if CK_LANES == 16
  return (ints){0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
#elif CK_LANES == 8
  return (ints){0, 1, 2, 3, 4, 5, 6, 7};
#else
  return (ints){0, 1, 2, 3};
#endif
}

// The first n of a vector's lanes, 0 < n <= LANES; the lanes behind them are zero and their memory is not touched.
#if defined(__x86_64__) && CK_LANES == 16
INLINE __mmask16 first_lanes(size_t n) { return (__mmask16)((1u << n) - 1); }
INLINE floats load_first(const float *p, size_t n) { return (floats)_mm512_maskz_loadu_ps(first_lanes(n), p); }
INLINE void store_first(float *p, floats v, size_t n) { _mm512_mask_storeu_ps(p, first_lanes(n), (__m512)v); }
#elif defined(__x86_64__)
INLINE __m256i first_lanes(size_t n) { return (__m256i)(lane_numbers() < splat_int((int32_t)n)); }
INLINE floats load_first(const float *p, size_t n) { return (floats)_mm256_maskload_ps(p, first_lanes(n)); }
INLINE void store_first(float *p, floats v, size_t n) { _mm256_maskstore_ps(p, first_lanes(n), (__m256)v); }
#else
INLINE floats load_first(const float *p, size_t n) {
  floats v = {0};
  for (size_t i = 0; i < n; i++) v[i] = p[i];
  return v;
}
INLINE void store_first(float *p, floats v, size_t n) {
  for (size_t i = 0; i < n; i++) p[i] = v[i];
}
#endif

INLINE floats load_n(const float *p, size_t n) { return n == LANES ? load(p) : load_first(p, n); }
INLINE void store_n(float *p, floats v, size_t n) {
  if (n == LANES)
    store(p, v);
  else
    store_first(p, v, n);
}
INLINE ints load_ints_n(const int32_t *p, size_t n) {
  return n == LANES ? *(const loose_ints *)p : (ints)load_first((const float *)(const void *)p, n);
}
INLINE void store_ints_n(int32_t *p, ints v, size_t n) {
  if (n == LANES)
    *(loose_ints *)p = v;
  else
    store_first((float *)(void *)p, (floats)v, n);
}

/// The lower (0) or upper (1) halves of two vectors, lane by lane in turn.
#if CK_LANES == 16
#define ZIP_LOW(a, b) \
  __builtin_shufflevector(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23)
#define ZIP_HIGH(a, b) \
  __builtin_shufflevector(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31)
#elif CK_LANES == 8
#define ZIP_LOW(a, b) __builtin_shufflevector(a, b, 0, 8, 1, 9, 2, 10, 3, 11)
#define ZIP_HIGH(a, b) __builtin_shufflevector(a, b, 4, 12, 5, 13, 6, 14, 7, 15)
#else
#define ZIP_LOW(a, b) __builtin_shufflevector(a, b, 0, 4, 1, 5)
#define ZIP_HIGH(a, b) __builtin_shufflevector(a, b, 2, 6, 3, 7)
#endif

/// Transposes a square of vectors: each round interleaves its upper and lower halves (a perfect shuffle).
INLINE void transpose(floats square[CK_LANES]) {
  UNROLL for (size_t round = 1; round < LANES; round *= 2) {
    floats shuffled[CK_LANES];
    UNROLL for (size_t i = 0; i < LANES / 2; i++) {
      shuffled[2 * i] = ZIP_LOW(square[i], square[i + LANES / 2]);
      shuffled[2 * i + 1] = ZIP_HIGH(square[i], square[i + LANES / 2]);
    }
    UNROLL for (size_t i = 0; i < LANES; i++) square[i] = shuffled[i];
  }
}

INLINE floats fma_floats(floats a, floats b, floats c) { return __builtin_elementwise_fma(a, b, c); }
INLINE floats select_floats(ints condition, floats yes, floats no) {
  return (floats)(((ints)yes & condition) | ((ints)no & ~condition));
}
INLINE ints select_ints(ints condition, ints yes, ints no) { return (yes & condition) | (no & ~condition); }
INLINE floats sqrt_floats(floats v) { return __builtin_elementwise_sqrt(v); }

/// All bits in the first n lanes.
INLINE ints used_lanes(size_t n) { return lane_numbers() < splat_int((int32_t)n); }
/// v with zeros behind its first n lanes.
INLINE floats first_n(floats v, size_t n) { return n == LANES ? v : select_floats(used_lanes(n), v, splat(0)); }

INLINE float sum_of_lanes(floats v) {
  float parts[CK_LANES];
  store(parts, v);
  for (size_t width = LANES / 2; width; width /= 2)
    for (size_t i = 0; i < width; i++) parts[i] += parts[i + width];
  return parts[0];
}
INLINE float maximum_of_lanes(floats v) {
  float parts[CK_LANES];
  store(parts, v);
  for (size_t width = LANES / 2; width; width /= 2)
    for (size_t i = 0; i < width; i++) parts[i] = parts[i + width] > parts[i] ? parts[i + width] : parts[i];
  return parts[0];
}
INLINE double sum_of_double_lanes(const doubles *v) {
  double sum = 0;
  for (size_t i = 0; i < LANES; i++) sum += (*v)[i];
  return sum;
}

/// Runs the statements for the columns from `first` to `last`, a vector at a time: `c` is the column, `n` the number of
/// lanes in use, a constant in the loop. The remainder runs the same statements, so a column's bits do not depend
/// on where a range was cut.
#define EACH_COLUMN(c, first, last, ...)                \
  do {                                                  \
    size_t c = (first);                                 \
    const size_t last_##c = (last);                     \
    for (; c + LANES <= last_##c; c += LANES) {         \
      const size_t n = LANES;                           \
      __VA_ARGS__                                       \
    }                                                   \
    if (c < last_##c) {                                 \
      const size_t n = last_##c - c;                    \
      __VA_ARGS__                                       \
    }                                                   \
  } while (0)

/// Vectors of columns that are walked down together: rows are read in long pieces, and sums stay in registers.
#define COLUMN_VECTORS 4

/// Lanes in use of vector v of `vectors`, of whose last n are.
#define lanes_of(v, vectors, n) ((v) + 1 == (vectors) ? (n) : LANES)

/// Runs the statements for the columns from `first` to `last`, COLUMN_VECTORS vectors at a time and the rest one by one: `c`
/// is the first column, `vectors` the number of vectors, a constant, and `n` that of the lanes of the last one in use.
#define EACH_COLUMN_GROUP(c, first, last, ...)                                                  \
  do {                                                                                          \
    size_t c = (first);                                                                         \
    const size_t last_##c = (last);                                                             \
    for (; c + COLUMN_VECTORS * LANES <= last_##c; c += COLUMN_VECTORS * LANES) {               \
      const size_t vectors = COLUMN_VECTORS, n = LANES;                                         \
      __VA_ARGS__                                                                               \
    }                                                                                           \
    for (; c < last_##c; c += LANES) {                                                          \
      const size_t vectors = 1, n = smaller(LANES, last_##c - c);                               \
      __VA_ARGS__                                                                               \
    }                                                                                           \
  } while (0)
