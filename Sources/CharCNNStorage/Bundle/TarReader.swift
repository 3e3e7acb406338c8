internal import CharCNNFiles

/// Steps through the entries of an archive of `tar`, as POSIX (ustar and pax) and GNU write them. Long names are put together.
struct TarReader {
  /// Something in an archive.
  struct Entry {
    /// What an entry is.
    enum Kind {
      case file
      case folder
      /// A symbolic or hard link.
      case link
      /// A device, a pipe, a file with holes.
      case other
    }

    /// The folders it lies in and its own name.
    let path: [String]
    let kind: Kind
    /// The bytes of a file in the archive.
    let content: Range<Int>
  }

  private let archive: [UInt8]
  /// What messages call the archive.
  private let name: String
  private var position = 0

  init(_ archive: [UInt8], name: String) {
    self.archive = archive
    self.name = name
  }

  /// The next entry; nil at the end.
  ///
  /// - Throws: `StorageError`: `truncated` where the archive ends within a file, `notABundle` for what is no such archive, and
  ///   for paths that lead out of it.
  mutating func next() throws(StorageError) -> Entry? {
    // What extended headers before the entry say of it.
    var (longName, records): (String?, PaxRecords) = (nil, PaxRecords())
    while let header = try header() {
      let kind = archive[header.lowerBound + TarArchive.Field.kind]
      // Links, devices and folders have no content, whatever their size says.
      let hasContent = !(UInt8(ascii: "1")...UInt8(ascii: "6")).contains(kind)
      let size = hasContent ? try self.size(header, records) : 0
      guard size <= archive.count - position else {
        throw StorageError(
          .truncated, path: name, problem: "ends within a file", advice: "make or fetch the archive again")
      }
      let content = position..<position + size
      position += size + TarArchive.padding(size)
      switch kind {
      case UInt8(ascii: "x"): records = try PaxRecords(archive[content], of: self)
      case UInt8(ascii: "L"): longName = String(decoding: archive[content].prefix { $0 != 0 }, as: UTF8.self)
      // What holds for all entries, such as a comment, and the places of links.
      case UInt8(ascii: "g"), UInt8(ascii: "K"): continue
      default:
        let path = records.path ?? longName ?? self.path(header)
        return Entry(path: try parts(of: path), kind: Self.kind(kind, path, records), content: content)
      }
    }
    return nil
  }

  private static func kind(_ letter: UInt8, _ path: String, _ records: PaxRecords) -> Entry.Kind {
    switch letter {
    case UInt8(ascii: "5"): .folder
    case UInt8(ascii: "1"), UInt8(ascii: "2"): .link
    case UInt8(ascii: "0"), UInt8(ascii: "7"), 0: path.hasSuffix("/") ? .folder : records.isSparse ? .other : .file
    default: .other
    }
  }

  /// The block of the next header; nil at the end.
  private mutating func header() throws(StorageError) -> Range<Int>? {
    guard position + TarArchive.blockSize <= archive.count else { return nil }
    let block = position..<position + TarArchive.blockSize
    if archive[block].allSatisfy({ $0 == 0 }) { return nil }
    let sum = Int(text(block, TarArchive.Field.checksum).filter { $0 != " " }, radix: 8)
    guard bytes(block, TarArchive.Field.magic).elementsEqual("ustar".utf8), sum == TarArchive.checksum(archive[block])
    else { throw damaged("is no archive of tar") }
    position = block.upperBound
    return block
  }

  private func bytes(_ header: Range<Int>, _ field: Range<Int>) -> ArraySlice<UInt8> {
    archive[header.lowerBound + field.lowerBound..<header.lowerBound + field.upperBound].prefix { $0 != 0 }
  }

  private func text(_ header: Range<Int>, _ field: Range<Int>) -> String {
    String(decoding: bytes(header, field), as: UTF8.self)
  }

  /// What the extended header says, or else octal digits, as all files have them that are smaller than 8 GB.
  private func size(_ header: Range<Int>, _ records: PaxRecords) throws(StorageError) -> Int {
    if let size = records.size { return size }
    guard let size = Int(text(header, TarArchive.Field.size).filter { $0 != " " }, radix: 8), size >= 0 else {
      throw damaged("has a file without a size")
    }
    return size
  }

  private func path(_ header: Range<Int>) -> String {
    let name = text(header, TarArchive.Field.name)
    guard archive[header.lowerBound + TarArchive.Field.magic.upperBound] == 0 else { return name }
    let prefix = text(header, TarArchive.Field.prefix)
    return prefix.isEmpty ? name : "\(prefix)/\(name)"
  }

  private func parts(of path: String) throws(StorageError) -> [String] {
    let parts = path.split(separator: "/").map(String.init).filter { $0 != "." }
    if path.hasPrefix("/") || parts.contains("..") {
      throw damaged("holds \(path.inQuotes), a place outside of the archive")
    }
    return parts
  }

  /// What is no archive of a model's folder.
  func damaged(_ problem: String) -> StorageError {
    StorageError(
      .notABundle, path: name, problem: problem, advice: "give an uncompressed tar archive of a model's folder")
  }
}

/// What an extended header of pax says of the entry after it.
private struct PaxRecords {
  var path: String?
  var size: Int?
  /// Whether the file is stored without its holes.
  var isSparse = false

  init() {}

  /// Reads records: `LENGTH NAME=VALUE` and a line feed, the length that of the whole record.
  init(_ content: ArraySlice<UInt8>, of reader: TarReader) throws(StorageError) {
    var rest = content
    while !rest.isEmpty {
      guard let space = rest.firstIndex(of: 0x20),
        let length = Int(String(decoding: rest[..<space], as: UTF8.self)), length > space + 1 - rest.startIndex,
        length <= rest.count, rest[rest.startIndex + length - 1] == 0x0A
      else { throw reader.damaged("has a broken header of pax") }
      let record = rest[(space + 1)..<(rest.startIndex + length - 1)]
      rest = rest.dropFirst(length)
      guard let sign = record.firstIndex(of: UInt8(ascii: "=")) else {
        throw reader.damaged("has a broken header of pax")
      }
      let value = String(decoding: record[(sign + 1)...], as: UTF8.self)
      switch String(decoding: record[..<sign], as: UTF8.self) {
      case "path": path = value
      case "size":
        guard let number = Int(value), number >= 0 else { throw reader.damaged("has a file without a size") }
        size = number
      case let name: if name.hasPrefix("GNU.sparse.") { isSparse = true }
      }
    }
  }
}
