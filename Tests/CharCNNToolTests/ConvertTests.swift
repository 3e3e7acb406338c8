import Foundation
import TestSupport
import Testing

/// `charcnn convert` with sentences whose tokens have tags.
struct ConvertTests {
  private static let treebank = """
    # text = Ann sees it.
    1\tAnn\tAnn\tPROPN\t_\t_\t_\t_\t_\tNE=B-PER
    2\tsees\tsee\tVERB\t_\t_\t_\t_\t_\tNE=O
    3\tit\tit\tPRON\t_\t_\t_\t_\t_\tNE=O|SpaceAfter=No
    4\t.\t.\tPUNCT\t_\t_\t_\t_\t_\tNE=O


    """

  @Test func `CoNLL-U becomes columns and columns CoNLL-U, by the ending of the output`() async throws {
    let folder = try TemporaryFolder()
    let data = try folder.write(Self.treebank, to: "train.conllu")
    let columns = try await Executable.run(["convert", data, folder.path("train.tsv")])
    #expect(columns.status == 0 && columns.error.contains("conllu, tags = upos"), "\(columns.error)")
    #expect(columns.lines[0].hasSuffix("train.tsv: 1 sentence with 4 tokens as columns"))
    #expect(columns.lines.contains("left out, since the format has no place for them: lemma, NE of misc"))
    #expect(columns.lines.last == "read again: every sentence is as it was written")
    #expect(
      try String(contentsOfFile: folder.path("train.tsv"), encoding: .utf8)
        == "Ann\tPROPN\nsees\tVERB\nit\tPRON\n.\tPUNCT\n\n")
    let again = try await Executable.run(["convert", folder.path("train.tsv"), folder.path("back.conllu"), "--json"])
    let json = try again.json()
    #expect(json["tagColumn"] as? String == "upos" && json["differing"] as? Int == 0 && json["tokens"] as? Int == 4)
    let names = try await Executable.run(
      ["convert", data, folder.path("names.txt"), "--label", "NE", "--to", "columns", "--characters"])
    #expect(names.status == 0, "\(names.error)")
    #expect(
      try String(contentsOfFile: folder.path("names.txt"), encoding: .utf8).hasPrefix(
        "A\tB-PER\nn\tI-PER\nn\tE-PER\ns\tO\n"))
  }

  @Test func `nothing is overwritten, guessed, or taken for what it is not`() async throws {
    let folder = try TemporaryFolder()
    let data = try folder.write(Self.treebank, to: "train.conllu")
    let there = try folder.write("mine", to: "there.tsv")
    #expect(try await Executable.run(["convert", data, there]).status == 73)
    #expect(try String(contentsOfFile: there, encoding: .utf8) == "mine")
    #expect(try await Executable.run(["convert", data, there, "--overwrite", "--quiet"]).status == 0)
    let table = try folder.write("text,label\na b,c\nd e,f\n", to: "data.csv")
    for arguments in [
      [data, data, "--overwrite"], [data, folder.path("x.csv")], [data, folder.path("x.tsv"), "--tag-column", "NE"],
      [table, folder.path("x.conllu")], [table, folder.path("x.tsv"), "--characters"],
      [data, folder.path("x.tsv"), "--skip-invalid"], [data, folder.path("x.conllu"), "--tag-column", "a=b"],
    ] {
      let result = try await Executable.run(["convert"] + arguments)
      #expect(result.status == 64 && result.errors.count == 1, "\(arguments): \(result.error)")
    }
    let untagged = try await Executable.run(["convert", data, folder.path("x.tsv"), "--label", "xpos"])
    #expect(untagged.status == 65 && untagged.error.contains("no token has a tag in xpos"), "\(untagged.error)")
    #expect(!FileManager.default.fileExists(atPath: folder.path("x.tsv")))
  }

  @Test func `names of sentences stay, and texts that differ from the tokens are told`() async throws {
    let folder = try TemporaryFolder()
    let data = try folder.write(
      Self.treebank.replacingOccurrences(of: "# text = Ann", with: "# sent_id = a-7\n# text =  Anne"),
      to: "train.conllu")
    let result = try await Executable.run(["convert", data, folder.path("again.conllu"), "--label", "NE"])
    #expect(result.status == 0, "\(result.error)")
    #expect(result.lines.contains { $0.hasPrefix("comments") && $0.hasSuffix(": 1") }, "\(result.lines)")
    let written = try String(contentsOfFile: folder.path("again.conllu"), encoding: .utf8)
    #expect(written.hasPrefix("# sent_id = a-7\n# text = Ann sees it.\n"))
    let columns = try await Executable.run(["convert", data, folder.path("columns.tsv")])
    #expect(columns.lines.contains { $0.hasPrefix("comments") && $0.hasSuffix(": 2") }, "\(columns.lines)")
  }

  @Test func `pairs keep both texts or are refused`() async throws {
    let folder = try TemporaryFolder()
    let rows = (0..<50).map { "a \($0),b \($0),\(["same", "other"][$0 % 2])\n" }.joined()
    let data = try folder.write("first,second,label\n" + rows, to: "pairs.csv")
    let columns = ["--text", "first", "--second", "second", "--label", "label"]
    for format in ["fasttext", "folders", "files", "lines"] {
      let result = try await Executable.run(["convert", data, folder.path("x"), "--to", format] + columns)
      #expect(result.status == 64 && result.error.contains("pairs are written as csv, tsv or jsonl"), "\(result.error)")
      #expect(!FileManager.default.fileExists(atPath: folder.path("x")))
    }
    let result = try await Executable.run(["convert", data, folder.path("pairs.jsonl"), "--json"] + columns)
    #expect(try result.json()["differing"] as? Int == 0 && result.status == 0, "\(result.error)")
    #expect(
      try String(contentsOfFile: folder.path("pairs.jsonl"), encoding: .utf8).hasPrefix(
        "{\"first\":\"a 0\",\"second\":\"b 0\",\"label\":\"same\"}\n"))
  }
}
