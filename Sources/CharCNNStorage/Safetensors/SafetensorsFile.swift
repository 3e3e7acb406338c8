internal import CharCNNFiles

/// A safetensors file, mapped into memory and checked as a whole before anything is read from it.
///
/// Elements are little-endian in the file and in memory on every platform this library runs on, so they are read in
/// place.
public struct SafetensorsFile: Sendable {
  /// Strings the writer stored beside the tensors.
  public var metadata: [String: String] { header.metadata }
  /// The names of all tensors, in the order of their elements in the file.
  public var names: [String] { header.entries.map(\.name) }
  /// The file, for messages.
  public var path: String { content.path }

  let content: FileBytes
  private let header: SafetensorsHeader
  private let index: [String: Int]

  /// Opens the file at `path`. Throws a `StorageError` if it is missing, cut off, or breaks a rule of the format.
  public init(path: String) throws(StorageError) {
    try self.init(FileBytes(mapping: path))
  }

  /// Reads a file that is in memory already; `path` is what messages call it.
  public init(bytes: [UInt8], path: String = "(memory)") throws(StorageError) {
    try self.init(FileBytes(copying: bytes, path: path))
  }

  package init(_ content: FileBytes) throws(StorageError) {
    self.content = content
    header = try content.withBytes { bytes throws(StorageError) in
      try SafetensorsHeader(bytes, path: content.path)
    }
    var index: [String: Int] = [:]
    for (place, entry) in header.entries.enumerated() { index[entry.name] = place }
    self.index = index
  }

  /// Whether there is a tensor of this name.
  public func contains(_ name: String) -> Bool { index[name] != nil }

  /// The shape of a tensor; empty for a single number. Throws `missingTensor`.
  public func shape(of name: String) throws(StorageError) -> [Int] { try entry(name).shape }

  /// The element type of a tensor. Throws `missingTensor`.
  public func dtype(of name: String) throws(StorageError) -> TensorType { try entry(name).type }

  /// Calls `body` with the bytes of a tensor of any type, which are valid during the call only and may start anywhere.
  public func withBytes<Result>(_ name: String, _ body: (UnsafeRawBufferPointer) throws -> Result) throws -> Result {
    let range = try entry(name).range
    return try content.withBytes { try body(UnsafeRawBufferPointer(rebasing: $0[range])) }
  }

  /// Throws unless the tensor has this shape.
  public func expect(_ name: String, shape expected: [Int]) throws(StorageError) {
    let shape = try entry(name).shape
    guard shape == expected else {
      throw StorageError(
        .wrongShape, path: path, problem: "the tensor \(name.inQuotes) has the shape \(shape), not \(expected)",
        advice: "use weights that were made for this architecture")
    }
  }

  /// Throws unless the file holds exactly the tensors named: `missingTensor` or `unexpectedTensor`.
  public func expectOnly(_ names: some Sequence<String>) throws(StorageError) {
    let expected = Set(names)
    for name in expected.sorted() { _ = try entry(name) }
    for entry in header.entries where !expected.contains(entry.name) {
      throw StorageError(
        .unexpectedTensor, path: path,
        problem: "holds the tensor \(entry.name.inQuotes), which the model does not have",
        advice: "use weights that were made for this architecture")
    }
  }

  func entry(_ name: String) throws(StorageError) -> SafetensorsHeader.Entry {
    guard let place = index[name] else {
      throw StorageError(
        .missingTensor, path: path, problem: "has no tensor \(name.inQuotes)",
        advice: "use weights that were made for this architecture")
    }
    return header.entries[place]
  }
}
