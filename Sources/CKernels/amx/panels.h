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

/// A walk through the elements of a tap, one by one.
typedef struct element_walk {
  const step_cut *cut;
  size_t tap;
  size_t step;
  size_t left;    ///< elements of the step
  size_t before;  ///< elements of a panel before the next one, for each of its columns
} element_walk;

INLINE element_walk walk_from(const step_cut *cut, size_t tap, size_t k) {
  const size_t step = k / cut->length, within = k - step * cut->length;
  return (element_walk){cut, tap, step, cut->length - within, elements_before(cut, tap, step) + within};
}

/// The elements before the next one, for each column; then the one after it is the next.
INLINE size_t next_before(element_walk *walk) {
  const size_t before = walk->before++;
  if (--walk->left == 0 && ++walk->step < walk->cut->steps) {
    walk->left = walk->cut->length;
    walk->before = elements_before(walk->cut, walk->tap, walk->step);
  }
  return before;
}
