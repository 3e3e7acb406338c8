internal import Foundation
internal import Synchronization

/// Ctrl-C during a training: the first asks it to end, the second kills.
enum Interrupt {
  private static let requested = Atomic<Bool>(false)
  private static let isQuiet = Atomic<Bool>(false)

  /// Whether Ctrl-C was pressed.
  static var isRequested: Bool { requested.load(ordering: .relaxed) }

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
      signal(SIGINT, SIG_DFL)
      Interrupt.requested.store(true, ordering: .relaxed)
      if !Interrupt.isQuiet.load(ordering: .relaxed) {
        let message: StaticString =
          "\ninterrupted: ending after this step with the best model so far; press Ctrl-C again to end at once\n"
        _ = write(2, message.utf8Start, message.utf8CodeUnitCount)
      }
    }
    // A parent process may have blocked it, and a mask is inherited.
    var set = sigset_t()
    sigemptyset(&set)
    sigaddset(&set, SIGINT)
    pthread_sigmask(SIG_UNBLOCK, &set, nil)
  }
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
