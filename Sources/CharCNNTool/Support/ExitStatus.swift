#if Tool
/// How the tool ends, in the numbers of `sysexits.h`.
enum ExitStatus: Int32 {
  case done = 0
  /// The command line makes no sense.
  case usage = 64
  /// The data, or a bundle, is not as it should be.
  case data = 65
  /// A file or folder is not there or cannot be read.
  case noInput = 66
  /// The computation failed.
  case software = 70
  /// The output exists or cannot be created.
  case cannotCreate = 73
  /// Writing failed on the way.
  case writing = 74
  /// Ended by Ctrl-C with nothing to save.
  case interrupted = 130
}
#endif
