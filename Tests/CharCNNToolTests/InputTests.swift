import Foundation
import TestSupport
import Testing

/// `predict --input` and `evaluate --predictions`: files in, files out.
struct InputTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// More than one piece of texts, so that a piece that gets the answers of another would show.
  private static let count = 9_000
  private static func isFruit(_ number: Int) -> Bool { number % 3 == 0 || number % 7 == 1 }
  private static func text(_ number: Int) -> String { Samples.text(number, isFruit: isFruit(number)) }

  /// What `predict` says of lines: labels and probabilities.
  private func answers(_ texts: [String], _ bundle: String, top: Int = 1) async throws -> [[String]] {
    let result = try await Executable.run(
      ["predict", bundle, "--json", "--top", "\(top)"], input: texts.joined(separator: "\n") + "\n")
    return try result.lines.map { line in
      let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      let predictions = try #require(object["predictions"] as? [[String: Any]])
      return predictions.flatMap { ["\($0["label"] ?? "")", "\($0["probability"] ?? "")"] }
    }
  }

  private func lines(_ name: String) throws -> [String] {
    try String(contentsOfFile: folder.path(name), encoding: .utf8).components(separatedBy: "\n").dropLast()
  }

  @Test func `a table keeps its columns and gets the answers that lines get, however long it is`() async throws {
    let bundle = try await Samples.bundle()
    let texts = (0..<Self.count).map(Self.text)
    let rows = texts.enumerated().map { "\($0.offset);\"\($0.element)\";x\r\n" }.joined()
    let input = try folder.write("\u{FEFF}id;text;note\r\n" + rows, to: "in.csv")
    let result = try await Executable.run(
      ["predict", bundle, "--input", input, "--output", folder.path("out.csv"), "--threads", "2"])
    #expect(result.status == 0 && result.output.isEmpty, "\(result.error)")
    #expect(result.error.contains("csv with semicolons, text = column 2 \"text\""))
    let written = try String(contentsOfFile: folder.path("out.csv"), encoding: .utf8)
    let all = written.components(separatedBy: "\r\n").dropLast()
    #expect(try Data(contentsOf: URL(fileURLWithPath: folder.path("out.csv"))).starts(with: [0xEF, 0xBB, 0xBF]))
    #expect(all.first?.hasSuffix("id;text;note;label;probability") == true && all.count == Self.count + 1)
    let expected = try await answers(texts, bundle)
    for (number, line) in all.dropFirst().enumerated() {
      let answer = expected[number]
      #expect(line.hasPrefix("\(number);\"\(texts[number])\";x;\(answer[0]);"), "\(line)")
      #expect(abs((Double(line.split(separator: ";").last ?? "") ?? -1) - (Double(answer[1]) ?? -2)) < 2e-6)
    }
    // Nothing is replaced without being told.
    let again = try await Executable.run(["predict", bundle, "--input", input, "--output", folder.path("out.csv")])
    #expect(again.status == 73)
    let forced = try await Executable.run(
      ["predict", bundle, "--input", input, "--output", folder.path("out.csv"), "--overwrite", "--threads", "1"])
    #expect(forced.status == 0)
    #expect(try String(contentsOfFile: folder.path("out.csv"), encoding: .utf8) == written)
  }

  @Test func `objects stay objects, further answers have numbers, and names that are taken are not taken again`()
    async throws
  {
    let bundle = try await Samples.bundle()
    let texts = (0..<40).map(Self.text)
    let objects = texts.enumerated().map {
      "{\"label\": \"old\", \"text\": \"\($0.element)\", \"n\": [\($0.offset)]} \n"
    }
    let input = try folder.write(objects.joined(), to: "in.jsonl")
    let result = try await Executable.run(["predict", bundle, "--input", input, "--top", "2"])
    #expect(result.error.contains("predicted_label, predicted_probability, predicted_label_2"), "\(result.error)")
    #expect(result.lines.count == 40)
    let expected = try await answers(texts, bundle, top: 2)
    for (number, line) in result.lines.enumerated() {
      let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      #expect(object["label"] as? String == "old" && object["text"] as? String == texts[number])
      #expect((object["n"] as? [Int]) == [number])
      #expect(object["predicted_label"] as? String == expected[number][0])
      #expect(object["predicted_label_2"] as? String == expected[number][2])
    }
    let taken = try folder.write("text,label,predicted_label\na b,x,y\nc d,z,w\n", to: "taken.csv")
    #expect(try await Executable.run(["predict", bundle, "--input", taken]).status == 65)
    let late = try folder.write(
      (0..<1_200).map { number in
        "{\"text\":\"a b\"\(number == 1_150 ? ",\"label\":1" : "")}\n"
      }.joined(), to: "late.jsonl")
    let refused = try await Executable.run(["predict", bundle, "--input", late])
    #expect(refused.status == 65 && refused.error.contains("late.jsonl:1151"), "\(refused.error)")
  }

  @Test func `what has no columns gets a table with the source of each text`() async throws {
    let bundle = try await Samples.bundle()
    let fast = try folder.write(
      "__label__x \(Self.text(3))\n\n\(Self.text(4)) __label__y\n__label__x a\n", to: "in.txt")
    let result = try await Executable.run(["predict", bundle, "--input", fast])
    #expect(result.lines.map { $0.components(separatedBy: "\t")[0] } == ["source", "1", "3", "4"], "\(result.output)")
    // The labels are no part of the texts.
    let expected = try await answers([Self.text(3), Self.text(4)], bundle)
    #expect(result.lines[1].hasPrefix("1\t\(expected[0][0])\t\(expected[0][1])"))
    for name in ["a", "b"] {
      try FileManager.default.createDirectory(
        atPath: folder.path("texts/\(name)"), withIntermediateDirectories: true)
    }
    for name in ["a/1.txt", "b/2.txt"] { _ = try folder.write(Self.text(3), to: "texts/\(name)") }
    let files = try await Executable.run(["predict", bundle, "--input", folder.path("texts"), "--quiet"])
    #expect(
      files.lines.dropFirst().map { $0.components(separatedBy: "\t")[0] } == [
        folder.path("texts/a/1.txt"), folder.path("texts/b/2.txt"),
      ])
    #expect(files.error.isEmpty)
    let stream = try await Executable.run(
      ["predict", bundle, "--input", "-", "--format", "tsv"], input: "text\tid\n\(Self.text(3))\t7\n")
    #expect(stream.lines.count == 2 && stream.lines[1].hasPrefix("\(Self.text(3))\t7\t\(expected[0][0])\t"))
    #expect(try await Executable.run(["predict", bundle, "--input", "-"], input: "a").status == 64)
  }

  @Test func `the columns of the model are taken, and joined texts are joined again`() async throws {
    let rows = (0..<60).map { number in
      "\(Self.text(number).prefix(9)),\(Self.text(number)),\(["x", "y"][number % 2]),\(Self.isFruit(number) ? "fruit" : "tool")\n"
    }
    let data = try folder.write("subject,body,text,kind\n" + rows.joined(), to: "data.csv")
    let bundle = folder.path("m.charcnn")
    let trained = try await Executable.run(
      ["train", data, "--output", bundle, "--text", "subject,body", "--label", "kind"] + Samples.small)
    #expect(trained.status == 0, "\(trained.error)")
    let said = "text = column 1 \"subject\" and column 2 \"body\""
    #expect(trained.error.contains(said))
    let answered = try await Executable.run(["predict", bundle, "--input", data])
    #expect(answered.error.contains(said), "\(answered.error)")
    let measured = try await Executable.run(["evaluate", bundle, data])
    #expect(measured.error.contains(said + ", label = column 4 \"kind\""), "\(measured.error)")
    let other = try await Executable.run(["evaluate", bundle, data, "--label", "text"])
    #expect(other.status == 65 && other.error.contains("none of its labels"), "\(other.error)")
  }

  @Test func `faulty records end it, or are left out and counted`() async throws {
    let bundle = try await Samples.bundle()
    let input = try folder.write("text,id\n\(Self.text(1)),1\na, b,2\n\(Self.text(3)),3\nc, d,4\n", to: "in.csv")
    let ended = try await Executable.run(["predict", bundle, "--input", input, "--output", folder.path("o.csv")])
    #expect(ended.status == 65 && ended.error.contains("2 records are faulty") && ended.error.contains("lines 3, 5"))
    #expect(!FileManager.default.fileExists(atPath: folder.path("o.csv")))
    let kept = try await Executable.run(["predict", bundle, "--input", input, "--skip-invalid"])
    #expect(kept.status == 0 && kept.lines.count == 3 && kept.error.contains("2 faulty records were left out"))
  }

  @Test func `taggers and matchers answer files too`() async throws {
    let tagger = try await Samples.bundle(.tagging)
    let sentences = try folder.write(
      "# text = the cat\n1\tthe\t_\tX\t_\t_\t0\troot\t_\tK=V\n2\tcat\t_\tX\t_\t_\t1\tdep\t_\t_\n\n", to: "in.conllu")
    let tagged = try await Executable.run([
      "predict", tagger, "--input", sentences, "--output", folder.path("o.conllu"),
    ])
    #expect(tagged.status == 0, "\(tagged.error)")
    let written = try lines("o.conllu")
    #expect(written.first == "# text = the cat" && written.count == 4 && written[1].hasPrefix("1\tthe\t_\t"))
    let table = try folder.write("id\ttext\n1\tthe cat sees\n2\tit finds\n", to: "in.tsv")
    let cells = try await Executable.run(["predict", tagger, "--input", table])
    #expect(cells.lines.first == "id\ttext\ttokens\ttags", "\(cells.error)")
    #expect(
      cells.lines[1].hasPrefix("1\tthe cat sees\tthe cat sees\t")
        && cells.lines[1].split(separator: "\t")[3].split(separator: " ").count == 3)
    let matcher = try await Samples.bundle(.matching)
    let pairs = try folder.write("a,text2,text1,b\n1,\(Self.text(3)),\(Self.text(6)),2\n", to: "pairs.csv")
    let matched = try await Executable.run(["predict", matcher, "--input", pairs])
    #expect(matched.lines.first == "a,text2,text1,b,label,score", "\(matched.error)")
    #expect(matched.error.contains("first = column 3 \"text1\", second = column 2 \"text2\""))
    let score = try await Executable.run(["predict", matcher, "--json", Self.text(6), Self.text(3)])
    let object = try #require(try JSONSerialization.jsonObject(with: Data(score.output.utf8)) as? [String: Any])
    #expect(
      matched.lines[1].hasSuffix(",\(object["label"] ?? ""),\(object["score"] ?? "")"),
      "\(matched.output)\(score.output)")
  }

  @Test func `options that do nothing beside a file are refused`() async throws {
    let bundle = try await Samples.bundle()
    let input = try folder.write(Samples.csv(), to: "in.csv")
    for wrong in [
      ["--input", input, "text"], ["--input", input, "--json"], ["--output", "x"], ["--overwrite", "a"],
      ["--text", "a", "b"], ["--input", input, "--overwrite"], ["--input", input, "--conllu"],
    ] {
      #expect(try await Executable.run(["predict", bundle] + wrong).status == 64, "\(wrong)")
    }
  }

  @Test func `taggers and language models have no file of predictions, and sentences no separator`() async throws {
    let data = try folder.write("the DET\ncat NOUN\n\n", to: "in.txt")
    for (model, arguments) in [
      (Samples.Model.tagging, ["--predictions", folder.path("p.csv")]),
      (.language, ["--predictions", folder.path("p.csv")]),
      (.tagging, ["--skip-invalid"]), (.tagging, ["--separator", "tab"]), (.tagging, ["--no-header"]),
    ] {
      let result = try await Executable.run(["evaluate", Samples.bundle(model), data] + arguments)
      #expect(result.status == 64, "\(arguments) \(result.error)")
    }
  }

  @Test(arguments: ["csv", "tsv", "jsonl"])
  func `predictions of evaluate are a row for each text, and what they say adds up`(format: String) async throws {
    let bundle = try await Samples.bundle()
    var table = "text,label\n"
    for number in 0..<Self.count {
      // A line end in each tenth text, and a wrong label in each twentieth.
      let text = number % 10 == 0 ? "\"\(Self.text(number)),\nyes\"" : Self.text(number)
      table += "\(text),\(Self.isFruit(number) != (number % 20 == 7) ? "fruit" : "tool")\n"
    }
    let data = try folder.write(table, to: "held.csv")
    let path = folder.path("p.\(format)")
    let result = try await Executable.run(["evaluate", bundle, data, "--json", "--predictions", path])
    #expect(result.status == 0, "\(result.error)")
    let report = try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    // Read back with our own reader: the text has its line end, and as many are right as the report says.
    let right: Int
    if format == "jsonl" {
      let objects = try lines("p.jsonl").map {
        try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
      }
      #expect(objects.count == Self.count && objects.map { $0["row"] as? Int } == (1...Self.count).map { $0 })
      #expect(objects[10]["text"] as? String == Self.text(10) + ",\nyes")
      right = objects.count { $0["label"] as? String == $0["predicted"] as? String }
    } else {
      let again = try await Executable.run(
        ["evaluate", bundle, path, "--text", "text", "--label", "predicted", "--json"])
      #expect(again.status == 0, "\(again.error)")
      let second = try #require(try JSONSerialization.jsonObject(with: Data(again.output.utf8)) as? [String: Any])
      #expect(second["examples"] as? Int == Self.count && second["accuracy"] as? Double == 1)
      let separator = format == "csv" ? "," : "\t"
      let rows = try lines("p.\(format)").dropFirst().map { $0.components(separatedBy: separator) }.filter {
        $0.count >= 5
      }
      #expect(rows.compactMap { Int($0[0]) } == (1...Self.count).map { $0 })
      right = rows.count { $0[1] == $0[2] }
    }
    #expect(abs(Double(right) / Double(Self.count) - (report["accuracy"] as? Double ?? -1)) < 1e-9)
    #expect(try await Executable.run(["evaluate", bundle, data, "--predictions", path]).status == 73)
    #expect(try await Executable.run(["evaluate", bundle, data, "--predictions", folder.path("p.txt")]).status == 64)
  }

  @Test func `a messy table trains after one look at the messages`() async throws {
    var table = "\u{FEFF}Ticket;Intent\r\n"
    for number in 0..<300 {
      let label = ["card_arrival", "Card Arrival", "card_arrival ", "top_up", "top_up\u{200B}"][number % 5]
      table += "<p>question \(number) <b>more</b></p>;\(number % 6 == 5 ? "" : label)\r\n"
      if number == 150 { table += "Ticket;Intent\r\n;\r\n" }
    }
    let data = try folder.write(table, to: "messy.csv")
    let arguments = ["train", data, "--output", folder.path("m.charcnn"), "--label", "Intent"] + Samples.small
    let refused = try await Executable.run(arguments)
    #expect(
      refused.status == 65 && refused.error.contains("50 without a label") && refused.error.contains("--skip-invalid"))
    let trained = try await Executable.run(arguments + ["--skip-invalid"])
    #expect(trained.status == 0, "\(trained.error)")
    #expect(trained.error.contains("3 labels: Card Arrival, card_arrival, top_up"), "\(trained.error)")
    #expect(trained.error.contains("differ only in case, blanks"))
    #expect(trained.error.contains("the header stands again in line 153"))
  }

  @Test func `members that are empty are taken names, and standard output has its sign`() async throws {
    let bundle = try await Samples.bundle()
    let input = try folder.write(
      "{\"text\":\"melon\",\"label\":null}\n{\"text\":\"hammer\",\"label\":null}\n", to: "a.jsonl")
    let result = try await Executable.run(["predict", bundle, "--input", input, "--output", "-"])
    #expect(result.status == 0, "\(result.error)")
    #expect(result.lines.count == 2 && result.lines.allSatisfy { $0.contains("\"predicted_label\":") })
    #expect(!FileManager.default.fileExists(atPath: "-"))
  }

  @Test func `the data are never the file of the predictions, and rows have the numbers of their records`() async throws
  {
    let bundle = try await Samples.bundle()
    let data = try folder.write("text,label\nan apple,fruit\n\u{0},tool\na hammer,tool\n", to: "a.csv")
    let before = try String(contentsOfFile: data, encoding: .utf8)
    let link = folder.path("link.csv")
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: data)
    for path in [data, link] {
      let refused = try await Executable.run(
        ["evaluate", bundle, data, "--skip-invalid", "--predictions", path, "--overwrite"])
      #expect(refused.status == 64 && refused.error.contains("name another one"), "\(refused.error)")
    }
    #expect(try String(contentsOfFile: data, encoding: .utf8) == before)
    let result = try await Executable.run(
      ["evaluate", bundle, data, "--skip-invalid", "--predictions", folder.path("out.csv")])
    #expect(result.status == 0, "\(result.error)")
    #expect(try lines("out.csv").dropFirst().map { $0.prefix(2) } == ["1,", "3,"])
  }

  @Test func `no answers replace what they answer`() async throws {
    let bundle = try await Samples.bundle()
    let lines = try folder.write("an apple\na hammer\n", to: "a.txt")
    try FileManager.default.createDirectory(atPath: folder.path("classes"), withIntermediateDirectories: true)
    let fruit = try folder.write("an apple\n", to: "classes/fruit.txt")
    _ = try folder.write("a hammer\n", to: "classes/tool.txt")
    for (input, output) in [(lines, lines), (folder.path("classes"), fruit)] {
      let before = try String(contentsOfFile: output, encoding: .utf8)
      let refused = try await Executable.run(
        ["predict", bundle, "--input", input, "--output", output, "--overwrite"])
      #expect(refused.status == 64 && refused.error.contains("name another one"), "\(refused.error)")
      #expect(try String(contentsOfFile: output, encoding: .utf8) == before)
    }
  }

  @Test func `columns that are said one after another are joined`() async throws {
    let bundle = try await Samples.bundle()
    let input = try folder.write("subject,body\nan apple,and melon\n", to: "a.csv")
    for arguments in [["--text", "subject", "--text", "body"], ["--text", "subject,body"]] {
      let result = try await Executable.run(["predict", bundle, "--input", input] + arguments)
      #expect(
        result.status == 0 && result.error.contains("column 1 \"subject\" and column 2 \"body\""), "\(result.error)")
    }
  }

  @Test func `a killed answering leaves nothing behind`() async throws {
    let bundle = try await Samples.bundle()
    let rows = String(repeating: "an apple and a melon of some length,x\n", count: 400_000)
    let input = try folder.write("text,note\n" + rows, to: "long.csv")
    let answers = folder.path("answers")
    try FileManager.default.createDirectory(atPath: answers, withIntermediateDirectories: true)
    @Sendable func names() -> [String] { (try? FileManager.default.contentsOfDirectory(atPath: answers)) ?? [] }
    let process = try Running(
      ["predict", bundle, "--input", input, "--output", answers + "/a.csv", "--threads", "1", "--quiet"])
    try await process.wait(for: "the output", thenSend: SIGTERM) { _ in !names().isEmpty }
    let result = try await process.result()
    #expect(names().filter { $0 != "a.csv" }.isEmpty, "\(result.status): \(names())")
  }
}
