import CharCNNText
import Foundation
import TestSupport
import Testing

/// Records in other formats, and what these cannot hold.
@Suite struct RecordConversionTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Converts a file, and gives back how.
  private func convert(
    _ path: String, to format: DataFormat, _ name: String, _ options: DataOptions = .init(needsLabels: false)
  ) throws -> RecordConversion {
    let records = try RecordFiles(path: path, options: options, arePairs: false)
    var conversion = try RecordConversion(records, to: format)
    var files: [String: [UInt8]] = ["": conversion.beginning]
    var report = ReadingReport(path: path, skipsInvalid: options.skipsInvalid)
    try records.forEachRecord(conversion.fields, report: &report) { record, report in
      do throws(DataError) {
        if let output = try conversion.convert(record) { files[output.file ?? "", default: []] += output.bytes }
        report.addRecord()
      } catch { report.add(error) }
    }
    try report.finish()
    if files.count == 1 { _ = try folder.write(files[""] ?? [], to: name) }
    for (file, bytes) in files where !file.isEmpty { _ = try folder.write(bytes, to: "\(name)/\(file)") }
    var digests: [UInt64] = []
    try LabeledTextSource(path: folder.path(name), options: conversion.options).forEachRecord { text, _ in
      digests.append(RecordConversion.digest(text.text, text.shownLabels))
    }
    #expect(conversion.differing(from: digests) == 0, "\(format)")
    return conversion
  }

  private func texts(_ path: String, _ options: DataOptions = .init()) throws -> [[String?]] {
    var all: [[String?]] = []
    try LabeledTextSource(path: path, options: options).forEachRecord { text, _ in all.append([text.text, text.label]) }
    return all
  }

  private static let hard = [
    "plain", "one, \"two\"\nthree", "tab\there", " blank at both ends ", "\"", "__label__x is a word",
    "emoji 😀 \u{301}",
    "ends with a line\n", "'", "a\\b", "",
  ]

  @Test func `tables, objects and tables again keep every column and every text`() throws {
    var table = "\u{FEFF}id;label;text;note\r\n"
    for number in 0..<5_000 {
      let text = Self.hard[number % Self.hard.count].replacing("\"", with: "\"\"")
      table += "\(number);l \(number % 3);\"\(text)\";\"n;\(number)\"\r\n"
    }
    let first = try folder.write(table, to: "a.csv")
    let objects = try convert(first, to: .jsonLines, "b.jsonl")
    #expect(objects.losses.isEmpty && objects.columnsLeftOut.isEmpty && objects.written == 5_000)
    let tabs = try convert(folder.path("b.jsonl"), to: .tsv, "c.tsv")
    #expect(tabs.losses.isEmpty)
    _ = try convert(folder.path("c.tsv"), to: .csv, "d.csv")
    #expect(try texts(folder.path("d.csv")) == texts(first))
    let lines = try String(contentsOfFile: folder.path("d.csv"), encoding: .utf8)
    #expect(lines.hasPrefix("id,label,text,note\n0,l 0,plain,n;0\n"))
    // Objects stay as they are, byte for byte.
    _ = try convert(folder.path("b.jsonl"), to: .jsonLines, "e.jsonl")
    #expect(try folder.read("b.jsonl") == folder.read("e.jsonl"))
  }

  @Test func `lines of fastText lose what they cannot hold, which is counted`() throws {
    let rows = Self.hard.enumerated().map {
      "\($0.offset),\"\($0.element.replacing("\"", with: "\"\""))\",l \($0.offset % 2)\n"
    }
    let path = try folder.write("id,text,label\n" + rows.joined(), to: "a.csv")
    let lines = try convert(path, to: .fastText, "a.txt")
    #expect(
      lines.losses == [.lineBreaks: 2, .blanksAtEnds: 1, .labelWords: 1, .labelBlanks: 10, .emptyTexts: 1])
    #expect(lines.columnsLeftOut == ["id"] && lines.written == 10)
    #expect(try texts(folder.path("a.txt")).contains([("_label__x is a word"), "l_1"]))
    let again = try convert(folder.path("a.txt"), to: .csv, "b.csv")
    #expect(again.written == 10 && again.losses.isEmpty)
    let plain = try convert(path, to: .lines, "c.txt")
    #expect(plain.losses[.labels] == 10)
  }

  @Test func `folders hold whole texts, files of classes lines`() throws {
    var table = "text,label\n"
    for number in 0..<600 {
      table += "\"\(AuditTests.text(number))\n\nsecond \(number)\",\(["in", "out", "三"][number % 3])\n"
    }
    let path = try folder.write(table + "no label,\n\"  \",in\n", to: "a.csv")
    let folders = try convert(path, to: .folderPerClass, "t")
    #expect(folders.losses == [.withoutLabel: 1, .emptyTexts: 1, .order: 600])
    #expect(try folder.names("t") == ["in", "out", "三"] && folder.names("t/in").count == 200)
    let back = try convert(folder.path("t"), to: .csv, "b.csv")
    #expect(back.written == 600)
    let sorted = try texts(path, DataOptions(needsLabels: false)).filter { $0[1] != nil && $0[0] != "  " }
    #expect(Set(try texts(folder.path("b.csv"))) == Set(sorted))
    let files = try convert(path, to: .filePerClass, "f")
    #expect(files.losses == [.withoutLabel: 1, .emptyTexts: 1, .order: 600, .lineBreaks: 600])
    #expect(try folder.names("f") == ["in.txt", "out.txt", "三.txt"])
  }

  @Test func `objects lose types, never fields that come late`() throws {
    var objects = ""
    for number in 0..<1_500 {
      objects += "{\"text\": \"t \(number)\", \"label\": \(number % 2), \"more\": [1, {\"a\": null}]"
      objects += number == 1_400 ? ", \"late\": true, \"nothing\": null}\n" : "}\n"
    }
    let path = try folder.write(objects, to: "a.jsonl")
    let table = try convert(path, to: .csv, "a.csv")
    #expect(table.losses == [.types: 1_502, .nested: 1_500])
    let written = try String(contentsOfFile: folder.path("a.csv"), encoding: .utf8).components(separatedBy: "\n")
    #expect(written[0] == "text,label,more,late,nothing")
    #expect(written[1] == "t 0,0,\"[1,{\"\"a\"\":null}]\",,")
    #expect(written[1_401] == "t 1400,0,\"[1,{\"\"a\"\":null}]\",true,")
  }

  @Test func `labels that cannot be names, or would become one, are refused`() throws {
    let slash = try folder.write("text,label\na b,x/y\nc d,z\na b,x/y\nc d,z\n", to: "a.csv")
    #expect(throws: DataError.self) { try convert(slash, to: .folderPerClass, "t") }
    let same = try folder.write("text,label\na b,x y\nc d,x_y\na b,x y\nc d,x_y\n", to: "b.csv")
    let error = #expect(throws: DataError.self) { try convert(same, to: .fastText, "b.txt") }
    #expect(error?.problem.contains("would become one") == true)
    let cases = try folder.write("text,label\na b,X\nc d,x\na b,X\nc d,x\n", to: "c.csv")
    #expect(throws: DataError.self) { try convert(cases, to: .filePerClass, "c") }
  }

  @Test func `other encodings and tables without a header become UTF-8 with one`() throws {
    let rows = (0..<30).map { "\("值得一看的好电影 \($0)")\t\(["好", "坏"][$0 % 2])\n" }.joined()
    let bytes = Array(rows.utf16).flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
    let path = try folder.write([0xFF, 0xFE] + bytes, to: "a.tsv")
    let table = try convert(path, to: .csv, "a.csv")
    #expect(table.written == 30)
    #expect(try String(contentsOfFile: folder.path("a.csv"), encoding: .utf8).hasPrefix("text,label\n值得一看的好电影 0,好\n"))
    let one = try folder.write("text\n\"\"\nonly\n", to: "one.csv")
    #expect(try convert(one, to: .tsv, "one.tsv").written == 2)
    #expect(try String(contentsOfFile: folder.path("one.tsv"), encoding: .utf8) == "\"text\"\n\"\"\n\"only\"\n")
  }

  @Test func `several labels of a text stay in lines and objects`() throws {
    let rows = (0..<40).map { "__label__a \($0 % 2 == 0 ? "__label__b " : "")text \($0)\n" }.joined()
    let path = try folder.write(rows, to: "a.txt")
    #expect(try convert(path, to: .jsonLines, "a.jsonl").losses.isEmpty)
    let lines = try String(contentsOfFile: folder.path("a.jsonl"), encoding: .utf8).components(separatedBy: "\n")
    #expect(
      lines[0] == "{\"text\":\"text 0\",\"label\":[\"a\",\"b\"]}" && lines[1] == "{\"text\":\"text 1\",\"label\":\"a\"}"
    )
    #expect(try convert(folder.path("a.jsonl"), to: .fastText, "b.txt").losses.isEmpty)
    #expect(try folder.read("b.txt") == folder.read("a.txt"))
    let table = try convert(path, to: .csv, "a.csv")
    #expect(table.losses.isEmpty && table.newSeparator == "|")
    #expect(
      try String(contentsOfFile: folder.path("a.csv"), encoding: .utf8).hasPrefix("text,label\ntext 0,a|b\ntext 1,a\n"))
    let none = try folder.write(
      "{\"text\":\"a b\",\"label\":[\"x\"]}\n{\"text\":\"c d\",\"label\":[]}\n", to: "n.jsonl")
    #expect(try convert(none, to: .fastText, "n.txt").losses == [.noneRight: 1])
    #expect(try convert(folder.path("a.jsonl"), to: .csv, "b.csv").losses.isEmpty)
    #expect(try folder.read("b.csv") == folder.read("a.csv"))
    #expect(try convert(none, to: .tsv, "n.tsv").losses == [.noneRight: 1])
    #expect(try String(contentsOfFile: folder.path("n.tsv"), encoding: .utf8) == "text\tlabel\na b\tx\nc d\t\n")
  }

  @Test func `what stands between labels is in none of them, and shares get a column each`() throws {
    let bars = (0..<30).map { "{\"id\": \($0), \"labels\": [\"a|b\", \"c;d\"], \"text\": \"text \($0)\"}\n" }.joined()
    let table = try convert(try folder.write(bars, to: "bars.jsonl"), to: .csv, "bars.csv")
    #expect(table.newSeparator == ",")
    #expect(
      try String(contentsOfFile: folder.path("bars.csv"), encoding: .utf8).hasPrefix(
        "id,labels,text\n0,\"a|b,c;d\",text 0\n"))
    let shares = (0..<40).map {
      "{\"label\": {\"up\": 0.\($0 % 3 + 1), \"down\": 0.\(9 - $0 % 3)}, \"text\": \"text \($0)\", \"id\": \($0)}\n"
    }.joined()
    let soft = try convert(try folder.write(shares, to: "soft.jsonl"), to: .tsv, "soft.tsv")
    #expect(soft.newSeparator == nil && soft.losses == [.types: 40])
    #expect(
      try String(contentsOfFile: folder.path("soft.tsv"), encoding: .utf8).hasPrefix(
        "down\tup\ttext\tid\n0.9\t0.1\ttext 0\t0\n0.8\t0.2\ttext 1\t1\n"))
    let source = try LabeledTextSource(path: folder.path("soft.tsv"), options: soft.options)
    var read: [LabeledText] = []
    try source.forEachRecord { text, _ in read.append(text) }
    #expect(read[1].shares == ["up": 0.2, "down": 0.8] && read[1].label == "down" && read[1].text == "text 1")
  }

  @Test func `labels with something between become several, and columns of 1 and 0 the labels of their names`() throws {
    let rows = (0..<40).map { "text \($0),\($0 % 2 == 0 ? "a;b" : "a"),\($0)\n" }.joined()
    let path = try folder.write("text,label,id\n" + rows, to: "a.csv")
    var options = DataOptions(needsLabels: false)
    options.labelSeparator = ";"
    #expect(try convert(path, to: .jsonLines, "a.jsonl", options).losses.isEmpty)
    let objects = try String(contentsOfFile: folder.path("a.jsonl"), encoding: .utf8).components(separatedBy: "\n")
    #expect(objects[0] == "{\"text\":\"text 0\",\"label\":[\"a\",\"b\"],\"id\":\"0\"}")
    #expect(objects[1] == "{\"text\":\"text 1\",\"label\":\"a\",\"id\":\"1\"}")
    _ = try convert(path, to: .fastText, "a.txt", options)
    #expect(
      try String(contentsOfFile: folder.path("a.txt"), encoding: .utf8).hasPrefix(
        "__label__a __label__b text 0\n__label__a text 1\n"))

    let flags = (0..<40).map { "text \($0),\($0 % 2),\($0 % 4 / 2)\n" }.joined()
    let table = try folder.write("text,a,b\n" + flags, to: "f.csv")
    #expect(try convert(table, to: .fastText, "f.txt").losses == [.noneRight: 10])
    #expect(
      try String(contentsOfFile: folder.path("f.txt"), encoding: .utf8).hasPrefix(
        "text 0\n__label__a text 1\n__label__b text 2\n__label__a __label__b text 3\n"))
    // Beyond the records by which columns are recognized.
    let many = String(repeating: flags, count: 100)
    let faulty = try folder.write("text,a,b\n" + many + "last,1,maybe\n", to: "faulty.csv")
    options = DataOptions(label: .joined([.name("a"), .name("b")]), needsLabels: false)
    #expect(throws: DataError.self) { try convert(faulty, to: .fastText, "no.txt", options) }
  }

  @Test func `records are shared out by each of their labels`() throws {
    let rows = (0..<400).map { "text \($0),\($0 % 2 == 0 ? "a;b" : "b ; a")\n" }.joined()
    let path = try folder.write("text,label\n" + rows, to: "a.csv")
    var options = DataOptions(needsLabels: false)
    options.labelSeparator = ";"
    let records = try RecordFiles(path: path, options: options, arePairs: false)
    let parts = try RecordParts(records, .init(shares: [0.75, 0.25]))
    #expect(parts.counts(part: 1) == ["a, b": 100])
  }

  @Test func `what is read again has the labels of the records, in whatever form`() throws {
    let sources: [(name: String, text: String, separator: String?)] = [
      (
        "soft.jsonl", "{\"text\":\"a one\",\"label\":{\"x\":0.7,\"y\":0.3}}\n{\"text\":\"b two\",\"label\":\"y\"}\n",
        nil
      ),
      ("shares.csv", "text,good,bad\na one,0.7,0.3\nb two,0,1\nc three,0.5,0.5\n", nil),
      ("flags.csv", "text,good,bad\na one,1,0\nb two,0,1\nc three,0,0\n", nil),
      ("flags.jsonl", "{\"text\":\"a one\",\"good\":1,\"bad\":0}\n{\"text\":\"b two\",\"good\":0,\"bad\":1}\n", nil),
      ("lists.jsonl", "{\"text\":\"a one\",\"label\":[\"x\",\"y\"]}\n{\"text\":\"b two\",\"label\":[]}\n", ","),
      ("between.tsv", "text\tlabel\na one\tx;y\nb two\ty\n", ";"),
      ("lines.txt", "__label__x __label__y a one\nno label\n", nil),
    ]
    for (name, text, separator) in sources {
      let path = try folder.write(text, to: name)
      var options = DataOptions(needsLabels: false)
      options.labelSeparator = separator
      for (format, ending) in [(DataFormat.csv, "csv"), (.tsv, "tsv"), (.jsonLines, "jsonl"), (.fastText, "txt")] {
        // The helper compares what is read again.
        _ = try convert(path, to: format, "\(name)-again.\(ending)", options)
      }
    }
  }
}
