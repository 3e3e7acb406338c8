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
  let path: String?
  private let head: Head
  private(set) var trials: [TrialOutcome] = []

  /// Begins a file, or reads one that is there.
  ///
  /// - Throws: `StorageError` for a file that cannot be read or written, or is of another search.
  init(_ path: String?, _ head: Head) throws(StorageError) {
    (self.path, self.head) = (path, head)
    guard let path, FilePath.exists(path) else {
      try write()
      return
    }
    let bytes = try FileBytes(mapping: path).withBytes { Array($0) }
    let lines = bytes.split(separator: UInt8(ascii: "\n")).map { Array($0) }
    guard let first = lines.first, let found = try? CanonicalJSON.decode(Head.self, from: first, path: path) else {
      throw StorageError(
        .exists, path: path, problem: "is no journal of a search, and only such a one is gone on with",
        advice: "choose another place")
    }
    guard found == head else {
      throw StorageError(
        .exists, path: path,
        problem: "is of a search with \(Self.difference(found, head)), which is not what is searched now",
        advice: "delete it to search anew")
    }
    for line in lines.dropFirst() { trials.append(try CanonicalJSON.decode(TrialOutcome.self, from: line, path: path)) }
  }

  private static func difference(_ found: Head, _ wanted: Head) -> String {
    if found.version != wanted.version || found.task != wanted.task { return "another task or program" }
    if found.digest != wanted.digest { return "other examples" }
    if found.hasValidation != wanted.hasValidation { return "or without validation examples" }
    return found.metric == wanted.metric ? "other settings" : "the figure \(found.metric)"
  }

  /// Seconds of all trials.
  var seconds: Double { trials.reduce(0) { $0 + $1.seconds } }

  /// What came of a trial before; nil where it was not tried.
  func outcome(of request: TrialRequest) -> TrialOutcome? { trials.first { $0.request == request } }

  /// Adds a trial.
  ///
  /// - Throws: `StorageError` where the disk refuses.
  mutating func add(_ trial: TrialOutcome) throws(StorageError) {
    trials.append(trial)
    try write()
  }

  private func write() throws(StorageError) {
    guard let path else { return }
    do {
      var bytes = try JSONCoding.bytes(head, isIndented: false) + [UInt8(ascii: "\n")]
      for trial in trials { bytes += try JSONCoding.bytes(trial, isIndented: false) + [UInt8(ascii: "\n")] }
      try AtomicFile.write(bytes, to: path, overwrite: true)
    } catch let error as StorageError {
      throw error
    } catch {
      throw StorageError(
        .notEncodable, path: path, problem: "cannot be written (\(error))", advice: "report this as a bug")
    }
  }
}
