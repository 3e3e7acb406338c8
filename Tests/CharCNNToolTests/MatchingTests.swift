import Foundation
import TestSupport
import Testing

struct MatchingTests {
  private static let small = [
    "--set", "filters=16", "embedding=8", "blocks=2", "ngramBits=8", "ngramWidth=8", "hidden=16", "epochs=10",
    "rate=0.01", "batchTexts=8", "minimumCount=1", "dropout=0.1", "blockDropout=0", "characterDropout=0",
  ]
  private static let things = ["cat", "tree", "river", "house", "stone"]

  /// Pairs that match where both speak of the same thing, with labels and scores.
  private static func pairs(_ count: Int) -> String {
    "text1\ttext2\tlabel\tscore\n"
      + (0..<count).map { number in
        let other = things[(number * 7 + (number % 2 == 0 ? 0 : 1 + number % 4)) % 5]
        let thing = things[number * 7 % 5]
        return
          "she sees the \(thing)\the finds a \(other)\t\(thing == other ? "same" : "other")\t\(thing == other ? 5 : 1)\n"
      }.joined()
  }

  @Test func `A matcher is trained, measured and used`() async throws {
    let folder = try TemporaryFolder()
    let data = try folder.write(Self.pairs(120), to: "pairs.tsv")
    let bundle = folder.path("things.charcnn")
    let trained = try await Executable.run(
      ["train", "--task", "matching", data, "--output", bundle, "--json"] + Self.small)
    #expect(trained.status == 0, "\(trained.error)")
    #expect(
      trained.error.contains("first = column 1 \"text1\", second = column 2 \"text2\", label = column 3 \"label\""))
    let result = try trained.json()
    #expect(result["accuracy"] is Double && result["f1"] is Double && result["labels"] as? Int == 2)

