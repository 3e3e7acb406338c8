import Foundation
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

  @Test(arguments: [
    (["--task", "tagging"], ["character-tagger: ", "word-tagger: ", "characterWidths=", "spanSwaps="], ["sampling="]),
    (["--model", "word-tagger"], ["characterWidths=", "text.normalization=nfkc"], ["character-tagger:"]),
    (["--task=matching"], ["objective=classification", "overlaps=1,2,3"], ["chunkLength="]),
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
}
