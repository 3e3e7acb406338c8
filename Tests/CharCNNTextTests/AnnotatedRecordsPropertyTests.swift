import CharCNNFiles
import CharCNNText
import Foundation
import TestSupport
import Testing

/// Numbers one after another, mixed.
private struct Draws {
  var state: UInt64

  mutating func below(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % bound
  }

  mutating func text(of pieces: [String]) -> String {
    let count = 1 + below(6)
    return (0..<count).map { _ in pieces[below(pieces.count)] }.joined()
  }
}

/// Whatever stands in a file: with answers beside it, it is read as the same records, and so are the answers.
@Suite struct AnnotatedRecordsPropertyTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static let plain = ["a", "b c", "é", "中文", "👩‍👩‍👧", " ", "'", "\\", "{", "0.5", "#", "e\u{301}"]
  private static let careful = plain + ["\"", "\"\"", "\n", ",", ";", "|", "\t", "\n\n"]

  private func texts(_ path: String, _ column: String, _ options: DataOptions) throws -> [String] {
    var options = options
    options.text = .name(column)
    var texts: [String] = []
    try LabeledTextSource(path: path, options: options).forEachRecord { record, _ in texts.append(record.text) }
    return texts
  }

  /// Writes the file with two columns of answers and gives back its path, the names and the texts that were read.
  private func annotated(
    _ path: String, _ options: DataOptions, to name: String, answers: (Int) -> [AnnotatedRecords.Value]
  ) throws -> (path: String, names: [String], texts: [String]) {
    let records = try RecordFiles(path: path, options: options, arePairs: false)
    let annotated = try AnnotatedRecords(records, adding: ["answer", "certainty"])
    var output = try annotated.beginning()
    var texts: [String] = []
    var report = ReadingReport(path: path)
    try records.forEachRecord(records.textFields, report: &report) { record, report in
      #expect(!annotated.collides(record))
      annotated.append(record, answers(texts.count), to: &output)
      texts.append(try records.text(of: record))
      report.addRecord()
    }
    try report.finish()
    return (try folder.write(output, to: name), annotated.names, texts)
  }

  @Test(arguments: 1...30) func `tables stay the tables that they were`(seed: UInt64) throws {
    var draws = Draws(state: seed &* 0x9E37_79B9_7F4A_7C15)
    let separator = [",", ";", "|", "\t"][draws.below(4)]
    let knowsQuotes = separator != "\t"
    let end = ["\n", "\r\n"][draws.below(2)]
    let pieces = knowsQuotes ? Self.careful : Self.plain
    func row(_ fields: [String]) -> String {
      fields.map { field in
        let isInQuotes = knowsQuotes && (field.contains { "\",;|\t\n".contains($0) } || draws.below(4) == 0)
        return isInQuotes ? "\"\(field.replacingOccurrences(of: "\"", with: "\"\""))\"" : field
      }.joined(separator: separator)
    }
    let isRenamed = draws.below(3) == 0
    var content = ["\u{FEFF}", ""][draws.below(2)] + row(["id", "text", isRenamed ? "Answer" : "note"])
    var expected: [String] = []
    for number in 0..<40 {
      expected.append(draws.text(of: pieces))
      content += end + row([String(number), expected[number], draws.text(of: pieces)])
    }
    content += ["", end][draws.below(2)]
    let answers = (0..<40).map { _ in draws.text(of: pieces) }
    let options = DataOptions(
      format: knowsQuotes ? .csv : .tsv, separator: FieldSeparator(argument: separator), header: true,
      text: .name("text"), needsLabels: false)
    let written = try annotated(folder.write(content, to: "data.txt"), options, to: "again.txt") { number in
      [.text(answers[number]), number % 3 == 0 ? .none : .number(Double(number) / 7)]
    }
    #expect(written.texts == expected)
    #expect(written.names == (isRenamed ? ["predicted_answer", "predicted_certainty"] : ["answer", "certainty"]))
    #expect(try texts(written.path, "text", options) == expected)
    #expect(try texts(written.path, "id", options) == (0..<40).map(String.init))
    #expect(try texts(written.path, written.names[0], options) == answers)
    let numbers = (0..<40).map { $0 % 3 == 0 ? "" : "\(Double($0) / 7)" }
    #expect(try texts(written.path, written.names[1], options) == numbers)
  }

  @Test(arguments: 1...20) func `objects stay objects`(seed: UInt64) throws {
    var draws = Draws(state: seed &* 0x9E37_79B9_7F4A_7C15)
    let pieces = Self.careful + ["\r", "\u{1}"]
    var content = ""
    var expected: [String] = []
    for number in 0..<40 {
      expected.append(draws.text(of: pieces))
      let blank = ["", " ", "\t"][draws.below(3)]
      let more = ["", ",\"more\":{\"x\":[1,{\"}\":null}]}"][draws.below(2)]
      content +=
        "{\(blank)\"id\":\(number),\"text\"\(blank):\(JSONText.quoted(expected[number]))\(more)\(blank)}\(blank)"
        + ["\n", "\r\n", "\n\n"][draws.below(3)]
    }
    let answers = (0..<40).map { _ in draws.text(of: pieces) }
    let options = DataOptions(format: .jsonLines, text: .name("text"), needsLabels: false)
    let written = try annotated(folder.write(content, to: "data.jsonl"), options, to: "again.jsonl") { number in
      [.text(answers[number]), number % 2 == 0 ? .json("{\"a\":[\(number)]}") : .none]
    }
    #expect(written.texts == expected)
    #expect(try texts(written.path, "text", options) == expected)
    #expect(try texts(written.path, "answer", options) == answers)
    let lines = try String(contentsOfFile: written.path, encoding: .utf8).split(separator: "\n")
    #expect(lines.count == 40)
    for (number, line) in lines.enumerated() {
      let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      #expect(object["id"] as? Int == number)
      #expect((object["certainty"] as? [String: [Int]]) == (number % 2 == 0 ? ["a": [number]] : nil))
    }
  }

  @Test(arguments: 1...10) func `lines without columns become a table`(seed: UInt64) throws {
    var draws = Draws(state: seed &* 0x9E37_79B9_7F4A_7C15)
    let lines = (0..<40).map { _ in "x" + draws.text(of: Self.plain) }
    let answers = (0..<40).map { _ in draws.text(of: Self.careful) }
    let path = try folder.write(lines.joined(separator: "\n"), to: "data.txt")
    let written = try annotated(path, DataOptions(format: .lines, needsLabels: false), to: "again.tsv") {
      [.text(answers[$0]), .number(0.5)]
    }
    #expect(written.texts == lines)
    let options = DataOptions(format: .tsv, header: true, needsLabels: false)
    #expect(try texts(written.path, "source", options) == (1...40).map(String.init))
    #expect(try texts(written.path, "answer", options) == answers)
  }
}
