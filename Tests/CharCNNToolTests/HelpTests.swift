import Foundation
import Testing

struct HelpTests {
  @Test(arguments: [
    "demo", "train", "evaluate", "predict", "inspect", "walkthrough", "quantize", "embed", "neighbors", "detect",
    "pretrain", "generate", "card", "diff", "serve", "help",
  ])
  func `Every command's help has an example`(command: String) async throws {
    let result = try await Executable.run([command, "--help"])
    #expect(result.status == 0)
    #expect(result.error.isEmpty)
    #expect(result.output.contains("Example:"))
    #expect(result.output.contains("charcnn \(command) "))
  }

  @Test func `The manual page has every command, and no line that man would take for one of its own`() async throws {
    let result = try await Executable.run(["help", "--manual"])
    #expect(result.status == 0 && result.output.hasPrefix(".TH CHARCNN 1 "), "\(result.error)")
    for command in ["demo", "train", "serve", "help"] { #expect(result.output.contains(".SS charcnn \(command)\n")) }
    let own = [".TH", ".SH", ".SS", ".B", ".I", ".nf", ".fi"]
    for line in result.lines where line.hasPrefix(".") || line.hasPrefix("'") {
      #expect(own.contains(String(line.prefix { $0 != " " })), "\(line)")
    }
    #expect(try await Executable.run(["help", "train", "--manual"]).status == 64)
  }

  @Test func `The version is a number`() async throws {
    let result = try await Executable.run(["--version"])
    #expect(result.status == 0)
    #expect(result.output.wholeMatch(of: /\d+\.\d+\.\d+\n/) != nil)
  }

  @Test(arguments: [
    (["--task", "tagging"], ["character-tagger: ", "word-tagger: ", "characterWidths=", "spanSwaps="], ["sampling="]),
    (["--model", "word-tagger"], ["characterWidths=", "text.normalization=nfkc"], ["character-tagger:"]),
    (["--task=matching"], ["objective=classification", "overlaps=1,2,3"], ["chunkLength="]),
    (["--task", "regression"], ["ordinal=false", "lowest=none", "wordPairs="], ["chunkLength=", "sampling="]),
    (["--model=matcher"], ["objective=classification"], ["ngramBayes="]),
    (["--task", "classification", "--model", "kim"], ["chunkLength="], ["objective="]),
  ])
  func `The help of train lists the settings of what is asked for`(
    arguments: [String], listed: [String], others: [String]
  ) async throws {
    let result = try await Executable.run(["train"] + arguments + ["--help"])
    #expect(result.status == 0, "\(result.error)")
    let words = result.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let settings = try #require(words.components(separatedBy: "that task or model):").last)
    for word in listed { #expect(settings.contains(word), "\(arguments): \(settings)") }
    for word in others { #expect(!settings.contains(word), "\(arguments): \(settings)") }
  }

  @Test func `The help of pretrain lists every setting once`() async throws {
    let words = try await Executable.run(["pretrain", "--help"]).output.split(whereSeparator: \.isWhitespace)
    #expect(words.count { $0.hasPrefix("normalization=") } == 1 && words.contains("text.normalization=nfc"))
  }

  @Test func `Help of a command is the same by both ways`() async throws {
    for command in ["train", "inspect", "split"] {
      let (one, other) = try await (
        Executable.run(["help", command]), Executable.run([command, "--help"])
      )
      #expect(one.status == 0 && one.error.isEmpty && one.output == other.output, "\(command)")
    }
    let (one, other) = try await (Executable.run(["help"]), Executable.run(["--help"]))
    #expect(one.status == 0 && one.output == other.output)
    let wrong = try await Executable.run(["help", "tran"])
    #expect(wrong.status == 64 && wrong.errors.count == 1 && wrong.error.contains("did you mean train?"))
    #expect(try await Executable.run(["help", "train", "--json"]).status == 64)
  }

  @Test func `Settings explain themselves as text and as JSON, in both languages`() async throws {
    let all = try await Executable.run(["help", "settings"])
    #expect(all.status == 0 && all.error.isEmpty)
    #expect(all.lines.contains { $0.hasPrefix("  epochs ") && $0.contains("Passes over the training data") })
    let one = try await Executable.run(["help", "settings", "dilations", "--language", "zh"])
    #expect(one.status == 0 && one.output.contains("1,2,4") && one.output.contains("取值"))
    let encoded = try await Executable.run(["help", "settings", "rate", "--json"]).json()
    let setting = try #require((encoded["settings"] as? [[String: Any]])?.first)
    #expect(setting["name"] as? String == "rate" && setting["maximum"] as? Double == 10)
    #expect((setting["defaults"] as? [String: String])?["kim"] == "1.0")
    let wrong = try await Executable.run(["help", "settings", "learningRate"])
    #expect(wrong.status == 64 && wrong.errors == ["error: learningRate is no setting; did you mean rate?"])
  }
}
