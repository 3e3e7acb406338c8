import CharCNNText
import Foundation
import TestSupport
import Testing

/// Files and values whose texts may have several labels, or none.
@Suite struct SeveralLabelsTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func open(_ name: String, _ text: String, _ options: DataOptions = .init()) throws -> LabeledTextSource {
    try LabeledTextSource(path: try folder.write(text, to: name), options: options)
  }

  /// All labels of all records, each of which can be read again by its reference.
  private func labels(_ source: LabeledTextSource) throws -> [[String]?] {
    var all: [[String]?] = []
    var records: [(LabeledText, RecordReference)] = []
    try source.forEachRecord { record, reference in
      all.append(record.labels)
      records.append((record, reference))
    }
    for (record, reference) in records { #expect(try source.record(at: reference) == record) }
    return all
  }

  @Test func `a record that says nothing of labels is faulty, or of none where a text may have none`() throws {
    let table = "text,label\na b,x|y\nc d,\ne f,y\n"
    var options = DataOptions()
    options.labelSeparator = "|"
    let error = #expect(throws: DataError.self) { try labels(open("a.csv", table, options)) }
    #expect(error?.kind == .missingLabel && error?.line == 3)
    options.allowsNoLabel = true
    #expect(try labels(open("b.csv", table, options)) == [["x", "y"], [], ["y"]])
    let again = try JSONDecoder().decode(DataOptions.self, from: JSONEncoder().encode(options))
    #expect(again == options && again.allowsNoLabel)
  }

  @Test func `labels of fastText, each once`() throws {
    let source = try open(
      "a.txt", "__label__x __label__y some text __label__x\n__label__y more\n__label__z __label__z z\n")
    #expect(try labels(source) == [["x", "y"], ["y"], ["z"]])
    #expect(try source.forEachRecord { _, _ in }.recordsWithFurtherLabels == 1)
  }

  @Test func `a list of a JSON object, which may be empty`() throws {
    let source = try open(
      "a.jsonl",
      #"{"text":"one","labels":["x","y z"]}"# + "\n" + #"{"labels":[],"text":"two"}"# + "\n"
        + #"{"text":"three","labels":"x"}"# + "\n" + #"{"text":"four","labels":[ 1, true , "\u0041"]}"# + "\n")
    #expect(source.summary == #"jsonl, text = field "text", label = field "labels""#)
    #expect(try labels(source) == [["x", "y z"], [], ["x"], ["1", "true", "A"]])
  }

  @Test(arguments: [
    #"{"text":"a","labels":[["x"]]}"#, #"{"text":"a","labels":[{"x":1}]}"#, #"{"text":"a","labels":[null]}"#,
  ])
  func `a list of lists, objects or nothing is no list of labels`(line: String) throws {
    let source = try open("a.jsonl", #"{"text":"b","labels":["x"]}"# + "\n" + line + "\n")
    let error = #expect(throws: DataError.self) { try source.forEachRecord { _, _ in } }
    #expect(error?.kind == .unsuitableValue && error?.line == 2)
  }

  @Test func `a list is no text, and pairs have none`() throws {
    let error = #expect(throws: DataError.self) {
      try self.open("a.jsonl", #"{"words":["a"],"label":"x"}"# + "\n", DataOptions(text: .name("words")))
    }
    #expect(error?.problem.contains("holds lists") == true)
    let pairs = try folder.write(#"{"text1":"a","text2":"b","label":["x"]}"# + "\n", to: "pairs.jsonl")
    #expect(throws: DataError.self) { try TextPairSource(path: pairs, options: DataOptions()) }
  }

  @Test func `labels with something between, whatever blanks stand around them`() throws {
    var options = DataOptions()
    options.labelSeparator = ";"
    let source = try open("a.csv", "text,label\none,x; y\ntwo,y\nthree,x;;x ;z\nfour,y;x\n", options)
    #expect(source.summary.hasSuffix(#"label = column 2 "label", several with ; between"#))
    #expect(try labels(source) == [["x", "y"], ["y"], ["x", "z"], ["y", "x"]])
    #expect(source.trainedColumns?.labelSeparator == ";")
    // As a model has it, a file is read without being told.
    let other = try open("b.csv", "label,text\ny;z,five\n", DataOptions(trained: source.trainedColumns))
    #expect(try labels(other) == [["y", "z"]])
    let blank = try open("c.csv", "text,label\none,x\ntwo, ; \n", options)
    let error = #expect(throws: DataError.self) { try blank.forEachRecord { _, _ in } }
    #expect(error?.kind == .missingLabel && error?.line == 3)
  }

  @Test func `columns of 1 and 0 are recognized and said`() throws {
    let rows = (0..<40).map { "\($0),a text of number \($0),\($0 % 2),\($0 % 3 == 0 ? 1 : 0)\n" }
    let source = try open("a.csv", "id,comment,spam,rude\n" + rows.joined())
    #expect(source.summary.hasSuffix(#"labels = column 3 "spam", column 4 "rude" (1 or 0)"#))
    #expect(try labels(source).prefix(4) == [["rude"], ["spam"], [], ["spam", "rude"]])
    #expect(source.trainedColumns?.flags == ["spam", "rude"] && source.trainedColumns?.label == nil)
    let other = try open(
      "b.csv", "rude,comment,spam\n1,x y,false\n0.0,z,TRUE\n", DataOptions(trained: source.trainedColumns))
    #expect(try labels(other) == [["rude"], ["spam"]])
    let error = #expect(throws: DataError.self) {
      try self.open("c.csv", "rude,comment\n1,x y\n0,z\n", DataOptions(trained: source.trainedColumns))
    }
    #expect(error?.problem.contains(#"none of "spam""#) == true)
  }

  @Test(arguments: ["2", "", "yes", "0.5"]) func `a column of 1 and 0 holds nothing else`(value: String) throws {
    let rows = (0..<1_200).map { "text \($0),\($0 % 2),\($0 % 3 == 0 ? 1 : 0)\n" }
    var options = DataOptions()
    let text = "text,a,b\n" + rows.joined() + "last,1,\(value)\n"
    let error = #expect(throws: DataError.self) { try self.open("a.csv", text, options).forEachRecord { _, _ in } }
    #expect(error?.kind == .unsuitableValue && error?.line == 1_202)
    options.skipsInvalid = true
    let report = try open("b.csv", text, options).forEachRecord { _, _ in }
    #expect(report.records == 1_200 && report.faults == [.unsuitableValue: 1])
  }

  @Test func `columns that are named: those of 1 and 0 say of their name, others hold a label`() throws {
    let source = try open(
      "a.csv", "shop,good,text,kind\nnorth,1,one,x\nsouth,0,two,\n,1,three,y\n",
      DataOptions(label: ColumnSelector(argument: "kind,good,shop")))
    #expect(source.summary.hasSuffix(#"labels = column 4 "kind", column 1 "shop", column 2 "good" (1 or 0)"#))
    #expect(try labels(source) == [["x", "north", "good"], ["south"], ["y", "good"]])
    let columns = source.trainedColumns
    #expect(columns?.label == "kind" && columns?.furtherLabels == ["shop"] && columns?.flags == ["good"])
    let other = try open("b.csv", "good,kind,shop,text\n0,x,south,four\n", DataOptions(trained: columns))
    #expect(try labels(other) == [["x", "south"]])
    // One column alone holds labels, whatever they look like.
    let one = try open("c.csv", "text,good\na,1\nb,0\n", DataOptions(label: .name("good")))
    #expect(try labels(one) == [["1"], ["0"]])
    let nameless = #expect(throws: DataError.self) {
      try self.open(
        "d.csv", "a b c,1,0\nd e f,0,1\n", DataOptions(header: false, label: ColumnSelector(argument: "2,3")))
    }
    #expect(nameless?.problem.contains("has no name") == true)
  }

  @Test func `texts in memory are as those of a file`() throws {
    let texts = [
      LabeledText("a", labels: [" x ", "y", "x"]), LabeledText("b", labels: []), LabeledText("c", label: " "),
      LabeledText("d", labels: [" "]),
    ]
    var read: [[String]?] = []
    func add(_ text: LabeledText, _: RecordReference?, _: Int) { read.append(text.labels) }
    #expect(try Examples(texts).forEach(add).faultCount == 0)
    #expect(read == [["x", "y"], [], nil, nil])
    let decoded = try JSONDecoder().decode([LabeledText].self, from: JSONEncoder().encode(texts))
    #expect(decoded == texts)
    let old = try JSONDecoder().decode(LabeledText.self, from: Data(#"{"text":"t","label":"x","line":3}"#.utf8))
    #expect(old == LabeledText(text: "t", label: "x", line: 3))
    var text = LabeledText("e", labels: ["x", "y"])
    text.labels = nil
    #expect(text == LabeledText("e", label: nil))
  }

  @Test func `a label that is two is asked about`() throws {
    let examples = Examples([LabeledText("a", label: "x")], name: "texts")
    func question(_ counts: [String: Int]) -> DataError? { DataError.severalInOne(counts, of: examples) }
    let error = question(["pos": 4, "neg": 3, "pos,neg": 2, "neg, pos": 1])
    #expect(error?.kind == .ambiguousLabel)
    #expect(error?.problem == #""neg, pos" looks like several labels of one text, as 1 others do (3 texts)"#)
    #expect(question(["a|b": 1, "a": 1, "b": 1])?.problem.hasPrefix(#""a|b""#) == true)
    for counts in [["pos": 4, "neg": 3], ["pos": 4, "neg": 3, "pos,mixed": 1], ["a,": 1, "a": 1], [",": 1, "b": 2]] {
      #expect(question(counts) == nil)
    }
  }

  @Test func `options of earlier versions are read, and what was not said is not written`() throws {
    let options = try JSONDecoder().decode(DataOptions.self, from: Data("{}".utf8))
    #expect(options.labelSeparator == nil)
    #expect(String(decoding: try JSONEncoder().encode(options), as: UTF8.self).contains("labelSeparator") == false)
    let columns = try JSONEncoder().encode(DataColumns(text: ["text"], label: "label"))
    #expect(
      try JSONDecoder().decode([String: [String]].self, from: Data(#"{"text":["text"]}"#.utf8)) == ["text": ["text"]])
    #expect(!String(decoding: columns, as: UTF8.self).contains("flags"))
  }
}
