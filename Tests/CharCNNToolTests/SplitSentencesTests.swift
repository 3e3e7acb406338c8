import Foundation
import TestSupport
import Testing

/// `charcnn split` with sentences whose tokens have tags.
@Suite struct SplitSentencesTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Some sentences of CoNLL-U, ten a document; only two have the tag X.
  private static let blocks: [String] = (0..<400).map { number in
    var block = number % 10 == 0 ? "# newdoc id = d\(number / 10)\n" : ""
    block += "# sent_id = s\(number)\n# text = Word\(number) runs.\n"
    block += "1\tWord\(number)\t_\t\(number == 17 || number == 333 ? "X" : "NOUN")\t_\t_\t_\t_\t_\t_\n"
    block += "2\truns\t_\tVERB\t_\t_\t_\t_\t_\tSpaceAfter=No\n3\t.\t_\tPUNCT\t_\t_\t_\t_\t_\t_\n"
    return block
  }

  private func text(_ name: String) throws -> String { try String(contentsOfFile: folder.path(name), encoding: .utf8) }

  private func sentences(_ name: String, between separator: String = "\n\n") throws -> [String] {
    try text(name).components(separatedBy: separator).filter { !$0.isEmpty }
  }

  @Test func `sentences stay whole, with their comments and as they stand, and each is in one part`() async throws {
    let data = try folder.write(Self.blocks.joined(separator: "\n"), to: "all.conllu")
    let result = try await Executable.run(
      ["split", data, "--output", folder.path("p"), "--share", "0.2", "--validation-share", "0.1", "--json"])
    #expect(result.status == 0 && result.error.contains("conllu, tags = upos"), "\(result.error)")
    let parts = try #require(result.json()["parts"] as? [[String: Any]])
    #expect(parts.map { $0["records"] as? Int } == [280, 80, 40])
    let names = ["p/train.conllu", "p/test.conllu", "p/validation.conllu"]
    #expect(
      try names.flatMap { try sentences($0) }.sorted() == Self.blocks.map { String($0.dropLast()) }.sorted())
    // In the order of the file, and the rarest tag in the part to learn from.
    let numbers = try sentences(names[0]).map { block in
      try #require(block.firstMatch(of: /sent_id = s(\d+)/).flatMap { Int($0.1) })
    }
    #expect(numbers == numbers.sorted())
    #expect((parts[0]["labels"] as? [String: Int])?["X"] ?? 0 >= 1, "\(parts)")
    let again = try await Executable.run(["split", data, "--train", folder.path("a"), "--test", folder.path("b")])
    #expect(again.status == 0 && again.output.contains("tokens of tag") && again.output.contains("sentences"))
  }

  @Test func `documents stay together where they are marked`() async throws {
    let data = try folder.write(Self.blocks.joined(separator: "\n"), to: "all.conllu")
    let columns = ["--train", folder.path("a"), "--test", folder.path("b"), "--group", "document"]
    let result = try await Executable.run(["split", data] + columns)
    #expect(result.status == 0 && result.error.contains("40 documents, none torn apart"), "\(result.error)")
    for name in ["a", "b"] {
      let documents = try sentences(name).map { block in
        try #require(block.firstMatch(of: /sent_id = s(\d+)/).flatMap { Int($0.1) }) / 10
      }
      #expect(Dictionary(grouping: documents) { $0 }.values.allSatisfy { $0.count == 10 })
    }
    let unmarked = try folder.write("a\tO\nb\tO\n\nc\tO\nd\tB-X\n\n", to: "few.tsv")
    let none = try await Executable.run(["split", unmarked, "--format", "columns", "--overwrite"] + columns)
    #expect(none.status == 65 && none.error.contains("nothing marks where documents begin"), "\(none.error)")
    let other = try await Executable.run(["split", data, "--overwrite"] + columns.dropLast() + ["customer"])
    #expect(other.status == 64 && other.error.contains("no column customer"), "\(other.error)")
  }

  @Test func `columns keep header and line ends, also a file that ends within a sentence`() async throws {
    let blocks = (0..<300).map { "w\($0)\tB\r\nx\tE\r\n" }
    let data = try folder.write("token\ttag\r\n" + blocks.joined(separator: "\r\n"), to: "all.bmes")
    let result = try await Executable.run(["split", data, "--output", folder.path("p"), "--quiet"])
    #expect(result.status == 0, "\(result.error)")
    var found: [String] = []
    for name in ["p/train.bmes", "p/test.bmes"] {
      let all = try text(name)
      #expect(all.hasPrefix("token\ttag\r\n") && !all.replacingOccurrences(of: "\r\n", with: "").contains("\n"))
      found += all.dropFirst("token\ttag\r\n".utf16.count - 1).components(separatedBy: "\r\n\r\n").filter {
        !$0.isEmpty
      }
    }
    #expect(found.sorted() == blocks.map { $0.trimmingCharacters(in: .newlines) }.sorted())
    let empty = try folder.write("\n\n", to: "empty.conllu")
    let nothing = try await Executable.run(
      ["split", empty, "--format", "conllu", "--output", folder.path("q")])
    #expect(nothing.status == 65 && !FileManager.default.fileExists(atPath: folder.path("q")), "\(nothing.error)")
  }

  @Test func `a part of an earlier split is not left beside new ones, and audit says what it cannot look at`()
    async throws
  {
    let data = try folder.write(Self.blocks.joined(separator: "\n"), to: "all.conllu")
    let to = ["split", data, "--output", folder.path("p")]
    #expect(try await Executable.run(to + ["--validation-share", "0.1"]).status == 0)
    let old = try text("p/validation.conllu")
    let refused = try await Executable.run(to + ["--overwrite"])
    #expect(
      refused.status == 64 && refused.error.contains("validation.conllu is of an earlier split"), "\(refused.error)")
    #expect(try text("p/validation.conllu") == old)
    #expect(try await Executable.run(to + ["--overwrite", "--validation-share", "0.2"]).status == 0)
    let audit = try await Executable.run(["audit", data])
    #expect(audit.status == 64 && audit.error.contains("holds sentences with tags"), "\(audit.error)")
  }
}
