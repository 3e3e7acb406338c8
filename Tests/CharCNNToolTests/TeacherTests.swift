import Foundation
import TestSupport
import Testing

/// Models that learn from the answers of others.
@Suite struct TeacherTests {
  private static let plain = (0..<3_000).map { Samples.text($0, isFruit: $0.isMultiple(of: 2)) + " \($0 % 7)\n" }
    .joined()

  @Test func `A model learns what another one answers, for more texts than are answered at once`() async throws {
    let folder = try TemporaryFolder()
    let data = try folder.write(Samples.csv(200), to: "data.csv")
    let (large, small) = (folder.path("large.charcnn"), folder.path("small.charcnn"))
    let trained = try await Executable.run(["train", data, "--output", large, "--model", "ngrams", "--quiet"])
    #expect(trained.status == 0, "\(trained.error)")
    let texts = try folder.write(Self.plain, to: "texts.txt")
    let taught = try await Executable.run(
      ["train", texts, "--teacher", large, "--output", small, "--model", "ngrams", "--validation", data])
    #expect(taught.status == 0, "\(taught.error)")
    #expect(taught.error.contains("3,000 texts with the answers of \(large)"), "\(taught.error)")
    let answers = try String(contentsOfFile: small + ".teacher.jsonl", encoding: .utf8).split(separator: "\n")
    #expect(answers.count == 3_000)
    let lines = Self.plain.split(separator: "\n")
    for place in [0, 1_023, 1_024, 2_999] {
      let answer = try JSONSerialization.jsonObject(with: Data(answers[place].utf8)) as? [String: Any]
      #expect(answer?["text"] as? String == String(lines[place]))
      let shares = try #require(answer?["label"] as? [String: Double])
      #expect(abs(shares.values.reduce(0, +) - 1) < 1e-4 && shares.count <= 2)
    }
    // Both agree about texts that neither has learned from.
    let asked = ["predict", "an apple and a pear", "a hammer and a saw"]
    let (first, second) = (
      try await Executable.run([asked[0], large] + asked[1...]),
      try await Executable.run([asked[0], small] + asked[1...])
    )
    func labels(_ output: String) -> [Substring] { output.split(separator: "\n").map { $0.prefix { $0 != "\t" } } }
    #expect(labels(first.output) == labels(second.output) && Set(labels(first.output)).count == 2)
    // What is refused only after the teacher has answered leaves the answers, and says where.
    let tight = folder.path("tight.charcnn")
    let late = try await Executable.run(
      ["train", texts, "--teacher", large, "--output", tight, "--model", "ngrams", "--size", "1kB"])
    #expect(late.status == 64 && late.error.contains("stay in \(tight).teacher.jsonl"), "\(late.status) \(late.error)")
    #expect(FileManager.default.fileExists(atPath: tight + ".teacher.jsonl"))
    let again = try await Executable.run(["train", texts, "--teacher", large, "--output", small, "--model", "ngrams"])
    #expect(again.status == 73, "nothing is overwritten unasked: \(again.error)")
  }

  @Test func `Scores are taught too, and what cannot teach is refused`() async throws {
    let folder = try TemporaryFolder()
    let rows = (0..<200).map { "\(Samples.text($0, isFruit: $0.isMultiple(of: 2))),\($0.isMultiple(of: 2) ? 4 : 1)\n" }
    let data = try folder.write("text,score\n" + rows.joined(), to: "data.csv")
    let (large, small) = (folder.path("large.charcnn"), folder.path("small.charcnn"))
    let trained = try await Executable.run(
      ["train", data, "--task", "regression", "--label", "score", "--output", large, "--model", "ngrams", "--quiet"])
    #expect(trained.status == 0, "\(trained.error)")
    let texts = try folder.write(Self.plain, to: "texts.txt")
    let taught = try await Executable.run(
      ["train", texts, "--teacher", large, "--output", small, "--model", "ngrams", "--quiet"])
    #expect(taught.status == 0, "\(taught.error)")
    let score = try await Executable.run(["predict", small, "an apple and a pear"])
    #expect((Double(score.output.split(separator: "\n").first ?? "") ?? 0) > 2, "\(score.output)")
    let other = folder.path("other.charcnn")
    for (arguments, status, word) in [
      (["--teacher", folder.path("none.charcnn")], 66, "none.charcnn"),
      (["--teacher", large, "--task", "classification"], 64, "--task"),
      (["--teacher", large, "--folds", "3"], 64, "--teacher"), (["--teacher", large, "--weight", "w"], 64, "--weight"),
      (["--teacher", large, "--validation", data, "--text", "text"], 64, "--validation"),
      (["--teacher", "english"], 64, "base of vectors"),
      (["--teacher", large, "--label-names"], 64, "--label-names"),
      (["--teacher", large, "--set", "foo=1"], 64, "foo"),
      (["--teacher", large, "--from", folder.path("none.charcnn")], 66, "none.charcnn"),
      (["--teacher", large, "--set", "rate=1000000"], 64, "rate"),
    ] {
      let output = arguments.contains("--folds") ? [] : ["--output", other]
      let result = try await Executable.run(["train", texts] + arguments + output)
      #expect(result.status == status && result.error.contains(word), "\(arguments): \(result.status) \(result.error)")
      #expect(!result.error.contains("with the answers of"), "before the teacher answers: \(result.error)")
    }
    let blank = try folder.write("{\"label\": \"x\"}\n", to: "blank.jsonl")
    let nothing = try await Executable.run(
      ["train", blank, "--teacher", large, "--output", other, "--skip-invalid", "--text", "text"])
    #expect(nothing.status == 65, "\(nothing.status) \(nothing.error)")
    #expect(!FileManager.default.fileExists(atPath: other + ".teacher.jsonl"))
  }
}
