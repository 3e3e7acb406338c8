import Foundation
import TestSupport
import Testing

/// `charcnn train --model ngrams` and what the other commands do with such a model.
struct LoneNgramsTests {
  let folder: TemporaryFolder
  let data: String
  let output: String

  init() throws {
    folder = try TemporaryFolder()
    data = try folder.write(Samples.csv(200), to: "data.csv")
    output = folder.path("m.charcnn")
  }

  @Test func `skewed classes are told with the option that weighs them, which a task without classes refuses`()
    async throws
  {
    let lines = (0..<66).map { $0 % 11 == 0 ? "odd \($0 % 5),rare\n" : "plain \($0 % 5),frequent\n" }
    let skewed = try folder.write("text,label\n" + lines.joined(), to: "skewed.csv")
    let arguments = ["train", skewed, "--output", output, "--model", "ngrams"]
    let told = try await Executable.run(arguments)
    #expect(told.status == 0 && told.error.contains("rare has 6 texts, frequent 60"))
    #expect(told.error.contains("--balance lets every class count the same"))
    let balanced = try await Executable.run(arguments + ["--balance", "--overwrite"])
    #expect(balanced.status == 0 && !balanced.error.contains("--balance"))
    for settings in [["ngramBalance=none"], ["ngramTraining=steps", "sampling=shuffled"]] {
      let both = try await Executable.run(arguments + ["--balance", "--overwrite", "--set"] + settings)
      #expect(both.status == 64 && both.error.contains("cannot stand beside --balance"), "\(both.error)")
    }
    for option in [["--balance"], ["--size", "1MB"], ["--cascade"]] {
      let refused = try await Executable.run(
        ["train", skewed, "--output", folder.path("pairs.charcnn"), "--task", "matching"] + option)
      #expect(refused.status == 64 && refused.error.contains("for classifiers"), "\(refused.error)")
    }
  }

  @Test(arguments: ["1x", "0", "kB", "1.MB", "1e3", "-5"])
  func `a size that is none is refused`(size: String) async throws {
    let result = try await train("--size=\(size)")
    #expect(result.status == 64 && result.error.contains("a size is written"), "\(result.error)")
  }

  @Test(arguments: ["14kB", "0.03 MB"]) func `a size is kept or refused`(size: String) async throws {
    let result = try await train("--size", size)
    if size == "14kB" {
      #expect(result.status != 0 && result.error.contains("is too small"), "\(result.error)")
    } else {
      #expect(try result.status == 0 && folder.files(of: "m.charcnn").values.reduce(0) { $0 + $1.count } <= 30_000)
    }
  }

  @Test func `names of columns count where a size is kept`() async throws {
    let name = String(repeating: "a long name ", count: 1_500)
    let lines = (0..<900).map {
      "\($0 % 2 == 0 ? "a ripe" : "an iron") thing \($0 / 3) and \($0 * 31 % 597),\($0 % 2)\n"
    }
    let wide = try folder.write("\(name),label\n" + lines.joined(), to: "wide.csv")
    let result = try await Executable.run(
      ["train", wide, "--output", output, "--model", "ngrams", "--text", "1", "--label", "2", "--size", "60kB"])
    try #require(result.status == 0, "\(result.error)")
    let bytes = try folder.files(of: "m.charcnn").values.reduce(0) { $0 + $1.count }
    #expect(bytes <= 60_000 && bytes > 40_000)
  }

  private func train(_ more: String...) async throws -> Executable.Result {
    try await Executable.run(["train", data, "--output", output, "--model", "ngrams"] + more)
  }

