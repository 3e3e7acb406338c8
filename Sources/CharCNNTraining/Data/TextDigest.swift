internal import CharCNNFiles

/// A digest of texts that come in pieces.
struct TextDigest {
  private var digest = RunningSHA256()

  mutating func add(_ piece: String) { digest.add(piece) }

  /// Keeps a text apart from the next one.
  mutating func endText() { digest.add("") }

  var hexDigest: String { digest.hexDigest }
}
