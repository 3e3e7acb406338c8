/// Where ``Device/finishBlock(_:normalization:function:residual:into:workspace:)`` takes rows from.
public enum RowSource: BitwiseCopyable {
  /// Rows as they lie.
  case rows(Tensor)
  /// Row r is the table's row `rows[r]`, zeros for -1 (``Device/gatherRows(_:rows:into:)``).
  case gathered(Tensor, rows: IndexTensor)
  /// Row r is a convolution that a table holds (``Device/gatherConvolve(_:units:taps:bias:into:)``).
  case convolved(Tensor, units: IndexTensor, taps: Int, bias: Tensor?)

  /// The same rows, only these columns. The table of a convolution can only be read whole.
  public func columns(_ range: Range<Int>) -> RowSource {
    if range == 0..<columns { return self }
    switch self {
    case .rows(let x): return .rows(x.columns(range))
    case .gathered(let x, let rows): return .gathered(x.columns(range), rows: rows)
    case .convolved: preconditionFailure("the rows of a convolution are read whole")
    }
  }

  /// Number of rows.
  public var count: Int {
    switch self {
    case .rows(let x): x.rows
    case .gathered(_, let rows): rows.count
    case .convolved(_, let units, let taps, _): units.count / taps
    }
  }

  /// Number of columns.
  public var columns: Int {
    switch self {
    case .rows(let x), .gathered(let x, _), .convolved(let x, _, _, _): x.columns
    }
  }
}

extension Device {
  /// Rows as they lie, or computed into a tensor of their own.
  func tensor(of source: RowSource, workspace: Workspace) -> Tensor {
    if case .rows(let x) = source { return x }
    let rows = workspace.tensor(rows: source.count, columns: source.columns)
    switch source {
    case .rows: break
    case .gathered(let x, let numbers): gatherRows(x, rows: numbers, into: rows)
    case .convolved(let table, let units, let taps, let bias):
      gatherConvolve(table, units: units, taps: taps, bias: bias, into: rows)
    }
    return rows
  }

  public func pool(
    _ x: RowSource, windows: IndexTensor, taps: Int, by pooling: Pooling, winners: IndexTensor, into y: Tensor,
    workspace: Workspace
  ) {
    let rows = tensor(of: x, workspace: workspace)
    pool(rows, windows: windows, taps: taps, by: pooling, winners: winners, into: y)
  }
}

/// A normalization whose scale and shift, and for batch normalization also mean and deviation, are known: that of
/// prediction.
public enum RowNormalization: BitwiseCopyable {
  /// As ``Device/layerNormalize(_:gamma:beta:epsilon:statistics:into:)``.
  case layer(gamma: Tensor, beta: Tensor, epsilon: Float)
  /// As ``Device/batchNormalize(_:mean:reciprocalDeviation:gamma:beta:into:)``.
  case batch(mean: Tensor, reciprocalDeviation: Tensor, gamma: Tensor, beta: Tensor)
}

/// A function of each row's elements.
public enum RowFunction: BitwiseCopyable {
  /// As ``Device/gate(_:complementary:into:)``.
  case gate(complementary: Bool)
  /// As ``Device/activate(_:_:into:)``.
  case activation(Activation)

  /// Columns that remain of `columns`.
  public func outputs(columns: Int) -> Int {
    if case .gate(complementary: false) = self { columns / 2 } else { columns }
  }
}
