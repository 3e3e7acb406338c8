#if Tool
internal import CharCNNFiles

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// Results for standard output, collected and written by ``flush()``.
///
/// Not `print`: that hides errors, and a result that was not written must not end with exit code 0.
struct StandardOutput {
  /// Whoever read the output has gone, for instance `head`: a reason to end, not an error.
  struct Closed: Error {}

  private var buffer: [UInt8] = []

  init() {}

  /// Keeps a closed pipe from killing the process; writing gives ``Closed`` instead. The same for the largest size of a
  /// file (`ulimit -f`), so that it is an error like a full disk.
  static func surviveClosedPipes() {
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
  }

  /// Adds text.
  mutating func append(_ text: String) {
    buffer.append(contentsOf: text.utf8)
  }

  /// Adds bytes.
  mutating func append(_ bytes: [UInt8]) {
    buffer += bytes
  }

  /// Adds a value as JSON on one line, with sorted names.
  mutating func append(json value: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    buffer.append(contentsOf: try encoder.encode(value))
    buffer.append(UInt8(ascii: "\n"))
  }

  /// Writes what was added.
  ///
  /// - Throws: ``Closed`` when nobody reads any more, ``Failure`` when writing fails.
  mutating func flush() throws {
    defer { buffer.removeAll(keepingCapacity: true) }
    let error = buffer.withUnsafeBytes { Descriptor.writeAll($0, to: 1) }
    if error == EPIPE { throw Closed() }
    if error != 0 {
      throw Failure(.writing, "standard output: \(SystemError(error).reason); the result is not complete")
    }
  }

  /// Writes text at once.
  static func write(_ text: String) throws {
    var output = StandardOutput()
    output.append(text)
    try output.flush()
  }

  /// Writes a value at once as JSON on one line.
  static func write(json value: some Encodable) throws {
    var output = StandardOutput()
    try output.append(json: value)
    try output.flush()
  }
}
#endif
