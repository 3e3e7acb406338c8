#if Server
internal import CharCNNFiles
package import Logging

/// Writes a line for each event, as text or as JSON.
package struct ServerLog: LogHandler {
  /// How events are written.
  package enum Format: String, Sendable, CaseIterable { case text, json }

  private let label: String
  private let format: Format
  private let writer: LogWriter

  package var metadata: Logger.Metadata = [:]
  package var metadataProvider: Logger.MetadataProvider?
  package var logLevel: Logger.Level = .info

  /// - Parameters:
  ///   - label: Who writes.
  ///   - format: How.
  ///   - writer: Who writes; standard error where nothing is said.
  package init(_ label: String, _ format: Format, _ writer: LogWriter = .standardError) {
    (self.label, self.format, self.writer) = (label, format, writer)
  }

  package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  package func log(event: LogEvent) {
    var all = metadata
    if let own = event.metadata { all.merge(own) { $1 } }
    if let error = event.error { all["error"] = "\(error)" }
    writer.write(line(event.level, "\(event.message)", all)) { dropped in
      line(.warning, "nobody took lines of the log, which are lost", ["lines": .stringConvertible(dropped)])
    }
  }

  private func line(_ level: Logger.Level, _ message: String, _ metadata: Logger.Metadata) -> String {
    let pairs = metadata.sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value) }
    return format == .json ? json(level, message, pairs) : text(level, message, pairs)
  }

  /// Waits until what was logged is written, for a moment.
  package static func flush() { LogWriter.standardError.flush() }

  private typealias Pair = (name: String, value: Logger.Metadata.Value)

  private func text(_ level: Logger.Level, _ message: String, _ pairs: [Pair]) -> String {
    var line = "\(Self.time) \(level.rawValue) \(label): \(Self.plain(message))"
    for (name, value) in pairs {
      let pair = (name: name, value: "\(value)")
      line += " \(pair.name)=\(Self.needsQuotes(pair.value) ? Self.plain(JSONText.quoted(pair.value)) : pair.value)"
    }
    return line + "\n"
  }

  private func json(_ level: Logger.Level, _ message: String, _ pairs: [Pair]) -> String {
    var line =
      "{\"time\":\"\(Self.time)\",\"level\":\"\(level.rawValue)\",\"logger\":\(JSONText.quoted(label)),\"message\":\(JSONText.quoted(message))"
    for pair in pairs { line += ",\(JSONText.quoted(pair.name)):\(Self.json(pair.value))" }
    return line + "}\n"
  }

  /// Numbers stay numbers, so that who reads them can compare them.
  private static func json(_ value: Logger.Metadata.Value) -> String {
    if case .stringConvertible(let number) = value {
      if let number = number as? Int { return "\(number)" }
      if let number = number as? Double, number.isFinite { return "\(number)" }
    }
    return JSONText.quoted("\(value)")
  }

  /// Whether a value could be taken for more than one, or steer a terminal. Scalar by scalar, since a mark may hide the sign before it.
  private static func needsQuotes(_ text: String) -> Bool {
    text.isEmpty
      || text.unicodeScalars.contains {
        $0.value <= 0x20 || $0 == "\"" || $0 == "=" || $0.properties.isWhitespace
          || $0.properties.generalCategory == .control
      }
  }

  /// Without what could end a line or steer a terminal.
  private static func plain(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }))
  }

  /// The time in UTC to the millisecond (RFC 3339).
  private static var time: String {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    var parts = tm()
    var seconds = now.tv_sec
    gmtime_r(&seconds, &parts)
    func digits(_ number: Int, _ count: Int) -> String {
      let text = "\(number)"
      return String(repeating: "0", count: max(0, count - text.count)) + text
    }
    let date =
      "\(digits(Int(parts.tm_year) + 1900, 4))-\(digits(Int(parts.tm_mon) + 1, 2))-\(digits(Int(parts.tm_mday), 2))"
    let clock =
      "\(digits(Int(parts.tm_hour), 2)):\(digits(Int(parts.tm_min), 2)):\(digits(Int(parts.tm_sec), 2)).\(digits(Int(now.tv_nsec) / 1_000_000, 3))"
    return "\(date)T\(clock)Z"
  }
}
#endif
