import Foundation
import TestSupport
import Testing

/// The base that comes with the program.
@Suite struct ShippedModelTests {
  private static let english = [
    "the film was good and the story moved me", "a dull book without a single idea",
    "they played well and won in the end",
    "my card was charged twice this month",
  ]

  @Test func `It is found by its name, and knows what English texts mean`() async throws {
    let folder = try TemporaryFolder()
    let inspected = try await Executable.run(["inspect", "english", "--json"])
    #expect(inspected.status == 0, "\(inspected.error)")
    #expect(try inspected.json()["model"] as? String == "base of vectors")
    let answers = try await Executable.run([
      "predict", "english", "--labels", "sports, economy, music, cooking", "They won in the last minute",
      "The bank raised its interest rates", "She sings and plays the guitar", "Bake the bread for an hour",
    ])
    #expect(
      answers.output.split(separator: "\n").map { $0.prefix { $0 != "\t" } } == [
        "sports", "economy", "music", "cooking",
      ],
      "\(answers.output) \(answers.error)")
    let bundle = try #require(try inspected.json()["path"] as? String ?? "english")
    #expect(!bundle.isEmpty)
    let texts = try folder.write(Self.english.joined(separator: "\n") + "\n", to: "texts.txt")
    let near = try await Executable.run([
      "neighbors", texts, "I liked that movie", "--bundle", "english", "--top", "1",
    ])
    #expect(near.output.contains("the film was good"), "\(near.output) \(near.error)")
  }

  @Test func `Few English labels are told of it, many and others are not`() async throws {
    let folder = try TemporaryFolder()
    func error(_ texts: [String], _ arguments: [String] = []) async throws -> String {
      let rows = texts.enumerated().map { "\"\($1)\",\($0 % 2 == 0 ? "a" : "b")" }
      let data = try folder.write("text,label\n" + rows.joined(separator: "\n") + "\n", to: "data.csv")
      let result = try await Executable.run(
        ["train", data, "--output", folder.path("m.charcnn"), "--model", "ngrams", "--overwrite"] + arguments)
      #expect(result.status == 0, "\(result.error)")
      return result.error
    }
    let few = (0..<60).map { Self.english[$0 % 4] + " \($0)" }
    #expect(try await error(few).contains("`--from english`"))
    let taken = try await error(few, ["--from", "english"])
    #expect(!taken.contains("`--from english`") && taken.contains("384 numbers of the base's vector"), "\(taken)")
    #expect(try await !error(few, ["--quiet"]).contains("english"))
    #expect(try await !error((0..<60).map { "这部电影很好看 \($0)" }).contains("english"))
    #expect(try await !error((0..<2_000).map { Self.english[$0 % 4] + " \($0)" }).contains("english"))
  }

  @Test func `Few English pairs and tagged words are told of it, tagged characters are not`() async throws {
    let folder = try TemporaryFolder()
    func error(_ text: String, _ name: String, _ arguments: [String]) async throws -> String {
      let data = try folder.write(text, to: name)
      let result = try await Executable.run(
        ["train", data, "--output", folder.path("m.charcnn"), "--epochs", "1", "--overwrite"] + arguments)
      #expect(result.status == 0, "\(result.error)")
      return result.error
    }
    let pairs = (0..<60).map {
      "\"\(Self.english[$0 % 4])\",\"\(Self.english[$0 % 3])\",\($0 % 4 == $0 % 3 ? "same" : "other")"
    }
    let matching = ["--task", "matching"]
    let told = try await error("text1,text2,label\n" + pairs.joined(separator: "\n") + "\n", "pairs.csv", matching)
    #expect(told.contains("few labels (60 pairs): `--from english`"), "\(told)")
    let words = (0..<60).map { number in
      Self.english[number % 4].split(separator: " ").map { "\($0)\t\($0.count > 4 ? "LONG" : "SHORT")\n" }.joined()
    }
    let tagged = words.joined(separator: "\n")
    let tags = try await error(tagged, "words.conll", ["--task", "tagging"])
    #expect(tags.contains("few labels (60 sentences): `--from english`"), "\(tags)")
    #expect(
      try await !error(tagged, "words.conll", ["--task", "tagging", "--model", "character-tagger"]).contains("`--from"))
  }
}
