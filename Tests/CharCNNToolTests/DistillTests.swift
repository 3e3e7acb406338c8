import Foundation
import TestSupport
import Testing

struct DistillTests {
  private static let small = ["--set", "rank=4", "epochs=2", "batchTexts=16", "minimumTexts=1"]

  /// Texts with vectors of three numbers beside them, as JSON lines.
  private static func lines(_ count: Int) -> String {
    (0..<count).map { number in
      let vector = number.isMultiple(of: 2) ? "[1, 0.25, -0.5]" : "[-0.5, 1, 2e-1]"
      return "{\"text\": \"\(Samples.text(number, isFruit: number.isMultiple(of: 2)))\", \"vector\": \(vector)}\n"
    }.joined()
  }

  @Test func `A base is trained, measured and asked`() async throws {
    let folder = try TemporaryFolder()
    let texts = try folder.write(Self.lines(120), to: "texts.jsonl")
    let base = folder.path("base.charcnn")
    let trained = try await Executable.run(["distill", texts, "--output", base, "--json"] + Self.small)
    #expect(trained.status == 0, "\(trained.error)")
    let result = try trained.json()
    #expect(result["cosine"] is Double && result["labels"] == nil, "\(trained.output)")
    #expect(trained.error.contains("vectors = field \"vector\""), "\(trained.error)")

    let report = try await Executable.run(["evaluate", base, texts, "--json", "--quiet"])
    #expect(try #require(try report.json()["cosine"] as? Double) > 0.5, "\(report.output) \(report.error)")
    let table = try await Executable.run(["evaluate", base, texts, "--quiet"])
    #expect(table.output.contains("agreement of neighbours"), "\(table.output)")
    let inspected = try await Executable.run(["inspect", base, "--json"])
    #expect(inspected.status == 0, "\(inspected.error)")
    #expect(try inspected.json()["model"] as? String == "base of vectors")

    let plain = try folder.write(
      (0..<120).map { Samples.text($0, isFruit: $0.isMultiple(of: 2)) + "\n" }.joined(), to: "texts.txt")
    let vectors = folder.path("vectors.npy")
    let embedded = try await Executable.run(["embed", base, "--texts", plain, "--output", vectors])
    #expect(embedded.status == 0, "\(embedded.error)")
    let neighbors = try await Executable.run(["neighbors", plain, "apple", "--bundle", base, "--top", "2"])
    #expect(neighbors.output.split(separator: "\n").count == 2, "\(neighbors.error)")
    // A classifier looks at its vectors, and explains them.
    let data = try folder.write(Samples.csv(120), to: "data.csv")
    let model = folder.path("model.charcnn")
    let learned = try await Executable.run(
      ["train", data, "--from", base, "--output", model])
    #expect(
      learned.status == 0 && learned.error.contains("of the base's vector") && learned.error.contains("network: none"),
      "\(learned.error)")
    let explained = try await Executable.run(["explain", model, "an apple", "--json"])
    #expect(explained.status == 0, "\(explained.error)")
    let page = try await Executable.run(["walkthrough", "an apple", model, "--html", folder.path("page.html")])
    #expect(page.status == 0, "\(page.error)")
    #expect(try String(contentsOfFile: folder.path("page.html"), encoding: .utf8).contains("The vector of the base"))
    // Labels are known by their names.
    let labels = ["--labels", "apple, hammer"]
    let named = try await Executable.run(["predict", base, "an apple", "a hammer", "--json"] + labels)
    #expect(named.status == 0 && named.output.contains("\"label\":\"hammer\""), "\(named.output) \(named.error)")
    let answered = folder.path("answered.csv")
    let file = try await Executable.run(["predict", base, "--input", data, "--output", answered] + labels)
    #expect(file.status == 0, "\(file.error)")
    let reasons = try await Executable.run(["explain", base, "an apple", "--json"] + labels)
    #expect(reasons.status == 0, "\(reasons.error)")
    let measured = try await Executable.run(
      ["evaluate", base, answered, "--label", "predicted_label", "--json", "--quiet"] + labels)
    #expect(try measured.json()["accuracy"] as? Double == 1, "\(measured.output) \(measured.error)")
    // A base learns the vectors of another one.
    let second = try await Executable.run(
      ["distill", plain, "--vectors", vectors, "--output", folder.path("second.charcnn"), "--size", "12kB"] + Self.small
    )
    #expect(second.status == 0, "\(second.error)")
    let again = try await Executable.run([
      "distill", "--config", base, "--output", folder.path("again.charcnn"), "--quiet",
    ])
    #expect(again.status == 0, "\(again.error)")
    #expect(
      try Data(contentsOf: URL(filePath: folder.path("again.charcnn/model.safetensors")))
        == Data(contentsOf: URL(filePath: base + "/model.safetensors")))
  }

  @Test func `What is left out, cut or unknown is told`() async throws {
    let folder = try TemporaryFolder()
    let texts = try folder.write(Self.lines(60), to: "texts.jsonl")
    let base = folder.path("base.charcnn")
    // The validation texts have their vectors beside them, the training texts in a file; and lists are no labels.
    let trained = try await Executable.run(
      ["distill", texts, "--validation", texts, "--output", base, "--set", "maximumLength=40"] + Self.small.dropFirst())
    #expect(trained.status == 0 && !trained.error.contains("label"), "\(trained.error)")
    let plain = try folder.write(
      (0..<60).map { Samples.text($0, isFruit: $0.isMultiple(of: 2)) + "\n" }.joined(), to: "plain.txt")
    let vectors = folder.path("vectors.npy")
    let embedded = try await Executable.run(["embed", base, "--texts", plain, "--output", vectors])
    #expect(embedded.status == 0, "\(embedded.error)")
    let mixed = try await Executable.run(
      ["distill", plain, "--vectors", vectors, "--validation", texts, "--output", folder.path("mixed.charcnn")]
        + Self.small)
    #expect(mixed.status == 0, "\(mixed.error)")
    let long = try folder.write(
      "{\"text\": \"\(String(repeating: "apple ", count: 20))\", \"vector\": [1, 0, 0]}\nno object\n" + Self.lines(20),
      to: "long.jsonl")
    let report = try await Executable.run(["evaluate", base, long, "--skip-invalid"])
    #expect(
      report.status == 0 && report.error.contains("1 faulty record") && report.error.contains("1 text cut"),
      "\(report.error)")
    let labels = ["--labels", "apple, hammer"]
    let asked = try await Executable.run(["predict", base, "an apple", "жизнь", "事"] + labels)
    #expect(asked.status == 0 && asked.error.contains("nothing of 2 texts"), "\(asked.error)")
    let data = try folder.write("text\nan apple\nжизнь\n", to: "data.csv")
    let file = try await Executable.run(["predict", base, "--input", data] + labels)
    #expect(file.status == 0 && file.error.contains("nothing of 1 text;"), "\(file.error)")
    let inspected = try await Executable.run(["inspect", base])
    #expect(inspected.output.contains("n-grams in 8 bits"), "\(inspected.output)")
  }

  @Test func `Wrong wishes are one line and the right exit code`() async throws {
    let folder = try TemporaryFolder()
    let texts = try folder.write(Self.lines(40), to: "texts.jsonl")
    let base = folder.path("base.charcnn")
    let trained = try await Executable.run(["distill", texts, "--output", base] + Self.small)
    #expect(trained.status == 0, "\(trained.error)")
    let output = folder.path("m.charcnn")
    let zero = try folder.write(
      Self.lines(40).replacingOccurrences(of: "[1, 0.25, -0.5]", with: "[0, 0, 0]"), to: "zero.jsonl")
    let short = try folder.write(Self.lines(40) + "{\"text\": \"more\", \"vector\": [1, 2]}\n", to: "short.jsonl")
    let none = try folder.write(Self.lines(40) + "{\"text\": \"more\"}\n", to: "none.jsonl")
    let words = try folder.write("an apple\na hammer\n", to: "words.txt")
    let data = try folder.write(Samples.csv(40), to: "data.csv")
    for (arguments, status, word) in [
      (["distill", texts], 64, "--output"), (["distill", "--output", output], 64, "texts"),
      (["distill", words, "--output", output], 65, "vectors"),
      (["distill", words, "--vectors", folder.path("none.npy"), "--output", output], 66, "none.npy"),
      (["distill", texts, "--vector-field", "other", "--output", output], 65, "\"other\""),
      (["distill", texts, "--vectors", "v.npy", "--vector-field", "a", "--output", output], 64, "both"),
      (["distill", zero, "--output", output], 65, "text 1 "), (["distill", short, "--output", output], 65, "text 41"),
      (["distill", none, "--output", output], 65, ":41:"),
      (["distill", texts, "--output", output, "--size", "5kB"], 64, "size"),
      (["distill", texts, "--output", output, "--set", "cuts=0.5"], 64, "cuts"),
      (["distill", texts, "--output", output, "--set", "dimension=3"], 64, "dimension"),
      (["distill", texts, "--output", output, "--weight", "w"], 64, "--weight"),
      (["distill", texts, "--output", output, "--label", "l"], 64, "--label"),
      (["evaluate", base, texts, "--label", "l"], 64, "--label"),
      (["distill", texts, "--output", output, "--seed", "2", "--set", "seed=3"], 64, "--seed"),
      (["distill", texts, "--output", output, "--size", "1MB", "--set", "size=3000"], 64, "--size"),
      (["distill", texts, "--validation", words, "--output", output], 64, "--validation-vectors"),
      (["embed", base, "--pooling", "mean", "--texts", words], 64, "--pooling"),
      (["distill", texts, "--output", base], 73, "base.charcnn"), (["predict", base, "a"], 64, "base of vectors"),
      (["predict", base, "a", "--labels", "apple"], 64, "two or more"),
      (["predict", base, "a", "--labels", "apple,,hammer"], 64, "empty"),
      (["predict", base, "a", "--label-template", "{}"], 64, "--labels"),
      (["evaluate", base, texts, "--labels", "apple,hammer", "--vectors", "v.npy"], 64, "--vectors"),
      (["embed", base, "--level", "word", "--texts", words], 64, "level"),
      (["train", data, "--task", "regression", "--label-names", "--output", output], 64, "--label-names"),
      (["train", data, "--label-names", "--set", "ngrams=none", "--output", output], 64, "learn from the names"),
      (["train", data, "--from", base, "--set", "ngrams=none", "--output", output], 64, "vectors"),
      (
        [
          "train", try folder.write("a\tB-X\nb\tO\n\nb\tO\na\tB-X\n\n", to: "tags.bmes"), "--from", base, "--task",
          "tagging",
          "--output", output,
        ], 64, "tagger of characters"
      ),
    ] {
      let result = try await Executable.run(arguments)
      #expect(result.status == status && result.error.contains(word), "\(arguments): \(result.status) \(result.error)")
    }
    #expect(!FileManager.default.fileExists(atPath: output))
  }
}
