/// A matrix of vectors in a file, mapped into memory: one of `VectorFormat`. Its numbers are floats of 16, 32 or 64 bits; here they are of 32.
public struct VectorFile: Sendable {
  /// Number of vectors.
  public let rows: Int
  /// Numbers of a vector.
  public let columns: Int
  /// The file.
  public var path: String { content.path }

  private let content: FileBytes
  private let format: VectorFormat
  private let range: Range<Int>
  private let number: VectorNumber

  /// Opens a file whose name ends with a format, and checks its header.
  ///
  /// A safetensors file may hold other tensors beside `vectors`, or one matrix of another name.
  ///
  /// - Throws: `StorageError` that says what is wrong with it.
  public init(path: String) throws(StorageError) {
    guard let format = VectorFormat(path: path) else {
      let names = VectorFormat.allCases.map { ".\($0.rawValue)" }.joined(separator: " or ")
      throw StorageError(
        .invalidName, path: path, problem: "is named like no file of vectors", advice: "give a file \(names)")
    }
    self.format = format
    content = try FileBytes(mapping: path)
    switch format {
    case .npy:
      let header = try content.withBytes { bytes throws(StorageError) in try NPYHeader(bytes, path: path) }
      (rows, columns, number) = (header.rows, header.columns, header.number)
      range = header.size..<content.count
    case .safetensors:
      let file = try SafetensorsFile(content)
      var matrices: [String] = []
      for name in file.names {
        let entry = try file.entry(name)
        if VectorNumber(entry.type) != nil, entry.shape.count == 2 { matrices.append(name) }
      }
      guard let name = matrices.count == 1 ? matrices[0] : matrices.first(where: { $0 == "vectors" }) else {
        throw StorageError(
          .missingTensor, path: path,
          problem: matrices.isEmpty
            ? "holds no matrix of floats" : "holds \(matrices.count) matrices, none of which is named vectors",
          advice: "give a file that `FeatureWriter` or VectorIndex wrote, or one with a single matrix")
      }
      let entry = try file.entry(name)
      (rows, columns, number) = (entry.shape[0], entry.shape[1], VectorNumber(entry.type) ?? .single)
      range = entry.range
    }
  }

  /// All tensors of the file; nil where its format has but one matrix.
  ///
  /// - Throws: `StorageError` where the header is wrong.
  package func tensors() throws(StorageError) -> SafetensorsFile? {
    format == .safetensors ? try SafetensorsFile(content) : nil
  }

  /// Hands the elements to `body`, row by row as they lie in the file; where they are not aligned, or of another width, a copy.
  ///
  /// - Throws: What `body` throws.
  public func withFloats<Result>(_ body: (UnsafeBufferPointer<Float>) throws -> Result) rethrows -> Result {
    try content.withBytes { bytes in
      let raw = UnsafeRawBufferPointer(rebasing: bytes[range])
      if number == .single, Int(bitPattern: raw.baseAddress) % MemoryLayout<Float>.alignment == 0 {
        return try raw.withMemoryRebound(to: Float.self, body)
      }
      let copy = (0..<rows * columns).map { number.value(raw, at: $0 * number.size) }
      return try copy.withUnsafeBufferPointer(body)
    }
  }

  /// The vector of a row, wherever it lies in the file.
  package func vector(_ row: Int) -> [Float] {
    precondition((0..<rows).contains(row), "no such row")
    return content.withBytes { bytes in
      let start = range.lowerBound + row * columns * number.size
      return (0..<columns).map { number.value(bytes, at: start + $0 * number.size) }
    }
  }

  /// Place of the first element that is infinite or no number.
  public var firstNonFinite: Int? {
    withFloats { values in
      var start = 0
      while start < values.count {
        let end = min(start + 1_024, values.count)
        // The exponent of such an element has all bits set; whole stretches are tested at once.
        var largest: UInt32 = 0
        for index in start..<end { largest = max(largest, values[index].bitPattern & 0x7F80_0000) }
        if largest == 0x7F80_0000 { return (start..<end).first { !values[$0].isFinite } }
        start = end
      }
      return nil
    }
  }
}
