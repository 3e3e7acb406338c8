import Foundation
import TestSupport
import Testing

/// What the tool says to slips of the pen, and to options that would change nothing.
struct AdviceTests {
  private func expect(
    _ words: [String], _ arguments: [String], status: Int32 = 64, sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let result = try await Executable.run(arguments)
    #expect(result.status == status, "\(result.error)", sourceLocation: sourceLocation)
    #expect(result.errors.count == 1 && result.output.isEmpty, "\(result.error)", sourceLocation: sourceLocation)
    for word in words { #expect(result.error.contains(word), "\(result.error)", sourceLocation: sourceLocation) }
  }

  @Test func `Names that are nearly right are told`() async throws {
    try await expect(["'trian'", "did you mean train?", "pretrain"], ["trian", "data.csv"])
    try await expect(["'xyzzy'", "there are demo"], ["xyzzy"])
    try await expect(["--epochs"], ["train", "data.csv", "--output", "m", "--epoch", "3"])
    try await expect(["did you mean filters?"], ["train", "data.csv", "--output", "m", "--set", "filter=3"])
    try await expect(
      ["did you mean maximumLength?"], ["train", "data.csv", "--output", "m", "--set", "maximumLenght=3"])
    try await expect(["did you mean gated?"], ["train", "data.csv", "--output", "m", "--model", "gatd"])
    try await expect(
      ["did you mean switchCost?"], ["detect", Samples.bundle(), "--spans", "--set", "switchcost=3", "a"])
  }

  @Test func `A model and a folder of checkpoints that are taken for one another are told with commands`() async throws
  {
    let bundle = try await Samples.bundle()
    try await expect(["finished model", "open it with charcnn predict"], ["train", "--resume", bundle], status: 66)
    let folder = try TemporaryFolder()
    let run = folder.path("run")
    try FileManager.default.createDirectory(atPath: "\(run)/checkpoint-000001", withIntermediateDirectories: true)
    try await expect(["not a model", "go on with the training (--resume)"], ["predict", run, "a"], status: 65)
  }

  @Test func `No command at all is wrong usage`() async throws {
    try await expect(["a command is missing", "charcnn --help"], [])
    try await expect(["''"], [""])
  }

  @Test(arguments: ["predict", "detect"])
  func `A text that begins with a hyphen or names a file is pointed out`(command: String) async throws {
    let bundle = try await Samples.bundle()
    try await expect(["put -- before texts that begin with -"], [command, bundle, "-5 is cold"])
    #expect(try await Executable.run([command, bundle, "--", "-5 is cold"]).status == 0)
    let folder = try TemporaryFolder()
    let file = try folder.write("plum\n", to: "held out.csv")
    try await expect(
      ["held out.csv' is a file", command == "predict" ? "--input '" : "< '"], [command, bundle, "plum", file])
    // A folder of that name is none.
    #expect(try await Executable.run([command, bundle, folder.url.path]).status == 0)
  }

  @Test func `Options without effect are refused`() async throws {
    let bundle = try await Samples.bundle()
    try await expect(["--answering", "--calibrate"], ["detect", bundle, "--answering", "0.9", "plum"])
    try await expect(["--overwrite", "--calibrate"], ["detect", bundle, "--overwrite", "plum"])
    try await expect(["switchCost", "--spans"], ["detect", bundle, "--set", "switchCost=3", "plum"])
    for options in [["--level", "character", "--pooling", "mean"], ["--pooling", "max"], ["--overwrite"]] {
      try await expect([options[options.count == 1 ? 0 : options.count - 2]], ["embed", bundle] + options)
    }
    try await expect(["--pooling"], ["embed", Samples.bundle(.tagging), "--level", "word", "--pooling", "mean"])
    try await expect(
      ["--bundle"], ["neighbors", "a.npy", "--queries", "b.npy", "--bundle", bundle])
    try await expect(["--overwrite", "--html"], ["walkthrough", "plum", bundle, "--overwrite"])
    try await expect(["--seed"], ["generate", Samples.bundle(.language), "--temperature", "0", "--seed", "3"])
    try await expect(["--check"], ["quantize", bundle, "--output", "q.charcnn", "--label", "2"])
    try await expect(["--top 3"], ["predict", Samples.bundle(.matching), "--top", "3", "plum", "pear"])
    try await expect(
      ["--no-checkpoint"], ["train", "a.csv", "--output", "m", "--no-checkpoint", "--checkpoint-every", "3s"])
  }

  @Test(arguments: ["0", "0.5", "-1", "1.5.2h", ".5h", "1.h", "1e3", "2h1h", "400d"])
  func `Times that cannot be are answered with the rule`(time: String) async throws {
    try await expect(["a time is written", "1.5h"], ["train", "a.csv", "--output", "m", "--time-limit", time])
  }

  @Test(arguments: ["1.5h", "90.5", "1h30m", "0.25m", "1"])
  func `Times may have a fraction`(time: String) async throws {
    try await expect(["none.csv"], ["train", "none.csv", "--output", "m", "--time-limit", time], status: 66)
  }

  @Test func `Formats of sentences are for taggers, and others for texts`() async throws {
    let folder = try TemporaryFolder()
    let output = folder.path("m.charcnn")
    let table = try folder.write(Samples.csv(), to: "a.csv")
    for format in ["conllu", "columns"] {
      try await expect(["taggers"], ["train", table, "--output", output, "--format", format], status: 65)
      try await expect(
        ["taggers"], ["train", table, "--task", "matching", "--output", output, "--format", format], status: 65)
    }
    try await expect(
      ["--format csv", "conllu or columns"],
      ["train", table, "--task", "tagging", "--output", output, "--format", "csv"])
  }

  @Test(arguments: ["predict", "detect", "embed", "evaluate"])
  func `Bytes that are no text are refused by every command`(command: String) async throws {
    let folder = try TemporaryFolder()
    let bundle = try await Samples.bundle()
    let wide = "plum and pear\nhammer\n".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    for (bytes, words) in [
      (wide, [":1", "UTF-16", "iconv"]), (Array("plum,fruit\npe\0ar,fruit\n".utf8), [":2", "zero"]),
    ] {
      let file = try folder.write(Data(bytes), to: "in.csv")
      let result =
        command == "evaluate"
        ? try await Executable.run(["evaluate", bundle, file])
        : try await Executable.run([command, bundle], input: Data(bytes))
      #expect(result.status == 65, "\(result.error)")
      for word in words { #expect(result.error.contains(word), "\(result.error)") }
    }
  }
}
