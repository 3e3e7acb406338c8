import CharCNNText
import Foundation
import TestSupport
import Testing

/// Labels as they are meant, damaged records, encodings, and formats with labels in odd places.
@Suite struct RecordFaultTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func open(_ name: String, _ text: String, _ options: DataOptions = .init()) throws -> LabeledTextSource {
    try LabeledTextSource(path: try folder.write(text, to: name), options: options)
  }

  private func fault(_ name: String, _ text: String, _ options: DataOptions = .init()) throws -> DataError {
    try #require(
      #expect(throws: DataError.self) { try self.open(name, text, options).forEachRecord { _, _ in } })
  }

  private func labels(_ source: LabeledTextSource) throws -> Set<String> {
    try Set(records(source).compactMap { $0[1] })
  }

  /// Labels that look like `pos`.
  static let disguises = [
    "pos ", " pos", "\u{FEFF}pos", "pos\u{200B}", "p\u{200B}os", "pos\u{AD}", "pos\r", "\u{A0}pos", "pos\u{200E}",
    "\u{3000}pos",
  ]

  @Test(arguments: disguises) func `labels that differ only in what nobody sees are one, in every format`(label: String)
    throws
  {
    let plain = label.replacingOccurrences(of: "\r", with: "")
    let csv = "text,label\none,\(label)\r\ntwo,neg\r\nthree,pos\r\nfour,neg\r\n"
    #expect(try labels(open("a.csv", csv)) == ["pos", "neg"])
    #expect(try labels(open("a.tsv", csv.replacingOccurrences(of: ",", with: "\t"))) == ["pos", "neg"])
    let json = ["\(label)", "neg", "pos"].map {
      "{\"text\":\"a\",\"label\":\"\($0.replacingOccurrences(of: "\r", with: "\\r"))\"}\n"
    }
    #expect(try labels(open("a.jsonl", json.joined())) == ["pos", "neg"])
    if !plain.contains(where: \.isWhitespace) {
      #expect(
        try labels(open("a.txt", "__label__\(plain) one\n__label__neg two\n__label__pos three\n")) == ["pos", "neg"])
    }
    let pairs = try TextPairSource(
      path: folder.write("text1,text2,label\na,b,\(label)\r\nc,d,neg\r\ne,f,pos\r\n", to: "p.csv"))
    #expect(try Set(pairs.pairs().map(\.label)) == ["pos", "neg"])
    for name in [plain, "neg", "pos"] { _ = try folder.write("text", to: "classes/\(name)/\(UUID().uuidString).txt") }
    #expect(try labels(LabeledTextSource(path: folder.path + "/classes")) == ["pos", "neg"])
    // A model that learned the disguise knows the label.
    #expect(LabelSet([plain, "neg"]).index(of: "pos") != nil)
  }

  @Test(arguments: ["", " ", "\u{200B}", "\u{FEFF}", "\u{A0} "])
  func `a label of nothing is no label`(label: String) throws {
    let text =
      "text,label\none,pos\n" + (0..<51).map { "x\($0),\(label)\n" }.joined() + "two,neg\nthree,pos\nfour,neg\n"
    let error = try fault("a.csv", text)
    #expect(error.kind == .missingLabel && error.line == 3 && error.problem.contains("51 without a label"), "\(error)")
    #expect(error.advice?.contains("`skipsInvalid`") == true)
    let source = try open("a.csv", text, .init(skipsInvalid: true))
    let report = try source.forEachRecord { _, _ in }
    #expect(report.records == 4 && report.warnings.first?.contains("51 faulty records were left out") == true)
  }

  @Test func `labels that look alike are found`() {
    let counts = ["Card Arrival": 2, "card_arrival": 9, "card-arrival": 1, "1": 4, "1.0": 5, "2": 1, "other": 3]
    #expect(Label.lookalikes(counts) == [["1.0", "1"], ["card_arrival", "Card Arrival", "card-arrival"]])
    #expect(
      Label.quoted("a b") == "a b" && Label.quoted("a ") == "\"a \"" && Label.quoted("a") == "a"
        && Label.quoted("") == "\"\"")
  }

  @Test func `labels of fastText stand anywhere in a line`() throws {
    let after = try open("a.txt", "one two __label__pos\nthree __label__neg\n four __label__pos five __label__x six\n")
    #expect(after.format == .fastText)
    #expect(try records(after) == [["one two", "pos"], ["three", "neg"], ["four five six", "pos"]])
    let report = try after.forEachRecord { _, _ in }
    #expect(report.recordsWithFurtherLabels == 1 && report.warnings.first?.contains("1 record has") == true)
    let leading = try open("b.txt", "  __label__x\tone\r\n\t__label__y two  words \r\n")
    #expect(try records(leading) == [["one", "x"], ["two  words ", "y"]])
  }

  @Test(arguments: [("[[\"pos\"]]", "a list"), ("{\"name\": \"pos\"}", "an object")])
  func `a field that holds a list or an object is named with its kind and line`(value: String, kind: String) throws {
    let line = "{\"text\": \"a\", \"label\": \(value)}\n"
    for options in [DataOptions(), DataOptions(label: .name("label"))] {
      let error = try fault("a.jsonl", line + line, options)
      #expect(error.kind == .unsuitableValue && error.line == 1)
      #expect(error.problem.contains("\"label\"") && error.problem.contains(kind), "\(error)")
    }
    let good = "{\"text\": \"a\", \"label\": \"x\"}\n{\"text\": \"b\", \"label\": \"y\"}\n"
    let later = try fault("b.jsonl", good + line)
    #expect(later.kind == .unsuitableValue && later.line == 3)
    let other = try fault("c.jsonl", "{\"text\": \"a\", \"cats\": \(value)}\n")
    #expect(other.description.contains("\"cats\" (\(kind), line 1)"), "\(other)")
    let text = try fault("d.jsonl", "{\"text\": \(value), \"label\": \"x\"}\n")
    #expect(text.description.contains("\"text\"") && text.description.contains(kind), "\(text)")
    // Fields that nobody needs may hold what they like.
    #expect(try records(open("e.jsonl", good.replacingOccurrences(of: "}", with: ", \"more\": \(value)}"))).count == 2)
  }

  @Test func `carriage returns before a line feed, and alone, end lines`() throws {
    let lines = ["text,label", "one film,pos", "\"two, films\",neg", "three,pos"]
    for end in ["\r\r\n", "\r", "\r\n", "\n"] {
      let source = try open("a.csv", lines.joined(separator: end) + end)
      #expect(
        try records(source) == [["one film", "pos"], ["two, films", "neg"], ["three", "pos"]], "\(end.debugDescription)"
      )
      #expect(source.summary.contains("CR alone") == (end == "\r"))
    }
  }

  /// Text in an encoding.
  private func bytes(_ text: String, _ encoding: String.Encoding) throws -> [UInt8] {
    Array(try #require(text.data(using: encoding)))
  }

  @Test func `encodings of our own are read, with a mark or by their name`() throws {
    let text = "text,label\nein schöner Tag,gut\nein böser Tag,schlecht\n"
    let expected = [["ein schöner Tag", "gut"], ["ein böser Tag", "schlecht"]]
    for (encoding, mark, name) in [
      (String.Encoding.utf16LittleEndian, [0xFF, 0xFE] as [UInt8], "utf-16le"),
      (.utf16BigEndian, [0xFE, 0xFF], "UTF-16BE"),
    ] {
      let content = try bytes(text, encoding)
      let marked = try LabeledTextSource(path: folder.write(mark + content, to: "m.csv"))
      #expect(try records(marked) == expected && marked.summary.contains(name.uppercased()))
      let unmarked = try folder.write(content, to: "u.csv")
      #expect(throws: DataError.self) { try LabeledTextSource(path: unmarked) }
      let named = try LabeledTextSource(path: unmarked, options: .init(encoding: FileEncoding(name: name)))
      #expect(try records(named) == expected)
    }
    let latin = try folder.write(bytes(text, .isoLatin1), to: "l.csv")
    #expect(try records(LabeledTextSource(path: latin, options: .init(encoding: .latin1))) == expected)
    // An odd number of bytes, or half a pair.
    for broken in [[0x61, 0, 0x62] as [UInt8], [0, 0xD8, 0x61, 0]] {
      let path = try folder.write(broken, to: "b.csv")
      #expect(throws: DataError.self) {
        try LabeledTextSource(path: path, options: .init(encoding: .utf16LittleEndian))
      }
    }
    #expect(FileEncoding(name: "no-such-encoding") == nil && FileEncoding(name: "") == nil)
  }

  @Test func `other encodings are read where the system knows them, and named where bytes are theirs`() throws {
    guard let chinese = FileEncoding(name: "GB18030") else { return }
    // 今天天气很好 and 电影不好看 in GB18030.
    let good: [UInt8] = [0xBD, 0xF1, 0xCC, 0xEC, 0xCC, 0xEC, 0xC6, 0xF8, 0xBA, 0xDC, 0xBA, 0xC3]
    let bad: [UInt8] = [0xB5, 0xE7, 0xD3, 0xB0, 0xB2, 0xBB, 0xBA, 0xC3, 0xBF, 0xB4]
    let path = try folder.write(
      Array("text,label\n".utf8) + good + Array(",pos\n".utf8) + bad + Array(",neg\n".utf8), to: "a.csv")
    let source = try LabeledTextSource(path: path, options: .init(encoding: chinese))
    #expect(try records(source) == [["今天天气很好", "pos"], ["电影不好看", "neg"]])
    let error = try #require(
      #expect(throws: DataError.self) { try LabeledTextSource(path: path).forEachRecord { _, _ in } })
    #expect(error.kind == .invalidUTF8 && error.line == 2)
    #expect(error.advice?.contains("gb18030") == true && error.advice?.contains("`encoding`") == true, "\(error)")
    // Larger than what is converted at once.
    let rows = (0..<30_000).flatMap { Array("\($0) ".utf8) + good + Array(",pos\n".utf8) }
    let large = try folder.write(Array("text,label\n".utf8) + rows + Array("x,neg\n".utf8), to: "b.csv")
    let all = try records(LabeledTextSource(path: large, options: .init(encoding: chinese)))
    #expect(all.count == 30_001 && all[29_999][0] == "29999 今天天气很好")
  }

  @Test func `sentences with tags are read in other encodings too`() throws {
    let content = try bytes("schön ADJ\nTag NOUN\n\n", .isoLatin1)
    let path = try folder.write(content + content, to: "t.txt")
    let source = try TaggedTextSource(path: path, options: .init(encoding: .latin1))
    #expect(try source.sentences().map { $0.tokens.map(\.text) } == [["schön", "Tag"], ["schön", "Tag"]])
    #expect(throws: DataError.self) { try TaggedTextSource(path: path).sentences() }
  }

  @Test func `options without effect are refused`() throws {
    let fast = "__label__x a\n__label__y b\n"
    #expect(try fault("a.txt", fast, .init(text: .index(1))).advice?.contains("`text`") == true)
    let json = "{\"text\":\"a\",\"label\":\"b\"}\n{\"text\":\"c\",\"label\":\"d\"}\n"
    #expect(throws: DataError.self) { try self.open("a.jsonl", json, .init(format: .jsonLines, separator: .tab)) }
    #expect(throws: DataError.self) { try self.open("a.jsonl", json, .init(format: .jsonLines, header: true)) }
    _ = try folder.write("a", to: "c/x/1.txt")
    _ = try folder.write("b", to: "c/y/1.txt")
    #expect(throws: DataError.self) { try LabeledTextSource(path: folder.path + "/c", options: .init(text: .index(1))) }
  }

  @Test func `options of earlier versions are read`() throws {
    let old =
      #"{"format":"csv","first":{"name":{"_0":"q1"}},"second":{"index":{"_0":2}},"needsScores":true,"needsLabels":true}"#
    let options = try JSONDecoder().decode(DataOptions.self, from: Data(old.utf8))
    #expect(options == DataOptions(format: .csv, text: .name("q1"), second: .index(2), needsScores: true))
    let full = DataOptions(
      format: .tsv, separator: .bar, header: false, encoding: .latin1, text: .joined([.name("a"), .index(2)]),
      label: .name("l"), trained: DataColumns(text: ["x"]), needsLabels: false, skipsInvalid: true)
    #expect(try JSONDecoder().decode(DataOptions.self, from: JSONEncoder().encode(full)) == full)
  }

  @Test func `triplets and pairs without a judgment are no labels`() throws {
    let triplets = (0..<20).map { "{\"anchor\":\"a\($0)\",\"positive\":\"b\",\"negative\":\"a\($0 % 3)\"}\n" }.joined()
    let path = try folder.write(triplets, to: "t.jsonl")
    let error = try #require(#expect(throws: DataError.self) { try TextPairSource(path: path) })
    #expect(error.kind == .noLabels && error.problem.contains("triplets"))
    let snli = (0..<9).map {
      "{\"gold_label\":\"\(["-", "neutral", "entailment"][$0 % 3])\",\"sentence1\":\"a\",\"sentence2\":\"b\"}\n"
    }.joined()
    let file = try folder.write(snli, to: "s.jsonl")
    #expect(throws: DataError.self) { try TextPairSource(path: file).pairs() }
    let kept = try TextPairSource(path: file, options: .init(skipsInvalid: true)).pairs()
    #expect(kept.count == 6 && Set(kept.map(\.label)) == ["neutral", "entailment"])
    let scores = try folder.write("text1\ttext2\tscore\na\tb\t1.5\nc\td\tmany\ne\tf\t2\n", to: "c.tsv")
    let wrong = try #require(
      #expect(throws: DataError.self) { try TextPairSource(path: scores, options: .init(needsScores: true)).pairs() })
    #expect(wrong.line == 3 && wrong.problem.contains("many"))
  }

  @Test func `a quote before a combining mark is doubled like any other`() throws {
    for text in ["say \"\u{301} ok", "\"\u{93E}", "a\"b", "tab\tor, comma", "two\nlines", "plain"] {
      for isCSV in [true, false] {
        let separator = isCSV ? "," : "\t"
        let rows = (0..<4).map { _ in TableField.written(text, isCSV: isCSV) + separator + "x\n" }.joined()
        let source = try open(
          isCSV ? "a.csv" : "a.tsv", "text\(separator)label\n" + rows, .init(separator: isCSV ? .comma : .tab))
        #expect(try records(source).first == [text, "x"], "\(text)")
      }
    }
  }

  @Test func `a header that cannot be read is an error, and no other record takes its place`() throws {
    let path = try folder.write(
      Array("text\u{FF},label\n".utf8.map { $0 == 0xC3 ? 0xFF : $0 })
        + Array("a b,x\nc d,y\ne f,x\ng h,y\n".utf8), to: "a.csv")
    for skips in [false, true] {
      let error = try #require(
        #expect(throws: DataError.self) { try LabeledTextSource(path: path, options: .init(skipsInvalid: skips)) })
      #expect(error.kind == .invalidUTF8 && error.line == 1)
    }
  }
}
