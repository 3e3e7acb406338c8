/// One file of a bundle that is to be written.
public struct BundleFile: Sendable {
  /// The name in the bundle: a plain name, no path.
  public let name: String
  /// What the file holds.
  public let bytes: [UInt8]

  /// A file with these bytes.
  public init(_ name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }

  /// A text file in UTF-8.
  public init(_ name: String, text: String) {
    self.init(name, bytes: Array(text.utf8))
  }

  /// A JSON file with sorted names. Throws `notEncodable`.
  public init(_ name: String, json value: some Encodable) throws(StorageError) {
    self.init(name, bytes: try CanonicalJSON.encode(value, path: name))
  }

  /// Whether `name` is a plain file name on every system: no path, nothing hidden, no control characters.
  static func isPlain(_ name: String) -> Bool {
    !name.isEmpty && name.utf8.count <= 200 && !name.hasPrefix(".")
      && !name.unicodeScalars.contains {
        "/\\:".unicodeScalars.contains($0) || $0.properties.generalCategory == .control
      }
  }
}