    let json = try await Executable.run(["evaluate", bundle, data, "--json", "--quiet"]).json()
    #expect(try #require(json["accuracy"] as? Double) > 0.9 && json["f1"] is Double && json["pearson"] == nil)
    let table = try await Executable.run(["evaluate", bundle, data, "--quiet"])
    for word in ["accuracy", "F1 of same", "macro F1"] { #expect(table.output.contains(word)) }

    let two = try await Executable.run(["predict", bundle, "she sees the cat", "he finds a cat"])
    let fields = two.lines[0].split(separator: "\t").map(String.init)
    #expect(fields.count == 2 && fields[0] == "same" && Double(fields[1]) != nil)
    let piped = try await Executable.run(
      ["predict", bundle, "--json", "--top", "2"], input: "she sees the cat\the finds a cat\na\tb\n")
    let answers = piped.lines.filter { !$0.isEmpty }
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(answers[0].utf8)) as? [String: Any])
    #expect(answers.count == 2 && object["label"] as? String == "same" && object["score"] is Double)
    #expect((object["predictions"] as? [Any])?.count == 2)
    let file = try await Executable.run(["predict", bundle, "--pairs", data])
    #expect(file.lines.filter { !$0.isEmpty }.count == 120)

    let inspected = try await Executable.run(["inspect", bundle])
    #expect(inspected.status == 0, "\(inspected.error)")
    for word in ["matcher (classification)", "u + v, |u - v|, u v, cosine", "blocks.1"] {
      #expect(inspected.output.contains(word))
    }
  }

  @Test func `Scores and distances are learned by name`() async throws {
    let folder = try TemporaryFolder()
    let data = try folder.write(Self.pairs(80), to: "pairs.tsv")
    let scores = folder.path("scores.charcnn")
    let trained = try await Executable.run(
      ["train", "--task", "matching", data, "--output", scores, "--json"] + Self.small + ["objective=regression"])
    #expect(trained.status == 0 && trained.error.contains("label = column 4 \"score\""), "\(trained.error)")
    let result = try trained.json()
    #expect(result["pearson"] is Double && result["spearman"] is Double && result["labels"] == nil)
    let answer = try await Executable.run(["predict", scores, "she sees the cat", "he finds a cat"])
    let score = try #require(Double(answer.lines[0]))
    #expect(score >= 1 && score <= 5)
    #expect(try await Executable.run(["inspect", scores]).output.contains("1.0 to 5.0"))

    let near = folder.path("near.charcnn")
    let contrastive = try await Executable.run(
      ["train", "--task", "matching", data, "--output", near, "--quiet"] + Self.small + ["objective=contrastive"])
    #expect(contrastive.status == 0, "\(contrastive.error)")
    // The same pairs under names that sort the other way round.
    let named = try folder.write(
      Self.pairs(120).replacingOccurrences(of: "\tsame\t", with: "\tmatch\t").replacingOccurrences(
        of: "\tother\t", with: "\tmismatch\t"), to: "named.tsv")
    let turned = folder.path("turned.charcnn")
    let learned = try await Executable.run(
      ["train", "--task", "matching", named, "--output", turned] + Self.small + ["objective=contrastive"])
    #expect(learned.error.contains("2 labels: mismatch, match (positive: match)"), "\(learned.error)")
    let identical = try await Executable.run(["predict", turned, "she sees the cat", "she sees the cat"])
    #expect(identical.lines == ["match\t1.0000"], "\(identical.output)")
    let unknown = try folder.write(
      Self.pairs(20).replacingOccurrences(of: "\tsame\t", with: "\trot\t").replacingOccurrences(
        of: "\tother\t", with: "\tblau\t"), to: "unknown.tsv")
    let refused = try await Executable.run(
      ["train", "--task", "matching", unknown, "--output", folder.path("n.charcnn"), "--set", "objective=contrastive"])
    #expect(refused.status == 64 && refused.error.contains("\"blau\" nor \"rot\""), "\(refused.error)")
    let match = try await Executable.run(["predict", near, "she sees the cat", "he finds a cat"])
    #expect(match.lines[0].split(separator: "\t").count == 2)
    let other = folder.path("other.charcnn")
    let based = try await Executable.run(
      ["train", "--task", "matching", data, "--from", near, "--output", other, "--quiet", "--set", "epochs=1"])
    #expect(based.status == 0, "\(based.error)")
  }

  @Test func `Wrong data and options are told in one line`() async throws {
    let folder = try TemporaryFolder()
    let output = folder.path("m.charcnn")
    let ragged = try folder.write("text1\ttext2\tlabel\na\tb\t1\nc\td\n", to: "bad.tsv")
    let bad = try await Executable.run(["train", "--task", "matching", ragged, "--output", output])
    #expect(bad.status == 65 && bad.error.contains("bad.tsv:3"), "\(bad.error)")
    let data = try folder.write(Self.pairs(12), to: "pairs.tsv")
    for arguments in [
      ["--model", "gated"], ["--embeddings", "x.vec"], ["--set", "nothing=1"], ["--set", "margin=9"],
    ] {
      let result = try await Executable.run(["train", "--task", "matching", data, "--output", output] + arguments)
      #expect(result.status == 64, "\(arguments): \(result.error)")
    }
    let second = try await Executable.run(["train", data, "--second", "text2", "--output", output])
    #expect(second.status == 64, "\(second.error)")
    let classifier = try await Samples.bundle()
    let pairs = try await Executable.run(["predict", classifier, "--pairs", data])
    #expect(pairs.status == 64)
    let trained = try await Executable.run(
      ["train", "--task", "matching", data, "--output", output, "--quiet"] + Self.small + ["epochs=1"])
    #expect(trained.status == 0, "\(trained.error)")
    let one = try await Executable.run(["predict", output, "a text"])
    #expect(one.status == 64 && one.error.contains("two texts"))
    let line = try await Executable.run(["predict", output], input: "a\tb\nno tab\n")
    #expect(line.status == 65 && line.error.contains("standard input:2"), "\(line.error)")
  }
}
