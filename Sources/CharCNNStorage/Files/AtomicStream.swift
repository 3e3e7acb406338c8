internal import CharCNNFiles

/// Writes a file of any size piece by piece so that a reader sees the whole file or none.
///
/// The pieces go into a hidden file in the same folder, which takes the name in ``commit()``. A stream that is let go
/// before leaves nothing.
package final class AtomicStream {
  /// The path as the user gave it.
  package let path: String
  private let place: Place
  /// Where the bytes are until they are complete.
  package let temporary: String
  private let overwrite: Bool
  private var descriptor: Int32

  /// Opens a hidden file beside `path`.
  ///
  /// Throws `exists` if there is something already and `overwrite` is false or it is a folder; `notWritable`, also for a
  /// device or a pipe, which has no beginning to come back to; `diskFull` or `invalidName`.
  package init(_ path: String, overwrite: Bool) throws(StorageError) {
    self.path = path
    self.overwrite = overwrite
    let (place, permissions) = try AtomicFile.target(path, overwrite: overwrite)
    guard let permissions else {
      throw StorageError(
        .notWritable, path: path, problem: "is a device or a pipe, which cannot take this format",
        advice: "give the path of a file")
    }
    self.place = place
    temporary = place.temporary()
    let hidden = temporary
    descriptor = try StorageError.whileWriting(path) { () throws(SystemError) in
      try Output.open(hidden, permissions: permissions)
    }
  }

  deinit { if descriptor >= 0 { Output.discard(descriptor, temporary) } }

  /// Appends bytes. Throws `diskFull` or `notWritable`.
  package func write(_ bytes: [UInt8]) throws(StorageError) {
    try StorageError.whileWriting(path) { () throws(SystemError) in try Output.writeAll(descriptor, bytes) }
  }

  /// Replaces the first bytes of the file. Throws `diskFull` or `notWritable`.
  package func rewriteBeginning(_ bytes: [UInt8]) throws(StorageError) {
    guard lseek(descriptor, 0, SEEK_SET) == 0 else { throw .writing(path, errno) }
    try StorageError.whileWriting(path) { () throws(SystemError) in try Output.writeAll(descriptor, bytes) }
    guard lseek(descriptor, 0, SEEK_END) >= 0 else { throw .writing(path, errno) }
  }

  /// Waits until the file is on the disk and gives it its name. Nothing can be written any more.
  ///
  /// After an error, what was at the path before is unchanged; after `unconfirmed` the file is in its place.
  package func commit() throws(StorageError) {
    let finished = descriptor
    descriptor = -1
    try StorageError.whileWriting(path) { () throws(SystemError) in try Output.finish(finished, temporary) }
    try AtomicFile.publish(temporary, at: place, overwrite: overwrite, path: path)
  }
}
