internal import CKernels
internal import CharCNNFiles

extension CPUDevice {
  /// Floats of one block of a vector operation, whatever the number of threads.
  private static let floatsPerBlock = 16_384

  private struct Softmax: PoolJob {
    let kernels: UnsafePointer<ck_kernels>
    let x: Tensor
    let y: Tensor
    let blocks: Blocks

    func run(item: Int, worker: Int) {
      let (lower, upper) = blocks.range(item)
      kernels.pointee.softmax(x.base, x.rowStride, x.columns, y.base, y.rowStride, lower, upper)
    }
  }

  public func softmax(_ x: Tensor, into y: Tensor) {
    precondition(x.rows == y.rows && x.columns == y.columns, "shapes differ")
    let blocks = Blocks(count: x.rows, size: Self.rowsPerBlock(columns: x.columns))
    pool.run(Softmax(kernels: kernelPointer, x: x, y: y, blocks: blocks), items: blocks.items)
  }

  public func crossEntropy(
    _ x: Tensor, labels: IndexTensor, smoothing: Float, scale: Float, losses: Tensor, into dx: Tensor
  ) {
    precondition(labels.count == x.rows && losses.count == x.rows && losses.isContiguous, "labels of another size")
    precondition(dx.rows == x.rows && dx.columns == x.columns, "shapes differ")
    kernels.cross_entropy(
      x.base, x.rowStride, x.columns, labels.base, smoothing, scale, losses.base, dx.base, dx.rowStride, 0, x.rows)
  }

  private struct Fill: PoolJob {
    let kernels: UnsafePointer<ck_kernels>
    let x: Tensor
    let value: Float
    let blocks: Blocks

    func run(item: Int, worker: Int) {
      let (lower, upper) = blocks.range(item)
      kernels.pointee.fill(x.base + lower, value, upper - lower)
    }
  }

  public func fill(_ x: Tensor, with value: Float) {
    if x.isContiguous {
      let blocks = Blocks(count: x.count, size: Self.floatsPerBlock)
      pool.run(Fill(kernels: kernelPointer, x: x, value: value, blocks: blocks), items: blocks.items)
    } else {
      for row in 0..<x.rows { kernels.fill(x.base + row * x.rowStride, value, x.columns) }
    }
  }

  private struct Blend: PoolJob {
    let kernels: UnsafePointer<ck_kernels>
    let x: Tensor
    let alpha: Float
    let beta: Float
    let y: Tensor
    let blocks: Blocks

    func run(item: Int, worker: Int) {
      let (lower, upper) = blocks.range(item)
      kernels.pointee.axpby(alpha, x.base + lower, beta, y.base + lower, upper - lower)
    }
  }

  public func blend(_ x: Tensor, alpha: Float, beta: Float, into y: Tensor) {
    precondition(x.isContiguous && y.isContiguous && x.count == y.count, "shapes differ")
    let blocks = Blocks(count: x.count, size: Self.floatsPerBlock)
    pool.run(Blend(kernels: kernelPointer, x: x, alpha: alpha, beta: beta, y: y, blocks: blocks), items: blocks.items)
  }

  private struct ColumnSums: PoolJob {
    let kernels: UnsafePointer<ck_kernels>
    let x: Tensor
    let sums: Tensor
    let blocks: Blocks

    func run(item: Int, worker: Int) {
      let (lower, upper) = blocks.range(item)
      kernels.pointee.column_sums(x.base, x.rowStride, x.rows, sums.base, lower, upper)
    }
  }

  public func addColumnSums(_ x: Tensor, to sums: Tensor) {
    precondition(sums.count == x.columns, "sums of another size")
    let blocks = columnBlocks(x.columns)
    pool.run(ColumnSums(kernels: kernelPointer, x: x, sums: sums, blocks: blocks), items: blocks.items)
  }

  public func sum(_ x: Tensor) -> Double {
    precondition(x.isContiguous, "a sum needs a contiguous tensor")
    var total = 0.0
    for index in 0..<x.count { total += Double(x.base[index]) }
    return total
  }

  private struct SumOfSquares: PoolJob {
    let kernels: UnsafePointer<ck_kernels>
    let x: Tensor
    let sums: UnsafeMutablePointer<Double>
    let blocks: Blocks

    func run(item: Int, worker: Int) {
      let (lower, upper) = blocks.range(item)
      sums[item] = kernels.pointee.sum_of_squares(x.base + lower, upper - lower)
    }
  }

  public func sumOfSquares(_ x: Tensor) -> Double {
    precondition(x.isContiguous, "a sum of squares needs a contiguous tensor")
    let blocks = Blocks(count: x.count, size: Self.floatsPerBlock)
    return withUnsafeTemporaryAllocation(of: Double.self, capacity: blocks.items) { sums in
      guard let base = sums.baseAddress else { return 0 }
      pool.run(SumOfSquares(kernels: kernelPointer, x: x, sums: base, blocks: blocks), items: blocks.items)
      return sums.reduce(0, +)
    }
  }

  public func isFinite(_ x: Tensor) -> Bool {
    precondition(x.isContiguous, "the check needs a contiguous tensor")
    return !kernels.has_non_finite(x.base, x.count)
  }

  private struct AdamW: PoolJob {
    let kernels: UnsafePointer<ck_kernels>
    let numbers: ck_adamw
    let parameters: Tensor
    let gradients: Tensor
    let moment1: Tensor
    let moment2: Tensor
    let blocks: Blocks

    func run(item: Int, worker: Int) {
      let (lower, upper) = blocks.range(item)
      withUnsafePointer(to: numbers) {
        kernels.pointee.adamw(
          $0, parameters.base + lower, gradients.base + lower, moment1.base + lower, moment2.base + lower,
          upper - lower)
      }
    }
  }

  public func adamW(
    _ step: AdamWStep, parameters: Tensor, gradients: Tensor, moment1: Tensor, moment2: Tensor
  ) {
    precondition(
      parameters.count == gradients.count && parameters.count == moment1.count && parameters.count == moment2.count,
      "sizes differ")
    let numbers = Self.numbers(of: step)
    let blocks = Blocks(count: parameters.count, size: Self.floatsPerBlock)
    pool.run(
      AdamW(
        kernels: kernelPointer, numbers: numbers, parameters: parameters, gradients: gradients, moment1: moment1,
        moment2: moment2, blocks: blocks), items: blocks.items)
  }

  /// The numbers of a step as kernels take them.
  static func numbers(of step: AdamWStep) -> ck_adamw {
    let correction1 = 1 - pow(Double(step.beta1), Double(step.number))
    let correction2 = 1 - pow(Double(step.beta2), Double(step.number))
    return ck_adamw(
      beta1: step.beta1, beta2: step.beta2, epsilon: step.epsilon, step_size: Float(Double(step.rate) / correction1),
      sqrt_correction2: Float(correction2.squareRoot()), decay: step.rate * step.weightDecay,
      gradient_scale: step.gradientScale)
  }
}
