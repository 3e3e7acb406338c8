import Foundation
import TestSupport
import Testing

struct EmbedTests {
  @Test func `Vectors of texts find their neighbours`() async throws {
    let folder = try TemporaryFolder()
    let bundle = try await Samples.bundle()
    let texts = (0..<40).map { Samples.text($0, isFruit: $0.isMultiple(of: 2)) }
    let corpus = try folder.write(texts.joined(separator: "\n") + "\n", to: "corpus.txt")
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
    #expect(
      result.lines[0].hasPrefix(
        #"{"text":"apple \"and\"","ranges":[[0,5],[6,11]],"utf8Ranges":[[0,5],[6,11]],"vectors":[["#))
    #expect(result.lines[1] == #"{"text":"","ranges":[],"utf8Ranges":[],"vectors":[]}"#)
  }

  @Test(arguments: ["word", "character"])
  func `Places count Unicode scalars, and bytes beside them`(level: String) async throws {
    // Emoji of several scalars, a combining mark, an Arabic word, and more lines than a batch holds.
    let texts = ["👩‍👧 e\u{301}t 🇩🇪", "سلام ab"] + (0..<600).map { "plum \($0) é" }
    let result = try await Executable.run(
      ["embed", Samples.bundle(), "--level", level, "--layer", "0"], input: texts.joined(separator: "\n") + "\n")
    #expect(result.status == 0 && result.lines.count == texts.count, "\(result.error)")
    for (text, line) in zip(texts, result.lines) {
      let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      let ranges = try #require(object["ranges"] as? [[Int]])
      let utf8Ranges = try #require(object["utf8Ranges"] as? [[Int]])
      #expect(ranges.count == utf8Ranges.count && !ranges.isEmpty)
      for (range, bytes) in zip(ranges, utf8Ranges) {
        let scalars = Array(text.unicodeScalars)[range[0]..<range[1]]
        let part = Array(text.utf8)[bytes[0]..<bytes[1]]
        #expect(String(String.UnicodeScalarView(scalars)).utf8.elementsEqual(part))
      }
    }
  }

  @Test func `What cannot be done is said in a line`() async throws {
    let folder = try TemporaryFolder()
    let bundle = try await Samples.bundle()
    let file = try folder.write("mine", to: "mine.npy")
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

  @Test func `A blank line keeps its row, in files as in standard input`() async throws {
    let folder = try TemporaryFolder()
    let bundle = try await Samples.bundle()
    let lines = "apple and plum\n\nsaw and drill\r\n\n"
    let file = try folder.write("\u{FEFF}" + lines, to: "lines.txt")
    let piped = try await Executable.run(["embed", bundle], input: lines)
    let read = try await Executable.run(["embed", bundle, "--texts", file])
    #expect(piped.status == 0 && piped.lines.count == 4, "\(piped.error)")
    #expect(read.status == 0 && read.output == piped.output, "\(read.error)")

    // The third line, by whichever way it is asked for.
    let found = try await Executable.run(["neighbors", file, "saw and drill", "--bundle", bundle, "--top", "1"])
    #expect(found.lines == ["1\t1.0000\t3\tsaw and drill"], "\(found.output) \(found.error)")
    let queries = try await Executable.run(
      ["neighbors", file, "--queries", file, "--bundle", bundle, "--top", "1", "--json"])
    #expect(queries.lines.count == 4, "\(queries.error)")
    #expect(queries.lines.last?.contains(#""query":4"#) == true)
    let vectors = folder.path("v.npy")
    _ = try await Executable.run(["embed", bundle, "--texts", file, "--output", vectors])
    let stored = try await Executable.run(
      ["neighbors", vectors, "saw and drill", "--texts", file, "--bundle", bundle, "--top", "1"])
    #expect(stored.output == found.output, "\(stored.error)")
  }

  @Test func `What is no file of text is told`() async throws {
    let folder = try TemporaryFolder()
    let bundle = try await Samples.bundle()
    let binary = try folder.write(Data([0x61, 0x0A, 0xFF, 0x0A]), to: "b.txt")
    for (path, status, word) in [
      (folder.path("none.txt"), 66, "none.txt"), (folder.url.path, 66, folder.url.lastPathComponent),
      (binary, 65, "b.txt:2"),
    ] as [(String, Int32, String)] {
      let result = try await Executable.run(["embed", bundle, "--texts", path])
      #expect(result.status == status && result.errors.count == 1, "\(path): \(result.status) \(result.error)")
      #expect(result.error.contains(word), "\(result.error)")
    }
  }

  @Test func `Large vectors have inner products`() async throws {
    let folder = try TemporaryFolder()
    func vectors(_ values: [Float]) -> Data {
      let header = "{'descr': '<f4', 'fortran_order': False, 'shape': (\(values.count / 2), 2), }"
      let padded = header + String(repeating: " ", count: 117 - header.count) + "\n"
      return Data([0x93]) + Data("NUMPY".utf8) + Data([1, 0, 118, 0]) + Data(padded.utf8)
        + values.reduce(into: Data()) { data, value in
          withUnsafeBytes(of: value.bitPattern.littleEndian) { data.append(contentsOf: $0) }
        }
    }
    let file = try folder.write(vectors([3e38, 3e38, -3e38, 3e38, 1, 1]), to: "v.npy")
    let query = try folder.write(vectors([3e38, 3e38]), to: "q.npy")
    for format in [[], ["--json"]] {
      let result = try await Executable.run(["neighbors", file, "--queries", query, "--similarity", "dot"] + format)
      #expect(result.status == 0 && !result.output.contains("inf") && !result.output.contains("nan"), "\(result.error)")
      #expect(result.lines.count == (format.isEmpty ? 3 : 1), "\(result.output)")
      if format.isEmpty { #expect(result.lines.map { $0.split(separator: "\t")[2] } == ["1", "3", "2"]) }
    }
  }
}
