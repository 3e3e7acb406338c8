import CharCNNStorage
import Testing

/// Expects a `StorageError` of this kind with a one-line message, and returns it.
@discardableResult
func expectError(
  _ kind: StorageError.Kind, sourceLocation: SourceLocation = #_sourceLocation, _ body: () throws -> Void
) -> StorageError? {
  do {
    try body()
    Issue.record("no error was thrown", sourceLocation: sourceLocation)
  } catch let error as StorageError {
    #expect(error.kind == kind, "\(error)", sourceLocation: sourceLocation)
    #expect(!error.description.contains { $0.isNewline }, sourceLocation: sourceLocation)
    return error
  } catch {
    Issue.record("\(error)", sourceLocation: sourceLocation)
  }
  return nil
}

/// A safetensors file with this header and these bytes of elements.
func safetensors(_ header: String, _ data: [UInt8] = []) -> [UInt8] {
  var length = UInt64(header.utf8.count)
  var bytes: [UInt8] = []
  for _ in 0..<8 {
    bytes.append(UInt8(truncatingIfNeeded: length))
    length >>= 8
  }
  return bytes + header.utf8 + data
}
