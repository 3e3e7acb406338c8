/// A matrix of floats in a device's memory: a view, not an owner.
///
/// Rows are characters, frames or texts; columns are channels. Row r starts `rowStride * r` floats after the first, so
/// a range of columns is a tensor too. The memory belongs to a ``Workspace`` or a ``DeviceMemory``, which a view does not
/// keep alive: hold the owner for as long as its views are used, and use none after its workspace is reset.
public struct Tensor: BitwiseCopyable {
  package let base: UnsafeMutablePointer<Float>
  /// Number of rows.
  public let rows: Int
  /// Number of columns.
  public let columns: Int
  /// Distance between the starts of neighbouring rows, in floats.
  public let rowStride: Int

  package init(base: UnsafeMutablePointer<Float>, rows: Int, columns: Int, rowStride: Int? = nil) {
    self.base = base
    self.rows = rows
    self.columns = columns
    self.rowStride = rowStride ?? columns
  }

  /// Number of elements.
  public var count: Int { rows * columns }

  /// Whether rows follow each other without a gap.
  public var isContiguous: Bool { rowStride == columns || rows <= 1 }

  /// The same rows, only these columns.
  public func columns(_ range: Range<Int>) -> Tensor {
    precondition(range.lowerBound >= 0 && range.upperBound <= columns, "columns out of range")
    return Tensor(base: base + range.lowerBound, rows: rows, columns: range.count, rowStride: rowStride)
  }

  /// Only these rows.
  public func rows(_ range: Range<Int>) -> Tensor {
    precondition(range.lowerBound >= 0 && range.upperBound <= rows, "rows out of range")
    return Tensor(base: base + range.lowerBound * rowStride, rows: range.count, columns: columns, rowStride: rowStride)
  }

  /// The same elements in another shape; only for contiguous tensors.
  public func reshaped(rows: Int, columns: Int) -> Tensor {
    precondition(isContiguous && rows * columns == count, "reshape needs a contiguous tensor of the same size")
    return Tensor(base: base, rows: rows, columns: columns)
  }
}

/// A vector of 32-bit indices that operations read: window tables, offsets, character numbers, labels.
public struct IndexTensor: BitwiseCopyable {
  package let base: UnsafeMutablePointer<Int32>
  /// Number of indices.
  public let count: Int

  package init(base: UnsafeMutablePointer<Int32>, count: Int) {
    self.base = base
    self.count = count
  }

  /// Host code writes and reads indices through this view before and after operations use them.
  public var host: UnsafeMutableBufferPointer<Int32> { UnsafeMutableBufferPointer(start: base, count: count) }

  /// The first `count` indices.
  public func prefix(_ count: Int) -> IndexTensor {
    precondition(count <= self.count, "prefix longer than the indices")
    return IndexTensor(base: base, count: count)
  }

  /// The last `count` indices.
  public func suffix(_ count: Int) -> IndexTensor {
    precondition(count <= self.count, "suffix longer than the indices")
    return IndexTensor(base: base + (self.count - count), count: count)
  }
}
