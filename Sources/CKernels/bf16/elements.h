// What tiles multiply: two numbers of bfloat16 in one word, the first in its lower half. The including file has defined
// multiply_add, which adds both products of a pair in single precision.

typedef uint32_t element;
typedef ints operands;
typedef ck_bf16_convolution convolution;
typedef ck_bf16_weight_gradient gradient;

#define CHANNELS_OF_ELEMENT ((size_t)2)

INLINE operands broadcast(element value) { return splat_int((int32_t)value); }
INLINE operands load_operands(const element *p) { return *(const loose_ints *)(const void *)p; }
INLINE void store_operands(element *p, operands v) { *(loose_ints *)(void *)p = v; }

#if defined(CK_BF16_DOT) && defined(__x86_64__)
/// Pairs of neighbouring lanes of two vectors, rounded to bfloat16 (to the nearest, ties to even).
INLINE operands neighbours(floats a, floats b) { return (operands)_mm512_cvtne2ps_pbh((__m512)b, (__m512)a); }

/// Pairs of two vectors' lanes.
INLINE operands paired(floats first, floats second) {
  const __m512i turns = _mm512_set_epi16(31, 15, 30, 14, 29, 13, 28, 12, 27, 11, 26, 10, 25, 9, 24, 8, 23, 7, 22, 6, 21, 5,
                                         20, 4, 19, 3, 18, 2, 17, 1, 16, 0);
  return (operands)_mm512_permutexvar_epi16(turns, (__m512i)neighbours(first, second));
}
#else
/// Floats rounded to bfloat16 (to the nearest, ties to even), in the upper half of their words; the lower half is zero.
/// What is too small to be normal becomes zero, as the processors' own instructions have it; NaN stays NaN.
INLINE words rounded(floats v) {
  const words bits = (words)v, magnitude = bits & 0x7FFFFFFF;
  const words nearest = (bits + (0x7FFF + (bits >> 16 & 1))) & 0xFFFF0000;
  const ints tiny = (ints)(magnitude < 0x00800000), none = (ints)(magnitude > 0x7F800000);
  const ints number = select_ints(tiny, (ints)(bits & 0x80000000), (ints)nearest);
  return (words)select_ints(none, (ints)((bits | 0x00400000) & 0xFFFF0000), number);
}

/// Pairs of two vectors' lanes.
INLINE operands paired(floats first, floats second) { return (operands)(rounded(first) >> 16 | rounded(second)); }

/// The even (0) or odd (1) lanes of two vectors.
#if CK_LANES == 16
#define EVERY_SECOND(a, b, o)                                                                                \
  __builtin_shufflevector(a, b, 0 + o, 2 + o, 4 + o, 6 + o, 8 + o, 10 + o, 12 + o, 14 + o, 16 + o, 18 + o, \
                          20 + o, 22 + o, 24 + o, 26 + o, 28 + o, 30 + o)
#elif CK_LANES == 8
#define EVERY_SECOND(a, b, o) __builtin_shufflevector(a, b, 0 + o, 2 + o, 4 + o, 6 + o, 8 + o, 10 + o, 12 + o, 14 + o)
#else
#define EVERY_SECOND(a, b, o) __builtin_shufflevector(a, b, 0 + o, 2 + o, 4 + o, 6 + o)
#endif

/// Pairs of neighbouring lanes of two vectors.
INLINE operands neighbours(floats a, floats b) { return paired(EVERY_SECOND(a, b, 0), EVERY_SECOND(a, b, 1)); }
#endif

INLINE operands element_of_rows(const float *w, size_t ldw, size_t k, size_t rows, size_t n) {
  return paired(load_n(w + 2 * k * ldw, n), 2 * k + 1 < rows ? load_n(w + (2 * k + 1) * ldw, n) : splat(0));
}
INLINE operands element_of_square(const floats *square, size_t k) { return paired(square[2 * k], square[2 * k + 1]); }
INLINE element element_of_row(const float *w, size_t k, size_t channels) {
  return ck_bf16_pair(w[2 * k], 2 * k + 1 < channels ? w[2 * k + 1] : 0);
}

/// Rounds rows row0 ..< row1.
static void round_rows(const float *x, size_t ldx, size_t columns, uint32_t *to, size_t ldto, size_t row0, size_t row1) {
  for (size_t r = row0; r < row1; r++) {
    const float *row = x + r * ldx;
    uint32_t *pairs = to + r * ldto;
    size_t c = 0;
    for (; c + 2 * LANES <= columns; c += 2 * LANES) {
      const floats a = load(row + c), b = load(row + c + LANES);
      store_operands(pairs + c / 2, neighbours(a, b));
    }
    for (; c < columns; c += 2) pairs[c / 2] = element_of_row(row, c / 2, columns);
  }
}
