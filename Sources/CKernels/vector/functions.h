// Exponential, sigmoid and the normal distribution for vectors.

/// e^x to about 1e-7 relative: x = n ln 2 + r, a polynomial in r, times 2^n. 0 below -87.3, held at e^88 above; NaN
/// stays NaN.
INLINE floats exp_floats(floats x) {
  const floats low = splat(-87.3f), high = splat(88.0f);
  const floats clamped = select_floats(x < low, low, select_floats(x > high, high, x));
  // Adding 1.5 * 2^23 rounds to the nearest integer and leaves it in the low bits.
  const floats shifted = fma_floats(clamped, splat(1.44269504088896341f), splat(12582912.0f));
  const floats n = shifted - splat(12582912.0f);
  floats r = fma_floats(n, splat(-0.693359375f), clamped);
  r = fma_floats(n, splat(2.12194440054690583e-4f), r);
  floats p = splat(0.001381422276608646f);
  p = fma_floats(p, r, splat(0.00836889911442995f));
  p = fma_floats(p, r, splat(0.04166840389370918f));
  p = fma_floats(p, r, splat(0.1666651964187622f));
  p = fma_floats(p, r, splat(0.4999999403953552f));
  p = fma_floats(p, r * r, r) + splat(1.0f);
  const words power = ((words)shifted + (words)splat_int(127)) << 23;
  const floats result = p * (floats)power;
  return select_floats(x < low, splat(0), result);
}

/// sigmoid(x); its complement 1 - sigmoid(x) keeps its relative accuracy too.
INLINE floats sigmoid(floats x, floats *complement) {
  const floats e = exp_floats(-x);
  const floats s = splat(1) / (splat(1) + e);
  *complement = e * s;
  return s;
}

/// The distribution function of the normal distribution at x, and its density.
///
/// For z = |x| the tail is exp(-z^2 / 2) R(z), R a smooth function fitted by a polynomial in t = 1 / (1 + 0.35 z), so
/// the tail keeps its relative accuracy (3e-7 plus that of exp) however small it gets.
INLINE floats normal_cdf(floats x, floats *density) {
  const floats magnitude = select_floats(x < splat(0), -x, x);
  const floats z = select_floats(magnitude > splat(14), splat(14), magnitude);
  // exp(-z^2 / 2) with the rounding error of z^2 put back.
  const floats square = z * z;
  const floats error = fma_floats(z, z, -square);
  floats e = exp_floats(square * splat(-0.5f));
  e = fma_floats(e * error, splat(-0.5f), e);
  const floats t = splat(1) / fma_floats(z, splat(0.35f), splat(1));
  floats p = splat(-0.02914605848491192f);
  p = fma_floats(p, t, splat(0.14397230744361877f));
  p = fma_floats(p, t, splat(-0.2557154595851898f));
  p = fma_floats(p, t, splat(0.15917548537254333f));
  p = fma_floats(p, t, splat(-0.02311069890856743f));
  p = fma_floats(p, t, splat(0.10550834983587265f));
  p = fma_floats(p, t, splat(0.11983278393745422f));
  p = fma_floats(p, t, splat(0.13986188173294067f));
  p = fma_floats(p, t, splat(0.13962140679359436f));
  const floats tail = e * (p * t);
  *density = e * splat(0.39894228040143268f);
  return select_floats(x < splat(0), tail, splat(1) - tail);
}
