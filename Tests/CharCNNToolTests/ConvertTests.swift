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
      [data, folder.path("x.tsv"), "--skip-invalid"],
    ] {
      let result = try await Executable.run(["convert"] + arguments)
      #expect(result.status == 64 && result.errors.count == 1, "\(arguments): \(result.error)")
    }
    let untagged = try await Executable.run(["convert", data, folder.path("x.tsv"), "--label", "xpos"])
    #expect(untagged.status == 65 && untagged.error.contains("no token has a tag in xpos"), "\(untagged.error)")
    #expect(!FileManager.default.fileExists(atPath: folder.path("x.tsv")))
  }
}
