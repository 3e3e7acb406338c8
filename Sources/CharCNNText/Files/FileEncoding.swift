internal import CharCNNFiles

/// How the characters of a file stand as bytes.
///
/// UTF-8, UTF-16 and Latin-1 are read everywhere; all others by the `iconv` of the system, where it has one and the tables
/// for them.
public struct FileEncoding: Hashable, Codable, Sendable {
  /// The name, in lower case.
  public let name: String

  /// UTF-8.
  public static let utf8 = FileEncoding(known: "utf-8")
  /// UTF-16 with the lower byte first.
  public static let utf16LittleEndian = FileEncoding(known: "utf-16le")
  /// UTF-16 with the higher byte first.
  public static let utf16BigEndian = FileEncoding(known: "utf-16be")
  /// UTF-16 whose mark says which byte comes first; without one, the higher.
  public static let utf16 = FileEncoding(known: "utf-16")
  /// Each byte is the scalar of its number (ISO 8859-1).
  public static let latin1 = FileEncoding(known: "latin-1")

  /// Encodings that are read without the system's help.
  static let own = [utf8, utf16, utf16LittleEndian, utf16BigEndian, latin1]

  private init(known name: String) { self.name = name }

  /// An encoding by its name, such as `gb18030` or `shift_jis`; nil for one that cannot be read on this machine.
  public init?(name: String) {
    let name = name.lowercased()
    let plain = name.filter { $0 != "-" && $0 != "_" }
    if let own = Self.own.first(where: { $0.name.filter { $0 != "-" } == plain }) {
      self = own
    } else if ["iso88591", "l1"].contains(plain) {
      self = .latin1
    } else if IconvConverter.knows(name) {
      self.init(known: name)
    } else {
      return nil
    }
  }

  /// A short text in Latin-1 or an encoding that the system converts; nil where it has bytes that the encoding does not have.
  func text(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
    if self == .latin1 { return String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) })) }
    guard let converter = IconvConverter(name) else { return nil }
    var converted: [UInt8] = []
    let fault = converter.convert(bytes) { converted.append(contentsOf: $0) }
    return fault == nil ? String(decoding: converted, as: UTF8.self) : nil
  }

  /// What to say of a name that no encoding has, or none that can be read here.
  public static func unknownAdvice(_ name: String) -> String {
    let own = own.map(\.name).joined(separator: ", ")
    if IconvConverter.knows("gb18030") || IconvConverter.knows("windows-1252") {
      return "'\(name)' is no encoding that can be read; give one of \(own), or a name that `iconv -l` lists"
    }
    return
      "'\(name)' cannot be read: the iconv of this system or its tables are missing, and without them only \(own) are"
  }
}

/// Converts bytes of any encoding that the system knows.
struct IconvConverter: ~Copyable {
  private let handle: iconv_t

  /// Nil for an encoding that the system does not know.
  init?(_ name: String) {
    guard let handle = Self.open(name) else { return nil }
    self.handle = handle
  }

  deinit { _ = iconv_close(handle) }

  /// Whether the system knows an encoding.
  static func knows(_ name: String) -> Bool {
    guard !name.isEmpty, name.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != 0x2F }), let handle = open(name) else {
      return false
    }
    _ = iconv_close(handle)
    return true
  }

  private static func open(_ name: String) -> iconv_t? {
    let handle = iconv_open("UTF-8", name)
    return Int(bitPattern: handle) == -1 ? nil : handle
  }

  /// Converts all bytes, and hands on what they become piece by piece.
  ///
  /// - Returns: The offset of the first byte that the encoding does not have; nil where all were converted.
  func convert<Failure: Error>(
    _ bytes: UnsafeBufferPointer<UInt8>, _ write: (UnsafeRawBufferPointer) throws(Failure) -> Void
  ) throws(Failure) -> Int? {
    guard let base = bytes.baseAddress else { return nil }
    _ = iconv(handle, nil, nil, nil, nil)
    var input: UnsafeMutablePointer<CChar>? = UnsafeMutableRawPointer(mutating: base).assumingMemoryBound(
      to: CChar.self)
    var left = bytes.count
    let output = UnsafeMutableBufferPointer<CChar>.allocate(capacity: 1 << 16)
    defer { output.deallocate() }
    while true {
      var next = output.baseAddress
      var room = output.count
      let isLast = left == 0
      // Without input, what the encoding still holds back is written.
      let result = isLast ? iconv(handle, nil, nil, &next, &room) : iconv(handle, &input, &left, &next, &room)
      let error = errno
      try write(UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: output[..<(output.count - room)])))
      if result == -1 {
        if error != E2BIG { return bytes.count - left }
      } else if isLast {
        return nil
      }
    }
  }
}
