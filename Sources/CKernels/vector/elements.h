// What tiles multiply. An element is what lies in one word of a row or of packed weights: here a float, so that a row has as many elements as
// channels. (The set of bfloat16 has two channels in an element.)

typedef float element;
typedef floats operands;
typedef ck_convolution convolution;
typedef ck_weight_gradient gradient;

/// Channels, or rows of a gradient, of an element.
#define CHANNELS_OF_ELEMENT ((size_t)1)

INLINE operands broadcast(element value) { return splat(value); }
INLINE operands load_operands(const element *p) { return load(p); }
INLINE void store_operands(element *p, operands v) { store(p, v); }
INLINE floats multiply_add(operands a, operands b, floats sum) { return fma_floats(a, b, sum); }

/// Element k of n columns of w, whose rows are channels.
INLINE operands element_of_rows(const float *w, size_t ldw, size_t k, size_t rows, size_t n) {
  (void)rows;
  return load_n(w + k * ldw, n);
}
/// The elements of the rows of a square, whose first `rows` are in use, for each of its columns.
INLINE operands element_of_square(const floats *square, size_t k) { return square[k]; }
/// Element k of a row of w.
INLINE element element_of_row(const float *w, size_t k, size_t channels) {
  (void)channels;
  return w[k];
}
