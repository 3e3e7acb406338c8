import CharCNNText
import Foundation
import TestSupport
import Testing

@Suite struct DataErrorTests {
  struct Case: CustomStringConvertible, Sendable {
    let name: String
    let bytes: [UInt8]
    let kind: DataError.Kind
    let line: Int?
    let column: Int?

    init(_ name: String, _ text: String, _ kind: DataError.Kind, _ line: Int? = nil, _ column: Int? = nil) {
      self.init(name, bytes: Array(text.utf8), kind, line, column)
    }

    init(_ name: String, bytes: [UInt8], _ kind: DataError.Kind, _ line: Int? = nil, _ column: Int? = nil) {
      self.name = name
      self.bytes = bytes
      self.kind = kind
      self.line = line
      self.column = column
    }

    var description: String { "\(name) \(kind) \(bytes.count)" }
  }

  static let cases = [
    Case("empty.csv", "", .emptyFile), Case("bom.csv", "\u{FEFF}", .noRecords),
    Case("blank.tsv", "\n \r\n", .noRecords),
    Case("header.csv", "text,label\n", .noRecords), Case("one.csv", "text\nabc\ndef\n", .noLabels),
    Case("utf16.csv", bytes: [0x61, 0, 0x2C, 0, 0x62, 0, 0x0A, 0], .utf16, 1),
    Case("utf32.csv", bytes: [0xFF, 0xFE, 0, 0, 0x61, 0, 0, 0], .utf32, 1),
    Case("wide.csv", bytes: ForeignBytesTests.utf16("text,label\na,x\n", isBig: true), .utf16, 1),
    Case("zero.csv", "text,label\na\u{0}b,x\nc,y\n", .zeroByte, 2, 2),
    Case("gzip.csv", bytes: [0x1F, 0x8B, 8, 0], .notText),
    Case("open.csv", "text,label\na,x\n\"never\nclosed,y\n", .unterminatedQuote, 3, 1),
    Case("late.csv", "text,label\n\"a\nb\",\"never\nclosed\n", .unterminatedQuote, 3, 4),
    Case("stray.csv", "text,label\n\"a\"b,x\n", .strayQuote, 2, 4),
    Case("ragged.csv", "text,label\na,x\n\"b\nb\",x\nc,d,x\n", .raggedRow, 5),
    Case("ragged.tsv", "text\tlabel\na\tx\nonly\n", .raggedRow, 3),
    Case("cut.csv", bytes: Array("text,label\na,x\nb,é".utf8.dropLast()), .invalidUTF8, 3, 3),
    Case("latin1.tsv", bytes: Array("text\tlabel\nab".utf8) + [0xE9] + Array("\tx\n".utf8), .invalidUTF8, 2, 3),
    Case("overlong.txt", bytes: Array("__label__x a\n__label__x ".utf8) + [0xC0, 0xAF], .invalidUTF8, 2, 12),
    Case("surrogate.txt", bytes: Array("__label__x ".utf8) + [0xED, 0xA0, 0x80], .invalidUTF8, 1, 12),
    Case("nolabel.txt", "__label__x a\nb\n", .missingLabel, 2),
    Case("emptylabel.csv", "text,label\na,x\nb,\n", .missingLabel, 3),
    Case("nameless.txt", "__label__ a\n", .missingLabel, 1),
    Case("prose.txt", "just some text\nand more, of it\n", .unrecognizedFormat),
    Case("array.json", "[{\"text\":\"a\",\"label\":\"b\"}]", .unrecognizedFormat, 1),
    Case("half.jsonl", "{\"text\":\"a\",\"label\":\"b\"}\n{\"text\":\"a\n", .invalidJSON, 2, 9),
    Case("lone.jsonl", #"{"text":"a\ud800","label":"b"}"#, .invalidJSON, 1, 11),
    Case("low.jsonl", #"{"text":"\udc00\ud800","label":"b"}"#, .invalidJSON, 1, 10),
    Case("escape.jsonl", #"{"text":"\x","label":"b"}"#, .invalidJSON, 1, 10),
    Case("after.jsonl", #"{"text":"a","label":"b"} x"#, .invalidJSON, 1, 26),
    Case("number.jsonl", #"{"text":"a","label":01}"#, .invalidJSON, 1, 22),
    Case("control.jsonl", "{\"text\":\"a\u{1}\",\"label\":\"b\"}", .invalidJSON, 1, 11),
    Case("scalar.jsonl", "3\n", .invalidJSON, 1, 1),
    Case("deep.jsonl", "{\"text\":" + String(repeating: "[", count: 100_000), .invalidJSON, 1),
    Case("missing.jsonl", "{\"text\":\"a\",\"label\":\"b\"}\n{\"label\":\"b\"}\n", .missingColumn, 2),
    Case("unlabelled.jsonl", "{\"text\":\"a\",\"label\":\"b\"}\n{\"text\":\"b\"}\n", .missingLabel, 2),
    Case("null.jsonl", "{\"text\":null,\"label\":\"b\"}\n{\"text\":\"b\",\"label\":\"b\"}\n", .missingColumn, 1),
    Case(
      "twice.jsonl", "{\"text\":\"a\",\"label\":\"b\"}\n{\"text\":\"a\",\"label\":\"b\",\"text\":\"c\"}\n",
      .ambiguousColumn, 2),
    Case("twice2.jsonl", "{\"text\":\"a\",\"label\":null,\"label\":\"b\"}\n", .ambiguousColumn, 1),
    Case("repeated.csv", "id,text,text\n1,a b,x\n2,c d,y\n", .ambiguousColumn),
    Case("repeated.tsv", "label\ttext\tlabel\nx\ta b\ty\ny\tc d\tx\n", .ambiguousColumn),
    Case("unknown.csv", "one thing,1.5\nother thing,2.5\n", .missingColumn),
    Case("two.csv", "a b c,1,x\nd e f,2,y\ng h i,1,x\nj k l,2,y\n", .ambiguousColumn),
  ]

  @Test(arguments: cases) func faultsAreNamedWithTheirPlace(fault: Case) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(fault.bytes, to: fault.name)
    let error = #expect(throws: DataError.self) {
      try LabeledTextSource(path: path).forEachRecord { _, _ in }
    }
    #expect(
      error?.kind == fault.kind && error?.line == fault.line && error?.path == path, "\(error?.description ?? "")")
    if let column = fault.column { #expect(error?.column == column, "\(error?.description ?? "")") }
    #expect(error?.description.contains("\n") == false && error?.localizedDescription == error?.description)
  }

  @Test func missingFilesAndFoldersWithoutFiles() throws {
    let folder = try TemporaryFolder()
    func kind(_ path: String, _ options: DataOptions = .init()) -> DataError.Kind? {
      #expect(throws: DataError.self) { try LabeledTextSource(path: path, options: options) }?.kind
    }
    #expect(kind(folder.path + "/none") == .missingFile)
    #expect(kind(folder.path) == .noFiles)
    #expect(kind(folder.path, .init(format: .csv)) == .unrecognizedFormat)
    let file = try folder.write("text,label\na,b\n", to: "a.csv")
    #expect(kind(file, .init(format: .folderPerClass)) == .unrecognizedFormat)
    #expect(kind(folder.path) == .unrecognizedFormat)
    #expect(kind(file, .init(text: .name("nix"))) == .missingColumn)
    #expect(kind(file, .init(label: .index(9))) == .missingColumn)
    #expect(kind(file + "/deeper") == .missingFile)
    try FileManager.default.createDirectory(atPath: folder.path + "/c/d", withIntermediateDirectories: true)
    #expect(kind(folder.path + "/c") == .noFiles)
  }

  @Test func aNameThatTwoColumnsHaveTellsNeither() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("text,text,label\na b,c d,x\ne f,g h,y\n", to: "a.csv")
    let error = #expect(throws: DataError.self) { try LabeledTextSource(path: path) }
    #expect(
      error?.description.contains(#"two columns are called "text"; the columns are 1 "text", 2 "text", 3 "label""#)
        == true)
    #expect(error?.advice?.contains("by number") == true)
    #expect(
      #expect(throws: DataError.self) { try LabeledTextSource(path: path, options: .init(text: .name("TEXT"))) }?.kind
        == .ambiguousColumn)
    // The header is one all the same, and a number tells the column.
    let source = try LabeledTextSource(path: path, options: .init(text: .index(2)))
    #expect(source.columns?.hasHeader == true)
    #expect(try records(source) == [["c d", "x"], ["g h", "y"]])
    // Other columns may be called as they like.
    let others = try folder.write("note,text,note,label\n1,a b,2,x\n3,c d,4,y\n", to: "b.csv")
    #expect(try records(LabeledTextSource(path: others)) == [["a b", "x"], ["c d", "y"]])
    let numbers = try folder.write("2,2,text,label\nq,r,a b,x\nq,r,c d,y\n", to: "c.csv")
    #expect(
      try records(LabeledTextSource(path: numbers, options: .init(text: .index(3), label: .index(2))))[0] == [
        "a b", "r",
      ])
  }

