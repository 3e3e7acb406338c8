#if Tool
internal import CharCNNFiles
internal import Synchronization

/// Ctrl-C during a training: the first asks it to end, the second kills. A kill takes an empty folder of checkpoints and
/// an unfinished file away.
enum Interrupt {
  private static let requested = Atomic<Bool>(false)
  private static let isQuiet = Atomic<Bool>(false)
  /// Address of a path, a C string that stays for the whole process, so that a signal handler may read it; 0 for none.
  fileprivate static let folder = Atomic<UInt>(0)
  /// Address of the addresses of such paths of files, with a 0 after the last; 0 for none.
  fileprivate static let files = Atomic<UInt>(0)

  /// Whether Ctrl-C was pressed.
  static var isRequested: Bool { requested.load(ordering: .relaxed) }

  /// From here on a signal that ends the process deletes this folder where there is nothing in it: Ctrl-C, a request to end,
  /// the end of the terminal. Those that the parent process had ignored stay ignored.
  static func removeWhenKilled(_ path: String) {
    folder.store(UInt(bitPattern: strdup(path)), ordering: .relaxed)
    removeAtTheEnd()
  }

  /// From here on such a signal deletes this file, which is not finished yet; nil for none any more.
  static func removeFileWhenKilled(_ path: String?) { removeFilesWhenKilled(path.map { [$0] } ?? []) }

  /// The same of several files.
  static func removeFilesWhenKilled(_ paths: [String]) {
    guard !paths.isEmpty else { return files.store(0, ordering: .relaxed) }
    // Both stay for the whole process.
    let list = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(capacity: paths.count + 1)
    for (place, path) in paths.enumerated() { list[place] = strdup(path) }
    list[paths.count] = nil
    files.store(UInt(bitPattern: list), ordering: .relaxed)
    removeAtTheEnd()
  }

  private static func removeAtTheEnd() {
    for number in [SIGINT, SIGTERM, SIGHUP] {
      var inherited = sigaction()
      sigaction(number, nil, &inherited)
      if inherited.isIgnored { continue }
      signal(number, removeAndEnd)
      unblock(number)
    }
  }

  /// A parent process may have blocked a signal, and a mask is inherited.
  private static func unblock(_ number: Int32) {
    var set = sigset_t()
    sigemptyset(&set)
    sigaddset(&set, number)
    pthread_sigmask(SIG_UNBLOCK, &set, nil)
  }

  /// From here on the first Ctrl-C is noted only. Where the parent process had it ignored, as shells do for what runs in
  /// the background, it stays ignored.
  static func install(quiet: Bool) {
    // Touched here, so that the handler does not find them uninitialized.
    requested.store(false, ordering: .relaxed)
    isQuiet.store(quiet, ordering: .relaxed)
    var inherited = sigaction()
    sigaction(SIGINT, nil, &inherited)
    if inherited.isIgnored { return }
    signal(SIGINT) { _ in
      // Only what POSIX allows in a signal handler: an atomic store, signal and write.
      signal(SIGINT, removeAndEnd)
      Interrupt.requested.store(true, ordering: .relaxed)
      if !Interrupt.isQuiet.load(ordering: .relaxed) {
        let message: StaticString =
          "\ninterrupted: ending soon, with the best model so far if there is one; press Ctrl-C again to end at once\n"
        _ = write(2, message.utf8Start, message.utf8CodeUnitCount)
      }
    }
    unblock(SIGINT)
  }
}

/// Ends the process with the signal. Only what POSIX allows in a signal handler: atomic loads, rmdir, unlink, signal, raise.
private func removeAndEnd(_ number: Int32) {
  if var path = UnsafePointer<UnsafeMutablePointer<CChar>?>(bitPattern: Interrupt.files.load(ordering: .relaxed)) {
    while let file = path.pointee {
      unlink(file)
      path += 1
    }
  }
  // Behind the files, which may stand in it.
  if let path = UnsafePointer<CChar>(bitPattern: Interrupt.folder.load(ordering: .relaxed)) { rmdir(path) }
  signal(number, SIG_DFL)
  raise(number)
}

extension sigaction {
  fileprivate var isIgnored: Bool {
    #if canImport(Darwin)
    let handler = __sigaction_u.__sa_handler
    #elseif canImport(Musl)
    let handler = __sa_handler.sa_handler
    #else
    let handler = __sigaction_handler.sa_handler
    #endif
    // SIG_IGN is the number 1 in the place of an address; functions cannot be compared otherwise.
    return unsafeBitCast(handler, to: Int.self) == 1
  }
}
#endif
