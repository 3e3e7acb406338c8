internal import CharCNNFiles
import CharCNNStorage

/// The trials of a search in a file, so that an interrupted one goes on: a JSON object a line, the first of which says what is searched.
struct TrialJournal {
  /// What is searched, to know it again.
  struct Head: Codable, Equatable {
    static let currentVersion = 1

    var version = Self.currentVersion
    var task: String
    /// A digest of the examples.
    var digest: String
    /// Whether they are measured on others.
    var hasValidation: Bool
    var metric: String
    /// The settings that were said, as JSON of the options.
    var options: String
  }

  /// Where it is; nil for a search that is in memory alone.
  private let file: JournalFile?
  private let head: Head
  private(set) var trials: [TrialOutcome] = []

  /// Reads a file that is there; without one the first trial begins it.
  ///
  /// - Throws: `StorageError` for a file that cannot be read or written, is in use, or is of another search.
  init(_ path: String?, _ head: Head) throws(StorageError) {
    self.head = head
    guard let path else {
      file = nil
      return
    }
    let file = try JournalFile(path)
    self.file = file
    let bytes = try FileBytes(mapping: path).withBytes { Array($0) }
    // The last line may be one that was being written when the program was killed.
    let whole = bytes.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    let lines = bytes[..<whole].split(separator: UInt8(ascii: "\n")).map { Array($0) }
    if bytes.isEmpty { return }
    guard let first = lines.first, let found = try? CanonicalJSON.decode(Head.self, from: first, path: path) else {
      throw StorageError(
        .exists, path: path, problem: "is no journal of a search, and only such a one is gone on with",
        advice: "choose another place")
    }
    guard found == head else {
      throw StorageError(
        .exists, path: path,
        problem: "is of another search: it was \(Self.difference(found, head))",
        advice: "say what was said then, or begin anew with `overwrite`")
    }
    for line in lines.dropFirst() {
      trials.append(try CanonicalJSON.decode(TrialOutcome.self, from: line, path: path))
    }
    if whole < bytes.count { try file.cut(to: whole) }
  }

  /// Whether there is a journal, or a file with nothing in it.
  static func isOne(at path: String) -> Bool {
    guard let bytes = try? FileBytes(mapping: path).withBytes({ Array($0) }) else { return false }
    guard let first = bytes.split(separator: UInt8(ascii: "\n")).first else { return true }
    return (try? CanonicalJSON.decode(Head.self, from: Array(first), path: path)) != nil
  }

  private static func difference(_ found: Head, _ wanted: Head) -> String {
    if found.version != wanted.version || found.task != wanted.task { return "of another task or program" }
    if found.hasValidation != wanted.hasValidation {
      return found.hasValidation ? "with a file to measure on" : "without a file to measure on"
    }
    if found.digest != wanted.digest { return "on other examples" }
    if found.metric != wanted.metric {
      return found.metric.isEmpty ? "for the first figure of the task" : "for the figure \(found.metric)"
    }
    return "with other settings, another seed or another size"
  }

  /// Seconds of all trials.
  var seconds: Double { trials.reduce(0) { $0 + $1.seconds } }

  /// What came of a trial before; nil where it was not tried.
  func outcome(of request: TrialRequest) -> TrialOutcome? { trials.first { $0.request == request } }

  /// Adds a trial.
  ///
  /// - Throws: `StorageError` where the disk refuses.
  mutating func add(_ trial: TrialOutcome) throws(StorageError) {
    let isFirst = trials.isEmpty
    trials.append(trial)
    guard let file else { return }
    try file.append((isFirst ? Self.line(head, file.path) : []) + Self.line(trial, file.path))
  }

  private static func line(_ value: some Encodable, _ path: String) throws(StorageError) -> [UInt8] {
    do {
      return try JSONCoding.bytes(value, isIndented: false) + [UInt8(ascii: "\n")]
    } catch {
      throw StorageError(
        .notEncodable, path: path, problem: "cannot be written (\(error))", advice: "report this as a bug")
    }
  }
}
