internal import CharCNNFiles

/// A folder with the checkpoints of one run: bundles that are numbered in the order of their writing, of which the newest
/// and the one before are kept, so that whatever happens while one is written leaves a good one.
///
/// Nobody else can open the folder as long as this object lives, in this process or another.
public final class CheckpointFolder: Sendable {
  /// The folder.
  public let path: String
  private let lock: FolderLock

  private static let prefix = "checkpoint-"

  /// Makes the folder for a run that begins.
  ///
  /// Throws `exists` if it holds checkpoints and `overwrite` is false, or anything else that is not its own; `notWritable`
  /// if nothing can be written there, `inUse` if another run has it. With `overwrite`, checkpoints may be there: they stay
  /// until this run's first one is written.
  public init(creating path: String, overwrite: Bool = false) throws(StorageError) {
    let place = try Place(path)
    self.path = place.path
    try Folder.make(place.path)
    lock = try FolderLock(place.path)
    do {
      try Self.check(place.path, overwrite: overwrite)
      try Folder.checkWritable(place.path)
      removeUnfinished()
    } catch {
      Folder.removeIfEmpty(place.path)
      throw error
    }
  }

  /// Opens the folder of a run that goes on. Throws `missing`, `notABundle` if it is no folder, or `inUse`.
  public init(opening path: String) throws(StorageError) {
    guard try Folder.exists(path) else {
      throw StorageError(
        .notABundle, path: path, problem: "is not a folder", advice: "give the folder of a training's checkpoints")
    }
    self.path = path
    lock = try FolderLock(path)
  }

  /// Reads the newest checkpoint that is whole.
  ///
  /// - Parameter read: Makes something of a checkpoint; throws where it is not as it should be.
  /// - Returns: What `read` made, the checkpoint's number, and what was wrong with newer ones.
  /// - Throws: `missing` if there is none; the newest one's error if none is good.
  public func newest<Value>(
    _ read: (ModelBundle) throws(StorageError) -> Value
  ) throws(StorageError) -> (value: Value, number: Int, damages: [StorageError]) {
    var damages: [StorageError] = []
    for number in try Self.numbers(path).reversed() {
      do {
        return (try read(ModelBundle(contentsOf: bundle(number))), number, damages)
      } catch {
        // What is to be done about a bundle, such as copying it again, is of no use here.
        let isHelpful = error.kind == .newerVersion || error.kind == .unreadable
        damages.append(
          StorageError(
            error.kind, path: error.path, problem: error.problem,
            advice: isHelpful ? error.advice : "begin the training anew"))
      }
    }
    throw damages.first
      ?? StorageError(
        .missing, path: path, problem: "holds no checkpoint",
        advice: "begin the training anew; the first checkpoint had not been written")
  }

  /// Writes a checkpoint and deletes older ones but the good one before.
  ///
  /// - Parameters:
  ///   - files: What it holds.
  ///   - previous: Number of the good one before, which stays.
  /// - Returns: Its number.
  /// - Throws: `diskFull`, `notWritable`; what was there before is there still.
  public func write(_ files: [BundleFile], keeping previous: Int?) throws(StorageError) -> Int {
    let older = try Self.numbers(path)
    let number = (older.last ?? 0) + 1
    try ModelBundle.write(to: bundle(number), files: files)
    for other in older where other != previous { Self.delete(bundle(other)) }
    return number
  }

  /// Deletes what a killed process left unfinished.
  public func removeUnfinished() {
    for name in Folder.names(path) ?? [] where Self.isUnfinished(name) { Self.delete("\(path)/\(name)") }
  }

  /// Deletes the folder if there is nothing in it.
  public func removeIfEmpty() { Folder.removeIfEmpty(path) }

  /// Deletes the checkpoints in the folder `path`, and the folder unless something else is in it. What cannot be deleted
  /// stays.
  public static func remove(_ path: String) {
    for name in Folder.names(path) ?? [] where isOurs(name) { delete("\(path)/\(name)") }
    Folder.removeIfEmpty(path)
  }

  /// Whether there are checkpoints in the folder `path`.
  public static func holdsCheckpoints(_ path: String) -> Bool { (try? numbers(path))?.isEmpty == false }

  private func bundle(_ number: Int) -> String {
    let digits = String(number)
    return "\(path)/\(Self.prefix)\(String(repeating: "0", count: max(6 - digits.count, 0)))\(digits)"
  }

  private static func numbers(_ path: String) throws(StorageError) -> [Int] {
    guard let names = Folder.names(path) else {
      throw StorageError(
        .unreadable, path: path, problem: "cannot be looked into", advice: "check that it is there and its permissions")
    }
    return names.compactMap(number).sorted()
  }

  /// The number in the name of a checkpoint; nil for other names, and for numbers that leave none to follow.
  private static func number(_ name: String) -> Int? {
    let digits = name.dropFirst(prefix.count)
    guard name.hasPrefix(prefix), (6...15).contains(digits.utf8.count),
      digits.utf8.allSatisfy({ (0x30...0x39).contains($0) })
    else { return nil }
    return Int(digits).flatMap { $0 < 999_999_999_999_999 ? $0 : nil }
  }

  private static func isUnfinished(_ name: String) -> Bool { name.hasPrefix(".charcnn-") && name.hasSuffix(".tmp") }

  private static func isOurs(_ name: String) -> Bool { number(name) != nil || isUnfinished(name) }

  private static func check(_ path: String, overwrite: Bool) throws(StorageError) {
    let names = Folder.names(path) ?? []
    if let stranger = names.first(where: { !isOurs($0) && $0 != ".DS_Store" }) {
      throw StorageError(
        .exists, path: path, problem: "holds \(stranger.inQuotes), which is no checkpoint",
        advice: "choose a new folder for the checkpoints")
    }
    if !overwrite, names.contains(where: { number($0) != nil }) {
      throw StorageError(
        .exists, path: path, problem: "holds the checkpoint of an earlier training",
        advice: "go on with that one (`resume`), or begin anew and lose it (`overwrite`)")
    }
  }

  private static func delete(_ bundle: String) { AtomicFolder.remove(bundle, Folder.names(bundle) ?? []) }
}
