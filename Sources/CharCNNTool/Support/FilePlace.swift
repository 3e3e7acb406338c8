#if Tool
internal import ArgumentParser
internal import CharCNNFiles

/// Which file a path leads to, through whatever links.
struct FilePlace: Equatable {
  private let device: UInt64
  private let number: UInt64

  /// Nil where there is none.
  init?(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    device = UInt64(truncatingIfNeeded: status.st_dev)
    number = UInt64(status.st_ino)
  }

  /// Refuses to write where something is read: what is written has not all that was there.
  ///
  /// - Parameters:
  ///   - output: The file to write; nil for none.
  ///   - files: The files that are read.
  ///   - option: What names the file to write.
  static func refuse(_ output: String?, amongst files: [String], option: String) throws {
    guard let place = output.flatMap(FilePlace.init) else { return }
    if files.contains(where: { FilePlace($0) == place }) {
      throw ValidationError("\(option) is a file that is read; name another one, so that the data are not lost")
    }
  }
}
#endif
