import Foundation
import Testing

struct EmbedTests {
  @Test func `Vectors of texts find their neighbours`() async throws {
    let folder = try TemporaryFolder()
    let bundle = try await Samples.bundle()
    let texts = (0..<40).map { Samples.text($0, isFruit: $0.isMultiple(of: 2)) }
    let corpus = try folder.write("corpus.txt", texts.joined(separator: "\n") + "\n")
    let vectors = folder.path("corpus.npy")
    let embedded = try await Executable.run(["embed", bundle, "--texts", corpus, "--output", vectors])
    #expect(embedded.status == 0 && embedded.error.contains("40 vectors"), "\(embedded.error)")

    let named = try await Executable.run(["neighbors", corpus, texts[7], "--bundle", bundle, "--top", "3"])
    let stored = try await Executable.run(
      ["neighbors", vectors, texts[7], "--texts", corpus, "--bundle", bundle, "--top", "3"])
    #expect(named.status == 0 && named.lines.count == 3, "\(named.error)")
    #expect(named.lines.first == "1\t1.0000\t8\t\(texts[7])")
    #expect(stored.output == named.output)

    let both = try await Executable.run(["neighbors", vectors, "--queries", vectors, "--top", "1", "--json"])
    #expect(both.lines.count == 40)
    #expect(both.lines[3].contains(#""number":4"#))
  }

  @Test func `Lines of standard input become lines of JSON`() async throws {
    let result = try await Executable.run(
      ["embed", Samples.bundle(), "--level", "word", "--layer", "0"], input: "apple \"and\"\n\nsaw\n")
    #expect(result.status == 0 && result.lines.count == 3, "\(result.error)")
    #expect(result.lines[0].hasPrefix(#"{"text":"apple \"and\"","ranges":[[0,5],[6,11]],"vectors":[["#))
    #expect(result.lines[1] == #"{"text":"","ranges":[],"vectors":[]}"#)
  }

  @Test func `What cannot be done is said in a line`() async throws {
    let folder = try TemporaryFolder()
    let bundle = try await Samples.bundle()
    let file = try folder.write("mine.npy", "mine")
    let there = try await Executable.run(["embed", bundle, "--output", file], input: "a\n")
    #expect(there.status == 73 && there.errors.count == 1)
    #expect(try String(contentsOfFile: file, encoding: .utf8) == "mine")
    let layer = try await Executable.run(["embed", bundle, "--layer", "9"], input: "a\n")
    #expect(layer.status == 64 && layer.errors.count == 1)
    let damaged = try await Executable.run(["neighbors", file, "a", "--bundle", bundle])
    #expect(damaged.status == 65 && damaged.errors.count == 1)
    let missing = try await Executable.run(["neighbors", folder.path("none.txt"), "a", "--bundle", bundle])
    #expect(missing.status == 66 && missing.errors.count == 1)
    let noModel = try await Executable.run(["neighbors", folder.path("none.txt"), "a"])
    #expect(noModel.status == 64 && noModel.errors.count == 1)
  }
}
