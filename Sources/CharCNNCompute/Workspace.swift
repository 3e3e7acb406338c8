internal import CharCNNFiles

/// Memory of one step: tensors are handed out one after another and all taken back at once by ``reset()``.
///
/// Once a workspace has seen its largest step, it allocates nothing any more.
///
/// Unchecked: a workspace belongs to one thread at a time, and ``WorkspacePool`` hands it from one to the next.
public final class Workspace: @unchecked Sendable {
  private struct Chunk {
    let base: UnsafeMutableRawPointer
    let byteCount: Int
  }

  private static let alignment = 64
  private static let smallestChunk = 1 << 20
  private var chunks: [Chunk] = []
  private var used = 0
  private var usedBefore = 0

  /// Number of times that memory was taken from the system: constant once warm.
  public private(set) var allocationCount = 0

  /// Bytes held.
  public var byteCount: Int { chunks.reduce(0) { $0 + $1.byteCount } }

  /// An empty workspace; it grows on demand.
  public init() {}

  deinit { for chunk in chunks { chunk.base.deallocate() } }

  /// Takes all memory back. Every tensor of the workspace is invalid from here on.
  public func reset() {
    if chunks.count > 1 {
      let total = byteCount
      for chunk in chunks { chunk.base.deallocate() }
      chunks.removeAll(keepingCapacity: true)
      addChunk(atLeast: total)
    }
    used = 0
    usedBefore = 0
  }

  /// Runs `body` and takes back the memory that it took: nothing of it may be used afterwards.
  public func withScratch<R>(_ body: () throws -> R) rethrows -> R {
    let (count, start) = (chunks.count, used)
    // A chunk that was begun meanwhile holds nothing older.
    defer { used = chunks.count == count ? start : 0 }
    return try body()
  }

  /// A tensor with undefined contents.
  public func tensor(rows: Int, columns: Int) -> Tensor {
    let raw = take(bytes: rows * columns * MemoryLayout<Float>.stride)
    return Tensor(base: raw.assumingMemoryBound(to: Float.self), rows: rows, columns: columns)
  }

  /// Indices with undefined contents.
  public func indices(count: Int) -> IndexTensor {
    let raw = take(bytes: count * MemoryLayout<Int32>.stride)
    return IndexTensor(base: raw.assumingMemoryBound(to: Int32.self), count: count)
  }

  /// Room for `count` records that host code keeps for the step, with undefined contents. Only plain values fit: nothing
  /// is destroyed when the memory is taken back.
  public func records<Record: BitwiseCopyable>(of type: Record.Type, count: Int) -> UnsafeMutableBufferPointer<Record> {
    precondition(MemoryLayout<Record>.alignment <= Self.alignment, "alignment beyond the workspace's")
    let raw = take(bytes: count * MemoryLayout<Record>.stride)
    return UnsafeMutableBufferPointer(start: raw.bindMemory(to: Record.self, capacity: count), count: count)
  }

  private func take(bytes: Int) -> UnsafeMutableRawPointer {
    let rounded = (max(bytes, 1) + Self.alignment - 1) / Self.alignment * Self.alignment
    if let chunk = chunks.last, used + rounded <= chunk.byteCount {
      defer { used += rounded }
      return chunk.base + used
    }
    usedBefore += used
    addChunk(atLeast: max(rounded, usedBefore))
    used = rounded
    return chunks[chunks.count - 1].base
  }

  private func addChunk(atLeast byteCount: Int) {
    let size = max(byteCount, Self.smallestChunk)
    let base = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: Self.alignment)
    chunks.append(Chunk(base: base, byteCount: size))
    allocationCount += 1
  }
}

/// Floats that live longer than a step: parameters, gradients, moments.
///
/// Unchecked: the owner decides who writes when; a trained model's memory is only read, by any number of threads.
public final class DeviceMemory: @unchecked Sendable {
  private static let hugePage = 1 << 21
  private let base: UnsafeMutablePointer<Float>
  /// Number of floats.
  public let count: Int

  /// Zeros.
  public init(count: Int) {
    let byteCount = max(count, 1) * MemoryLayout<Float>.stride
    let isLarge = byteCount >= Self.hugePage
    let raw = UnsafeMutableRawPointer.allocate(byteCount: byteCount, alignment: isLarge ? Self.hugePage : 64)
    #if os(Linux)
    // In pages of 4 KB, taking the memory of an n-gram table costs more than reading it from the file.
    if isLarge { madvise(raw, byteCount, MADV_HUGEPAGE) }
    #endif
    base = raw.bindMemory(to: Float.self, capacity: max(count, 1))
    base.initialize(repeating: 0, count: max(count, 1))
    self.count = count
  }

  deinit { base.deallocate() }

  /// All of it as one row.
  public var all: Tensor { Tensor(base: base, rows: 1, columns: count) }

  /// A window as a matrix.
  public func tensor(at offset: Int, rows: Int, columns: Int) -> Tensor {
    precondition(offset >= 0 && offset + rows * columns <= count, "window outside of the memory")
    return Tensor(base: base + offset, rows: rows, columns: columns)
  }
}
