#if Tool
internal import CharCNN
internal import CharCNNFiles
import CharCNNText

/// The lines of a stream or a file, as many at a time as have arrived. A blank line is a text without characters.
struct LineReader {
  /// A longer line is an error, since a stream without line ends would fill the memory.
  private static let longestLine = 256 << 20

  private let descriptor: Int32
  /// What messages call it.
  private let name: String
  private var chunk = [UInt8](repeating: 0, count: 256 << 10)
  /// Whether nothing has arrived yet.
  private var isAtStart = true
  /// The beginning of a line whose end has not arrived.
  private var pending: [UInt8] = []
  private var lines = 0
  private var isAtEnd = false
  private var fault: DataError?

  init(descriptor: Int32 = 0, name: String = "standard input") {
    self.descriptor = descriptor
    self.name = name
  }

  /// At least one line, without line ends; nil at the end of the stream. Waits only while there is no full line.
  ///
  /// - Throws: `DataError` for bytes that are not UTF-8, after the lines before were given.
  mutating func next() throws -> [String]? {
    while true {
      if let fault { throw fault }
      if isAtEnd { return nil }
      let count = try fill()
      var found: [String] = []
      if count == 0 {
        isAtEnd = true
        if pending.isEmpty { return nil }
        takeRest(&found)
      } else {
        split(count, into: &found)
      }
      if !found.isEmpty { return found }
    }
  }

  private mutating func fill() throws -> Int {
    do { return try Descriptor.read(descriptor, into: &chunk) } catch {
      throw Failure(.noInput, "\(name): \(error.reason); give texts as arguments, in a file or in a pipe")
    }
  }

  private mutating func split(_ count: Int, into found: inout [String]) {
    if isAtStart {
      isAtStart = false
      fault = chunk.withUnsafeBytes { bytes in
        ForeignBytes(UnsafeRawBufferPointer(rebasing: bytes[..<count]))?.error(path: name, isStream: true)
      }
    }
    var start = 0
    while fault == nil, start < count {
      let end = chunk[start..<count].firstIndex(of: UInt8(ascii: "\n"))
      pending.append(contentsOf: chunk[start..<(end ?? count)])
      guard let end else { break }
      take(&found)
      start = end + 1
    }
    if fault == nil, pending.count > Self.longestLine {
      fault = DataError(
        .recordTooLarge, path: name, line: lines + 1, problem: "the line is longer than 256 MiB",
        advice: "give a text a line")
    }
  }

  /// Ends the last line. Where no line has ended so far, carriage returns alone may end them, as on the first Macintosh.
  private mutating func takeRest(_ found: inout [String]) {
    guard lines == 0, pending.dropLast().contains(UInt8(ascii: "\r")) else { return take(&found) }
    var rest = pending.split(separator: UInt8(ascii: "\r"), omittingEmptySubsequences: false)
    if rest.last?.isEmpty == true { rest.removeLast() }
    for line in rest where fault == nil {
      pending = Array(line)
      take(&found)
    }
  }

  /// Ends the pending line.
  private mutating func take(_ found: inout [String]) {
    defer { pending.removeAll(keepingCapacity: pending.count < 1 << 20) }
    lines += 1
    while pending.last == UInt8(ascii: "\r") { pending.removeLast() }
    if lines == 1, pending.starts(with: [0xEF, 0xBB, 0xBF]) { pending.removeFirst(3) }
    if let zero = pending.firstIndex(of: 0) {
      let (problem, advice) = TextBytes.zeroProblem
      fault = DataError(
        .zeroByte, path: name, line: lines, column: zero + 1, problem: problem, advice: advice)
    } else if let line = String(validating: pending, as: UTF8.self) {
      found.append(line)
    } else {
      fault = DataError(
        .invalidUTF8, path: name, line: lines, problem: "the line is not valid UTF-8",
        advice: pending.withUnsafeBufferPointer { EncodingGuess($0).advice(isStream: true) })
    }
  }
}
#endif
