import Foundation
import TestSupport
import Testing

struct TaggingTests {
  private static let small = [
    "--set", "filters=16", "embedding=8", "blocks=2", "dilations=1,2", "ngramBits=8", "epochs=6", "rate=0.01",
    "batchCharacters=60", "minimumCount=1", "dropout=0.1", "blockDropout=0.1", "inputDropout=0.1",
  ]

  /// Names of people in text, in columns.
  private static func characters(_ count: Int) -> String {
    (0..<count).map { number in
      let name = ["张 B-PER\n三 E-PER\n", "李 B-PER\n四 M-PER\n海 E-PER\n", "王 B-PER\n五 E-PER\n"][number % 3]
      let verb = ["去 O\n", "看 O\n见 O\n"][number % 2]
      return name + verb + (number % 5 == 0 ? "京 S-LOC\n" : "她 O\n") + "\n"
    }.joined()
  }

  private static func words(_ count: Int) -> String {
    (0..<count).map { number in
      let noun = ["cat", "tree", "stone"][number % 3]
      let verb = ["sees", "holds"][number % 2]
      return [("the", "DET"), (noun, "NOUN"), (verb, "VERB"), ("it", "PRON"), (".", "PUNCT")].enumerated().map {
        "\($0 + 1)\t\($1.0)\t_\t\($1.1)\t_\t_\t_\t_\t_\t_\n"
      }.joined() + "\n"
    }.joined()
  }

  @Test func `A tagger of characters is trained, measured and used`() async throws {
    let folder = try TemporaryFolder()
    let data = try folder.write(Self.characters(90), to: "train.bmes")
    let bundle = folder.path("names.charcnn")
    let trained = try await Executable.run(
      ["train", "--task", "tagging", data, "--output", bundle, "--json"] + Self.small)
    #expect(trained.status == 0, "\(trained.error)")
    #expect(trained.error.contains("columns, characters = column 1, tags = column 2"))
    #expect(try trained.json()["spanF1"] is Double)

    let report = try await Executable.run(["evaluate", bundle, data, "--json", "--quiet"])
    let json = try report.json()
    #expect(try #require(json["spanF1"] as? Double) > 0.9)
    #expect(try #require(json["accuracy"] as? Double) > 0.9)
    let table = try await Executable.run(["evaluate", bundle, data, "--quiet"])
    for word in ["span F1", "PER", "LOC", "accuracy"] { #expect(table.output.contains(word)) }

    let columns = try await Executable.run(["predict", bundle, "张三去"])
    let fields = columns.lines.filter { !$0.isEmpty }.map { $0.split(separator: "\t").map(String.init) }
    #expect(fields.map { $0[0] } == ["张", "三", "去"])
    #expect(fields.map { $0[1] } == ["B-PER", "E-PER", "O"])
    let answer = try await Executable.run(["predict", bundle, "--json", "--top", "2"], input: "我看见李四海\n")
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(answer.output.utf8)) as? [String: Any])
    let sentence = try #require((object["sentences"] as? [[String: Any]])?.first)
    let span = try #require((sentence["spans"] as? [[String: Any]])?.last)
    #expect(span["text"] as? String == "李四海" && span["start"] as? Int == 3 && span["end"] as? Int == 6)
    #expect((sentence["sequences"] as? [Any])?.count == 2)

    let single = try await Executable.run(["predict", bundle, "--json", "--top", "8", "高"])
    let only = try #require((try single.json()["sentences"] as? [[String: Any]])?.first)
    let sequences = try #require(only["sequences"] as? [[String: Any]])
    #expect(sequences.allSatisfy { ["O", "S-LOC"].contains(($0["tags"] as? [String])?.first) }, "\(single.output)")

    for arguments in [["--words", "张 三"], ["--segmenter", bundle, "张三"], ["--top", "1000000000", "张三"]] {
      let result = try await Executable.run(["predict", bundle] + arguments)
      #expect(result.status == 64 && result.errors.count == 1, "\(arguments): \(result.error)")
      #expect(result.error.contains(arguments[0]))
    }
    let words = try await Samples.bundle(.tagging)
    let cut = try await Executable.run(["predict", words, "--segmenter", bundle, "张三去"])
    #expect(cut.lines.filter { !$0.isEmpty }.map { $0.split(separator: "\t")[0] } == ["张三", "去"], "\(cut.error)")

