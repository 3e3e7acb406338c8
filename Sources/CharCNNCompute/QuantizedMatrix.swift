/// A matrix in 8-bit integers: value = scale * byte, symmetric about zero, with one scale for each group of rows.
///
/// Rows are the first axis of a tensor as files have it: the outputs of a weight, the characters of an embedding, the
/// buckets of an n-gram table.
public struct QuantizedMatrix: Sendable, Hashable {
  /// The bytes, row by row, in -127 ... 127.
  public let bytes: [Int8]
  /// A positive scale for each group of rows.
  public let scales: [Float]
  /// Rows of a group; the last group may be smaller.
  public let rowsPerScale: Int
  /// Number of rows.
  public let rows: Int

  /// Elements of a row.
  public var columns: Int { rows == 0 ? 0 : bytes.count / rows }

  /// Takes bytes and their scales.
  public init(bytes: [Int8], scales: [Float], rows: Int, rowsPerScale: Int = 1) {
    precondition(
      rowsPerScale >= 1 && scales.count == Self.groups(rows: rows, of: rowsPerScale), "scales of another number")
    precondition(rows == 0 ? bytes.isEmpty : bytes.count % rows == 0, "bytes that do not fill the rows")
    self.bytes = bytes
    self.scales = scales
    self.rows = rows
    self.rowsPerScale = rowsPerScale
  }

  /// The nearest bytes; the largest element of a group becomes 127 or -127. A group of zeros has the scale 1.
  public init(quantizing values: [Float], rows: Int, rowsPerScale: Int = 1) {
    precondition(rows == 0 ? values.isEmpty : values.count % rows == 0, "values that do not fill the rows")
    let group = rowsPerScale * (rows == 0 ? 0 : values.count / rows)
    var scales: [Float] = []
    let bytes = [Int8](unsafeUninitializedCapacity: values.count) { bytes, filled in
      for start in stride(from: 0, to: values.count, by: max(group, 1)) {
        let range = start..<min(start + group, values.count)
        let largest = range.reduce(Float(0)) { max($0, abs(values[$1])) }
        let scale = largest / 127
        // What is smaller than that has no finite reciprocal and is as good as zero.
        let isZero = scale < 0x1p-120
        scales.append(isZero ? 1 : scale)
        for index in range {
          bytes[index] = isZero ? 0 : Int8((values[index] / scale).rounded(.toNearestOrEven))
        }
      }
      filled = values.count
    }
    self.init(bytes: bytes, scales: scales, rows: rows, rowsPerScale: rowsPerScale)
  }

  /// The values that the bytes stand for.
  public var floats: [Float] {
    let group = rowsPerScale * columns
    return [Float](unsafeUninitializedCapacity: bytes.count) { floats, filled in
      for start in stride(from: 0, to: bytes.count, by: max(group, 1)) {
        let scale = scales[start / group]
        for index in start..<min(start + group, bytes.count) { floats[index] = Float(bytes[index]) * scale }
      }
      filled = bytes.count
    }
  }

  /// Groups that so many rows make.
  public static func groups(rows: Int, of rowsPerScale: Int) -> Int { (rows + rowsPerScale - 1) / rowsPerScale }
}

/// 8-bit weights in the order that a device's convolution reads; see ``Device/pack(_:taps:inputs:workspace:)``.
public struct PackedIntegers {
  let bytes: UnsafeMutableBufferPointer<Int8>
  let sums: IndexTensor
  let scales: Tensor
  /// Number of taps; 1 for a dense product.
  public let taps: Int
  /// Channels in.
  public let inputs: Int
  /// Channels out.
  public let outputs: Int

  /// The most taps, and the most products of one output (taps times channels), whose exact sum fits into 32 bits.
  public static func canHold(taps: Int, inputs: Int) -> Bool {
    taps <= 64 && !taps.multipliedReportingOverflow(by: inputs).overflow && taps * inputs <= 131_072
  }
}
