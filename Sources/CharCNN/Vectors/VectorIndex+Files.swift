import CharCNNCompute
public import CharCNNFiles
import CharCNNNetworks
package import CharCNNStorage

extension VectorIndex {
  /// Vectors that are written at once.
  private static let pieceRows = 4_096

  /// What a file of an index holds beside the vectors.
  private enum Member {
    static let similarity = "similarity"
    static let identifiers = "identifiers"
    static let ends = "identifierEnds"
  }

  /// Opens an index that ``write(to:overwrite:)`` wrote, or a matrix of vectors of any program: safetensors or NPY.
  ///
  /// An index that compares by the cosine was written with vectors of length 1, since that is all the cosine asks of them.
  /// Opened with ``Similarity/dot``, it gives inner products of these: what the vectors' lengths were is not in the file.
  ///
  /// - Parameters:
  ///   - location: The file, a path or a URL.
  ///   - similarity: How to compare; nil for what the file says, or the cosine.
  ///   - threads: Number of threads; nil for one a core.
  /// - Throws: `StorageError` that says what is wrong with it.
  public init(contentsOf location: some FileLocation, similarity: Similarity? = nil, threads: Int? = nil) throws {
    try self.init(
      VectorFile(path: location.filePath), similarity: similarity, device: CPUDevice(threads: threads))
  }

  /// The index of a file's vectors, on a device.
  package init(_ file: VectorFile, similarity: Similarity? = nil, device: any Device = CPUDevice()) throws {
    try file.checkVectors()
    let stored = try file.tensors()
    let own = stored?.metadata[Member.similarity].flatMap(Similarity.init)
    try self.init(dimension: file.columns, similarity: similarity ?? own ?? .cosine, device: device)
    // Units stay as they are, to the bit. Another program may have written its own vectors under the same word.
    file.withFloats { append($0, areUnits: own == .cosine && Self.areUnits($0, dimension: file.columns)) }
    guard let stored, stored.contains(Member.identifiers) else { return }
    try append(identifiers: try Self.identifiers(of: stored, count: file.rows))
  }

  /// Whether all vectors have the length 1, or 0, but for rounding.
  private static func areUnits(_ vectors: UnsafeBufferPointer<Float>, dimension: Int) -> Bool {
    stride(from: 0, to: vectors.count, by: dimension).allSatisfy { start in
      let square = vectors[start..<start + dimension].reduce(0) { $0 + Double($1) * Double($1) }
      return square == 0 || abs(square - 1) < 1e-3
    }
  }

  private static func identifiers(of file: SafetensorsFile, count: Int) throws -> [String] {
    func corrupted(_ problem: String) -> StorageError {
      StorageError(.corrupted, path: file.path, problem: problem, advice: "write the index anew")
    }
    let (bytes, ends) = (try file.bytes(Member.identifiers), try file.int64s(Member.ends))
    guard ends.count == count else { throw corrupted("has \(ends.count) identifiers for \(count) vectors") }
    var start = 0
    return try ends.map { end in
      guard let end = Int(exactly: end), end >= start, end <= bytes.count else {
        throw corrupted("has identifiers that end nowhere")
      }
      defer { start = end }
      guard let identifier = String(validating: bytes[start..<end], as: UTF8.self) else {
        throw corrupted("has an identifier that is no text")
      }
      return identifier
    }
  }

  /// Writes the index as a safetensors file: all of it or nothing. It holds the tensor `vectors` [count, dimension] (F32; for
  /// the cosine, of length 1) and, where vectors have such, their identifiers: `identifiers` (U8, one after another) and
  /// `identifierEnds` (I64).
  ///
  /// - Parameters:
  ///   - location: A path or a URL that ends with `.safetensors`.
  ///   - overwrite: Replaces a file that is there.
  /// - Throws: `StorageError` when something is there already, or the disk refuses.
  public func write(to location: some FileLocation, overwrite: Bool = false) throws {
    let path = location.filePath
    guard VectorFormat(path: path) == .safetensors else {
      throw StorageError(
        .invalidName, path: path, problem: "is not named as an index", advice: "give a name that ends with .safetensors"
      )
    }
    let writer = try VectorFileWriter(path, format: .safetensors, columns: dimension, overwrite: overwrite)
    for first in stride(from: 0, to: count, by: Self.pieceRows) {
      try writer.append(vectors(first..<min(first + Self.pieceRows, count)))
    }
    var (bytes, ends): ([UInt8], [Int64]) = ([], [])
    for identifier in identifiers {
      bytes += identifier.utf8
      ends.append(Int64(bytes.count))
    }
    try writer.finish(
      ends.isEmpty ? [] : [(Member.ends, [ends.count], ends)], bytes: ends.isEmpty ? [] : [(Member.identifiers, bytes)],
      metadata: [Member.similarity: similarity.rawValue])
  }
}

extension VectorFile {
  /// Throws unless the file holds vectors of at least one number, all of them finite.
  fileprivate func checkVectors() throws(StorageError) {
    guard columns > 0 else {
      throw StorageError(
        .wrongShape, path: path, problem: "holds vectors of no numbers", advice: "give a matrix with columns")
    }
    if let place = firstNonFinite {
      throw StorageError(
        .nonFinite, path: path, problem: "row \(place / columns + 1) holds an infinity or what is no number",
        advice: "leave such rows out")
    }
  }
}
