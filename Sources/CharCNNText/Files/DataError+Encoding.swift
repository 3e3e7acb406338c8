extension DataError {
  /// The error with the encodings that the file could be in, where its bytes are not UTF-8.
  func advisingEncoding(of file: ScannedFile, _ mapped: MappedFile) -> DataError {
    var error = self
    // Of a file in another encoding the reader sees what was made of it.
    if kind == .invalidUTF8, let fault = mapped.fault {
      (error.problem, error.advice, error.column) = (fault.problem, fault.advice, nil)
      return error
    }
    if kind == .utf16, case .utf16(let order, _)? = ForeignBytes(UnsafeRawBufferPointer(file.bytes)) {
      error.advice = (error.advice.map { "\($0), or " } ?? "") + "say `encoding=utf-16\(order.rawValue.lowercased())`"
    }
    guard kind == .invalidUTF8 else { return error }
    error.advice = EncodingGuess(file.bytes).advice()
    return error
  }
}
