import Foundation
import TestSupport
import Testing

struct DetectTests {
  @Test func `Texts get a language or unknown`() async throws {
    let result = try await Executable.run(
      ["detect", Samples.bundle(), Samples.text(3, isFruit: true), "12345", "--top", "2"])
    #expect(result.status == 0 && result.lines.count == 2, "\(result.error)")
    #expect(result.lines.first?.hasPrefix("fruit\t") == true)
    #expect(result.lines.first?.split(separator: "\t").count == 4)
    #expect(result.lines.last?.hasPrefix("unknown\t") == true)
  }

  @Test func `Spans tell offsets in the text`() async throws {
    let text = "é👩‍👧 e\u{301} سلام apple and cherry number 3 and then a hammer and wrench number 4"
    let result = try await Executable.run(["detect", Samples.bundle(), "--spans", "--json"], input: "\(text)\n\n")
    #expect(result.status == 0 && result.lines.count == 2, "\(result.error)")
    let line = Data(try #require(result.lines.first).utf8)
    let first = try #require(try JSONSerialization.jsonObject(with: line) as? [String: Any])
    let spans = try #require(first["spans"] as? [[String: Any]])
    #expect(spans.first?["start"] as? Int == 0 && spans.last?["end"] as? Int == text.unicodeScalars.count)
    #expect(spans.first?["utf8Start"] as? Int == 0 && spans.last?["utf8End"] as? Int == text.utf8.count)
    for span in spans {
      let place = try #require((span["start"] as? Int).flatMap { start in (span["end"] as? Int).map { start..<$0 } })
      #expect(String(String.UnicodeScalarView(Array(text.unicodeScalars)[place])) == span["text"] as? String)
    }
    let columns = try await Executable.run(["detect", Samples.bundle(), "--spans", text])
    #expect(columns.lines.last?.split(separator: "\t")[2] == "\(text.unicodeScalars.count)")
    #expect(result.lines.last == #"{"spans":[],"text":""}"#)
  }

  @Test func `A calibrated model keeps its threshold`() async throws {
    let folder = try TemporaryFolder()
    let bundle = try await Samples.bundle()
    let data = folder.path("texts.csv")
    try ("label,text\n" + (1...8).map { "fruit,\(Samples.text($0, isFruit: true))\n" }.joined())
      .write(toFile: data, atomically: true, encoding: .utf8)
    let output = folder.path("calibrated.charcnn")
    let calibrated = try await Executable.run(
      ["detect", bundle, "--calibrate", data, "--answering", "1", "--output", output])
    #expect(calibrated.status == 0 && calibrated.output.hasPrefix("minimumProbability\t"), "\(calibrated.error)")
    let text = Samples.text(3, isFruit: true)
    let answered = try await Executable.run(["detect", output, text])
    #expect(answered.output.hasPrefix("fruit\t"), "\(answered.error)")
    let json = try await Executable.run(
      ["detect", bundle, "--calibrate", data, "--output", output, "--overwrite", "--json"])
    #expect(try json.json()["minimumProbability"] is Double, "\(json.output)")
    let again = try await Executable.run(["detect", bundle, "--calibrate", data, "--output", output])
    #expect(again.status != 0 && again.errors.count == 1, "\(again.error)")
    for wrong in [["--calibrate", data], ["--output", output], ["--answering", "0"], ["--label", "1"]] {
      #expect(try await Executable.run(["detect", bundle] + wrong).status == 64)
    }
  }

  @Test func `Constraints and hints must name languages of the model`() async throws {
    let bundle = try await Samples.bundle()
    let only = try await Executable.run(["detect", bundle, "apple", "--languages", "tool", "--hints", "tool=0.5"])
    #expect(only.output.hasPrefix("tool\t1.0000"), "\(only.error)")
    for wrong in [
      ["--languages", "klingon"], ["--hints", "fruit"], ["--hints", "fruit=2"], ["--set", "switchCost=-1"],
    ] {
      let result = try await Executable.run(["detect", bundle, "apple"] + wrong)
      #expect(result.status == 64 && result.errors.count == 1, "\(result.error)")
    }
  }

  @Test func `The key of the language is there when it is unknown`() async throws {
    let bundle = try await Samples.bundle()
    for arguments in [["--json"], ["--json", "--spans"]] {
      let result = try await Executable.run(["detect", bundle, "12345"] + arguments)
      #expect(result.status == 0 && result.output.contains(#""language":null"#), "\(result.output)")
    }
    let known = try await Executable.run(["detect", bundle, "apple and plum number 3 😀😀😀😀😀😀😀😀😀😀😀😀😀", "--json"])
    #expect(known.output.contains(#""language":""#), "\(known.output)")
  }
}
