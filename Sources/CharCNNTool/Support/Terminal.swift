#if Tool
internal import CharCNNFiles

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// The terminal behind standard error, if there is one on which a line can be drawn over.
///
/// A carriage return and spaces are all that is used, so there are no escape codes to switch off.
struct Terminal {
  /// Nil if standard error is no terminal, or one that only prints (`TERM=dumb`).
  init?() {
    let environment = ProcessInfo.processInfo.environment
    guard isatty(2) == 1, environment["TERM"] != "dumb" else { return nil }
  }

  /// The columns; it may change while the tool runs.
  var width: Int {
    var size = winsize()
    guard ioctl(2, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }

  /// Draws a line over the present one, cut to the width.
  func draw(_ line: String) {
    // The last column stays free: some terminals wrap as soon as it is filled.
    let columns = max(width - 1, 1)
    let text = String(line.prefix(columns))
    Console.write("\r" + text + String(repeating: " ", count: columns - text.count))
  }

  /// Wipes the present line.
  func clear() {
    Console.write("\r" + String(repeating: " ", count: max(width - 1, 1)) + "\r")
  }
}
#endif
