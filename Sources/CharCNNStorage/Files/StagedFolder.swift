internal import CharCNNFiles

/// Writes a folder of many files, and folders in it, so that a reader sees all of it or nothing.
///
/// The files go into a hidden folder beside the path, which takes the name in ``commit()``. One that is let go before leaves nothing.
/// What is at the path already is never replaced.
package final class StagedFolder {
  /// The path as the user gave it.
  package let path: String
  private let place: Place
  private let temporary: String
  private var folders: Set<String> = [""]
  private var files: Set<String> = []
  private var isFinished = false

  /// Makes the hidden folder.
  ///
  /// - Throws: `StorageError` where something is at the path, or nothing can be written there.
  package init(_ path: String) throws(StorageError) {
    self.path = path
    place = try Place(path)
    guard try place.occupant() == .nothing else {
      throw StorageError(
        .exists, path: path, problem: "exists already, and a folder of data is never replaced",
        advice: "choose another path, or remove it first")
    }
    temporary = place.temporary()
    guard mkdir(temporary, 0o777) == 0 else { throw .writing(path, errno) }
  }

  deinit {
    guard !isFinished else { return }
    for file in files { unlink("\(temporary)/\(file)") }
    // Those inside before those around them.
    for folder in folders.sorted(by: { $0.utf8.count > $1.utf8.count }) { rmdir("\(temporary)/\(folder)") }
  }

  /// Adds bytes to the end of a file, which is made where it is not there yet.
  ///
  /// - Parameters:
  ///   - bytes: What to add.
  ///   - name: Its path in the folder.
  /// - Throws: `StorageError` where that cannot be written.
  package func append(_ bytes: [UInt8], to name: String) throws(StorageError) {
    try makeFolders(around: name)
    files.insert(name)
    let target = "\(temporary)/\(name)"
    let descriptor = open(target, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw .writing("\(path)/\(name)", errno) }
    defer { close(descriptor) }
    try StorageError.whileWriting("\(path)/\(name)") { () throws(SystemError) in
      try Output.writeAll(descriptor, bytes)
    }
  }

  private func makeFolders(around name: String) throws(StorageError) {
    let parts = FilePath.parts(name).dropLast()
    for count in parts.indices {
      let folder = FilePath.path(of: parts[...count])
      guard folders.insert(folder).inserted else { continue }
      guard mkdir("\(temporary)/\(folder)", 0o777) == 0 else { throw .writing("\(path)/\(folder)", errno) }
    }
  }

  /// Gives the folder its name.
  ///
  /// - Throws: `StorageError` where something has taken the name meanwhile.
  package func commit() throws(StorageError) {
    try StorageError.whileWriting(path) { () throws(SystemError) in try Output.synchronizeFolder(temporary) }
    let code = Renaming.withoutReplacing(temporary, place.path)
    guard code == 0 else { throw .writing(path, code) }
    isFinished = true
    try StorageError.whileWriting(path) { () throws(SystemError) in try Output.synchronizeFolder(place.folder) }
  }
}
