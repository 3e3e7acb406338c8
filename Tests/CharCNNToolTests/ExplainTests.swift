import Foundation
import TestSupport
import Testing

#if canImport(FoundationXML)
import FoundationXML
#endif

struct ExplainTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func objects(_ result: Executable.Result) throws -> [[String: Any]] {
    try result.lines.map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any], "not JSON: \(line)")
    }
  }

  /// What the contributions of an object lack of the difference that they make up.
  private func lack(_ object: [String: Any]) throws -> Double {
    let values = try #require(object["contributions"] as? [[String: Any]]).map { $0["value"] as? Double ?? .nan }
    let total = try #require(object["total"] as? Double)
    let baseline = try #require(object["baseline"] as? Double)
    return abs(values.reduce(0, +) - (total - baseline))
  }

  @Test func `JSON has an object a text whose contributions add up`() async throws {
    let bundle = try await Samples.bundle()
    let texts = ["apple and plum number 7", "hammer 铁👍🏽e\u{301}", ""]
    let result = try await Executable.run(["explain", bundle, "--json"] + texts)
    #expect(result.status == 0, "\(result.error)")
    let found = try objects(result)
    #expect(found.map { $0["text"] as? String } == texts)
    for (text, object) in zip(texts, found) {
      #expect(
        Set(object.keys) == [
          "text", "label", "probability", "total", "baseline", "contributions", "method", "part", "gap",
          "unreadCharacters",
        ])
      #expect(try lack(object) < 1e-5)
      let contributions = try #require(object["contributions"] as? [[String: Any]])
      #expect(contributions.count == text.count)
      for (character, contribution) in zip(text, contributions) {
        #expect(Set(contribution.keys) == ["start", "end", "utf8Start", "utf8End", "value"])
        let (start, end) = (contribution["utf8Start"] as? Int ?? -1, contribution["utf8End"] as? Int ?? -1)
        #expect(String(decoding: Array(text.utf8)[start..<end], as: UTF8.self) == String(character))
        let scalars = Array(text.unicodeScalars)[
          (contribution["start"] as? Int ?? 0)..<(contribution["end"] as? Int ?? 0)]
        #expect(String(String.UnicodeScalarView(scalars)) == String(character))
      }
    }
    let predicted = try await Executable.run(["predict", bundle, texts[0]]).lines[0].split(separator: "\t")
    #expect(found[0]["label"] as? String == String(predicted[0]))
    // Lines of standard input, and a file, are the same texts.
    let piped = try await Executable.run(
      ["explain", bundle, "--json"], input: texts.dropLast().joined(separator: "\n") + "\n")
    #expect(piped.lines == Array(result.lines.dropLast()))
    let file = try folder.write("label,text\n" + texts.dropLast().map { "x,\($0)\n" }.joined(), to: "texts.csv")
    let read = try await Executable.run(["explain", bundle, "--json", "--input", file])
    #expect(read.lines == Array(result.lines.dropLast()), "\(read.error)")
  }

  @Test func `labels are the likeliest, or the one that is asked for`() async throws {
    let bundle = try await Samples.bundle()
    let both = try objects(try await Executable.run(["explain", bundle, "apple", "--top", "2", "--json"]))
    #expect(both.map { $0["label"] as? String } == ["fruit", "tool"])
    let one = try objects(try await Executable.run(["explain", bundle, "apple", "--label", "tool", "--json"]))
    #expect(one.count == 1 && one[0]["total"] as? Double == both[1]["total"] as? Double)
    let refused = try await Executable.run(["explain", bundle, "apple", "--label", "tol"])
    #expect(refused.status == 64 && refused.errors.count == 1 && refused.error.contains("did you mean tool?"))
  }

  @Test func `people see the strongest characters, and no colours where nobody draws them`() async throws {
    let bundle = try await Samples.bundle()
    let result = try await Executable.run(["explain", bundle, "apple and \u{1B}plum"])
    #expect(result.status == 0 && result.error.isEmpty, "\(result.error)")
    #expect(result.lines[0].hasPrefix("fruit ") && result.lines[0].contains("log-odds"))
    #expect(result.lines.count == 12 && result.output.contains("[") && !result.output.contains("\u{1B}"))
    let taken = try await Executable.run(["explain", bundle, "apple", "--method", "occlusion"])
    #expect(taken.lines[0].contains("taking each character out"))
  }

  @Test func `a page stands by itself and replaces nothing unasked`() async throws {
    let bundle = try await Samples.bundle()
    let page = try folder.write("mine", to: "why.html")
    let arguments = ["explain", bundle, "apple <b> & plum", "--html", page]
    let refused = try await Executable.run(arguments)
    #expect(refused.status == 73 && refused.errors.count == 1 && refused.output.isEmpty)
    #expect(try String(contentsOfFile: page, encoding: .utf8) == "mine")
    let written = try await Executable.run(arguments + ["--overwrite"])
    #expect(written.status == 0, "\(written.error)")
    let html = try String(contentsOfFile: page, encoding: .utf8)
    #expect(html.contains("&lt;") && !html.contains("<b> &"))
    #expect(html.contains("prefers-color-scheme: dark") && html.contains("width=device-width"))
    for outside in ["href=", "src=", "url(", "<script", "@import"] { #expect(!html.contains(outside)) }
    let parser = XMLParser(data: Data(html.utf8))
    #expect(parser.parse(), "\(parser.parserError.map { "\($0)" } ?? "")")
  }

  @Test func `what a classifier goes by is found on its data`() async throws {
    let bundle = try await Samples.bundle()
    let data = try folder.write(Samples.csv(60) + "what is this,unheard\n", to: "data.csv")
    let page = folder.path("model.html")
    let result = try await Executable.run(["explain", bundle, "--data", data, "--json", "--top", "5", "--html", page])
    #expect(result.status == 0 && result.error.contains("1 text left out"), "\(result.error)")
    let found = try objects(result)
    #expect(found.map { $0["label"] as? String } == ["fruit", "tool"])
    #expect(found.allSatisfy { $0["texts"] as? Int == 30 })
    for object in found {
      let ngrams = try #require(object["ngrams"] as? [[String: Any]])
      let filters = try #require(object["filters"] as? [[String: Any]])
      #expect(ngrams.count == 5 && filters.count <= 5 && !filters.isEmpty)
      #expect(ngrams.allSatisfy { ($0["effect"] as? Double ?? 0) > 0 && ($0["texts"] as? Int ?? 0) > 0 })
      for example in ngrams.compactMap({ $0["example"] as? [String: Any] })
        + filters.flatMap({ $0["windows"] as? [[String: Any]] ?? [] })
      {
        #expect((example["end"] as? Int ?? 0) > (example["start"] as? Int ?? 0))
      }
    }
    #expect(try String(contentsOfFile: page, encoding: .utf8).contains("<table>"))
    let text = try await Executable.run(["explain", bundle, "--data", data, "--quiet"])
    #expect(text.status == 0 && text.error.isEmpty && text.lines[0] == "fruit: 30 texts")
  }

  @Test func `pairs and tags are explained too`() async throws {
    let pair = ["apple and cherry number 1", "apple and melon number 2"]
    let matched = try await Executable.run(["explain", try await Samples.bundle(.matching), "--json"] + pair)
    #expect(matched.status == 0, "\(matched.error)")
    let match = try objects(matched)[0]
    #expect(match["first"] as? String == pair[0] && match["second"] as? String == pair[1] && match["score"] != nil)
    let sides = try #require(match["contributions"] as? [[String: Any]]).compactMap { $0["text"] as? Int }
    #expect(sides.count { $0 == 1 } == pair[0].count && sides.count { $0 == 2 } == pair[1].count)
    #expect(try lack(match) < 1e-5)
    let tagger = try await Samples.bundle(.tagging)
    let tags = try objects(try await Executable.run(["explain", tagger, "the cat sees", "--json"]))
    #expect(tags.compactMap { ($0["token"] as? [String: Any])?["text"] as? String } == ["the", "cat", "sees"])
    for tag in tags { #expect(try lack(tag) < 1e-5) }
    let one = try objects(try await Executable.run(["explain", tagger, "the cat sees", "--at", "5", "--json"]))
    #expect(one.count == 1 && (one[0]["token"] as? [String: Any])?["start"] as? Int == 4)
  }

  @Test(arguments: [
    ["--top", "0"], ["--at", "1", "apple"], ["--overwrite", "apple"], ["--text", "a", "apple"],
    ["--data", "x.csv", "apple"], ["--input", "x.csv", "apple"], ["--top", "2", "--label", "tool", "apple"],
    ["--input", "-"], ["--method", "guess", "apple"],
  ])
  func `wrong usage is said in one line`(arguments: [String]) async throws {
    let result = try await Executable.run(["explain", try await Samples.bundle()] + arguments)
    #expect(result.status == 64 && result.errors.count == 1, "\(result.error)")
    #expect(result.output.isEmpty)
  }

  @Test func `what cannot be explained is refused`() async throws {
    let language = try await Executable.run(["explain", try await Samples.bundle(.language), "apple"])
    #expect(language.status == 64 && language.errors.count == 1 && language.error.contains("language model"))
    let missing = try await Executable.run(["explain", try await Samples.bundle(), "--input", folder.path("none.csv")])
    #expect(missing.status == 66 && missing.errors.count == 1)
    let empty = try folder.write("", to: "empty.csv")
    let nothing = try await Executable.run(["explain", try await Samples.bundle(), "--data", empty])
    #expect(nothing.status == 65 && nothing.errors.count == 1)
    let broken = try folder.write(Data([0x61, 0xFF, 0x0A]), to: "broken.txt")
    let bytes = try await Executable.run(
      ["explain", try await Samples.bundle()], input: Data(contentsOf: URL(fileURLWithPath: broken)))
    #expect(bytes.status == 65 && bytes.errors.count == 1)
  }
}
