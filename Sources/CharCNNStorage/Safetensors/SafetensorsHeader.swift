internal import CharCNNFiles

/// What the header of a safetensors file says, after every rule of the format has been checked.
///
/// The format: eight bytes with the length of the header (little-endian), the header as JSON, and the elements of all
/// tensors one after another, without holes and to the end of the file.
/// See https://github.com/huggingface/safetensors.
struct SafetensorsHeader: Sendable {
  /// One tensor: what it holds and where.
  struct Entry: Sendable {
    let name: String
    let type: TensorType
    let shape: [Int]
    /// The bytes of the elements, from the start of the file.
    let range: Range<Int>
  }

  /// The largest header that is accepted, in bytes; the same limit as in the reference implementation.
  static let longest = 100_000_000

  /// The tensors in the order of their bytes in the file.
  let entries: [Entry]
  let metadata: [String: String]

  /// Reads and checks the header of the file whose content is `bytes`.
  init(_ bytes: UnsafeRawBufferPointer, path: String) throws(StorageError) {
    let (json, dataStart) = try Self.split(bytes, path: path)
    let root: JSONValue
    do {
      root = try JSONParser.parse(json)
    } catch {
      throw Self.invalid(path, "the header is not valid JSON: \(error.text)")
    }
    guard case .object(let members) = root else { throw Self.invalid(path, "the header is not a JSON object") }
    var metadata: [String: String] = [:]
    var entries: [Entry] = []
    for member in members {
      if member.name == "__metadata__" {
        metadata = try Self.metadata(member.value, path: path)
      } else {
        entries.append(try Self.entry(member, dataStart: dataStart, path: path))
      }
    }
    // Empty tensors may share their place with others, so the name decides where the place does not.
    entries.sort {
      ($0.range.lowerBound, $0.range.upperBound, $0.name) < ($1.range.lowerBound, $1.range.upperBound, $1.name)
    }
    var end = dataStart
    for entry in entries {
      guard entry.range.lowerBound == end else {
        let fault = entry.range.lowerBound < end ? "overlaps the one before it" : "leaves a hole before it"
        throw Self.invalid(path, "the tensor \(entry.name.inQuotes) \(fault)")
      }
      end = entry.range.upperBound
    }
    guard end <= bytes.count else {
      throw StorageError(
        .truncated, path: path, problem: "is cut off: \(end) bytes are expected, \(bytes.count) are there",
        advice: "copy or download it again")
    }
    guard end == bytes.count else {
      throw Self.invalid(path, "\(bytes.count - end) bytes after the last tensor belong to none")
    }
    self.entries = entries
    self.metadata = metadata
  }

  static func invalid(_ path: String, _ problem: String) -> StorageError {
    StorageError(.invalidHeader, path: path, problem: problem, advice: "write or download the file again")
  }

  /// The JSON of the header, and where the elements start.
  private static func split(
    _ bytes: UnsafeRawBufferPointer, path: String
  ) throws(StorageError) -> (UnsafeRawBufferPointer, Int) {
    guard bytes.count >= 8 else {
      throw StorageError(
        .truncated, path: path, problem: "has \(bytes.count) bytes, too few for a safetensors file",
        advice: "copy or download it again")
    }
    let length = UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self))
    guard length <= UInt64(longest) else {
      throw invalid(path, "a header of \(length) bytes is announced; it may have \(longest) at most")
    }
    guard Int(length) <= bytes.count - 8 else {
      throw StorageError(
        .truncated, path: path, problem: "is cut off: its header has \(length) bytes, \(bytes.count - 8) are there",
        advice: "copy or download it again")
    }
    let json = UnsafeRawBufferPointer(rebasing: bytes[8..<8 + Int(length)])
    guard json.first == UInt8(ascii: "{") else { throw invalid(path, "the header does not start with '{'") }
    return (json, 8 + Int(length))
  }

  private static func metadata(_ value: JSONValue, path: String) throws(StorageError) -> [String: String] {
    guard case .object(let members) = value else { throw invalid(path, "__metadata__ is not an object") }
    var metadata: [String: String] = [:]
    for member in members {
      guard case .string(let text) = member.value else {
        throw invalid(path, "the value of \(member.name.inQuotes) in __metadata__ is not a string")
      }
      metadata[member.name] = text
    }
    return metadata
  }

  private static func entry(
    _ member: JSONValue.Member, dataStart: Int, path: String
  ) throws(StorageError) -> Entry {
    let name = member.name.inQuotes
    guard case .object(let fields) = member.value else {
      throw invalid(path, "the description of the tensor \(name) is not an object")
    }
    var type: TensorType?
    var shape: [Int]?
    var offsets: [Int]?
    for field in fields {
      switch (field.name, field.value) {
      case ("dtype", .string(let text)):
        type = TensorType(rawValue: text)
        guard type != nil else {
          throw invalid(path, "the tensor \(name) has the element type \(text.inQuotes), which is not known here")
        }
      case ("shape", .array(let values)): shape = naturals(values)
      case ("data_offsets", .array(let values)): offsets = naturals(values)
      default: throw invalid(path, "the tensor \(name) has an unexpected \(field.name.inQuotes)")
      }
    }
    guard let type, let shape, let offsets, offsets.count == 2 else {
      throw invalid(path, "the tensor \(name) needs a dtype, a shape and two data_offsets, all natural numbers")
    }
    guard offsets[0] <= offsets[1] else { throw invalid(path, "the tensor \(name) ends before it starts") }
    guard let size = byteCount(type, shape), size == offsets[1] - offsets[0] else {
      throw invalid(
        path,
        "the tensor \(name) of shape \(shape) and type \(type.rawValue) cannot have \(offsets[1] - offsets[0]) bytes")
    }
    let (end, overflow) = offsets[1].addingReportingOverflow(dataStart)
    guard !overflow else { throw invalid(path, "the tensor \(name) has offsets that are too large") }
    return Entry(name: member.name, type: type, shape: shape, range: offsets[0] + dataStart..<end)
  }

  /// The values as numbers from 0, or nil if one of them is anything else.
  private static func naturals(_ values: [JSONValue]) -> [Int]? {
    var numbers: [Int] = []
    for value in values {
      guard case .integer(let number) = value, number >= 0 else { return nil }
      numbers.append(number)
    }
    return numbers
  }

  /// Bytes of a tensor, or nil if they cannot be counted.
  static func byteCount(_ type: TensorType, _ shape: [Int]) -> Int? {
    var size = type.byteCount
    for dimension in shape {
      let (product, overflow) = size.multipliedReportingOverflow(by: dimension)
      if overflow { return nil }
      size = product
    }
    return size
  }
}
