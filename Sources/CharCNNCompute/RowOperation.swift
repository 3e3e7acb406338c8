/// An operation that computes each row of its result from the same row of what it reads, so that several can be done one after
/// the other on a few rows at a time (``Device/walk(_:)``).
public enum RowOperation: BitwiseCopyable {
  /// As ``Device/layerNormalize(_:gamma:beta:epsilon:statistics:into:)``.
  case layerNormalize(Tensor, gamma: Tensor, beta: Tensor, epsilon: Float, statistics: Tensor, into: Tensor)
  /// dx of layer normalization alone.
  case layerNormalizeGradient(Tensor, gamma: Tensor, statistics: Tensor, dy: Tensor, into: Tensor)
  /// As ``Device/gate(_:complementary:into:)`` or ``Device/activate(_:_:into:)``.
  case function(RowFunction, Tensor, into: Tensor)
  /// As ``Device/gateGradient(_:complementary:dy:into:)`` or ``Device/activateGradient(_:_:dy:into:)``.
  case functionGradient(RowFunction, Tensor, dy: Tensor, into: Tensor)
  /// As ``Device/dropout(_:rate:key:into:)``.
  case dropout(Tensor, rate: Float, key: UInt64, into: Tensor)
  /// As ``Device/gatherRows(_:rows:into:)``.
  case gatherRows(Tensor, rows: IndexTensor, into: Tensor)
  /// As ``Device/add(_:to:)``.
  case add(Tensor, to: Tensor)
  /// As ``Device/copy(_:into:)``.
  case copy(Tensor, into: Tensor)

  /// What it writes.
  public var result: Tensor {
    switch self {
    case .layerNormalize(_, _, _, _, _, let y), .layerNormalizeGradient(_, _, _, _, let y), .function(_, _, let y),
      .functionGradient(_, _, _, let y), .dropout(_, _, _, let y), .gatherRows(_, _, let y), .add(_, let y),
      .copy(_, let y):
      y
    }
  }

  /// Columns of the widest rows that it touches.
  var columns: Int {
    switch self {
    case .function(_, let x, _): x.columns
    default: result.columns
    }
  }

  /// Stops at shapes that do not fit.
  func check() {
    switch self {
    case .layerNormalize(let x, let gamma, let beta, _, let statistics, let y):
      precondition(x.rows == y.rows && x.columns == y.columns && statistics.count == 2 * x.rows, "shapes differ")
      precondition(gamma.count == x.columns && beta.count == x.columns, "scale of another size")
    case .layerNormalizeGradient(let x, let gamma, let statistics, let dy, let dx):
      precondition(x.rows == dy.rows && x.columns == dy.columns && x.rows == dx.rows, "shapes differ")
      precondition(
        x.columns == dx.columns && gamma.count == x.columns && statistics.count == 2 * x.rows, "scale of another size")
    case .function(let function, let x, let y):
      precondition(x.rows == y.rows && function.outputs(columns: x.columns) == y.columns, "shapes differ")
      function.check(columns: x.columns)
    case .functionGradient(let function, let x, let dy, let dx):
      precondition(x.rows == dy.rows && x.rows == dx.rows && x.columns == dx.columns, "shapes differ")
      precondition(function.outputs(columns: x.columns) == dy.columns, "shapes differ")
      function.check(columns: x.columns)
    case .dropout(let x, let rate, _, let y):
      precondition(
        x.rows == y.rows && x.columns == y.columns && rate >= 0 && rate < 1, "shapes differ or rate is wrong")
    case .gatherRows(let x, let rows, let y):
      precondition(x.columns == y.columns && rows.count == y.rows, "rows of another size")
    case .add(let x, let y), .copy(let x, let y):
      precondition(x.rows == y.rows && x.columns == y.columns, "shapes differ")
    }
  }
}

extension RowFunction {
  fileprivate func check(columns: Int) {
    if case .gate = self { precondition(columns % 2 == 0, "gate channels differ") }
  }
}
