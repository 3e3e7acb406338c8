import CharCNNText
import Foundation
import TestSupport
import Testing

/// Reads all records as [text, label] and checks that each can be read again by its reference.
func records(_ source: LabeledTextSource) throws -> [[String?]] {
  var all: [[String?]] = []
  var references: [(LabeledText, RecordReference)] = []
  try source.forEachRecord { record, reference in
    all.append([record.text, record.label])
    references.append((record, reference))
  }
  for (record, reference) in references { #expect(try source.record(at: reference) == record) }
  return all
}

@Suite struct LabeledTextSourceTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func open(_ name: String, _ text: String, _ options: DataOptions = .init()) throws -> LabeledTextSource {
    try LabeledTextSource(path: try folder.write(text, to: name), options: options)
  }

  @Test func csvWithQuotesCommasAndLineEnds() throws {
    let source = try open(
      "a.csv", "\u{FEFF}text,label\r\n\"one, \"\"two\"\"\r\nthree\",x\r\n\r\nplain \"quoted\" word,y\r\n\"\",x")
    #expect(source.format == .csv && source.columns?.hasHeader == true)
    #expect(source.summary == #"csv, text = column 1 "text", label = column 2 "label""#)
    #expect(try records(source) == [["one, \"two\"\r\nthree", "x"], ["plain \"quoted\" word", "y"], ["", "x"]])
    var lines: [Int] = []
    try source.forEachRecord { record, _ in lines.append(record.line) }
    #expect(lines == [2, 5, 6])
  }

  @Test func tsvTakesQuotesLiterally() throws {
    let source = try open("a.tsv", "pos\t\"good, they said\r\nneg\tbad\r\npos\tfine thing\r\nneg\t \n")
    #expect(source.summary == "tsv without header, text = column 2, label = column 1")
    #expect(
      try records(source) == [["\"good, they said", "pos"], ["bad", "neg"], ["fine thing", "pos"], [" ", "neg"]])
  }

  @Test func jsonLinesWithEscapesAndOtherValues() throws {
    let source = try open(
      "a.jsonl",
      #"{"id":1,"te\u0078t":"a\n\"\\\/\u00e9\ud83d\ude00","label":true,"more":[1,{"text":"no"}]}"# + "\n\n"
        + #" {"label" : -1.5e3 , "text":"last"} "# + "\r\n")
    #expect(source.summary == #"jsonl, text = field "text", label = field "label""#)
    #expect(try records(source) == [["a\n\"\\/é😀", "true"], ["last", "-1.5e3"]])
  }

  @Test func fastTextTakesTheFirstLabel() throws {
    let source = try open("a.txt", "__label__x  __label__y some text __label__z\n\n__label__y\tmore\n__label__x\n")
    #expect(source.format == .fastText)
    #expect(try records(source) == [["some text", "x"], ["more", "y"], ["", "x"]])
    #expect(try source.forEachRecord { _, _ in }.recordsWithFurtherLabels == 1)
  }

  @Test func foldersAreClasses() throws {
    _ = try folder.write("second\nline\n", to: "data/pos/b.txt")
    _ = try folder.write("first", to: "data/pos/a.txt")
    _ = try folder.write("\u{FEFF}third\r\n", to: "data/neg/1.txt")
    _ = try folder.write("", to: "data/neg/2.txt")
    _ = try folder.write("no", to: "data/neg/.hidden")
    let source = try LabeledTextSource(path: folder.path + "/data")
    #expect(source.format == .folderPerClass)
    #expect(source.summary == "folders, 2 classes, 3 files, 1 empty file left out (neg/2.txt)")
    #expect(try records(source) == [["third", "neg"], ["first", "pos"], ["second\nline", "pos"]])
  }

  @Test func filesAreClasses() throws {
    _ = try folder.write("eins\n\nzwei\n", to: "data/deu.txt")
    _ = try folder.write("bir", to: "data/aze-Latn.txt")
    _ = try folder.write("", to: "data/zzz.txt")
    let source = try LabeledTextSource(path: folder.path + "/data/")
    #expect(source.format == .filePerClass)
    #expect(try records(source) == [["bir", "aze-Latn"], ["eins", "deu"], ["zwei", "deu"]])
  }

  @Test func plainLinesAreTextsWithoutLabels() throws {
    let source = try open("a.txt", "one, two\nthree\u{85}four\n   \nfive", .init(needsLabels: false))
    #expect(source.format == .lines)
    #expect(try records(source) == [["one, two", nil], ["three\u{85}four", nil], ["five", nil]])
    #expect(throws: DataError.self) { try LabeledTextSource(path: source.path) }
  }

  @Test func aLineOfTenMegabytesIsRead() throws {
    let long = String(repeating: "é0123456789", count: 900_000)
    let source = try open("a.tsv", "x\tshort one\ny\t\(long)\nx\tshort two\ny\tthree words here\n")
    #expect(try records(source)[1] == [long, "y"])
  }

  @Test(arguments: [
    ("csv", "a.txt", "question,intent\nhow are you,smalltalk\n"), ("tsv", "a.txt", "a b\t1\nc d\t2\ne f\t1\ng h\t2\n"),
    ("tsv", "a.csv", "label\ttext\nx\ta b\n"), ("jsonl", "noextension", "{\"text\":\"a\",\"label\":\"b\"}\n"),
    ("fasttext", "a.csv", "__label__a b, c\n"), ("jsonl", "a.json", "{\"text\":\"a\",\"label\":\"b\"}\n"),
  ])
  func formatsAreRecognizedByContentAndName(format: String, name: String, text: String) throws {
    #expect(try open(name, text).format.rawValue == format)
  }

  @Test(arguments: [
    ("cat,label,review\nbooks,1,nice one\n", 2, 1, true), ("id,author,text\n1,x,hello there\n", 2, 1, true),
    ("标签,文本\n好,今天天气\n", 1, 0, true), ("Review Text,Sentiment\nfine film,pos\n", 0, 1, true),
    ("a b c,1\nd e f,0\ng h i,1\nj k l,0\n", 0, 1, false), ("good film,pos\nbad film,neg\n", 0, 1, false),
    ("foo,bar\n1,some words\n0,other words\n1,more words\n0,last words\n", 1, 0, true),
    ("x,some words,1\ny,other words,2\nx,more words,3\ny,last words,4\n", 1, 0, false),
    ("text of one,pos\ntext,neg\nother thing,pos\ntext,neg\n", 0, 1, false),
  ])
  func columnsAreRecognized(csv: String, text: Int, label: Int, hasHeader: Bool) throws {
    let columns = try #require(try open("a.csv", csv).columns)
    #expect(columns.texts == [text] && columns.label == label && columns.hasHeader == hasHeader)
  }

  @Test func columnsCanBeChosen() throws {
    let csv = "cat,label,review\nbooks,1,nice one\nfood,0,not nice\n"
    let named = try open("a.csv", csv, .init(text: .name("cat"), label: .name("review")))
    #expect(try records(named) == [["books", "nice one"], ["food", "not nice"]])
    let numbered = try open("a.csv", csv, .init(label: ColumnSelector(argument: "1")))
    #expect(try records(numbered) == [["nice one", "books"], ["not nice", "food"]])
    #expect(ColumnSelector(argument: "0") == .name("0") && ColumnSelector(argument: "cat") == .name("cat"))
  }

  @Test func labelsAreOptionalWhereNotNeeded() throws {
    let options = DataOptions(needsLabels: false)
    #expect(
      try records(open("a.csv", "text\none thing\nanother\n", options)) == [["one thing", nil], ["another", nil]])
    #expect(
      try records(open("b.jsonl", "{\"text\":\"a\"}\n{\"text\":\"b\",\"label\":null}\n", options)) == [
        ["a", nil], ["b", nil],
      ])
    #expect(try records(open("c.txt", "__label__x one\ntwo\n", options)) == [["one", "x"], ["two", nil]])
  }

  @Test func bodyErrorsComeThrough() throws {
    struct Stop: Error {}
    let source = try open("a.csv", "text,label\na,b\n")
    #expect(throws: Stop.self) { try source.forEachRecord { _, _ in throw Stop() } }
  }

  @Test func aReferenceBeyondTheFileIsAnError() throws {
    let source = try open("a.csv", "text,label\na,b\n")
    var reference: RecordReference?
    try source.forEachRecord { reference = $1 }
    var wrong = try #require(reference)
    wrong.byteOffset = .max
    #expect(throws: DataError.self) { try source.record(at: wrong) }
    wrong.fileIndex = 3
    #expect(throws: DataError.self) { try source.record(at: wrong) }
  }
}
