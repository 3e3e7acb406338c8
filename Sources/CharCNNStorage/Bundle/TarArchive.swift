internal import CharCNNFiles

/// Files in one piece, in the format of POSIX's `tar` (IEEE Std 1003.1, "ustar Interchange Format"): a block of 512 bytes
/// that says name and size, the bytes of the file, filled up to whole blocks, and two blocks of zeros at the end.
enum TarArchive {
  static let blockSize = 512
  /// Bytes of a name that fit into its field.
  static let longestName = 100

  enum Field {
    static let name = 0..<longestName
    static let size = 124..<136
    static let checksum = 148..<156
    static let kind = 156
    static let magic = 257..<262
    /// The folder of a name that is too long for its own field; only where a zero byte ends the magic word, as POSIX has it.
    static let prefix = 345..<500
  }

  /// The archive of these files, without times and owners.
  static func bytes(_ files: [BundleFile]) -> [UInt8] {
    var archive: [UInt8] = []
    archive.reserveCapacity(files.reduce(2 * blockSize) { $0 + $1.bytes.count + 2 * blockSize })
    for file in files {
      archive += header(file)
      archive += file.bytes
      archive += [UInt8](repeating: 0, count: padding(file.bytes.count))
    }
    return archive + [UInt8](repeating: 0, count: 2 * blockSize)
  }

  static func padding(_ count: Int) -> Int { (blockSize - count % blockSize) % blockSize }

  private static func header(_ file: BundleFile) -> [UInt8] {
    var header = [UInt8](repeating: 0, count: blockSize)
    func write(_ text: String, at start: Int) {
      header.replaceSubrange(start..<start + text.utf8.count, with: text.utf8)
    }
    func octal(_ number: Int, digits: Int) -> String {
      let digitsOfNumber = String(number, radix: 8)
      return String(repeating: "0", count: max(digits - digitsOfNumber.count, 0)) + digitsOfNumber
    }
    write(file.name, at: Field.name.lowerBound)
    write(octal(0o644, digits: 7), at: 100)
    write(octal(0, digits: 7), at: 108)
    write(octal(0, digits: 7), at: 116)
    write(octal(file.bytes.count, digits: 11), at: Field.size.lowerBound)
    write(octal(0, digits: 11), at: 136)
    header[Field.kind] = UInt8(ascii: "0")
    write("ustar", at: Field.magic.lowerBound)
    write("00", at: 263)
    write(octal(checksum(header[...]), digits: 6), at: Field.checksum.lowerBound)
    header[Field.checksum.upperBound - 1] = UInt8(ascii: " ")
    return header
  }

  /// The sum of all bytes, those of the checksum taken as blanks.
  static func checksum(_ header: ArraySlice<UInt8>) -> Int {
    let start = header.startIndex
    let blanks = Field.checksum.count * Int(UInt8(ascii: " "))
    return header.indices.reduce(blanks) { Field.checksum.contains($1 - start) ? $0 : $0 + Int(header[$1]) }
  }
}
