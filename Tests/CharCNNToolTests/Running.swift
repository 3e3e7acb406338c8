import Foundation
import TestSupport
import Testing

/// A `charcnn` that is running. Its outputs go to files, so that no full pipe can hold it up.
///
/// Unchecked: what changes is the process itself, which may be asked from any thread.
final class Running: @unchecked Sendable {
  private let process = Process()
  private let folder: TemporaryFolder
  private let ended: AsyncStream<Void>

  /// Starts it with its whole standard input, or with a pipe; with `largestFile` no file can get more blocks of 512 bytes;
  /// `ignoringInterrupts` as `nohup` and shells do.
  init(
    _ arguments: [String], input: Data? = nil, pipe: Pipe? = nil, output: FileHandle? = nil, largestFile: Int? = nil,
    ignoringInterrupts: Bool = false
  ) throws {
    let folder = try TemporaryFolder()
    let (ended, continuation) = AsyncStream<Void>.makeStream()
    (self.folder, self.ended) = (folder, ended)
    process.terminationHandler = { _ in continuation.finish() }
    let executable = try #require(Executable.url, "charcnn is not beside the test bundle")
    if largestFile != nil || ignoringInterrupts {
      let limit = largestFile.map { "ulimit -f \($0) && " } ?? ""
      let trap = ignoringInterrupts ? #"trap "" INT; "# : ""
      process.executableURL = URL(fileURLWithPath: "/bin/sh")
      process.arguments = ["-c", trap + limit + #"exec "$0" "$@""#, executable.path] + arguments
    } else {
      process.executableURL = executable
      process.arguments = arguments
    }
    process.currentDirectoryURL = folder.url
    var own: [FileHandle] = []
    // Foundation keeps a process that has ended, and what it was given with it: with some thousand open files starting another one may crash.
    defer { for handle in own { try? handle.close() } }
    func file(_ name: String, _ open: (URL) throws -> FileHandle, _ data: Data = Data()) throws -> FileHandle {
      own.append(try open(URL(fileURLWithPath: folder.write(data, to: name))))
      return own[own.count - 1]
    }
    if let pipe {
      process.standardInput = pipe
    } else {
      process.standardInput = try file("stdin", FileHandle.init(forReadingFrom:), input ?? Data())
    }
    process.standardOutput = try output ?? file("stdout", FileHandle.init(forWritingTo:))
    process.standardError = try file("stderr", FileHandle.init(forWritingTo:))
    try process.run()
  }

  /// What it has written to standard output so far.
  var output: String { read("stdout") }

  /// What it has written to standard error so far.
  var error: String { read("stderr") }

  /// The number it ended with: the exit code, or 128 + the signal that killed it.
  func result() async throws -> Executable.Result {
    for await _ in ended {}
    let status = process.terminationStatus
    return Executable.Result(
      status: process.terminationReason == .exit ? status : 128 + status, output: output, error: error)
  }

  /// Waits until something is true of it and then sends it a signal, if one is given; fails when it takes more than a
  /// minute, or when the process has ended. Watches on a thread of its own: a pool that is busy with other tests would look
  /// too late.
  func wait(for what: String, thenSend signal: Int32? = nil, _ condition: @escaping @Sendable (Running) -> Bool)
    async throws
  {
    let came = await withCheckedContinuation { continuation in
      Thread.detachNewThread { [self] in
        var isTrue = condition(self)
        for _ in 0..<30_000 where !isTrue && process.isRunning {
          Thread.sleep(forTimeInterval: 0.002)
          isTrue = condition(self)
        }
        if isTrue, let signal { send(signal) }
        continuation.resume(returning: isTrue)
      }
    }
    try #require(came, "\(what) did not come; standard error: \(error)")
  }

  /// Sends a signal.
  func send(_ signal: Int32) {
    kill(process.processIdentifier, signal)
  }

  private func read(_ name: String) -> String {
    String(decoding: (try? Data(contentsOf: folder.url.appendingPathComponent(name))) ?? Data(), as: UTF8.self)
  }
}
