// Weights in bfloat16, packed for tiles.

#include "../vector/pack_items.h"

static size_t packed_weights_size(size_t taps, size_t in, size_t out) { return packed_elements(taps, in, out); }

static void pack_weights(const float *w, size_t taps, size_t in, size_t out, element *packed, size_t item) {
  size_t tap, first, last;
  packed_inputs(taps, in, item, &tap, &first, &last);
  const step_cut cut = cut_into_steps(taps, in);
  const size_t depth = depth_of_panel(&cut);
  const float *from = w + tap * in * out;
  // Elements that no input has belong to the last item.
  const size_t end = last == in ? cut.steps * cut.length : last / 2;
  element_walk walk = walk_from(&cut, tap, first / 2);
  for (size_t k = first / 2; k < end; k++) {
    const size_t before = next_before(&walk);
    for (size_t column = 0; column < out; column += PANEL) {
      const size_t rest = smaller(PANEL, out - column), width = edges(rest) * EDGE;
      element *to = packed + column * depth + before * width;
      for (size_t c = 0; c < width; c += EDGE) {
        const bool is_used = k < cut.depth;
        store_operands(to + c, is_used ? element_of_rows(from + column + c, out, k, in, smaller(EDGE, rest - c))
                                       : splat_int(0));
      }
    }
  }
}

static void pack_weights_transposed(const float *w, size_t taps, size_t in, size_t out, element *packed, size_t item) {
  size_t tap, first, last;
  packed_inputs(taps, in, item, &tap, &first, &last);
  const step_cut cut = cut_into_steps(taps, out);
  const size_t depth = depth_of_panel(&cut), elements_of_tap = cut.steps * cut.length;
  if (!elements_of_tap) return;
  for (size_t column = first; column < last; column += PANEL) {
    const size_t used = smaller(PANEL, in - column), width = edges(used) * EDGE;
    const float *from = w + (tap * in + column) * out;
    element *to = packed + column * depth;
    element_walk walk = walk_from(&cut, tap, 0);
    // Reads run along o, a cache line of each input at a time.
    for (size_t o = 0; o < 2 * elements_of_tap; o += EDGE) {
      const size_t count = smaller(EDGE / 2, elements_of_tap - o / 2);
      size_t before[CK_LANES / 2];
      for (size_t k = 0; k < count; k++) before[k] = next_before(&walk);
      for (size_t c = 0; c < width; c += EDGE) {
        floats square[CK_LANES];
        for (size_t i = 0; i < EDGE; i++)
          square[i] = c + i < used && o < out ? load_n(from + (c + i) * out + o, smaller(EDGE, out - o)) : splat(0);
        transpose(square);
        for (size_t k = 0; k < count; k++)
          store_operands(to + before[k] * width + c, element_of_square(square, k));
      }
    }
  }
}
