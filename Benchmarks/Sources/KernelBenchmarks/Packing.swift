import CKernels

extension ck_kernels {
  func packWeights(
    _ w: UnsafePointer<Float>, _ taps: Int, _ input: Int, _ output: Int, _ packed: UnsafeMutablePointer<Float>
  ) {
    for item in 0..<pack_weights_items(taps, input) { pack_weights(w, taps, input, output, packed, item) }
  }

  func packTransposedWeights(
    _ w: UnsafePointer<Float>, _ taps: Int, _ input: Int, _ output: Int, _ packed: UnsafeMutablePointer<Float>
  ) {
    for item in 0..<pack_weights_items(taps, input) { pack_weights_transposed(w, taps, input, output, packed, item) }
  }
}
