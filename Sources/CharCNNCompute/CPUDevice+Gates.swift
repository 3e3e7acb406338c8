internal import CKernels

extension CPUDevice {
  private struct Gate: PoolJob {
    let kernels: UnsafePointer<ck_kernels>
    let x: Tensor
    let complementary: Bool
    let y: Tensor
    let blocks: Blocks

    func run(item: Int, worker: Int) {
      let (lower, upper) = blocks.range(item)
      kernels.pointee.gate(x.base, x.rowStride, x.columns / 2, complementary, y.base, y.rowStride, lower, upper)
    }
  }

  public func gate(_ x: Tensor, complementary: Bool, into y: Tensor) {
    precondition(x.columns % 2 == 0 && y.columns == (complementary ? x.columns : x.columns / 2), "gate channels differ")
    precondition(x.rows == y.rows, "rows differ")
    let blocks = Blocks(count: x.rows, size: Self.rowsPerBlock(columns: x.columns))
    pool.run(
      Gate(kernels: kernelPointer, x: x, complementary: complementary, y: y, blocks: blocks), items: blocks.items)
  }

  private struct GateGradient: PoolJob {
    let kernels: UnsafePointer<ck_kernels>
    let x: Tensor
    let complementary: Bool
    let dy: Tensor
    let dx: Tensor
    let blocks: Blocks

    func run(item: Int, worker: Int) {
      let (lower, upper) = blocks.range(item)
      kernels.pointee.gate_gradient(
        x.base, x.rowStride, x.columns / 2, complementary, dy.base, dy.rowStride, dx.base, dx.rowStride, lower, upper)
    }
  }

  public func gateGradient(_ x: Tensor, complementary: Bool, dy: Tensor, into dx: Tensor) {
    precondition(x.columns == dx.columns && dy.columns == (complementary ? x.columns : x.columns / 2), "gate channels")
    precondition(x.rows == dy.rows && x.rows == dx.rows, "rows differ")
    let blocks = Blocks(count: x.rows, size: Self.rowsPerBlock(columns: x.columns))
    pool.run(
      GateGradient(kernels: kernelPointer, x: x, complementary: complementary, dy: dy, dx: dx, blocks: blocks),
      items: blocks.items)
  }

  private struct Activate: PoolJob {
    let kernels: UnsafePointer<ck_kernels>
    let kind: ck_activation
    let x: Tensor
    let y: Tensor
    let blocks: Blocks

    func run(item: Int, worker: Int) {
      let (lower, upper) = blocks.range(item)
      kernels.pointee.activate(kind, x.base, x.rowStride, x.columns, y.base, y.rowStride, lower, upper)
    }
  }

  public func activate(_ x: Tensor, _ activation: Activation, into y: Tensor) {
    precondition(x.rows == y.rows && x.columns == y.columns, "shapes differ")
    let blocks = Blocks(count: x.rows, size: Self.rowsPerBlock(columns: x.columns))
    pool.run(
      Activate(kernels: kernelPointer, kind: activation.kernel, x: x, y: y, blocks: blocks), items: blocks.items)
  }

  private struct ActivateGradient: PoolJob {
    let kernels: UnsafePointer<ck_kernels>
    let kind: ck_activation
    let x: Tensor
    let dy: Tensor
    let dx: Tensor
    let blocks: Blocks

    func run(item: Int, worker: Int) {
      let (lower, upper) = blocks.range(item)
      kernels.pointee.activate_gradient(
        kind, x.base, x.rowStride, x.columns, dy.base, dy.rowStride, dx.base, dx.rowStride, lower, upper)
    }
  }

  public func activateGradient(_ x: Tensor, _ activation: Activation, dy: Tensor, into dx: Tensor) {
    precondition(x.rows == dy.rows && x.columns == dy.columns && x.rows == dx.rows && x.columns == dx.columns, "shapes")
    let blocks = Blocks(count: x.rows, size: Self.rowsPerBlock(columns: x.columns))
    pool.run(
      ActivateGradient(kernels: kernelPointer, kind: activation.kernel, x: x, dy: dy, dx: dx, blocks: blocks),
      items: blocks.items)
  }

  private struct Dropout: PoolJob {
    let kernels: UnsafePointer<ck_kernels>
    let x: Tensor
    let rate: Float
    let key: UInt64
    let y: Tensor
    let blocks: Blocks

    func run(item: Int, worker: Int) {
      let (lower, upper) = blocks.range(item)
      kernels.pointee.dropout(rate, key, x.base, x.rowStride, x.columns, y.base, y.rowStride, lower, upper)
    }
  }

  public func dropout(_ x: Tensor, rate: Float, key: UInt64, into y: Tensor) {
    precondition(x.rows == y.rows && x.columns == y.columns && rate >= 0 && rate < 1, "shapes differ or rate is wrong")
    let blocks = Blocks(count: x.rows, size: Self.rowsPerBlock(columns: x.columns))
    pool.run(
      Dropout(kernels: kernelPointer, x: x, rate: rate, key: key, y: y, blocks: blocks), items: blocks.items)
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