  private func expect(_ status: Int32, _ words: [String], _ result: Executable.Result) {
    #expect(result.status == status, "\(result.error)")
    for word in words { #expect(result.errors.first?.contains(word) == true, "\(result.error)") }
  }

  @Test func `it is trained, asked, measured and described`() async throws {
    let trained = try await train("--json")
    try #require(trained.status == 0, "\(trained.error)")
    let json = try trained.json()
    #expect(json["epochs"] as? Int == 0 && json["stopReason"] as? String == "finished")
    #expect(try #require(json["parameters"] as? Int) > 100)
    #expect(!trained.error.contains("epoch") && !FileManager.default.fileExists(atPath: output + ".checkpoint"))
    let answers = try await Executable.run(["predict", output, "cherry and plum", "--top", "2", "--json"])
    #expect(
      answers.status == 0 && answers.output.contains("fruit") && answers.output.contains("tool"), "\(answers.error)")
    let measured = try await Executable.run(["evaluate", output, data, "--json"])
    #expect(try measured.json()["accuracy"] as? Double == 1)
    let inspected = try await Executable.run(["inspect", output])
    #expect(inspected.output.contains("8-bit integers") && !inspected.output.contains("epochs"), "\(inspected.output)")
    #expect(try await Executable.run(["inspect", "--model", "ngrams"]).status == 0)
    #expect(try await Executable.run(["detect", output, "cherry and plum"]).status == 0)
  }

  @Test func `a table alone learns in steps and becomes bytes`() async throws {
    let trained = try await train("--set", "epochs=3", "ngramTraining=steps", "--checkpoint-every", "0", "--json")
    try #require(trained.status == 0, "\(trained.error)")
    let json = try trained.json()
    #expect(json["epochs"] as? Int == 3 && !FileManager.default.fileExists(atPath: output + ".checkpoint"))
    #expect(trained.error.contains("epoch") && trained.error.contains("3 epochs"), "\(trained.error)")
    let inspected = try await Executable.run(["inspect", output])
    #expect(inspected.output.contains("32-bit floats") && inspected.output.contains("hashed n-grams"))
    let untrained = try await Executable.run(["inspect", "--model", "ngrams", "--set", "ngramTraining=steps"])
    #expect(untrained.status == 0 && untrained.output.contains("million characters"), "\(untrained.error)")
    let small = folder.path("small.charcnn")
    #expect(try await Executable.run(["quantize", output, "--output", small, "--check", data]).status == 0)
    #expect(try await Executable.run(["evaluate", small, data, "--json"]).json()["accuracy"] as? Double == 1)
    #expect(try await Executable.run(["detect", output, "cherry and plum"]).status == 0)
    expect(64, ["no vectors"], try await Executable.run(["embed", output, "--texts", data]))
    let other = folder.path("other.charcnn")
    expect(64, ["n-grams alone"], try await Executable.run(["train", data, "--from", output, "--output", other]))
    let card = String(decoding: try folder.files(of: "m.charcnn")["README.md"] ?? [], as: UTF8.self)
    #expect(card.contains("none, n-grams alone") && !card.contains("8-bit") && !card.contains("ngrams.safetensors"))
  }

  @Test func `what it cannot do is refused in a line`() async throws {
    try #require(try await train("--quiet").status == 0)
    let other = folder.path("other.charcnn")
    expect(64, ["8-bit integers already"], try await Executable.run(["quantize", output, "--output", other]))
    expect(64, ["no vectors"], try await Executable.run(["embed", output, "--texts", data]))
    expect(
      64, ["n-grams alone"], try await Executable.run(["train", data, "--from", output, "--output", other]))
    expect(64, ["trained"], try await Executable.run(["walkthrough", "text", "--model", "ngrams"]))
    expect(66, [output], try await Executable.run(["train", "--resume", output]))
    for (arguments, word) in [
      (["--overwrite", "--epochs", "3"], "epochs"), (["--overwrite", "--set", "filters=8"], "filters"),
      (["--overwrite", "--checkpoint", folder.path("c")], "--checkpoint"),
      (["--overwrite", "--checkpoint-every", "1s"], "--checkpoint"),
    ] {
      let result = try await Executable.run(["train", data, "--output", output, "--model", "ngrams"] + arguments)
      expect(64, [word], result)
    }
    #expect(try await train("--overwrite", "--no-checkpoint", "--seed", "3", "--quiet").status == 0)
  }
}
