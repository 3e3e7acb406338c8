/// Reading folders.
package enum Directory {
  /// The names of what is in a folder as the system has them, in the system's order, without those of the folder itself
  /// and of the one above. They need not be UTF-8.
  package static func names(_ path: String) throws(SystemError) -> [[UInt8]] {
    guard let stream = opendir(path) else { throw .last }
    defer { closedir(stream) }
    let offset = MemoryLayout<dirent>.offset(of: \.d_name) ?? 0
    var names: [[UInt8]] = []
    while let entry = readdir(stream) {
      let name = UnsafeRawPointer(entry) + offset
      let bytes = UnsafeRawBufferPointer(start: name, count: strlen(name.assumingMemoryBound(to: CChar.self)))
      if !bytes.elementsEqual([0x2E]), !bytes.elementsEqual([0x2E, 0x2E]) { names.append(Array(bytes)) }
    }
    return names
  }

  /// The same as texts; nil where the folder cannot be read.
  package static func names(of path: String) -> [String]? {
    try? names(path).map { String(decoding: $0, as: UTF8.self) }
  }
}
