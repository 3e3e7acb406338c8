import CharCNNText
import Foundation
import TestSupport
import Testing

/// How tables are read as their authors meant them: separators, quotes, headers and columns.
@Suite struct TableRecognitionTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func open(_ name: String, _ text: String, _ options: DataOptions = .init()) throws -> LabeledTextSource {
    try LabeledTextSource(path: try folder.write(text, to: name), options: options)
  }

  private func fault(_ name: String, _ text: String, _ options: DataOptions = .init()) throws -> DataError {
    try #require(
      #expect(throws: DataError.self) { try self.open(name, text, options).forEachRecord { _, _ in } })
  }

  /// Rows of a text and a label, one word of which is the number of the row.
  private func rows(_ count: Int, _ row: (Int, String) -> String) -> String {
    (0..<count).map { row($0, ["good", "bad"][$0 % 2]) + "\n" }.joined()
  }

  static let separators: [(separator: String, format: String, said: String)] = [
    (",", "csv", "csv"), (";", "csv", "csv with semicolons"), ("|", "csv", "csv with bars"), ("\t", "tsv", "tsv"),
  ]

  @Test(arguments: separators, ["table.csv", "table.tsv", "table.txt"])
  func `the separator is the one that all records have, whatever the file is called`(
    kind: (separator: String, format: String, said: String), name: String
  ) throws {
    for header in ["text\(kind.separator)label\n", ""] {
      let source = try open(name, header + rows(30) { "a \($1) film number \($0)\(kind.separator)\($1)" })
      #expect(source.format.rawValue == kind.format)
      #expect(source.summary.hasPrefix(kind.said + (header.isEmpty ? " without header" : ",")), "\(source.summary)")
      let all = try records(source)
      #expect(all.count == 30 && all[3] == ["a bad film number 3", "bad"])
    }
  }

  @Test func `commas and semicolons of sentences separate no fields`() throws {
    for name in ["a.csv", "a.txt"] {
      let tabs = try open(name, rows(30) { "number \($0), a film; really\t\($1)" })
      #expect(tabs.format == .tsv)
      #expect(try records(tabs)[0] == ["number 0, a film; really", "good"])
      let semicolons = try open(name, rows(30) { "number \($0), a film;\($1)" })
      #expect(try records(semicolons)[1] == ["number 1, a film", "bad"])
    }
  }

  @Test func `a first line can say the separator, and an option`() throws {
    for line in ["sep=;\r\n", "\"sep=;\"\n"] {
      let source = try open("a.csv", line + "text;label\n" + rows(9) { "one, two, \($0);\($1)" })
      #expect(try records(source).count == 9 && source.columns?.hasHeader == true)
      #expect(source.summary.hasPrefix("csv with semicolons"))
    }
    let caret = try open(
      "a.txt", "text^label\n" + rows(9) { "one, two;\($0)^\($1)" }, .init(separator: FieldSeparator(argument: "^")))
    #expect(try records(caret)[0] == ["one, two;0", "good"])
    #expect(FieldSeparator(argument: "tab") == .tab && FieldSeparator(argument: "\\t") == .tab)
    for wrong in ["", "ab", "a", "1", "\"", "é", "\n"] { #expect(FieldSeparator(argument: wrong) == nil) }
  }

  @Test func `quotes in a table with tabs are read where a program wrote them`() throws {
    let written = try open(
      "a.tsv", "text\tlabel\n" + rows(12) { "\"he said \"\"number \($0)\"\"\"\t\($1)" })
    #expect(written.summary.hasPrefix("tsv with quotes"))
    #expect(try records(written)[5] == ["he said \"number 5\"", "bad"])
    let lines = try open("b.tsv", "text\tlabel\n" + rows(12) { "\"line one\nnumber \($0)\"\t\($1)" })
    #expect(try records(lines)[5] == ["line one\nnumber 5", "bad"])
    // Quotes that open and never close are those of a writer, not of a program.
    let prose = try open("c.tsv", rows(12) { "\"number \($0), they said\t\($1)" + ($0 == 7 ? "\nwell\"\t\($1)" : "") })
    #expect(try records(prose)[0] == ["\"number 0, they said", "good"])
    let single = try open("d.csv", rows(12) { "'\($1)';'number \($0); it''s one'" })
    #expect(try records(single)[0] == ["number 0; it's one", "good"])
  }

  @Test func `a quote that would swallow records is an error with its line and their number`() throws {
    let text =
      "text,label\n"
      + (0..<60).map { number in
        (number == 3 ? "\"" : "") + "film number \(number)" + (number == 50 ? "\"" : "")
          + ",\(["pos", "neg"][number % 2])\n"
      }.joined()
    let error = try fault("a.csv", text)
    #expect(error.kind == .unterminatedQuote && error.line == 5 && error.problem.contains("47 records"), "\(error)")
    // Left out, it takes no other record with it.
    let source = try open("a.csv", text, .init(skipsInvalid: true))
    var count = 0
    let report = try source.forEachRecord { _, _ in count += 1 }
    #expect(count == 59 && report.faultCount == 1)
    // A poem with a comma in each line stays a poem.
    let poem =
      "text,label\n\"roses are red, violets are blue\nsugar is sweet, so are you too\nthe sun is up, the day is new\n"
      + "the birds they sing, the sky is wide\nand so say I, with hat and pride\",verse\nplain words,prose\nmore of them,prose\n"
    #expect(try records(open("b.csv", poem)).count == 3)
  }

  @Test func `ragged records are named with their lines and number, not one a run`() throws {
    let text = "text,label\n" + rows(40) { [5, 9, 20].contains($0) ? "a, b \($0),\($1)" : "film \($0),\($1)" }
    let error = try fault("a.csv", text)
    #expect(error.kind == .raggedRow && error.line == 7)
    #expect(error.problem.contains("3 records are faulty") && error.problem.contains("lines 7, 11, 22"), "\(error)")
    let report = try open("a.csv", text, .init(skipsInvalid: true)).forEachRecord { _, _ in }
    #expect(report.records == 37 && report.faults == [.raggedRow: 3])
    #expect(report.warnings.count == 1 && report.warnings[0].contains("lines 7, 11, 22"))
  }

  @Test func `rows longer than the header, or a first row of its own, are the fault that is named`() throws {
    for end in [",", ", really,"] {
      let error = try fault("a.csv", "text,label\n" + rows(30) { "film \($0),\($1)\(end)" })
      #expect(error.kind == .raggedRow && error.line == 2 && error.problem.contains("header has 2"), "\(error)")
    }
    let first = try fault("b.csv", "pos,film, extra\n" + rows(30) { "\($1),film \($0)" })
    #expect(first.kind == .raggedRow && first.line == 1, "\(first)")
  }

  @Test func `a row of separators alone is blank`() throws {
    let source = try open("a.csv", "text,label,note\nfilm one,pos,\nfilm two,neg,x\n,,\n , ,\n,,\r\n")
    #expect(try records(source) == [["film one", "pos"], ["film two", "neg"]])
  }

  @Test func `a header in the middle is left out and told`() throws {
    let source = try open(
      "a.csv", "text,label\n" + rows(9) { "film \($0),\($1)" } + "text, label \n" + rows(9) { "x \($0),\($1)" })
    var labels: Set<String> = []
    let report = try source.forEachRecord { record, _ in labels.insert(record.label ?? "") }
    #expect(report.records == 18 && labels == ["good", "bad"] && report.repeatedHeaders == [11])
    #expect(report.warnings.first?.contains("line 11") == true)
    let pairs = try TextPairSource(
      path: try folder.write("text1,text2,label\na,b,1\ntext1,text2,label\nc,d,0\n", to: "p.csv"))
    #expect(try pairs.pairs().map(\.first) == ["a", "c"])
  }

  @Test(arguments: [
    // A known name that is a text, beside a label that occurs again.
    ("date,en\n", false, { @Sendable (number: Int) in "word\(number),\(["de", "en"][number % 2])" }),
    ("Summary,0\n", false, { @Sendable (number: Int) in "word\(number),\(number % 2)" }),
    // Unknown names over many classes, each of which occurs twice.
    ("Issue,Department\n", true, { @Sendable (number: Int) in "a sample number \(number) of text,c\(number % 20)" }),
    ("Betreff,Abteilung\n", true, { @Sendable (number: Int) in "some sample text number \(number),c\(number % 20)" }),
    ("text,label\n", true, { @Sendable (number: Int) in "word\(number),\(number % 2)" }),
    ("text,label,\n", true, { @Sendable (number: Int) in "word\(number),\(number % 2)," }),
    (",text,label\n", true, { @Sendable (number: Int) in "\(number),word\(number),\(number % 2)" }),
  ])
  func `one rule tells headers from records`(first: String, isHeader: Bool, row: @Sendable (Int) -> String) throws {
    let text = first + (0..<40).map { row($0) + "\n" }.joined()
    let source = try open("a.csv", text)
    #expect(source.columns?.hasHeader == isHeader, "\(source.summary)")
    #expect(try records(source).count == (isHeader ? 40 : 41))
    // What is said counts.
    #expect(try records(open("a.csv", text, .init(header: false))).count == 41)
    #expect(try records(open("a.csv", text, .init(header: true))).count == 40)
  }

  @Test func `the column with far fewer values holds the labels, however long they are`() throws {
    let classes = ["Chinese (Traditional)", "Portuguese (Brazil)", "Spanish (Latin America)"]
    for repeats in [1, 3] {
      let rows = (0..<60).map { "w\($0 / repeats),\(classes[$0 % 3])\n" }.joined()
      for header in ["", "word,variant\n"] {
        let source = try open("a.csv", header + rows)
        #expect(source.columns?.texts == [0] && source.columns?.label == 1, "\(source.summary)")
        #expect(try Set(records(source).map { $0[1] }) == Set(classes))
      }
    }
  }

  @Test func `a column is text or label, and several texts are joined`() throws {
    let text = "subject,body,topic\n" + rows(12) { "mail \($0),\"line one\nline two\",\($1)" }
    let error = try fault("a.csv", text, .init(text: .name("topic"), label: .name("topic")))
    #expect(error.kind == .ambiguousColumn)
    let joined = try open(
      "a.csv", text, .init(text: ColumnSelector(argument: "subject,2"), label: .name("topic")))
    #expect(joined.summary.contains("text = column 1 \"subject\" and column 2 \"body\""))
    #expect(try records(joined)[3] == ["mail 3\nline one\nline two", "bad"])
    #expect(joined.columns?.trained == DataColumns(text: ["subject", "body"], label: "topic"))
    let json = try open(
      "a.jsonl", "{\"a\":\"x\",\"b\":\"y\",\"label\":\"p\"}\n{\"b\":\"w\",\"a\":\"v\",\"label\":\"q\"}\n",
      .init(text: .joined([.name("b"), .name("a")])))
    #expect(try records(json) == [["y\nx", "p"], ["w\nv", "q"]])
    // A name with a comma is that name.
    let comma = try open("b.csv", "\"a,b\",label\nx y,p\nz w,q\n", .init(text: ColumnSelector(argument: "a,b")))
    #expect(try records(comma)[0] == ["x y", "p"])
  }

  @Test func `lists of columns without one are errors or say nothing`() throws {
    let text = "text,label\n" + rows(6) { "film \($0),\($1)" }
    #expect(try fault("a.csv", text, .init(text: .joined([]))).kind == .missingColumn)
    #expect(try records(open("a.csv", text, .init(trained: DataColumns(text: []))))[0] == ["film 0", "good"])
    var columns = try #require(try open("a.csv", text).columns)
    columns.texts = []
    #expect(columns.trained == nil)
  }

  @Test func `columns of a model are looked for first`() throws {
    let text = "id,note,text,body,kind,label\n" + rows(12) { "\($0),n,t \($0),b \($0),\($1),l\($0 % 3)" }
    let trained = DataColumns(text: ["body"], label: "kind")
    #expect(try records(open("a.csv", text, .init(trained: trained)))[1] == ["b 1", "bad"])
    #expect(try records(open("a.csv", text, .init(text: .name("note"), trained: trained)))[1] == ["n", "bad"])
    #expect(try records(open("a.csv", text, .init(trained: DataColumns(text: ["gone"]))))[1] == ["t 1", "l1"])
  }

  @Test func `a quote that closes a few lines later swallows no record either`() throws {
    for (distance, labelFirst) in [(1, false), (2, true), (3, false)] {
      let text =
        (labelFirst ? "label,text\n" : "text,label\n")
        + (0..<60).map { number in
          let words = (number == 9 ? "\"" : "") + "film number \(number)" + (number == 9 + distance ? "\"" : "")
          let label = ["pos", "neg"][number % 2]
          return labelFirst ? "\(label),\(words)\n" : "\(words),\(label)\n"
        }.joined()
      let error = try fault("a.csv", text)
      #expect(error.kind == .unterminatedQuote && error.line == 11, "\(error)")
    }
    // Texts of several lines are texts.
    let lines = "text,label\n" + rows(30) { "\"a film, number \($0)\nas they say, \($1) indeed\",\($1)" }
    #expect(try records(open("b.csv", lines)).count == 30)
  }

  @Test func `files that were joined have marks and headers in the middle`() throws {
    let part = "\u{FEFF}text,label\n" + rows(20) { "\"film, number \($0)\",\($1)" }
    let source = try open("a.csv", part + part)
    #expect(try records(source).count == 40)
    #expect(try source.forEachRecord { _, _ in }.repeatedHeaders == [22])
    let pairs = try TextPairSource(
      path: try folder.write(String(repeating: "\u{FEFF}a\tb\tlabel\nx\ty\t1\nz\tw\t0\n", count: 2), to: "p.tsv"))
    #expect(try pairs.pairs().count == 4)
    let fast = try open("b.txt", String(repeating: "\u{FEFF}__label__x one two\n__label__y three\n", count: 2))
    #expect(try records(fast) == [["one two", "x"], ["three", "y"], ["one two", "x"], ["three", "y"]])
    let json = try open("c.jsonl", String(repeating: "\u{FEFF}{\"text\":\"a\",\"label\":\"b\"}\n", count: 2))
    #expect(try records(json).count == 2)
    // A mark may stand there twice, and no record changes when it is read again.
    for (name, twice) in [
      ("e.csv", "text,label\na film,x\n\u{FEFF}\u{FEFF}b film,y\n"),
      ("e.txt", "__label__x a film\n\u{FEFF}\u{FEFF}__label__y b film\n"),
    ] {
      let source = try open(name, twice)
      #expect(try records(source) == [["a film", "x"], ["b film", "y"]])
      _ = try source.forEachRecord { record, reference in
        let again = try? source.record(at: reference)
        #expect(again == record)
      }
    }
    // A single column has texts, one of which may be its name.
    let single = try open("d.csv", "text\ngood film\ntext\nbad film\n", .init(needsLabels: false))
    #expect(try records(single).map { $0[0] } == ["good film", "text", "bad film"])
  }

  @Test func `commas of numbers and tabs in quotes separate no fields`() throws {
    let numbers = try open("a.csv", rows(60) { "film number \($0);\($1);0,5\($0 % 10)" }, .init(label: .index(2)))
    #expect(try records(numbers)[0] == ["film number 0", "good"])
    let named = try open(
      "b.csv", "Titre, avis;Note\n" + rows(60) { number, _ in "film \(number);\([1, 2][number % 2]),5" })
    #expect(named.columns?.names == ["Titre, avis", "Note"])
    #expect(try records(named)[1] == ["film 1", "2,5"])
    let quoted = try open("c.csv", rows(60) { "\"film\tnumber \($0)\",\($1)" })
    #expect(try records(quoted)[1] == ["film\tnumber 1", "bad"])
    let price = try open(
      "d.csv", "Artikel;Preis\n" + rows(40) { number, _ in "ding \(number);\(number),99" }, .init(needsLabels: false))
    #expect(price.columns?.hasHeader == true)
  }

  @Test func `names that differ in case are chosen exactly or not at all`() throws {
    let text = "Text,text,label\n" + rows(12) { "id-\($0),film \($0),\($1)" }
    #expect(try fault("a.csv", text).kind == .ambiguousColumn)
    #expect(try records(open("a.csv", text, .init(text: .name("text"))))[0] == ["film 0", "good"])
    #expect(try records(open("a.csv", text, .init(trained: DataColumns(text: ["text"]))))[0] == ["film 0", "good"])
  }
}
