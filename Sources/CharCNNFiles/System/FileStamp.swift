#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// What tells without reading a file whether it was written to or replaced: where it lies on the disk, its size, and when it was last written.
package struct FileStamp: Equatable, Sendable {
  private let numbers: [Int64]

  /// Looks at what is at a path; of a link counts where it leads. Nothing is like nothing else that is not there.
  package init(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else {
      numbers = []
      return
    }
    #if canImport(Darwin)
    let time = status.st_mtimespec
    #else
    let time = status.st_mtim
    #endif
    numbers = [
      Int64(status.st_dev), Int64(bitPattern: UInt64(status.st_ino)), Int64(status.st_size), Int64(time.tv_sec),
      Int64(time.tv_nsec),
    ]
  }
}
