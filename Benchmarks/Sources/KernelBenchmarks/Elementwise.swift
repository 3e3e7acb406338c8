import CKernels

/// Nanoseconds for an element of an operation that goes through a matrix once.
struct ElementwiseResult: Encodable {
  let instructions: String
  let operation: String
  let best: Double
  let median: Double
}

/// Measures the operations that work element by element, on 256 rows of 256 columns.
func measureElementwise(_ k: ck_kernels, rounds: Int) -> [ElementwiseResult] {
  let (rows, columns) = (256, 256)
  let count = rows * columns
  let (x, y, z) = (Buffer(2 * count), Buffer(2 * count), Buffer(2 * count))
  let (gamma, beta, statistics) = (Buffer(columns), Buffer(columns), Buffer(2 * rows))
  let (first, second) = (Buffer(count), Buffer(count))
  for i in 0..<count { second.pointer[i] = abs(second.pointer[i]) }
  let labels = (0..<rows).map { Int32($0 % columns) }
  let offsets = (0...16).map { Int32($0 * rows / 16) }
  var winners = [Int32](repeating: 0, count: 16 * columns)
  let units = (0..<rows * 5).map { Int32($0 * 7 % 96) }
  let table = Buffer(5 * 96 * columns)
  var adam = ck_adamw(
    beta1: 0.9, beta2: 0.999, epsilon: 1e-8, step_size: 1e-6, sqrt_correction2: 1, decay: 0, gradient_scale: 1)
  let (a, b, c) = (x.pointer, y.pointer, z.pointer)

  let operations: [(String, () -> Void)] = [
    ("gate (an output)", { k.gate(a, 2 * columns, columns, false, b, columns, 0, rows) }),
    (
      "gate_gradient (an output)",
      { k.gate_gradient(a, 2 * columns, columns, false, b, columns, c, 2 * columns, 0, rows) }
    ),
    ("relu", { k.activate(CK_RELU, a, columns, columns, b, columns, 0, rows) }),
    ("gelu", { k.activate(CK_GELU, a, columns, columns, b, columns, 0, rows) }),
    ("gelu gradient", { k.activate_gradient(CK_GELU, a, columns, columns, b, columns, c, columns, 0, rows) }),
    (
      "layer_norm",
      {
        k.layer_norm(
          a, columns, columns, gamma.pointer, beta.pointer, 1e-5, b, columns, statistics.pointer, 0, rows)
      }
    ),
    (
      "layer_norm_gradient",
      {
        k.layer_norm_gradient(
          a, columns, columns, gamma.pointer, statistics.pointer, b, columns, c, columns, 0, rows)
      }
    ),
    ("column_sums", { k.column_sums(a, columns, rows, gamma.pointer, 0, columns) }),
    ("segment_pool", { k.segment_pool(CK_MAX, a, columns, offsets, columns, b, columns, &winners, 0, 16) }),
    ("softmax", { k.softmax(a, columns, columns, b, columns, 0, rows) }),
    (
      "cross_entropy",
      { k.cross_entropy(a, columns, columns, labels, 0.1, 1, gamma.pointer, b, columns, 0, rows) }
    ),
    ("dropout", { k.dropout(0.2, 42, a, columns, columns, b, columns, 0, rows) }),
    ("axpy", { k.axpy(1e-6, a, b, count) }),
    ("sum_of_squares", { _ = k.sum_of_squares(a, count) }),
    ("has_non_finite", { _ = k.has_non_finite(a, count) }),
    ("adamw", { k.adamw(&adam, b, a, first.pointer, second.pointer, count) }),
    (
      "gather_convolve (5 taps)",
      { k.gather_convolve(table.pointer, 5, 96, columns, units, gamma.pointer, b, columns, 0, rows) }
    ),
    (
      "scatter_gradient (5 taps)",
      { k.scatter_gradient(a, columns, rows, units, 5, 96, columns, table.pointer, 0, columns) }
    ),
  ]
  return operations.map { name, work in
    var timing = Timing()
    for _ in 0..<rounds { timing.add(repeats: 4, work) }
    return ElementwiseResult(
      instructions: String(cString: k.name), operation: name, best: timing.best * 1e9 / Double(count),
      median: timing.median * 1e9 / Double(count))
  }
}
