internal import CKernels
internal import CharCNNFiles

/// The processor: kernels for its vector instructions, shared by a fixed number of threads. Devices with the same number of
/// threads share them.
public final class CPUDevice: Device {
  public let threadCount: Int
  public let instructionSet: InstructionSet
  /// The vector instructions in use for 8-bit integers.
  public let integerInstructionSet: IntegerInstructionSet
  /// The vector instructions in use for bfloat16.
  public let brainFloatInstructionSet: BrainFloatInstructionSet
  public let precision: Precision
  let pool: ThreadPool
  private let table: KernelTable

  /// Threads that a device has at most; more are no use to any machine, and the system may refuse them.
  public static let mostThreads = 1_024

  /// Constant tables of functions, never written after the program starts.
  private struct KernelTable: @unchecked Sendable {
    let kernels: UnsafePointer<ck_kernels>
    let integers: UnsafePointer<ck_int8_kernels>
    let brainFloats: UnsafePointer<ck_bf16_kernels>
  }

  /// - Parameters:
  ///   - threads: Number of threads, at least 1 and at most ``mostThreads``, to which other numbers are moved; by default one
  ///     for each active core.
  ///   - instructions: Vector instructions; by default the best that the processor has. One that it lacks falls back to
  ///     ``InstructionSet/scalar``; see ``InstructionSet/isAvailable``.
  ///   - integers: Vector instructions for 8-bit integers; by default the best beside the others.
  ///   - precision: What convolutions and dense products multiply.
  ///   - brainFloats: Vector instructions for bfloat16; by default the best beside the others.
  public init(
    threads: Int? = nil, instructions: InstructionSet = .best, integers: IntegerInstructionSet? = nil,
    precision: Precision = .single, brainFloats: BrainFloatInstructionSet? = nil
  ) {
    let count = min(max(1, threads ?? Machine.cores), Self.mostThreads)
    threadCount = count
    let floats = instructions.isAvailable ? instructions : .scalar
    let wanted = integers ?? .best(beside: floats)
    let bytes = wanted.isAvailable ? wanted : .scalar
    let wantedHalves = brainFloats ?? .best(beside: floats)
    let halves = wantedHalves.isAvailable ? wantedHalves : .scalar
    guard let kernels = floats.kernels, let byteKernels = bytes.kernels, let halfKernels = halves.kernels else {
      preconditionFailure("the scalar kernels are always there")
    }
    table = KernelTable(kernels: kernels, integers: byteKernels, brainFloats: halfKernels)
    instructionSet = floats
    integerInstructionSet = bytes
    brainFloatInstructionSet = halves
    self.precision = precision
    pool = .shared(threadCount: count)
  }

  var kernels: ck_kernels {
    _read { yield table.kernels.pointee }
  }

  var kernelPointer: UnsafePointer<ck_kernels> { table.kernels }

  var integers: ck_int8_kernels {
    _read { yield table.integers.pointee }
  }

  var integerPointer: UnsafePointer<ck_int8_kernels> { table.integers }

  var brainFloatPointer: UnsafePointer<ck_bf16_kernels> { table.brainFloats }

  /// Rows of one block of an element-wise operation: about 16,000 elements, whatever the number of threads.
  static func rowsPerBlock(columns: Int) -> Int { max(1, 16_384 / max(columns, 1)) }

  static func blocks(_ count: Int, of size: Int) -> Int { (count + size - 1) / size }

  public func write(_ values: UnsafeBufferPointer<Float>, to x: Tensor) {
    precondition(x.isContiguous && values.count == x.count, "sizes differ")
    if let base = values.baseAddress { x.base.update(from: base, count: values.count) }
  }

  public func read(_ x: Tensor) -> [Float] {
    var values: [Float] = []
    values.reserveCapacity(x.count)
    for row in 0..<x.rows {
      values.append(contentsOf: UnsafeBufferPointer(start: x.base + row * x.rowStride, count: x.columns))
    }
    return values
  }
}

/// Consecutive ranges of one size.
struct Blocks {
  let count: Int
  let size: Int

  init(count: Int, size: Int) {
    self.count = count
    self.size = size
  }

  /// Blocks of at most `most`, as many for each thread where there are several: of five blocks, one of two threads would
  /// have three. Only for work whose bits do not depend on where it is cut.
  ///
  /// - Parameter step: What sizes are multiples of, `most` too.
  init(count: Int, atMost most: Int, step: Int, threads: Int) {
    let items = (count + most - 1) / most
    let even = (items + threads - 1) / threads * threads
    let size = items > 1 ? ((count + even - 1) / even + step - 1) / step * step : most
    self.init(count: count, size: Swift.min(most, size))
  }

  var items: Int { (count + size - 1) / size }

  func range(_ item: Int) -> (lower: Int, upper: Int) {
    (item * size, Swift.min(count, (item + 1) * size))
  }
}
