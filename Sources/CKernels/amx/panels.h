// Packed weights are panels of two tiles' columns. A panel is as the tiles are read: group by group of steps, in a group tap
// by tap, and then [elements of the step][columns of the panel]. The last panel may be one tile wide. What a step has less
// than the others is zeros.

/// Columns of a panel.
#define PANEL (2 * EDGE)

/// Elements of all packed weights.
INLINE size_t packed_elements(size_t taps, size_t in, size_t out) {
  const step_cut cut = cut_into_steps(taps, in);
  return taps * cut.steps * cut.length * edges(out) * EDGE;
}

/// Elements of all columns of a panel.
INLINE size_t depth_of_panel(const step_cut *cut) { return cut->taps * cut->steps * cut->length; }

/// Elements before element k of a tap, for each column of a panel.
INLINE size_t depth_before(const step_cut *cut, size_t tap, size_t k) {
  const size_t step = k / cut->length;
  return elements_before(cut, tap, step) + k - step * cut->length;
}