  @Test func aFileWrittenToInPlaceIsNotReadAgain() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("text,label\na b,x\nc d,y\n", to: "a.csv")
    let source = try LabeledTextSource(path: path)
    var references: [RecordReference] = []
    try source.forEachRecord { _, reference in references.append(reference) }
    let plain = try PlainText(path: path)
    #expect(try plain.piece(0).hasPrefix("text") && source.record(at: references[1]).text == "c d")
    // As long as before. The clock of files has steps of some milliseconds, so the time is set by hand.
    let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    try handle.write(contentsOf: Data("text,label\na b,x\ne f".utf8))
    try handle.close()
    try FileManager.default.setAttributes([.modificationDate: Date(timeIntervalSinceNow: 60)], ofItemAtPath: path)
    let error = #expect(throws: DataError.self) { try source.record(at: references[1]) }
    #expect(error?.kind == .unreadable && error?.line == 3 && error?.problem.contains("changed") == true)
    #expect(throws: DataError.self) { try plain.piece(0) }
  }

  @Test func aFaultInOneOfManyFilesNamesThatFile() throws {
    let folder = try TemporaryFolder()
    _ = try folder.write("fine", to: "data/a/1.txt")
    let path = try folder.write([0x61, 0x0A, 0x62, 0xFF], to: "data/b/2.txt")
    let source = try LabeledTextSource(path: folder.path + "/data")
    let error = #expect(throws: DataError.self) { try source.forEachRecord { _, _ in } }
    #expect(error?.path == path && error?.line == 2 && error?.column == 2)
  }

  @Test func theMessageIsPlaceProblemAndAdvice() {
    let error = DataError(.raggedRow, path: "a.csv", line: 3, column: 5, problem: "what", advice: "do")
    #expect(error.description == "a.csv:3:5: what; do")
    #expect(DataError(.raggedRow, path: "a.csv", problem: "what", advice: "do").description == "a.csv: what; do")
  }
}
