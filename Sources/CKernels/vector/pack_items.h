// How the packing of weights is cut into items, for panels of PANEL columns.

/// Inputs of one tap that are packed as one item: whole panels of the transpose.
#define PACK_INPUTS (2 * PANEL)

static size_t pack_weights_items(size_t taps, size_t in) { return taps * ((in + PACK_INPUTS - 1) / PACK_INPUTS); }

/// The inputs and the tap of an item.
INLINE void packed_inputs(size_t taps, size_t in, size_t item, size_t *tap, size_t *first, size_t *last) {
  const size_t items = pack_weights_items(taps, in) / taps;
  *tap = item / items;
  *first = item % items * PACK_INPUTS;
  *last = smaller(*first + PACK_INPUTS, in);
}
