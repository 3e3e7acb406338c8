#if Server
internal import CharCNNFiles

/// What the system says of this process, with the names that Prometheus' clients use.
enum ProcessMeasures {
  /// Names and values; those that the system does not tell are missing.
  static var now: [(name: String, value: Double)] {
    var measures: [(name: String, value: Double)] = []
    var usage = rusage()
    if getrusage(who, &usage) == 0 {
      func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
      measures.append(("process_cpu_seconds_total", seconds(usage.ru_utime) + seconds(usage.ru_stime)))
    }
    #if os(Linux)
    if let pages = words("/proc/self/statm"), pages.count > 1, let resident = Double(pages[1]) {
      measures.append(("process_resident_memory_bytes", resident * Double(sysconf(Int32(_SC_PAGESIZE)))))
    }
    if let files = Directory.names(of: "/proc/self/fd") { measures.append(("process_open_fds", Double(files.count))) }
    #endif
    return measures
  }

  #if canImport(Glibc)
  private static let who = Int32(RUSAGE_SELF.rawValue)
  #else
  private static let who = RUSAGE_SELF
  #endif

  #if os(Linux)
  private static func words(_ path: String) -> [Substring]? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var line = [UInt8](repeating: 0, count: 512)
    let count = fread(&line, 1, line.count, file)
    return String(decoding: line.prefix(count), as: UTF8.self).split(separator: " ")
  }
  #endif
}
#endif
