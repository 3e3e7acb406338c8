import Foundation
import TestSupport
import Testing

struct LanguageTests {
  private static let small = [
    "--set", "filters=16", "embedding=8", "blocks=2", "dilations=1,2", "window=32", "batchCharacters=256", "epochs=2",
  ]

  private func text(_ folder: TemporaryFolder) throws -> String {
    let lines = (0..<120).map { Samples.text($0, isFruit: $0.isMultiple(of: 2)) + "\n" }
    return try folder.write(lines.joined(), to: "text.txt")
  }

  @Test func `A language model is trained, measured, writes text and becomes a classifier`() async throws {
    let folder = try TemporaryFolder()
    let text = try text(folder)
    let base = folder.path("base.charcnn")
    let trained = try await Executable.run(["pretrain", text, "--output", base, "--json"] + Self.small)
    #expect(trained.status == 0, "\(trained.error)")
    let result = try trained.json()
    #expect(result["bitsPerCharacter"] is Double && result["natsPerCharacter"] is Double && result["labels"] == nil)
    #expect(trained.error.contains("bits per character"))

    let report = try await Executable.run(["evaluate", base, text, "--json", "--quiet"])
    let bits = try #require(try report.json()["bitsPerCharacter"] as? Double)
    #expect(bits > 0 && bits < 8)
    #expect(try report.json()["unknown"] as? Int == 0)
    #expect(try await Executable.run(["evaluate", base, text]).error.isEmpty)
    let foreign = try folder.write(String(repeating: "这是一个很长的句子。\n", count: 20), to: "foreign.txt")
    let unknown = try await Executable.run(["evaluate", base, foreign, "--json"])
    #expect(try unknown.json()["unknown"] as? Int == 200, "\(unknown.output)")
    #expect(unknown.error.hasPrefix("warning: 90.9 % of the characters are unknown"), "\(unknown.error)")
    let table = try await Executable.run(["evaluate", base, text, "--quiet"])
    #expect(table.output.contains("bits per character") && table.output.contains("characters"))

    let arguments = ["generate", base, "--prompt", "the ", "--length", "30", "--temperature", "0.8", "--top-k", "9"]
    let written = try await Executable.run(arguments + ["--seed", "5"])
    #expect(written.status == 0 && written.output.hasPrefix("the "), "\(written.error)")
    #expect(try await Executable.run(arguments + ["--seed", "5"]).output == written.output)
    #expect(try await Executable.run(arguments + ["--seed", "6"]).output != written.output)
    let json = try await Executable.run(arguments + ["--seed", "5", "--json"]).json()
    let (prompt, rest) = try (#require(json["prompt"] as? String), #require(json["text"] as? String))
    #expect(prompt == "the " && prompt + rest + "\n" == written.output)

    let data = try folder.write(Samples.csv(60), to: "data.csv")
    let tuned = try await Executable.run([
      "train", data, "--from", base, "--output", folder.path("tuned.charcnn"), "--set", "epochs=1",
      "foldsCase=false",
    ])
    #expect(tuned.status == 0, "\(tuned.error)")
    #expect(try await Executable.run(["predict", folder.path("tuned.charcnn"), "apple"]).status == 0)
  }

  @Test func `Wrong wishes are one line and the right exit code`() async throws {
    let folder = try TemporaryFolder()
    let text = try text(folder)
    let base = folder.path("base.charcnn")
    let trained = try await Executable.run(["pretrain", text, "--objective", "masked", "--output", base] + Self.small)
    #expect(trained.status == 0, "\(trained.error)")
    let data = try folder.write(Samples.csv(40), to: "data.csv")
    let output = folder.path("m.charcnn")
    let mark = try folder.write("\u{FEFF}", to: "mark.txt")
    for (arguments, status, word) in [
      (["pretrain", text], 64, "--output"), (["pretrain", "--output", output], 64, "texts"),
      (["pretrain", folder.path("none.txt"), "--output", output], 66, "none.txt"),
      (["pretrain", text, "--output", output, "--set", "pooling=max"], 64, "pooling"),
      (["pretrain", text, "--output", base], 73, "base.charcnn"), (["generate", base], 64, "causal"),
      (["predict", base, "a"], 64, "language"), (["evaluate", base, text, "--label", "b"], 64, "--label"),
      (["generate", base, "--length", "-1"], 64, "error"),
      (["train", data, "--from", base, "--output", output, "--set", "filters=32"], 64, "blocks.0"),
      (["train", data, "--from", base, "--model", "kim", "--output", output], 64, "model kim cannot start"),
      (["train", data, "--task", "language", "--output", output], 64, "--task"),
      (
        ["train", data, "--task", "foo", "--output", output], 64,
        "classification or tagging or matching or regression, not foo"
      ),
      (["pretrain", mark, "--output", output], 65, "mark.txt: has no example; give a file with text"),
      (["pretrain", text, "--output", output, "--set", "cuts=0.5"], 64, "cuts"),
      (["pretrain", text, "--output", output, "--set", "chunkLength=90"], 64, "chunkLength"),
    ] as [([String], Int32, String)] {
      let result = try await Executable.run(arguments)
      #expect(result.status == status && result.errors.count == 1, "\(arguments): \(result.status) \(result.error)")
      #expect(result.error.contains(word), "\(arguments): \(result.error)")
    }
  }
}
