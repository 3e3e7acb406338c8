import Foundation
import Testing

struct InterruptTests {
  let folder: TemporaryFolder
  let data: String
  let output: String

  init() throws {
    folder = try TemporaryFolder()
    data = try folder.write("data.csv", Samples.csv())
    output = folder.path("m.charcnn")
  }

  /// A training that does not end by itself, once its first epoch is done.
  private func endless(_ arguments: [String] = []) async throws -> Running {
    let running = try Running(
      ["train", data, "--output", output, "--epochs", "100000"] + Samples.small.dropLast() + ["patience=none"]
        + arguments)
    try await running.wait(for: "the first epoch") { $0.error.contains("epoch 1/100000") }
    return running
  }

  @Test func `Ctrl-C leaves a valid bundle`() async throws {
    let running = try await endless(["--json"])
    running.send(SIGINT)
    let result = try await running.result()
    #expect(result.status == 0, "\(result.error.suffix(500))")
    #expect(try result.json()["stopReason"] as? String == "cancelled")
    #expect(result.error.contains("saving the best model"))
    let evaluation = try await Executable.run(["evaluate", output, data, "--json"])
    #expect(try evaluation.json()["examples"] as? Int == 40)
  }

  @Test func `A killed training leaves an existing bundle untouched`() async throws {
    #expect(try await Executable.run(["train", data, "--output", output] + Samples.small).status == 0)
    let before = try folder.files(of: "m.charcnn")
    let running = try await endless(["--overwrite"])
    running.send(SIGKILL)
    #expect(try await running.result().status == 128 + SIGKILL)
    #expect(try folder.files(of: "m.charcnn") == before)
  }
}
