#if Server
internal import CharCNNFiles

/// Compares keys in a time that tells nothing about where they differ, nor how long the right one is.
struct KeyCheck: Sendable {
  private let digest: [UInt8]

  init(_ key: String) { digest = Self.digest(key) }

  /// Whether the header `Authorization` has the key.
  func accepts(authorization: String?) -> Bool {
    guard let authorization, authorization.prefix(7).lowercased() == "bearer " else { return false }
    return zip(Self.digest(String(authorization.dropFirst(7))), digest).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
  }

  private static func digest(_ text: String) -> [UInt8] {
    Array(Array(text.utf8).withUnsafeBytes { SHA256.hexDigest(of: $0) }.utf8)
  }
}
#endif
