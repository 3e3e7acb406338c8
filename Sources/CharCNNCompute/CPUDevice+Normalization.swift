internal import CKernels

extension CPUDevice {
  private struct LayerNormalizeParameterGradient: PoolJob {
    let kernels: UnsafePointer<ck_kernels>
    let x: Tensor
    let statistics: Tensor
    let dy: Tensor
    let dgamma: Tensor
    let dbeta: Tensor
    let blocks: Blocks

    func run(item: Int, worker: Int) {
      let (lower, upper) = blocks.range(item)
      kernels.pointee.layer_norm_parameter_gradient(
        x.base, x.rowStride, statistics.base, dy.base, dy.rowStride, x.rows, dgamma.base, dbeta.base, lower, upper)
    }
  }

  public func addLayerNormalizeGradients(
    _ x: Tensor, statistics: Tensor, dy: Tensor, addGamma dgamma: Tensor, addBeta dbeta: Tensor
  ) {
    precondition(x.rows == dy.rows && x.columns == dy.columns && statistics.count == 2 * x.rows, "shapes differ")
    let columns = columnBlocks(x.columns)
    pool.run(
      LayerNormalizeParameterGradient(
        kernels: kernelPointer, x: x, statistics: statistics, dy: dy, dgamma: dgamma, dbeta: dbeta, blocks: columns),
      items: columns.items)
  }

  private struct ColumnMoments: PoolJob {
    let kernels: UnsafePointer<ck_kernels>
    let x: Tensor
    let mean: Tensor
    let variance: Tensor
    let blocks: Blocks

    func run(item: Int, worker: Int) {
      let (lower, upper) = blocks.range(item)
      kernels.pointee.column_moments(x.base, x.rowStride, x.rows, mean.base, variance.base, lower, upper)
    }
  }

  public func columnMoments(_ x: Tensor, mean: Tensor, variance: Tensor) {
    precondition(mean.count == x.columns && variance.count == x.columns, "statistics of another size")
    let blocks = columnBlocks(x.columns)
    pool.run(
      ColumnMoments(kernels: kernelPointer, x: x, mean: mean, variance: variance, blocks: blocks), items: blocks.items)
  }

  private struct BatchNormalize: PoolJob {
    let kernels: UnsafePointer<ck_kernels>
    let x: Tensor
    let mean: Tensor
    let reciprocalDeviation: Tensor
    let gamma: Tensor
    let beta: Tensor
    let y: Tensor
    let blocks: Blocks

    func run(item: Int, worker: Int) {
      let (lower, upper) = blocks.range(item)
      kernels.pointee.batch_norm(
        x.base, x.rowStride, x.columns, mean.base, reciprocalDeviation.base, gamma.base, beta.base, y.base, y.rowStride,
        lower, upper)
    }
  }

  public func batchNormalize(
    _ x: Tensor, mean: Tensor, reciprocalDeviation: Tensor, gamma: Tensor, beta: Tensor, into y: Tensor
  ) {
    precondition(x.rows == y.rows && x.columns == y.columns, "shapes differ")
    precondition(mean.count == x.columns && reciprocalDeviation.count == x.columns, "statistics of another size")
    let blocks = Blocks(count: x.rows, size: Self.rowsPerBlock(columns: x.columns))
    pool.run(
      BatchNormalize(
        kernels: kernelPointer, x: x, mean: mean, reciprocalDeviation: reciprocalDeviation, gamma: gamma, beta: beta,
        y: y, blocks: blocks), items: blocks.items)
  }

  private struct BatchNormalizeParameterGradient: PoolJob {
    let kernels: UnsafePointer<ck_kernels>
    let x: Tensor
    let mean: Tensor
    let reciprocalDeviation: Tensor
    let dy: Tensor
    let dgamma: Tensor
    let dbeta: Tensor
    let sums: Tensor
    let blocks: Blocks

    func run(item: Int, worker: Int) {
      let (lower, upper) = blocks.range(item)
      kernels.pointee.batch_norm_parameter_gradient(
        x.base, x.rowStride, mean.base, reciprocalDeviation.base, dy.base, dy.rowStride, x.rows, dgamma.base,
        dbeta.base, sums.base, lower, upper)
    }
  }

  private struct BatchNormalizeGradient: PoolJob {
    let kernels: UnsafePointer<ck_kernels>
    let x: Tensor
    let mean: Tensor
    let reciprocalDeviation: Tensor
    let gamma: Tensor
    let sums: Tensor
    let dy: Tensor
    let dx: Tensor
    let blocks: Blocks

    func run(item: Int, worker: Int) {
      let (lower, upper) = blocks.range(item)
      kernels.pointee.batch_norm_gradient(
        x.base, x.rowStride, x.columns, mean.base, reciprocalDeviation.base, gamma.base, sums.base, x.rows, dy.base,
        dy.rowStride, dx.base, dx.rowStride, lower, upper)
    }
  }

  public func batchNormalizeGradient(
    _ x: Tensor, mean: Tensor, reciprocalDeviation: Tensor, gamma: Tensor, dy: Tensor, into dx: Tensor,
    addGamma dgamma: Tensor, addBeta dbeta: Tensor, workspace: Workspace
  ) {
    precondition(x.rows == dy.rows && x.columns == dy.columns && x.rows == dx.rows, "shapes differ")
    let sums = workspace.tensor(rows: x.columns, columns: 2)
    let columns = columnBlocks(x.columns)
    pool.run(
      BatchNormalizeParameterGradient(
        kernels: kernelPointer, x: x, mean: mean, reciprocalDeviation: reciprocalDeviation, dy: dy, dgamma: dgamma,
        dbeta: dbeta, sums: sums, blocks: columns), items: columns.items)
    let blocks = Blocks(count: x.rows, size: Self.rowsPerBlock(columns: x.columns))
    pool.run(
      BatchNormalizeGradient(
        kernels: kernelPointer, x: x, mean: mean, reciprocalDeviation: reciprocalDeviation, gamma: gamma, sums: sums,
        dy: dy, dx: dx, blocks: blocks), items: blocks.items)
  }

  public func reciprocalRoot(_ x: Tensor, epsilon: Float, into y: Tensor) {
    precondition(x.isContiguous && y.isContiguous && x.count == y.count, "shapes differ")
    for index in 0..<x.count { y.base[index] = 1 / (x.base[index] + epsilon).squareRoot() }
  }
}
