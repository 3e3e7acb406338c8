import Foundation

/// A second descriptor of a file that this process has open, as a process that is being started has it for a moment.
package final class DescriptorCopy {
  private let descriptor: Int32

  /// Looks for the file among the open ones; nil if it is not there.
  package init?(of path: String) {
    var (wanted, found) = (stat(), stat())
    guard stat(path, &wanted) == 0 else { return nil }
    for candidate in Int32(3)..<4096 where fstat(candidate, &found) == 0 {
      guard found.st_dev == wanted.st_dev, found.st_ino == wanted.st_ino else { continue }
      let copy = dup(candidate)
      guard copy >= 0 else { continue }
      descriptor = copy
      return
    }
    return nil
  }

  deinit { close(descriptor) }
}
