import CharCNNToolkit
import Foundation
import TestSupport
import Testing

struct InterruptTests {
  let folder: TemporaryFolder
  let data: String
  let output: String

  init() throws {
    folder = try TemporaryFolder()
    // So much that no machine is through with all epochs before a test that waits for its turn sends its signal.
    data = try folder.write(Samples.csv(2_000), to: "data.csv")
    output = folder.path("m.charcnn")
  }

  /// A training that does not end by itself.
  private func endless(_ arguments: [String] = [], ignoringInterrupts: Bool = false) throws -> Running {
    // This process may run in the background of a shell, which has it ignored, and would pass that on.
    signal(SIGINT, SIG_DFL)
    return try Running(
      ["train", data, "--output", output, "--epochs", "100000"] + Samples.small.dropLast() + ["patience=none"]
        + arguments, ignoringInterrupts: ignoringInterrupts)
  }

  /// The same, which got a signal as soon as its first epoch was done: a test that waits for its turn would leave it to take the machine from
  /// the others.
  private func endless(_ arguments: [String] = [], thenSend signal: Int32) async throws -> Running {
    let running = try endless(arguments)
    try await running.wait(for: "the first epoch", thenSend: signal) { $0.error.contains("epoch 1/100000") }
    return running
  }

  @Test func `Ctrl-C leaves a valid bundle`() async throws {
    let running = try await endless(["--json"], thenSend: SIGINT)
    let result = try await running.result()
    #expect(result.status == 0, "\(result.error.suffix(500))")
    #expect(try result.json()["stopReason"] as? String == "cancelled")
    #expect(result.error.contains("saving the best model"))
    let evaluation = try await Executable.run(["evaluate", output, data, "--json"])
    #expect(try evaluation.json()["examples"] as? Int == 2_000)
  }

  @Test func `Ctrl-C stays ignored where the parent process had it ignored`() async throws {
    let running = try endless(ignoringInterrupts: true)
    // The epochs that were told when it was interrupted.
    let told = Guarded(Int?.none)
    try await running.wait(for: "two epochs after the interrupt", thenSend: SIGKILL) { running in
      let count = running.error.split(separator: "\n").count { $0.contains("/100000") }
      return told.withLock { told in
        if let told { return count >= told + 2 }
        if count > 0 {
          running.send(SIGINT)
          told = count
        }
        return false
      }
    }
    #expect(!running.error.contains("interrupted"))
    #expect(try await running.result().status == 128 + SIGKILL)
  }

  @Test(arguments: [SIGINT, SIGTERM, SIGHUP])
  func `A signal while the data are read leaves nothing`(number: Int32) async throws {
    signal(number, SIG_DFL)
    // Character vectors that never come hold the training up before its first step.
    let pipe = folder.path("vectors.vec")
    #expect(mkfifo(pipe, 0o600) == 0)
    let running = try Running(["train", data, "--output", output, "--embeddings", pipe] + Samples.small)
    let checkpoints = output + ".checkpoint"
    try await running.wait(for: "the folder of checkpoints", thenSend: number) { _ in
      FileManager.default.fileExists(atPath: checkpoints)
    }
    #expect(try await running.result().status == 128 + number)
    #expect(!FileManager.default.fileExists(atPath: checkpoints))
  }

  @Test func `A killed training leaves an existing bundle untouched`() async throws {
    #expect(try await Executable.run(["train", data, "--output", output] + Samples.small).status == 0)
    let before = try folder.files(of: "m.charcnn")
    let running = try await endless(["--overwrite"], thenSend: SIGKILL)
    #expect(try await running.result().status == 128 + SIGKILL)
    #expect(try folder.files(of: "m.charcnn") == before)
  }
}
