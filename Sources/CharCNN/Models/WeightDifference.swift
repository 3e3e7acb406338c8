import CharCNNStorage

/// What differs between the tensors of two bundles.
package struct WeightDifference: Encodable, Sendable {
  /// Tensors that both have.
  package private(set) var common = 0
  /// Of these, those that have the same shape and type and other elements.
  package private(set) var differing: [String] = []
  /// Of these, those that have another shape or type.
  package private(set) var reshaped: [String] = []
  /// Tensors that only the first has.
  package private(set) var onlyFirst: [String] = []
  /// Tensors that only the second has.
  package private(set) var onlySecond: [String] = []
  /// Largest difference of two elements of tensors of floats; nil where none can be compared.
  package private(set) var largest: Double?
  /// The tensor that has it.
  package private(set) var largestTensor: String?

  /// Compares the tensors of files that differ.
  ///
  /// - Returns: Nil where there is no such file.
  /// - Throws: `StorageError` where one cannot be read.
  init?(_ first: ModelBundle, _ second: ModelBundle, files: [String]) throws {
    let files = files.filter { $0.hasSuffix(".safetensors") }
    if files.isEmpty { return nil }
    for file in files {
      let (one, other) = (try Self.open(file, in: first), try Self.open(file, in: second))
      let (names, others) = (Set(one?.names ?? []), Set(other?.names ?? []))
      onlyFirst += names.subtracting(others).sorted()
      onlySecond += others.subtracting(names).sorted()
      guard let one, let other else { continue }
      for name in one.names where others.contains(name) { try compare(name, one, other) }
    }
  }

  private static func open(_ file: String, in bundle: ModelBundle) throws -> SafetensorsFile? {
    bundle.contains(file) ? try bundle.safetensors(named: file) : nil
  }

  private mutating func compare(_ name: String, _ one: SafetensorsFile, _ other: SafetensorsFile) throws {
    common += 1
    guard try one.shape(of: name) == other.shape(of: name), try one.dtype(of: name) == other.dtype(of: name) else {
      reshaped.append(name)
      return
    }
    let isSame = try one.withBytes(name) { bytes in try other.withBytes(name) { bytes.elementsEqual($0) } }
    if isSame { return }
    differing.append(name)
    guard try one.dtype(of: name) == .float32 else { return }
    let difference = try one.withFloats(name) { floats in
      try other.withFloats(name) { zip(floats, $0).reduce(0) { max($0, abs(Double($1.0) - Double($1.1))) } }
    }
    guard difference > largest ?? -1 else { return }
    largest = difference
    largestTensor = name
  }
}
