import CharCNNCompute
import Testing

/// One operation of a device on some shapes, with the formula that it must agree with.
struct OperationCase: Sendable, CustomTestStringConvertible {
  let name: String
  /// Columns of NaN on both sides of every tensor.
  let gap: Int
  /// Largest error allowed, relative to the largest element.
  let tolerance: Double
  /// Runs the operation and reads its results.
  let run: @Sendable (Stage) -> [[Float]]
  /// The same results by plain loops in Double.
  let formula: @Sendable () -> [[Double]]

  var testDescription: String { name }

  init(
    _ name: String, gap: Int = 0, tolerance: Double = 1e-5, run: @escaping @Sendable (Stage) -> [[Float]],
    formula: @escaping @Sendable () -> [[Double]]
  ) {
    self.name = gap == 0 ? name : "\(name), among other columns"
    self.gap = gap
    self.tolerance = tolerance
    self.run = run
    self.formula = formula
  }

  static let all: [OperationCase] =
    convolutions + filterings + tables + sparseTables + gates + normalizations + poolings + kMaxPoolings + losses
    + vectors + tagChains + pairs
}
