internal import CKernels

extension CPUDevice {
  /// Floats of one block of an update, whatever the number of threads.
  private static let updateBlock = 16_384

  private struct Descent: PoolJob {
    let kernels: UnsafePointer<ck_kernels>
    let numbers: ck_sgd
    let parameters: Tensor
    let gradients: Tensor
    let velocity: Tensor
    let blocks: Blocks

    func run(item: Int, worker: Int) {
      let (lower, upper) = blocks.range(item)
      withUnsafePointer(to: numbers) {
        kernels.pointee.sgd(
          $0, parameters.base + lower, gradients.base + lower, velocity.base + lower, upper - lower)
      }
    }
  }

  public func descend(_ step: SGDStep, parameters: Tensor, gradients: Tensor, velocity: Tensor) {
    precondition(parameters.count == gradients.count && parameters.count == velocity.count, "sizes differ")
    let numbers = ck_sgd(
      rate: step.rate, momentum: step.momentum, weight_decay: step.weightDecay, gradient_scale: step.gradientScale)
    let blocks = Blocks(count: parameters.count, size: Self.updateBlock)
    pool.run(
      Descent(
        kernels: kernelPointer, numbers: numbers, parameters: parameters, gradients: gradients, velocity: velocity,
        blocks: blocks), items: blocks.items)
  }

  private struct Adadelta: PoolJob {
    let kernels: UnsafePointer<ck_kernels>
    let numbers: ck_adadelta
    let parameters: Tensor
    let gradients: Tensor
    let squares: Tensor
    let deltas: Tensor
    let blocks: Blocks

    func run(item: Int, worker: Int) {
      let (lower, upper) = blocks.range(item)
      withUnsafePointer(to: numbers) {
        kernels.pointee.adadelta(
          $0, parameters.base + lower, gradients.base + lower, squares.base + lower, deltas.base + lower,
          upper - lower)
      }
    }
  }

  public func adadelta(
    _ step: AdadeltaStep, parameters: Tensor, gradients: Tensor, squares: Tensor, deltas: Tensor
  ) {
    precondition(
      parameters.count == gradients.count && parameters.count == squares.count && parameters.count == deltas.count,
      "sizes differ")
    let numbers = ck_adadelta(
      rate: step.rate, rho: step.rho, epsilon: step.epsilon, weight_decay: step.weightDecay,
      gradient_scale: step.gradientScale)
    let blocks = Blocks(count: parameters.count, size: Self.updateBlock)
    pool.run(
      Adadelta(
        kernels: kernelPointer, numbers: numbers, parameters: parameters, gradients: gradients, squares: squares,
        deltas: deltas, blocks: blocks), items: blocks.items)
  }

  private struct NormLimit: PoolJob {
    let kernels: UnsafePointer<ck_kernels>
    let x: Tensor
    let vectors: MatrixVectors
    let limit: Float
    let blocks: Blocks

    func run(item: Int, worker: Int) {
      let (lower, upper) = blocks.range(item)
      switch vectors {
      case .rows: kernels.pointee.limit_norms(limit, x.base, x.columns, 1, x.rowStride, lower, upper)
      case .columns: kernels.pointee.limit_norms(limit, x.base, x.rows, x.rowStride, 1, lower, upper)
      }
    }
  }

  public func limitNorms(of vectors: MatrixVectors, in x: Tensor, to limit: Float) {
    let (count, length) = vectors == .rows ? (x.rows, x.columns) : (x.columns, x.rows)
    let blocks = Blocks(count: count, size: max(1, Self.updateBlock / max(length, 1)))
    pool.run(
      NormLimit(kernels: kernelPointer, x: x, vectors: vectors, limit: limit, blocks: blocks), items: blocks.items)
  }
}
