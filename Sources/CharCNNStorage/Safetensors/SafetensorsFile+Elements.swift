internal import CharCNNFiles

extension SafetensorsFile {
  /// A copy of the elements of an F32 tensor, in row-major order. Throws `missingTensor` or `wrongType`.
  public func floats(_ name: String) throws(StorageError) -> [Float] { try elements(name, .float32) }

  /// A copy of the elements of an F64 tensor, in row-major order. Throws `missingTensor` or `wrongType`.
  public func doubles(_ name: String) throws(StorageError) -> [Double] { try elements(name, .float64) }

  /// A copy of the elements of an I32 tensor, in row-major order. Throws `missingTensor` or `wrongType`.
  public func int32s(_ name: String) throws(StorageError) -> [Int32] { try elements(name, .int32) }

  /// A copy of the elements of an I8 tensor, in row-major order. Throws `missingTensor` or `wrongType`.
  public func int8s(_ name: String) throws(StorageError) -> [Int8] { try elements(name, .int8) }

  /// A copy of the elements of a U8 tensor, in row-major order. Throws `missingTensor` or `wrongType`.
  public func bytes(_ name: String) throws(StorageError) -> [UInt8] { try elements(name, .uint8) }

  /// A copy of the elements of a U16 tensor, in row-major order. Throws `missingTensor` or `wrongType`.
  public func uint16s(_ name: String) throws(StorageError) -> [UInt16] { try elements(name, .uint16) }

  /// A copy of the elements of an I64 tensor, in row-major order. Throws `missingTensor` or `wrongType`.
  public func int64s(_ name: String) throws(StorageError) -> [Int64] { try elements(name, .int64) }

  /// Calls `body` with the elements of an F32 tensor, in place where the file has them aligned and copied otherwise.
  ///
  /// The elements are valid during the call only. Throws `missingTensor`, `wrongType`, `wrongShape` if the shape is not
  /// `shape` (nil accepts any), and what `body` throws.
  public func withFloats<Result>(
    _ name: String, shape: [Int]? = nil, _ body: (UnsafeBufferPointer<Float>) throws -> Result
  ) throws -> Result {
    if let shape { try expect(name, shape: shape) }
    let range = try checkedRange(name, .float32)
    return try content.withBytes { bytes in
      let raw = UnsafeRawBufferPointer(rebasing: bytes[range])
      guard Int(bitPattern: raw.baseAddress) % MemoryLayout<Float>.alignment == 0 else {
        return try Self.copied(raw, as: Float.self).withUnsafeBufferPointer(body)
      }
      return try raw.withMemoryRebound(to: Float.self, body)
    }
  }

  /// Throws `nonFinite`, naming the tensor and the element, if any F32 tensor holds an infinity or a NaN.
  public func checkFinite() throws(StorageError) {
    for name in names where try dtype(of: name) == .float32 {
      let range = try checkedRange(name, .float32)
      let place: Int? = content.withBytes { bytes in
        Self.firstNonFinite(UnsafeRawBufferPointer(rebasing: bytes[range]))
      }
      guard let place else { continue }
      throw StorageError(
        .nonFinite, path: path,
        problem: "element \(place) of the tensor \(name.inQuotes) is infinite or not a number",
        advice: "the training has failed: use an earlier checkpoint or train with a lower rate")
    }
  }

  /// The index of the first float whose exponent bits are all set. Whole stretches are tested at once, so that the
  /// compiler can use vector instructions.
  private static func firstNonFinite(_ raw: UnsafeRawBufferPointer) -> Int? {
    let exponent: UInt32 = 0x7F80_0000
    let count = raw.count / 4
    var start = 0
    while start < count {
      let end = min(start + 1024, count)
      var largest: UInt32 = 0
      for index in start..<end {
        let bits = raw.loadUnaligned(fromByteOffset: index &* 4, as: UInt32.self) & exponent
        largest = max(largest, bits)
      }
      if largest == exponent {
        return (start..<end).first { raw.loadUnaligned(fromByteOffset: $0 * 4, as: UInt32.self) & exponent == exponent }
      }
      start = end
    }
    return nil
  }

  private func elements<Element: BitwiseCopyable>(
    _ name: String, _ type: TensorType
  ) throws(StorageError) -> [Element] {
    let range = try checkedRange(name, type)
    return content.withBytes { Self.copied(UnsafeRawBufferPointer(rebasing: $0[range]), as: Element.self) }
  }

  private func checkedRange(_ name: String, _ type: TensorType) throws(StorageError) -> Range<Int> {
    let entry = try entry(name)
    guard entry.type == type else {
      throw StorageError(
        .wrongType, path: path,
        problem: "the tensor \(name.inQuotes) has elements of type \(entry.type.rawValue), not \(type.rawValue)",
        advice: "convert it to \(type.rawValue)")
    }
    return entry.range
  }

  /// The bytes as an array, wherever they start in memory.
  private static func copied<Element: BitwiseCopyable>(
    _ raw: UnsafeRawBufferPointer, as: Element.Type
  ) -> [Element] {
    let count = raw.count / MemoryLayout<Element>.stride
    return [Element](unsafeUninitializedCapacity: count) { buffer, filled in
      UnsafeMutableRawBufferPointer(buffer).copyMemory(from: raw)
      filled = count
    }
  }
}
