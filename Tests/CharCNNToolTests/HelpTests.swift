import Testing

struct HelpTests {
  @Test(arguments: [
    "demo", "train", "evaluate", "predict", "inspect", "walkthrough", "quantize", "embed", "neighbors", "detect",
    "pretrain", "generate",
  ])
  func `Every command's help has an example`(command: String) async throws {
    let result = try await Executable.run([command, "--help"])
    #expect(result.status == 0)
    #expect(result.error.isEmpty)
    #expect(result.output.contains("Example:"))
    #expect(result.output.contains("charcnn \(command) "))
  }

  @Test func `The version is a number`() async throws {
    let result = try await Executable.run(["--version"])
    #expect(result.status == 0)
    #expect(result.output.wholeMatch(of: /\d+\.\d+\.\d+\n/) != nil)
  }
}
