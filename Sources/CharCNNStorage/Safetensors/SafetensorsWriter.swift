internal import CharCNNFiles

/// Lays tensors out as a safetensors file: the same tensors in the same order always give the same bytes.
public struct SafetensorsWriter: Sendable {
  /// Strings to store beside the tensors.
  public var metadata: [String: String]
  private var entries: [(name: String, type: TensorType, shape: [Int], range: Range<Int>)] = []
  private var names: Set<String> = ["__metadata__"]
  private var data: [UInt8] = []

  /// A file without tensors.
  public init(metadata: [String: String] = [:]) {
    self.metadata = metadata
  }

  /// The bytes of a file with these tensors in this order.
  public static func bytes(
    _ tensors: [(name: String, shape: [Int], floats: [Float])], metadata: [String: String] = [:]
  ) throws(StorageError) -> [UInt8] {
    var writer = SafetensorsWriter(metadata: metadata)
    for tensor in tensors { try writer.add(tensor.name, shape: tensor.shape, tensor.floats) }
    return writer.bytes()
  }

  /// Adds an F32 tensor with its elements in row-major order.
  ///
  /// Throws `notEncodable` if the name is used already and `wrongShape` if the shape has another number of elements.
  public mutating func add(_ name: String, shape: [Int], _ floats: [Float]) throws(StorageError) {
    try floats.withUnsafeBufferPointer { buffer throws(StorageError) in
      try add(name, shape: shape, buffer)
    }
  }

  /// Adds an F32 tensor with its elements in row-major order; they are copied.
  ///
  /// Throws `notEncodable` if the name is used already and `wrongShape` if the shape has another number of elements.
  public mutating func add(
    _ name: String, shape: [Int], _ floats: UnsafeBufferPointer<Float>
  ) throws(StorageError) {
    try add(name, .float32, shape: shape, count: floats.count, UnsafeRawBufferPointer(floats))
  }

  /// Adds an I32 tensor with its elements in row-major order.
  ///
  /// Throws `notEncodable` if the name is used already and `wrongShape` if the shape has another number of elements.
  public mutating func add(_ name: String, shape: [Int], _ integers: [Int32]) throws(StorageError) {
    try integers.withUnsafeBufferPointer { buffer throws(StorageError) in
      try add(name, .int32, shape: shape, count: buffer.count, UnsafeRawBufferPointer(buffer))
    }
  }

  /// Adds an I8 tensor with its elements in row-major order; add those after all others, which then stay aligned.
  ///
  /// Throws `notEncodable` if the name is used already and `wrongShape` if the shape has another number of elements.
  public mutating func add(_ name: String, shape: [Int], _ bytes: [Int8]) throws(StorageError) {
    try bytes.withUnsafeBufferPointer { buffer throws(StorageError) in
      try add(name, .int8, shape: shape, count: buffer.count, UnsafeRawBufferPointer(buffer))
    }
  }

  /// Adds a U8 tensor with its elements in row-major order; add those after all others, which then stay aligned.
  ///
  /// Throws `notEncodable` if the name is used already and `wrongShape` if the shape has another number of elements.
  public mutating func add(_ name: String, shape: [Int], _ bytes: [UInt8]) throws(StorageError) {
    try bytes.withUnsafeBufferPointer { buffer throws(StorageError) in
      try add(name, .uint8, shape: shape, count: buffer.count, UnsafeRawBufferPointer(buffer))
    }
  }

  /// Adds a U16 tensor with its elements in row-major order.
  ///
  /// Throws `notEncodable` if the name is used already and `wrongShape` if the shape has another number of elements.
  public mutating func add(_ name: String, shape: [Int], _ integers: [UInt16]) throws(StorageError) {
    try integers.withUnsafeBufferPointer { buffer throws(StorageError) in
      try add(name, .uint16, shape: shape, count: buffer.count, UnsafeRawBufferPointer(buffer))
    }
  }

  private mutating func add(
    _ name: String, _ type: TensorType, shape: [Int], count: Int, _ bytes: UnsafeRawBufferPointer
  ) throws(StorageError) {
    guard shape.allSatisfy({ $0 >= 0 }), SafetensorsHeader.byteCount(type, shape) == bytes.count else {
      throw StorageError(
        .wrongShape, path: name.inQuotes, problem: "\(count) elements do not fill the shape \(shape)",
        advice: "give as many elements as the shape has")
    }
    guard names.insert(name).inserted else {
      throw StorageError(
        .notEncodable, path: name.inQuotes, problem: "the name is taken already",
        advice: "give every tensor its own name")
    }
    let start = data.count
    data.append(contentsOf: bytes)
    entries.append((name, type, shape, start..<data.count))
  }

  /// The whole file.
  public func bytes() -> [UInt8] {
    var members: [String] = []
    if !metadata.isEmpty {
      let pairs = metadata.sorted { $0.key < $1.key }.map { "\(escaped($0.key)):\(escaped($0.value))" }
      members.append("\"__metadata__\":{\(pairs.joined(separator: ","))}")
    }
    for entry in entries {
      let shape = entry.shape.map(String.init).joined(separator: ",")
      members.append(
        "\(escaped(entry.name)):{\"dtype\":\"\(entry.type.rawValue)\",\"shape\":[\(shape)],"
          + "\"data_offsets\":[\(entry.range.lowerBound),\(entry.range.upperBound)]}")
    }
    var header = Array("{\(members.joined(separator: ","))}".utf8)
    // Spaces up to a multiple of eight, so that the elements are aligned in the file.
    header.append(contentsOf: repeatElement(UInt8(ascii: " "), count: (8 - header.count % 8) % 8))
    var file: [UInt8] = []
    file.reserveCapacity(8 + header.count + data.count)
    withUnsafeBytes(of: UInt64(header.count).littleEndian) { file.append(contentsOf: $0) }
    file += header
    file += data
    return file
  }

  /// `text` as a JSON string.
  private func escaped(_ text: String) -> String { JSONText.quoted(text, shortEscapes: false) }
}
