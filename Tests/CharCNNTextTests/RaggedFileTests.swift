import CharCNNText
import Foundation
import TestSupport
import Testing

/// Files that are not all of a piece: records with another number of fields, other encodings with faults, rows of nothing.
@Suite struct RaggedFileTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func open(_ name: String, _ text: String, _ options: DataOptions = .init()) throws -> LabeledTextSource {
    try LabeledTextSource(path: try folder.write(text, to: name), options: options)
  }

  private func fault(_ name: String, _ text: String, _ options: DataOptions = .init()) throws -> DataError {
    try #require(
      #expect(throws: DataError.self) { try self.open(name, text, options).forEachRecord { _, _ in } })
  }

  @Test(arguments: [";", "\t", "|", ","], [1, 4, 5, 10, 15, 19, 20])
  func `however many records are ragged, no table is read as one column`(
    separator: String, ragged: Int
  ) throws {
    let rows = (0..<20).map { number in
      let text = number < ragged ? "a film\(separator) number \(number)" : "a film number \(number)"
      return "\(text)\(separator)\(number % 2 == 0 ? "good" : "bad")\n"
    }
    let table = "text\(separator)label\n" + rows.joined()
    for name in ["a.csv", "a.txt"] {
      for options in [DataOptions(), DataOptions(needsLabels: false)] {
        let error = try fault(name, table, options)
        #expect(error.kind == .raggedRow, "\(name): \(error)")
      }
    }
  }

  @Test func `texts with separators of sentences stay one column`() throws {
    let texts = (0..<30).map { "a film; number \($0); as they say" }
    let source = try open("a.csv", "text\n" + texts.joined(separator: "\n"), .init(needsLabels: false))
    var read: [String] = []
    try source.forEachRecord { record, _ in read.append(record.text) }
    #expect(read == texts)
  }

  @Test(arguments: ["\t", ",", ";", "|"])
  func `a single record in quotes has its header`(separator: String) throws {
    let line = { (fields: [String]) in fields.map { "\"\($0)\"" }.joined(separator: separator) + "\n" }
    let source = try open(
      separator == "\t" ? "a.tsv" : "a.csv", line(["id", "text", "category"]) + line(["1", "my card", "z w"]))
    var read: [LabeledText] = []
    try source.forEachRecord { record, _ in read.append(record) }
    #expect(read.map(\.text) == ["my card"] && read.map(\.label) == ["z w"])
  }

  // MARK: Encodings

  /// "Привет как дела" in windows-1251.
  private static let russian: [UInt8] = [
    0xCF, 0xF0, 0xE8, 0xE2, 0xE5, 0xF2, 0x20, 0xEA, 0xE0, 0xEA, 0x20, 0xE4, 0xE5, 0xEB, 0xE0,
  ]

  static let encoded: [(text: String, bytes: [UInt8], first: String)] = [
    ("£", Array("text,label\nWin ".utf8) + [0xA3] + Array("5,spam\n".utf8), "windows-1252"),
    (
      "a blank that keeps words together", Array("text,label\ncard".utf8) + [0xA0] + Array("es,a\n".utf8),
      "windows-1252"
    ),
    ("°", Array("text,label\n20".utf8) + [0xB0] + Array("C today,a\n".utf8), "windows-1252"),
    (
      "Japanese of Windows",
      Array("text,label\n".utf8) + [
        0x89, 0xEF, 0x8B, 0x63, 0x82, 0xCD, 0x87, 0x40, 0x8E, 0x9E, 0x82, 0xA9, 0x82, 0xE7, 0x87, 0x8A,
      ] + Array(",a\n".utf8), "cp932"
    ),
    (
      "Russian", Array("text,label\n".utf8) + russian + Array(",a\n".utf8), "windows-1251"
    ),
    (
      "Chinese",
      Array("text,label\n".utf8) + [0xD6, 0xD0, 0xCE, 0xC4, 0xC6, 0xC0, 0xC2, 0xDB, 0xBA, 0xDC, 0xBA, 0xC3]
        + Array(",a\n".utf8), "gb18030"
    ),
  ]

  @Test(arguments: encoded)
  func `the encoding that is named first is that of the text`(sample: (text: String, bytes: [UInt8], first: String))
    throws
  {
    let path = try folder.write(sample.bytes, to: "a.csv")
    let error = try #require(
      #expect(throws: DataError.self) { try LabeledTextSource(path: path).forEachRecord { _, _ in } })
    // Where the system has no tables of other encodings, none is named.
    guard FileEncoding(name: "gb18030") != nil else { return }
    #expect(error.advice?.contains("it could be \(sample.first)") == true, "\(sample.text): \(error)")
  }

  @Test func `bytes that another encoding lacks are faults of their records`() throws {
    var wide = "text,label\n".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    for number in 0..<12 {
      wide += "film \(number)".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
      if number % 4 == 1 { wide += [0x00, 0xD8] }
      wide += ",a\n".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    }
    let path = try folder.write([0xFF, 0xFE] + wide, to: "a.csv")
    let error = try #require(
      #expect(throws: DataError.self) { try LabeledTextSource(path: path).forEachRecord { _, _ in } })
    #expect(error.line == 3 && error.problem.contains("UTF-16LE") && error.problem.contains("3 records are faulty"))
    var read: [String] = []
    let report = try LabeledTextSource(path: path, options: .init(skipsInvalid: true)).forEachRecord { record, _ in
      read.append(record.text)
    }
    #expect(read == (0..<12).filter { $0 % 4 != 1 }.map { "film \($0)" })
    #expect(report.faults == [.invalidUTF8: 3])
  }

  // MARK: What is left out

  @Test func `blank rows are counted, but for those at the end`() throws {
    let source = try open("a.csv", "text,label\nfilm,a\n\n,\nbook,b\n\n\n")
    let report = try source.forEachRecord { _, _ in }
    #expect(report.records == 2 && report.blankRows == 2)
    #expect(report.warnings.contains { $0.contains("2 blank rows are left out") })
    #expect(try open("b.csv", "text,label\nfilm,a\nbook,b\n\n,\n").forEachRecord { _, _ in }.warnings.isEmpty)
  }

  @Test func `the line that draws a table in Markdown is no record`() throws {
    let source = try open("a.md", "|text|label|\n|---|:---:|\n|a film|good|\n|a book|bad|\n")
    var labels: [String?] = []
    let report = try source.forEachRecord { record, _ in labels.append(record.label) }
    #expect(labels == ["good", "bad"] && report.rules == [2])
  }

  @Test func `rows are numbered as they stand in the file`() throws {
    let source = try open(
      "a.csv", "text,label\none,a\n\u{0},b\ntwo,\nthree,c\n", .init(skipsInvalid: true))
    var rows: [Int] = []
    _ = try source.forEachRow { _, _, row in rows.append(row) }
    #expect(rows == [1, 4])
  }

  // MARK: Folders

  @Test func `a faulty file of a folder is a faulty record with the file's name`() throws {
    for (name, text) in [
      ("neg/1.txt", "bad"), ("pos/1.txt", "good"), ("pos/2.txt", "fine"), ("neg/nul.txt", "x\u{0}y"),
    ] {
      _ = try folder.write(text, to: "data/" + name)
    }
    let source = try LabeledTextSource(path: folder.path + "/data", options: .init(skipsInvalid: true))
    let report = try source.forEachRecord { _, _ in }
    #expect(report.records == 3 && report.faultCount == 1)
    #expect(report.warnings.contains { $0.contains("neg/nul.txt") }, "\(report.warnings)")
  }

  @Test func `a folder without folders holds texts where no labels are needed`() throws {
    for name in ["1.txt", "2.txt"] { _ = try folder.write("line one\nline two\n", to: "flat/" + name) }
    let path = folder.path + "/flat"
    let source = try LabeledTextSource(path: path, options: .init(format: .folderPerClass, needsLabels: false))
    var texts: [String] = []
    try source.forEachRecord { record, _ in texts.append(record.text) }
    #expect(texts == ["line one\nline two", "line one\nline two"])
    #expect(throws: DataError.self) { try LabeledTextSource(path: path, options: .init(format: .folderPerClass)) }
    try FileManager.default.createDirectory(atPath: folder.path + "/empty", withIntermediateDirectories: true)
    for needsLabels in [true, false] {
      #expect(throws: DataError.self) {
        try LabeledTextSource(
          path: folder.path + "/empty", options: .init(format: .folderPerClass, needsLabels: needsLabels))
      }
    }
  }

  // MARK: Columns

  @Test func `texts that a model reads together must all be there`() throws {
    let trained = DataColumns(text: ["subject", "body"], label: "label")
    let whole = try open("a.csv", "subject,body\nhello,a card\n", .init(trained: trained, needsLabels: false))
    #expect(whole.columns?.texts == [0, 1])
    let error = try fault("b.csv", "id,body\n1,a card\n", .init(trained: trained, needsLabels: false))
    #expect(error.kind == .missingColumn && error.problem.contains("\"subject\""), "\(error)")
    let none = try open("c.csv", "id,question\n1,a long card\n", .init(trained: trained, needsLabels: false))
    #expect(none.columns?.texts == [1])
  }
}
