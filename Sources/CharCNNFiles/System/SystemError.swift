/// What the system said where it refused something. Each room makes of it an error of its own, with the file and advice.
package struct SystemError: Error, Equatable {
  /// The error number, such as `ENOENT`.
  package let code: Int32

  /// An error with this number.
  package init(_ code: Int32) { self.code = code }

  /// The error of the call that has just failed.
  package static var last: SystemError { SystemError(errno) }

  /// The system's words for it.
  package var reason: String {
    guard let text = strerror(code) else { return "error \(code)" }
    return String(cString: text)
  }
}
