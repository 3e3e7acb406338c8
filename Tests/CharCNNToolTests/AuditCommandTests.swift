import Foundation
import TestSupport
import Testing

/// `charcnn audit`, `charcnn split` and `charcnn convert`.
struct AuditCommandTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Texts of two classes with a wrong label in each 50th row, a conflict in the last one.
  private func table(_ count: Int = 400, lineEnd: String = "\n") -> String {
    let rows = (0..<count).map { number in
      let isFruit = number.isMultiple(of: 2) != (number % 50 == 49)
      return
        "\(number / 4),\"\(Samples.text(number, isFruit: number.isMultiple(of: 2))) \(number)\",\(isFruit ? "fruit" : "tool")"
    }
    return (["who,text,label"] + rows).map { $0 + lineEnd }.joined()
  }

  @Test func `audit tells wrong labels, conflicts and leaks, in text, JSON and a table`() async throws {
    let data = try folder.write(table() + "9,\"\(Samples.text(3, isFruit: false)) 3\",fruit\n", to: "data.csv")
    let held = try folder.write(
      "text,label\n\(Samples.text(5, isFruit: false)) 5!,tool\nnew text,fruit\n", to: "held.csv")
    let output = folder.path("suspects.csv")
    let result = try await Executable.run(["audit", data, "--validation", held, "--output", output])
    #expect(result.status == 0, "\(result.error)")
    #expect(
      result.error.contains("data.csv: csv, text = column 2 \"text\"") && result.error.contains("; to measure with"))
    #expect(result.lines[0].contains("401 texts; 2 labels (fruit"))
    #expect(result.lines.count <= 60)
    for line in [
      "grave: 1 text to measure with stands", "grave: 1 text stands under two labels", "labels are probably wrong",
    ] {
      #expect(result.output.contains(line), "\(line) \(result.output)")
    }
    let json = try await Executable.run(["audit", data, held, "--json", "--quiet"]).json()
    let suspects = try #require(json["suspects"] as? [[String: Any]])
    let wrong = Set(stride(from: 50, through: 400, by: 50))
    #expect(wrong.isSubset(of: Set(suspects.compactMap { $0["row"] as? Int })))
    for key in ["label", "suggested", "probability"] { #expect(suspects.allSatisfy { $0[key] != nil }) }
    #expect((json["duplicates"] as? [Any])?.isEmpty == false && (json["conflicts"] as? [Any])?.count == 1)
    #expect((json["leaks"] as? [Any])?.count == 1)
    let lines = try String(contentsOfFile: output, encoding: .utf8).components(separatedBy: "\n")
    #expect(lines[0] == "row,file,line,label,suggested,probability,labelProbability,text")
    #expect(lines.count == suspects.count + 2)
    // Nothing is replaced without being told, and what makes no sense is refused.
    #expect(try await Executable.run(["audit", data, "--output", output]).status == 73)
    #expect(try await Executable.run(["audit", data, "--output", data, "--overwrite"]).status == 64)
    for wrong in [
      ["--overwrite"], ["--suspects", "-1"], ["--folds", "1"], ["--output", "a.txt"], ["--all", "--json"],
    ] {
      #expect(try await Executable.run(["audit", data] + wrong).status == 64, "\(wrong)")
    }
    let few = try await Executable.run(["audit", data, "--suspects", "2", "--json", "--quiet"]).json()
    #expect((few["suspects"] as? [Any])?.count == 2)
  }

  @Test func `a label in backquotes is no setting`() async throws {
    let rows = (0..<60).map { number in
      "\(Samples.text(number, isFruit: number % 3 == 0)) \(number),\(["`refund`", "`Refund`", "other"][number % 3])"
    }
    let data = try folder.write((["text,label"] + rows).map { $0 + "\n" }.joined(), to: "ticks.csv")
    let result = try await Executable.run(["audit", data])
    #expect(result.output.contains("`refund`") && !result.output.contains("--set"), "\(result.output)")
  }

  @Test func `audit compares a model, and reads folders, lines and files without labels`() async throws {
    let bundle = try await Samples.bundle()
    let data = try folder.write(table() + "1,q,unheard\n", to: "data.csv")
    let compared = try await Executable.run(["audit", data, "--against", bundle, "--no-suspects", "--json"])
    let json = try compared.json()
    #expect((json["disagreements"] as? [Any])?.count ?? 0 >= 8, "\(compared.error)")
    let kinds = (json["findings"] as? [[String: Any]])?.compactMap { $0["kind"] as? String } ?? []
    #expect(kinds.contains("unknownLabels") && kinds.contains("disagreements") && !kinds.contains("suspects"))
    let lines = try folder.write((0..<30).map { "line \($0)\n" }.joined(), to: "lines.txt")
    let plain = try await Executable.run(["audit", lines])
    #expect(
      plain.status == 0 && plain.output.contains("no text has a label")
        && plain.error.contains("no labels were recognized"))
    for number in 0..<40 {
      _ = try folder.write(
        Samples.text(number, isFruit: number % 2 == 0), to: "t/\(["fruit", "tool"][number % 2])/\(number).txt")
    }
    #expect(try await Executable.run(["audit", folder.path("t"), "--json"]).status == 0)
    #expect(try await Executable.run(["audit", folder.path("none.csv")]).status == 66)
    let empty = try folder.write("", to: "empty.csv")
    #expect(try await Executable.run(["audit", empty]).status == 65)
    let ambiguous = try folder.write(
      "a,b,c\n" + (0..<40).map { "\($0 % 2),\($0 % 3),text \($0)\n" }.joined(), to: "m.csv")
    #expect(try await Executable.run(["audit", ambiguous]).status == 65)
  }

  @Test func `split keeps bytes, header and line ends, and puts every record into one part`() async throws {
    let source = "\u{FEFF}" + table(2_000, lineEnd: "\r\n")
    let data = try folder.write(source, to: "data.csv")
    func split(_ name: String, _ more: [String] = []) async throws -> [String: [String]] {
      let result = try await Executable.run(
        ["split", data, "--output", folder.path(name), "--validation-share", "0.05", "--group", "who", "--json"] + more)
      #expect(result.status == 0, "\(result.error)")
      return try ["train", "test", "validation"].reduce(into: [:]) {
        $0[$1] = try String(contentsOfFile: folder.path("\(name)/\($1).csv"), encoding: .utf8)
          .components(separatedBy: "\r\n").dropLast()
      }
    }
    let first = try await split("one")
    #expect(first.values.allSatisfy { $0[0].hasSuffix("who,text,label") })
    #expect(try folder.read("one/test.csv").starts(with: [0xEF, 0xBB, 0xBF]))
    let rows = first.mapValues { Array($0.dropFirst()) }
    #expect(
      rows.values.flatMap { $0 }.sorted() == source.components(separatedBy: "\r\n").dropFirst().dropLast().sorted())
    #expect(abs((rows["test"]?.count ?? 0) - 200) <= 8 && abs((rows["validation"]?.count ?? 0) - 100) <= 8)
    let groups = rows.mapValues { Set($0.map { $0.split(separator: ",")[0] }) }
    #expect(groups["train"]?.isDisjoint(with: groups["test"] ?? []) == true)
    #expect(try await split("two") == first)
    #expect(try await split("three", ["--seed", "2"]) != first)
    let again = try await Executable.run(["split", data, "--output", folder.path("one"), "--validation-share", "0.05"])
    #expect(again.status == 73)
    #expect(
      try await Executable.run(["split", data, "--train", data, "--test", folder.path("x"), "--overwrite"]).status == 64
    )
    for wrong in [
      [], ["--train", "a"], ["--output", "o", "--share", "1"], ["--output", "o", "--train", "x", "--test", "y"],
    ] {
      #expect(try await Executable.run(["split", data] + wrong).status == 64, "\(wrong)")
    }
    let missing = try await Executable.run(["split", data, "--output", folder.path("four"), "--group", "nobody"])
    #expect(missing.status == 65 && missing.error.contains("no column \"nobody\""), "\(missing.error)")
    // What was begun is gone.
    #expect(!FileManager.default.fileExists(atPath: folder.path("four")))
  }

  @Test func `split takes lines, objects, folders and other encodings, and one row`() async throws {
    let objects = (0..<100).map {
      "{\"text\": \"t \(Samples.text($0, isFruit: $0 % 2 == 0)) \($0)\",\"label\":\"\($0 % 2)\", \"n\":[\($0)]}\n"
    }
    let jsonl = try folder.write(objects.joined(), to: "a.jsonl")
    #expect(try await Executable.run(["split", jsonl, "--output", folder.path("p"), "--share", "0.3"]).status == 0)
    let parts = try ["train", "test"].map { try String(contentsOfFile: folder.path("p/\($0).jsonl"), encoding: .utf8) }
    #expect(parts.joined().split(separator: "\n").sorted() == objects.joined().split(separator: "\n").sorted())
    #expect(parts[1].split(separator: "\n").count == 30)
    let chinese = (0..<40).map { "\(["好", "坏"][$0 % 2])电影\($0)\t\(["好", "坏"][$0 % 2])\n" }.joined()
    let encoded = try folder.write(
      [0xFF, 0xFE] + Array(chinese.utf16).flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }, to: "c.tsv")
    let converted = try await Executable.run(
      ["split", encoded, "--train", folder.path("c1.tsv"), "--test", folder.path("c2.tsv")])
    #expect(converted.status == 0 && converted.error.contains("written in UTF-8"), "\(converted.error)")
    let both = try ["c1.tsv", "c2.tsv"].map { try String(contentsOfFile: folder.path($0), encoding: .utf8) }.joined()
    #expect(both.split(separator: "\n").sorted() == chinese.split(separator: "\n").sorted())
    for number in 0..<60 {
      _ = try folder.write("text \(number * 7_919)", to: "t/\(["in", "out"][number % 2])/\(number).txt")
    }
    let folders = try await Executable.run(
      ["split", folder.path("t"), "--train", folder.path("ta"), "--test", folder.path("tb"), "--share", "0.5"])
    #expect(folders.status == 0, "\(folders.error)")
    let names = try ["ta/in", "tb/in", "ta/out", "tb/out"].map { try folder.names($0) }
    #expect(names.map(\.count) == [15, 15, 15, 15] && Set(names.flatMap { $0 }).count == 60)
    let one = try folder.write("text,label\nonly,x\n", to: "one.csv")
    let single = try await Executable.run(["split", one, "--output", folder.path("single")])
    #expect(single.status == 0 && single.error.contains("test.csv has no record"), "\(single.error)")
    #expect(try String(contentsOfFile: folder.path("single/test.csv"), encoding: .utf8) == "text,label\n")
  }

  @Test func `convert says what is lost, and compares what it has written`() async throws {
    let data = try folder.write("id,text,label\n1,\"two\nlines\",a b\n2,plain,c\n3,\" x\",a b\n", to: "data.csv")
    let result = try await Executable.run(["convert", data, folder.path("data.txt"), "--to", "fasttext"])
    #expect(result.status == 0, "\(result.error)")
    #expect(
      result.output.contains("1 column \"id\"") && result.output.contains("line breaks in texts became blanks: 1"))
    #expect(
      try String(contentsOfFile: folder.path("data.txt"), encoding: .utf8)
        == "__label__a_b two lines\n__label__c plain\n__label__a_b x\n")
    let json = try await Executable.run(["convert", data, folder.path("data.jsonl"), "--json", "--quiet"])
    #expect(try json.json()["differing"] as? Int == 0 && json.error.isEmpty)
    #expect(try await Executable.run(["convert", data, folder.path("data.jsonl")]).status == 73)
    #expect(try await Executable.run(["convert", data, data, "--overwrite", "--to", "csv"]).status == 64)
    #expect(try await Executable.run(["convert", data, folder.path("data.xyz")]).status == 64)
    #expect(try await Executable.run(["convert", data, folder.path("x.conllu"), "--to", "conllu"]).status == 64)
    let folders = try await Executable.run(["convert", data, folder.path("t"), "--to", "folders"])
    #expect(folders.status == 0, "\(folders.error)")
    #expect(try folder.names("t") == ["a b", "c"])
    #expect(
      try await Executable.run(["convert", data, folder.path("t"), "--to", "folders", "--overwrite"]).status == 73)
    let ragged = try folder.write("text,label\na,b\nc\nd,e\n", to: "ragged.csv")
    #expect(try await Executable.run(["convert", ragged, folder.path("r.tsv")]).status == 65)
    #expect(!FileManager.default.fileExists(atPath: folder.path("r.tsv")))
    let kept = try await Executable.run(["convert", ragged, folder.path("r.tsv"), "--skip-invalid"])
    #expect(kept.status == 0 && kept.error.contains("1 faulty record was left out"))
  }
}
