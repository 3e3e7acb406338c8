#if Tool
internal import CharCNN
import CharCNNStorage

/// Where the answers to a file go: standard output, or a file that is seen once it is whole.
struct AnswerSink {
  private let stream: AtomicStream?

  /// - Parameters:
  ///   - path: The file; nil for standard output.
  ///   - overwrite: Replaces a file that is there.
  init(_ path: String?, overwrite: Bool) throws {
    stream = try path.map { try AtomicStream($0, overwrite: overwrite) }
    if let stream { Interrupt.removeFileWhenKilled(stream.temporary) }
  }

  /// Writes bytes.
  func write(_ bytes: [UInt8]) throws {
    if let stream { return try stream.write(bytes) }
    var output = StandardOutput()
    output.append(bytes)
    try output.flush()
  }

  /// Gives the file its name.
  func finish() throws {
    try stream?.commit()
    Interrupt.removeFileWhenKilled(nil)
  }
}
#endif
