internal import CKernels

extension CPUDevice {
  /// Walks over rows: one operation on all rows of a block, several in steps so small that what one writes is in the innermost
  /// cache when the next one reads it. Every row is computed by itself, so the bits are the same.
  private struct Walk: PoolJob {
    /// Rows of one step where there are several operations.
    static let step = 16

    let kernels: UnsafePointer<ck_kernels>
    let operations: UnsafeBufferPointer<RowOperation>
    let blocks: Blocks

    func run(item: Int, worker: Int) {
      let (lower, upper) = blocks.range(item)
      for row in stride(from: lower, to: upper, by: operations.count > 1 ? Self.step : blocks.size) {
        for operation in operations {
          operation.run(kernels, row, min(upper, row + (operations.count > 1 ? Self.step : blocks.size)))
        }
      }
    }
  }

  public func walk(_ operations: UnsafeBufferPointer<RowOperation>) {
    guard let first = operations.first else { return }
    var columns = 1
    for operation in operations {
      operation.check()
      precondition(operation.result.rows == first.result.rows, "operations on other rows")
      columns = max(columns, operation.columns)
    }
    let blocks = Blocks(count: first.result.rows, size: Self.rowsPerBlock(columns: columns))
    pool.run(Walk(kernels: kernelPointer, operations: operations, blocks: blocks), items: blocks.items)
  }

  /// One operation alone.
  private func run(_ operation: RowOperation) {
    withUnsafePointer(to: operation) { walk(UnsafeBufferPointer(start: $0, count: 1)) }
  }

  public func gate(_ x: Tensor, complementary: Bool, into y: Tensor) {
    run(.function(.gate(complementary: complementary), x, into: y))
  }

  public func gateGradient(_ x: Tensor, complementary: Bool, dy: Tensor, into dx: Tensor) {
    run(.functionGradient(.gate(complementary: complementary), x, dy: dy, into: dx))
  }

  public func activate(_ x: Tensor, _ activation: Activation, into y: Tensor) {
    run(.function(.activation(activation), x, into: y))
  }

  public func activateGradient(_ x: Tensor, _ activation: Activation, dy: Tensor, into dx: Tensor) {
    run(.functionGradient(.activation(activation), x, dy: dy, into: dx))
  }

  public func dropout(_ x: Tensor, rate: Float, key: UInt64, into y: Tensor) {
    run(.dropout(x, rate: rate, key: key, into: y))
  }

  public func layerNormalize(
    _ x: Tensor, gamma: Tensor, beta: Tensor, epsilon: Float, statistics: Tensor, into y: Tensor
  ) {
    run(.layerNormalize(x, gamma: gamma, beta: beta, epsilon: epsilon, statistics: statistics, into: y))
  }

  public func layerNormalizeGradient(
    _ x: Tensor, gamma: Tensor, statistics: Tensor, dy: Tensor, into dx: Tensor, addGamma dgamma: Tensor,
    addBeta dbeta: Tensor
  ) {
    addLayerNormalizeGradients(x, statistics: statistics, dy: dy, addGamma: dgamma, addBeta: dbeta)
    run(.layerNormalizeGradient(x, gamma: gamma, statistics: statistics, dy: dy, into: dx))
  }

  public func gatherRows(_ x: Tensor, rows: IndexTensor, into y: Tensor) { run(.gatherRows(x, rows: rows, into: y)) }

  public func add(_ x: Tensor, to y: Tensor) { run(.add(x, to: y)) }

  public func copy(_ x: Tensor, into y: Tensor) { run(.copy(x, into: y)) }
}

extension RowOperation {
  /// Does it for the rows `lower..<upper`.
  fileprivate func run(_ kernels: UnsafePointer<ck_kernels>, _ lower: Int, _ upper: Int) {
    switch self {
    case .layerNormalize(let x, let gamma, let beta, let epsilon, let statistics, let y):
      kernels.pointee.layer_norm(
        x.base, x.rowStride, x.columns, gamma.base, beta.base, epsilon, y.base, y.rowStride, statistics.base, lower,
        upper)
    case .layerNormalizeGradient(let x, let gamma, let statistics, let dy, let dx):
      kernels.pointee.layer_norm_gradient(
        x.base, x.rowStride, x.columns, gamma.base, statistics.base, dy.base, dy.rowStride, dx.base, dx.rowStride,
        lower, upper)
    case .function(.gate(let complementary), let x, let y):
      kernels.pointee.gate(x.base, x.rowStride, x.columns / 2, complementary, y.base, y.rowStride, lower, upper)
    case .function(.activation(let activation), let x, let y):
      kernels.pointee.activate(activation.kernel, x.base, x.rowStride, x.columns, y.base, y.rowStride, lower, upper)
    case .functionGradient(.gate(let complementary), let x, let dy, let dx):
      kernels.pointee.gate_gradient(
        x.base, x.rowStride, x.columns / 2, complementary, dy.base, dy.rowStride, dx.base, dx.rowStride, lower, upper)
    case .functionGradient(.activation(let activation), let x, let dy, let dx):
      kernels.pointee.activate_gradient(
        activation.kernel, x.base, x.rowStride, x.columns, dy.base, dy.rowStride, dx.base, dx.rowStride, lower, upper)
    case .dropout(let x, let rate, let key, let y):
      kernels.pointee.dropout(rate, key, x.base, x.rowStride, x.columns, y.base, y.rowStride, lower, upper)
    case .gatherRows(let x, let rows, let y):
      kernels.pointee.gather_rows(x.base, x.rowStride, rows.base, x.columns, y.base, y.rowStride, lower, upper)
    case .add(let x, let y):
      kernels.pointee.add_rows(x.base, x.rowStride, x.columns, y.base, y.rowStride, lower, upper)
    case .copy(let x, let y):
      kernels.pointee.copy_rows(x.base, x.rowStride, x.columns, y.base, y.rowStride, lower, upper)
    }
  }
}

extension Activation {
  var kernel: ck_activation {
    switch self {
    case .relu: CK_RELU
    case .gelu: CK_GELU
    }
  }
}
