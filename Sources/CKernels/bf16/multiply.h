// sum + both products of pairs in bfloat16, the second one first, which is the order of vdpbf16ps. bfdot adds the products to each other first, with a
// rounding of its own.

#if defined(CK_BF16_DOT) && defined(__x86_64__)
INLINE floats multiply_add(ints a, ints b, floats sum) {
  return (floats)_mm512_dpbf16_ps((__m512)sum, (__m512bh)a, (__m512bh)b);
}
#elif defined(CK_BF16_DOT)
INLINE floats multiply_add(ints a, ints b, floats sum) {
  return (floats)vbfdotq_f32((float32x4_t)sum, (bfloat16x8_t)a, (bfloat16x8_t)b);
}
#else
// A number of bfloat16 is the upper half of a float. These are exact, and so are their products.
INLINE floats first_of_pairs(ints v) { return (floats)((words)v << 16); }
INLINE floats second_of_pairs(ints v) { return (floats)((words)v & 0xFFFF0000); }

INLINE floats multiply_add(ints a, ints b, floats sum) {
  return fma_floats(first_of_pairs(a), first_of_pairs(b), fma_floats(second_of_pairs(a), second_of_pairs(b), sum));
}
#endif
