/// Tensors of texts behind the JSON of a request of the Open Inference Protocol: each text after the number of its bytes, which is four bytes, the
/// lowest first.
struct BinaryTensors {
  /// What no input has taken yet.
  private(set) var rest: ArraySlice<UInt8>

  /// The texts of the next input.
  ///
  /// - Parameters:
  ///   - count: Its bytes.
  ///   - name: What it is called.
  /// - Throws: ``RequestProblem`` that says what is wrong.
  mutating func texts(_ count: Int, of name: String) throws(RequestProblem) -> [String] {
    guard count <= rest.count else {
      throw RequestProblem(
        .malformed, "the input \"\(name)\" has \(count) bytes of binary data, and \(rest.count) follow the JSON")
    }
    var bytes = rest.prefix(count)
    rest = rest.dropFirst(count)
    var texts: [String] = []
    while !bytes.isEmpty {
      let length = bytes.prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
      guard bytes.count >= 4, bytes.count - 4 >= length else {
        throw RequestProblem(.malformed, "the binary data of the input \"\(name)\" end within a text")
      }
      guard let text = String(validating: bytes.dropFirst(4).prefix(length), as: UTF8.self) else {
        throw RequestProblem(.malformed, "text \(texts.count + 1) of the input \"\(name)\" is no UTF-8")
      }
      texts.append(text)
      bytes = bytes.dropFirst(4 + length)
    }
    return texts
  }
}
