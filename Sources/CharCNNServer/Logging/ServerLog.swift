#if Server
internal import CharCNNFiles
package import Logging

/// Writes a line for each event to standard error, as text or as JSON.
package struct ServerLog: LogHandler {
  /// How events are written.
  package enum Format: String, Sendable, CaseIterable { case text, json }

  private let label: String
  private let format: Format

  package var metadata: Logger.Metadata = [:]
  package var metadataProvider: Logger.MetadataProvider?
  package var logLevel: Logger.Level = .info

  /// - Parameters:
  ///   - label: Who writes.
  ///   - format: How.
  package init(_ label: String, _ format: Format) { (self.label, self.format) = (label, format) }

  package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  package func log(event: LogEvent) {
    var all = metadata
    if let own = event.metadata { all.merge(own) { $1 } }
    if let error = event.error { all["error"] = "\(error)" }
    let pairs = all.map { (name: $0.key, value: "\($0.value)") }.sorted { $0.name < $1.name }
    let line =
      switch format {
      case .text: text(event, pairs)
      case .json: json(event, pairs)
      }
    // One call for a line, so that lines of several threads do not mix.
    Array(line.utf8).withUnsafeBytes { bytes in _ = Descriptor.writeAll(bytes, to: STDERR_FILENO) }
  }

  private func text(_ event: LogEvent, _ pairs: [(name: String, value: String)]) -> String {
    var line = "\(Self.time) \(event.level.rawValue) \(label): \(Self.plain("\(event.message)"))"
    for pair in pairs {
      let needsQuotes = pair.value.isEmpty || pair.value.contains { $0 == " " || $0 == "\"" || $0 == "=" }
      line += " \(pair.name)=\(needsQuotes ? JSONText.quoted(pair.value) : Self.plain(pair.value))"
    }
    return line + "\n"
  }

  private func json(_ event: LogEvent, _ pairs: [(name: String, value: String)]) -> String {
    var line =
      "{\"time\":\"\(Self.time)\",\"level\":\"\(event.level.rawValue)\",\"logger\":\(JSONText.quoted(label)),\"message\":\(JSONText.quoted("\(event.message)"))"
    for pair in pairs { line += ",\(JSONText.quoted(pair.name)):\(JSONText.quoted(pair.value))" }
    return line + "}\n"
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
