import CharCNNText
import TestSupport
import Testing

/// Shares of labels, and weights of records, as files hold them.
@Suite struct SoftLabelTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func read(_ name: String, _ text: String, _ options: DataOptions = .init()) throws -> (
    source: LabeledTextSource, texts: [LabeledText]
  ) {
    let source = try LabeledTextSource(path: try folder.write(text, to: name), options: options)
    var texts: [LabeledText] = []
    try source.forEachRecord { text, _ in texts.append(text) }
    return (source, texts)
  }

  @Test func `an object of numbers is a soft label`() throws {
    let (source, texts) = try read(
      "a.jsonl",
      """
      {"text":"one","label":{"good":0.7,"bad":0.3,"so so":0}}
      {"text":"two","label":{"bad":1.0}}
      {"text":"three","label":"good"}

      """)
    #expect(texts.map(\.label) == ["good", "bad", "good"])
    #expect(texts[0].shares == ["good": 0.7, "bad": 0.3, "so so": 0] && texts[2].shares == nil)
    #expect(source.summary.contains("label = field \"label\""))
  }

  @Test func `columns of shares are taken where they are said, and recognized where nothing else is a label`() throws {
    let rows = (0..<30).map { "text number \($0) of some,0.\($0 % 5 + 3),0.\(7 - $0 % 5),\($0 % 3)\n" }.joined()
    var options = DataOptions(label: .joined([.name("yes"), .name("no")]))
    options.weight = .name("count")
    let (source, texts) = try read("a.csv", "text,yes,no,count\n" + rows, options)
    #expect(
      source.summary.contains("shares of labels = column 2 \"yes\", column 3 \"no\", weight = column 4 \"count\""))
    #expect(texts.count == 30 && texts[0].shares == ["yes": 0.3, "no": 0.7] && texts[0].label == "no")
    #expect(texts.map(\.weight).prefix(4) == [0, 1, 2, 0])
    // The model remembers the columns.
    let again = try read("b.csv", "count,no,yes,text\n1,1,0,short\n", DataOptions(trained: source.trainedColumns))
    #expect(again.texts[0].shares == ["yes": 0, "no": 1] && again.texts[0].weight == 1)
    let found = try read(
      "c.csv",
      "text,yes,no\n" + rows.replacing(",0\n", with: "\n").replacing(",1\n", with: "\n").replacing(",2\n", with: "\n"))
    #expect(found.source.columns?.shares == [1, 2] && found.texts[7].label == "no")
  }

  @Test(
    arguments: [
      (#"{"text":"a","label":{"x":0.5,"y":0.3}}"#, "sum to 0.8"),
      (#"{"text":"a","label":{"x":1.5,"y":-0.5}}"#, "0 to 1"),
      (#"{"text":"a","label":{"x":0.5,"x":0.5}}"#, "twice"), (#"{"text":"a","label":{"x":"1"}}"#, "object"),
      (#"{"text":"a","label":{}}"#, "object"), (#"{"text":"a","label":{" ":1}}"#, "without a name"),
    ])
  func `faulty shares are errors of their line`(line: String, problem: String) throws {
    let good = #"{"text":"b","label":{"x":0.5,"y":0.5}}"# + "\n"
    let error = try #require(throws: DataError.self) { try read("f.jsonl", good + good + line + "\n") }
    #expect(error.line == 3 && error.problem.contains(problem), "\(error)")
  }

  @Test(arguments: ["-1", "much", "", "nan", "inf"]) func `a weight is a number of 0 or more`(value: String) throws {
    var options = DataOptions()
    options.weight = .name("w")
    let error = try #require(throws: DataError.self) {
      try read("w.csv", "text,label,w\na b,x,1\nc d,y,\(value)\n", options)
    }
    #expect(error.line == 3 && error.problem.contains("how much the record counts"), "\(error)")
    options.weight = .name("other")
    #expect(throws: DataError.self) { try read("w.csv", "text,label,w\na b,x,1\nc d,y,2\n", options) }
  }

  @Test func `a soft label written by hand has the label of its largest share`() {
    #expect(LabeledText("a", shares: ["x": 0.2, "y": 0.8]).label == "y")
    #expect(LabeledText("a", shares: ["y": 0.5, "x": 0.5]).label == "x" && LabeledText("a", shares: [:]).label == nil)
  }
}
