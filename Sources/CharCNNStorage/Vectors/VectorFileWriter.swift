internal import CharCNNFiles

/// Writes a matrix of vectors to a file row by row, so that only what is being written is in memory.
///
/// The file appears under its name in ``finish(_:)``, all of it or none; a writer that is let go before leaves nothing.
public final class VectorFileWriter {
  /// Numbers of a vector.
  public let columns: Int
  /// Vectors so far.
  public private(set) var rows = 0

  private let format: VectorFormat
  private let stream: AtomicStream
  private var pending: [UInt8] = []
  /// Bytes that are collected before they are written.
  private static let pieceSize = 1 << 20
  /// Room for the header of a safetensors file, whose numbers are known at the end.
  private static let headerSize = 1_024

  /// Whole numbers that a safetensors file holds beside the vectors.
  public typealias Numbers = (name: String, shape: [Int], values: [Int64])
  /// Bytes that a safetensors file holds beside the vectors.
  public typealias Bytes = (name: String, values: [UInt8])

  /// Begins a file.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - format: Its format.
  ///   - columns: Numbers of a vector.
  ///   - overwrite: Replaces a file that is there.
  /// - Throws: `StorageError` when something is there already, or the disk refuses; `wrongShape` unless a vector has a number.
  public init(_ path: String, format: VectorFormat, columns: Int, overwrite: Bool = false) throws(StorageError) {
    guard columns > 0 else {
      throw StorageError(
        .wrongShape, path: path, problem: "cannot hold vectors of \(columns) numbers",
        advice: "give at least one column")
    }
    self.columns = columns
    self.format = format
    stream = try AtomicStream(path, overwrite: overwrite)
    switch format {
    case .npy: pending = NPYHeader.bytes(rows: 0, columns: columns)
    case .safetensors: pending = [UInt8](repeating: UInt8(ascii: " "), count: Self.headerSize)
    }
  }

  /// Adds vectors, one after another.
  ///
  /// - Throws: `StorageError`: `wrongShape` for a part of a vector and `nonFinite` for what is no number, of which nothing is
  ///   added, and when the disk refuses.
  public func append(_ values: [Float]) throws(StorageError) {
    guard values.count % columns == 0 else {
      throw StorageError(
        .wrongShape, path: stream.path, problem: "\(values.count) numbers are no whole vectors of \(columns)",
        advice: "add all numbers of a vector at once")
    }
    guard values.allSatisfy(\.isFinite) else {
      throw StorageError(
        .nonFinite, path: stream.path, problem: "a vector holds an infinity or no number",
        advice: "train the model anew, with a lower rate")
    }
    rows += values.count / columns
    values.withUnsafeBytes { pending.append(contentsOf: $0) }
    if pending.count >= Self.pieceSize { try flush() }
  }

  /// Completes the file and gives it its name.
  ///
  /// - Parameters:
  ///   - numbers: Further tensors of a safetensors file; other formats have no place for them.
  ///   - bytes: The same.
  ///   - metadata: Strings of a safetensors file.
  /// - Throws: `StorageError` when the disk refuses; `wrongShape` for more tensors than the header has room for, some ten.
  public func finish(_ numbers: [Numbers] = [], bytes: [Bytes] = [], metadata: [String: String] = [:])
    throws(StorageError)
  {
    switch format {
    case .npy:
      try flush()
      try stream.rewriteBeginning(NPYHeader.bytes(rows: rows, columns: columns))
    case .safetensors:
      let vectors = rows * columns * 4
      // 64-bit numbers begin at a multiple of eight.
      let gap = numbers.isEmpty ? 0 : vectors % 8
      var members = [member("vectors", .float32, [rows, columns], 0..<vectors)]
      if gap > 0 { members.append(member("padding", .float32, [gap / 4], vectors..<vectors + gap)) }
      pending.append(contentsOf: repeatElement(0, count: gap))
      var end = vectors + gap
      for (name, shape, values) in numbers {
        members.append(member(name, .int64, shape, end..<end + 8 * values.count))
        end += 8 * values.count
        values.withUnsafeBytes { pending.append(contentsOf: $0) }
      }
      for (name, values) in bytes {
        members.append(member(name, .uint8, [values.count], end..<end + values.count))
        end += values.count
        pending.append(contentsOf: values)
      }
      if !metadata.isEmpty {
        let pairs = metadata.sorted { $0.key < $1.key }.map {
          "\(JSONText.quoted($0.key)):\(JSONText.quoted($0.value))"
        }
        members.insert("\"__metadata__\":{\(pairs.joined(separator: ","))}", at: 0)
      }
      try flush()
      let room = Self.headerSize - 8
      var header = Array("{\(members.joined(separator: ","))}".utf8)
      guard header.count <= room else {
        throw StorageError(
          .wrongShape, path: stream.path, problem: "\(numbers.count) tensors are more than the header has room for",
          advice: "write them to a file of their own")
      }
      header += [UInt8](repeating: UInt8(ascii: " "), count: room - header.count)
      try stream.rewriteBeginning(withUnsafeBytes(of: UInt64(room).littleEndian, Array.init) + header)
    }
    try stream.commit()
  }

  private func member(_ name: String, _ type: TensorType, _ shape: [Int], _ range: Range<Int>) -> String {
    let shape = shape.map(String.init).joined(separator: ",")
    return "\"\(name)\":{\"dtype\":\"\(type.rawValue)\",\"shape\":[\(shape)],"
      + "\"data_offsets\":[\(range.lowerBound),\(range.upperBound)]}"
  }

  private func flush() throws(StorageError) {
    try stream.write(pending)
    pending.removeAll(keepingCapacity: true)
  }
}
