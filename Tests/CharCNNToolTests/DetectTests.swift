import Foundation
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
    let text = "é apple and cherry number 3 and then a hammer and wrench number 4"
    let result = try await Executable.run(["detect", Samples.bundle(), "--spans", "--json"], input: "\(text)\n\n")
    #expect(result.status == 0 && result.lines.count == 2, "\(result.error)")
    let line = Data(try #require(result.lines.first).utf8)
    let first = try #require(try JSONSerialization.jsonObject(with: line) as? [String: Any])
    let spans = try #require(first["spans"] as? [[String: Any]])
    #expect(spans.first?["start"] as? Int == 0 && spans.last?["end"] as? Int == text.utf8.count)
    #expect(result.lines.last == #"{"spans":[],"text":""}"#)
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
}
