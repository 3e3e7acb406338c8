internal import CharCNNFiles

extension StorageError {
  /// The error for a failed read of `path`, from the `errno` it left.
  static func reading(_ path: String, _ code: Int32) -> StorageError {
    switch code {
    case ENOENT, ENOTDIR:
      StorageError(.missing, path: path, problem: "does not exist", advice: "check the path")
    case ENAMETOOLONG, ELOOP:
      StorageError(.invalidName, path: path, problem: SystemError(code).reason, advice: "check the path")
    default:
      StorageError(
        .unreadable, path: path, problem: "cannot be read (\(SystemError(code).reason))",
        advice: "check its permissions")
    }
  }

  /// The error for a failed write of `path`, from the `errno` it left.
  package static func writing(_ path: String, _ code: Int32) -> StorageError {
    switch code {
    case ENOSPC, EDQUOT, EFBIG:
      StorageError(
        .diskFull, path: path, problem: "no room to write it (\(SystemError(code).reason))",
        advice: "free some space or write elsewhere")
    case EIO, ENXIO, ENODEV, ESTALE, ETIMEDOUT:
      StorageError(
        .writeFailed, path: path, problem: "writing it failed (\(SystemError(code).reason))",
        advice: "check the disk, or its connection, or write elsewhere")
    // Some places that are no disk refuse new files so, though they are there.
    case ENOENT where FilePath.isFolder(FilePath.folder(of: FilePath.absolute(path))):
      StorageError(
        .notWritable, path: path, problem: "cannot be made in its folder (\(SystemError(code).reason))",
        advice: "write elsewhere")
    case ENOENT, ENOTDIR:
      StorageError(
        .notWritable, path: path, problem: "its folder does not exist", advice: "create the folder or check the path")
    case EEXIST, ENOTEMPTY:
      StorageError(
        .exists, path: path, problem: "exists already", advice: "choose another path, or overwrite it (`overwrite`)")
    default:
      StorageError(
        .notWritable, path: path, problem: "cannot be written (\(SystemError(code).reason))",
        advice: "check the permissions of its folder or write elsewhere")
    }
  }

  /// Does steps of writing `path`; what the system refuses is told of that path, whatever files the steps are about.
  static func whileWriting<Result>(
    _ path: String, _ steps: () throws(SystemError) -> Result
  ) throws(StorageError) -> Result {
    do { return try steps() } catch { throw .writing(path, error.code) }
  }

  /// The error for an output that has its name, while the disk did not confirm it.
  static func unconfirmed(_ path: String, _ error: StorageError, before: String? = nil) -> StorageError {
    StorageError(
      .unconfirmed, path: path,
      problem: "is written and in its place, but the disk did not confirm it: \(error.problem)",
      advice: "check the disk and that the output opens" + (before.map { "; what was there before is \($0)" } ?? ""))
  }

  /// Refuses a path that the system would cut at its first NUL, or that is empty.
  package static func checkPath(_ path: String) throws(StorageError) {
    guard !path.isEmpty, !path.utf8.contains(0) else {
      throw StorageError(
        .invalidName, path: path, problem: path.isEmpty ? "the path is empty" : "the path contains a NUL",
        advice: "give a proper path")
    }
  }
}
