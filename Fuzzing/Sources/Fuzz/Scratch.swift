import Foundation

/// A folder in memory for the file of one input.
enum Scratch {
  private static let root: String = {
    let memory = "/dev/shm"
    let base = FileManager.default.isWritableFile(atPath: memory) ? memory : NSTemporaryDirectory()
    let path = "\(base)/charcnn-fuzz-\(getpid())"
    mkdir(path, 0o700)
    atexit { try? FileManager.default.removeItem(atPath: Scratch.root) }
    return path
  }()

  /// The path of a file or folder in it.
  static func path(_ name: String) -> String { "\(root)/\(name)" }

  /// Replaces a file by these bytes and gives its path.
  static func write(_ bytes: some Collection<UInt8>, to name: String) -> String {
    let path = path(name)
    let content = Array(bytes)
    guard let file = fopen(path, "w") else { preconditionFailure("\(path) cannot be written") }
    fwrite(content, 1, content.count, file)
    fclose(file)
    return path
  }

  /// An empty folder.
  static func emptyFolder(_ name: String) -> String {
    let path = path(name)
    try? FileManager.default.removeItem(atPath: path)
    mkdir(path, 0o700)
    return path
  }
}