    let inspected = try await Executable.run(["inspect", bundle])
    #expect(inspected.status == 0, "\(inspected.error)")
    for word in ["character-tagger", "conditional random field", "blocks.1"] {
      #expect(inspected.output.contains(word))
    }
  }

  @Test func `A tagger of words reads and writes CoNLL-U`() async throws {
    let folder = try TemporaryFolder()
    let data = try folder.write(Self.words(60), to: "train.conllu")
    let bundle = folder.path("words.charcnn")
    let trained = try await Executable.run(
      ["train", "--task", "tagging", data, "--output", bundle, "--quiet"] + Self.small)
    #expect(trained.status == 0, "\(trained.error)")
    let result = try await Executable.run(["predict", bundle, "--conllu", "the cat sees it."])
    #expect(result.lines.first == "# text = the cat sees it.")
    let rows = result.lines.filter { $0.contains("\t") }.map { $0.split(separator: "\t").map(String.init) }
    #expect(rows.map { $0[3] } == ["DET", "NOUN", "VERB", "PRON", "PUNCT"])
    #expect(rows[3][9] == "SpaceAfter=No")
    let given = try await Executable.run(["predict", bundle, "--words"], input: "the stone holds it .\n")
    #expect(given.lines.filter { !$0.isEmpty }.count == 5)
  }

  @Test func `Offsets of words that are cut already are places in the line that was given`() async throws {
    let line = " the  cat   sees ."
    let result = try await Executable.run(["predict", Samples.bundle(.tagging), "--words", "--json", line])
    let object = try result.json()
    #expect(object["text"] as? String == line)
    let tokens = try #require((object["sentences"] as? [[String: Any]])?.first?["tokens"] as? [[String: Any]])
    #expect(tokens.map { $0["text"] as? String } == ["the", "cat", "sees", "."])
    #expect(tokens.map { $0["start"] as? Int } == [1, 6, 12, 17])
    #expect(tokens.map { $0["end"] as? Int } == [4, 9, 16, 18])
  }

  @Test func `Models and options that do not go together are told in one line`() async throws {
    let words = try await Samples.bundle(.tagging)
    for (segmenter, problem) in [
      (words, "is a tagger of words"), (try await Samples.bundle(.classification), "task classification"),
    ] {
      let result = try await Executable.run(["predict", words, "--segmenter", segmenter, "the cat"])
      #expect(result.status == 64 && result.errors.count == 1, "\(result.status) \(result.error)")
      for word in [segmenter, "--segmenter", problem] { #expect(result.error.contains(word), "\(result.error)") }
    }
    let top = try await Executable.run(["predict", words, "--conllu", "--top", "3", "the cat"])
    #expect(top.status == 64 && top.error.contains("--conllu") && top.error.contains("--top"), "\(top.error)")
  }

  @Test func `Wrong data and options are told in one line`() async throws {
    let folder = try TemporaryFolder()
    let bad = try folder.write("a X\nb\n", to: "bad.txt")
    let output = folder.path("m.charcnn")
    let ragged = try await Executable.run(["train", "--task", "tagging", bad, "--output", output])
    #expect(ragged.status == 65)
    #expect(ragged.error.contains("bad.txt:2"))
    let data = try folder.write(Self.characters(9), to: "good.txt")
    for arguments in [["--model", "gated"], ["--embeddings", "x.vec"], ["--format", "csv"], ["--text", "word"]] {
      let result = try await Executable.run(["train", "--task", "tagging", data, "--output", output] + arguments)
      #expect(result.status == 64, "\(arguments): \(result.error)")
    }
    let setting = try await Executable.run(
      ["train", "--task", "tagging", data, "--output", output, "--set", "nothing=1"])
    #expect(setting.status != 0 && setting.error.contains("nothing"))
    let labels = try await Executable.run(["predict", Samples.bundle(), "--conllu", "text"])
    #expect(labels.status == 64)
  }

  @Test func `A tagger starts from a model, and says which ones it can start from`() async throws {
    let folder = try TemporaryFolder()
    let data = try folder.write(Self.characters(60), to: "train.bmes")
    let first = folder.path("first.charcnn")
    let trained = try await Executable.run(
      ["train", "--task", "tagging", data, "--output", first, "--quiet"] + Self.small)
    #expect(trained.status == 0, "\(trained.error)")
    let second = folder.path("second.charcnn")
    let tuned = try await Executable.run([
      "train", "--task", "tagging", data, "--from", first, "--output", second, "--quiet", "--set", "epochs=1",
    ])
    #expect(tuned.status == 0, "\(tuned.error)")
    let columns = try await Executable.run(["predict", second, "张三去"])
    #expect(columns.lines.first?.hasPrefix("张\tB-PER") == true, "\(columns.output)")

    let words = try folder.write(Self.words(20), to: "train.conllu")
    let output = folder.path("m.charcnn")
    for (arguments, problem) in [
      ([words, "--from", first], "word tagger"), ([data, "--from", try await Samples.bundle(.tagging)], "word tagger"),
      ([data, "--from", first, "--set", "filters=32"], "blocks.0"),
      ([data, "--from", try await Samples.bundle(.language)], "causal"),
    ] {
      let result = try await Executable.run(["train", "--task", "tagging", "--output", output] + arguments)
      #expect(result.status == 64 && result.errors.count == 1, "\(arguments): \(result.status) \(result.error)")
      #expect(result.error.contains(problem), "\(arguments): \(result.error)")
    }
  }
}
