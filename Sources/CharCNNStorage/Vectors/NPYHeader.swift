internal import CharCNNFiles

/// The header of a file in NumPy's format (NEP 1): magic string, version, length, and a dictionary in Python's notation.
struct NPYHeader {
  static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)
  /// Bytes of the headers written here, whatever the shape, so that one can be replaced when the shape is known.
  static let writtenSize = 128

  let rows: Int
  let columns: Int
  let number: VectorNumber
  /// Offset of the first element in the file.
  let size: Int

  /// The header of a matrix of floats.
  static func bytes(rows: Int, columns: Int) -> [UInt8] {
    var text = "{'descr': '<f4', 'fortran_order': False, 'shape': (\(rows), \(columns)), }"
    let room = writtenSize - magic.count - 4
    text += String(repeating: " ", count: room - 1 - text.utf8.count) + "\n"
    return magic + [1, 0, UInt8(room & 0xff), UInt8(room >> 8)] + Array(text.utf8)
  }

  /// Reads and checks a header.
  ///
  /// Throws `invalidHeader` for one that is not NumPy's or not that of a matrix, `wrongType` for other elements than
  /// little-endian floats of 16, 32 or 64 bits in row-major order, `truncated` for a file that ends before its elements do.
  init(_ bytes: UnsafeRawBufferPointer, path: String) throws(StorageError) {
    func invalid(_ problem: String) -> StorageError {
      StorageError(
        .invalidHeader, path: path, problem: problem, advice: "write it anew, for instance with numpy.save")
    }
    guard bytes.count >= 12, bytes.prefix(6).elementsEqual(Self.magic) else { throw invalid("is no NPY file") }
    let isLong: Bool
    switch bytes[6] {
    case 1: isLong = false
    case 2, 3: isLong = true
    default: throw invalid("has the NPY version \(bytes[6]), which is unknown")
    }
    let start = isLong ? 12 : 10
    var length = 0
    for place in (8..<start).reversed() { length = length << 8 | Int(bytes[place]) }
    guard length <= bytes.count - start, length <= 1 << 20 else { throw invalid("ends within its header") }
    size = start + length
    guard let text = String(validating: bytes[start..<size], as: UTF8.self), let members = Self.members(of: text) else {
      throw invalid("has a header that is no dictionary")
    }
    guard let type = members["descr"], let order = members["fortran_order"], let shape = members["shape"] else {
      throw invalid("has a header without descr, fortran_order or shape")
    }
    guard let number = VectorNumber(npy: type), order == "False" else {
      throw StorageError(
        .wrongType, path: path,
        problem: "has elements \(type.inQuotes)\(order == "False" ? "" : " in column-major order")",
        advice: "save numpy.ascontiguousarray(x, dtype=\"<f4\")")
    }
    let sizes = shape.split(separator: ",").map { Int($0) }
    guard sizes.count == 2, let rows = sizes[0], let columns = sizes[1], rows >= 0, columns >= 0 else {
      throw invalid("has the shape (\(shape)) and not that of a matrix")
    }
    let (count, isTooMany) = rows.multipliedReportingOverflow(by: columns)
    let (needed, isTooLarge) = count.multipliedReportingOverflow(by: number.size)
    guard !isTooMany, !isTooLarge, needed == bytes.count - size else {
      throw StorageError(
        .truncated, path: path,
        problem: "has \(bytes.count - size) bytes of elements, which are not \(rows) rows of \(columns) floats",
        advice: "write it anew")
    }
    self.number = number
    self.rows = rows
    self.columns = columns
  }

  /// The members of a dictionary in Python's notation, values without quotes, parentheses and spaces.
  private static func members(of text: String) -> [String: String]? {
    var rest = text.filter { !$0.isWhitespace }[...]
    guard rest.first == "{", rest.last == "}" else { return nil }
    rest = rest.dropFirst().dropLast()
    var members: [String: String] = [:]
    while !rest.isEmpty {
      guard let quote = rest.first, quote == "'" || quote == "\"" else { return nil }
      rest = rest.dropFirst()
      guard let end = rest.firstIndex(of: quote) else { return nil }
      let name = String(rest[..<end])
      rest = rest[rest.index(after: end)...]
      guard rest.first == ":" else { return nil }
      rest = rest.dropFirst()
      guard let first = rest.first else { return nil }
      let closing: Character? = first == "(" ? ")" : first == "'" || first == "\"" ? first : nil
      if closing != nil { rest = rest.dropFirst() }
      let place = rest.firstIndex { $0 == closing ?? "," } ?? rest.endIndex
      guard closing == nil || place < rest.endIndex else { return nil }
      members[name] = String(rest[..<place])
      rest = rest[place...]
      if closing != nil { rest = rest.dropFirst() }
      guard rest.isEmpty || rest.first == "," else { return nil }
      rest = rest.dropFirst()
    }
    return members
  }
}
