import CharCNNText
import Foundation
import TestSupport
import Testing

@Suite struct TextPairSourceTests {
  private func source(_ text: String, _ name: String, _ options: DataOptions = .init()) throws -> (
    TextPairSource, TemporaryFolder
  ) {
    let folder = try TemporaryFolder()
    return (try TextPairSource(path: folder.write(text, to: name), options: options), folder)
  }

  private func problem(_ text: String, _ name: String, _ options: DataOptions = .init()) throws -> DataError? {
    #expect(throws: DataError.self) {
      let (source, folder) = try source(text, name, options)
      defer { withExtendedLifetime(folder) {} }
      _ = try source.pairs()
    }
  }

  @Test func `a table with a header gives labels or scores, whichever is wanted`() throws {
    let table =
      "pair_ID\tsentence_A\tsentence_B\trelatedness_score\tentailment_judgment\n1\tA cat sits\tA cat is sitting\t4.5\tENTAILMENT\n"
      + "2\tA dog\tNo dog is there\t3.1\tCONTRADICTION\r\n"
    let (labels, folder) = try source(table, "pairs.txt")
    defer { withExtendedLifetime(folder) {} }
    #expect(
      labels.summary
        == "tsv, first = column 2 \"sentence_A\", second = column 3 \"sentence_B\", label = column 5 \"entailment_judgment\""
    )
    #expect(
      try labels.pairs() == [
        TextPair("A cat sits", "A cat is sitting", label: "ENTAILMENT", line: 2),
        TextPair("A dog", "No dog is there", label: "CONTRADICTION", line: 3),
      ])
    let (scores, other) = try source(table, "pairs.txt", DataOptions(needsScores: true))
    defer { withExtendedLifetime(other) {} }
    #expect(try scores.pairs().map(\.label) == ["4.5", "3.1"])
  }

  @Test func `a name or field that is there twice is refused`() throws {
    let table = "text1,text2,text2,label\na,b,c,1\nd,e,f,0\n"
    let error = try problem(table, "pairs.csv")
    #expect(error?.kind == .ambiguousColumn && error?.problem.hasPrefix(#"two columns are called "text2""#) == true)
    let (pairs, folder) = try source(table, "pairs.csv", DataOptions(text: .index(1), second: .index(3)))
    defer { withExtendedLifetime(folder) {} }
    #expect(try pairs.pairs()[0] == TextPair("a", "c", label: "1", line: 2))
    let field = try problem(
      #"{"text1":"a","text2":"b","label":1}"# + "\n" + #"{"text1":"a","text2":"b","label":1,"text1":"c"}"#, "p.jsonl")
    #expect(field?.kind == .ambiguousColumn && field?.line == 2)
  }

  @Test func `a table without a header is three columns, the last one few short values`() throws {
    let rows = (0..<12).map { "怎么还款\($0)\t还款的方式是什么\($0)\t\($0 % 2)\n" }.joined()
    let (pairs, folder) = try source(rows, "pairs.txt")
    defer { withExtendedLifetime(folder) {} }
    #expect(pairs.summary == "tsv without header, first = column 1, second = column 2, label = column 3")
    #expect(try pairs.pairs().count == 12)
    #expect(try pairs.pairs()[3] == TextPair("怎么还款3", "还款的方式是什么3", label: "1", line: 4))
    let two = try source("one text,another text\nthird, fourth\n", "two.csv", DataOptions(needsLabels: false))
    #expect(try two.0.pairs().map(\.label) == [nil, nil])
    let one = try source("a b\tc d\tyes\n", "one.tsv")
    #expect(try one.0.pairs() == [TextPair("a b", "c d", label: "yes", line: 1)])
  }

  @Test func `quotes, named columns and JSON lines are read`() throws {
    let (csv, folder) = try source(
      "match,right,left\nyes,\"a, \"\"b\"\"\nc\",d\nno,e,f\n", "pairs.csv",
      DataOptions(text: .name("left"), second: .name("right")))
    defer { withExtendedLifetime(folder) {} }
    #expect(
      try csv.pairs() == [
        TextPair("d", "a, \"b\"\nc", label: "yes", line: 2), TextPair("f", "e", label: "no", line: 4),
      ])
    let (json, other) = try source(
      "{\"question1\": \"a\\u00e9\", \"id\": 7, \"question2\": \"\", \"is_duplicate\": 1}\n\n"
        + "{\"question2\": \"b\", \"question1\": \"c\", \"is_duplicate\": 0}\n", "pairs.jsonl")
    defer { withExtendedLifetime(other) {} }
    #expect(json.summary.contains("label = field \"is_duplicate\""))
    #expect(
      try json.pairs() == [TextPair("aé", "", label: "1", line: 1), TextPair("c", "b", label: "0", line: 3)])
    let (numbered, third) = try source(
      "x\ta\tb\t1\ny\tc\td\t2\n", "pairs.tsv",
      DataOptions(text: .index(2), second: .index(3), label: .index(4)))
    defer { withExtendedLifetime(third) {} }
    #expect(try numbered.pairs().map(\.second) == ["b", "d"])
  }

  @Test func `what is wrong is told with its place`() throws {
    let ragged = try problem("text1,text2,label\na,b,1\nc,d\n", "pairs.csv")
    #expect(ragged?.kind == .raggedRow && ragged?.line == 3)
    let unlabeled = try problem("text1\ttext2\tlabel\na\tb\t1\nc\td\t\n", "pairs.tsv")
    #expect(unlabeled?.kind == .missingLabel && unlabeled?.line == 3)
    let column = try problem("text1,text2,label\na,b,1\n", "pairs.csv", DataOptions(second: .name("other")))
    #expect(column?.kind == .missingColumn && column?.description.contains("text2") == true)
    #expect(try problem("text1,text2\na,b\n", "pairs.csv")?.kind == .missingColumn)
    let same = try problem(
      "text1,text2,label\na,b,1\n", "pairs.csv", DataOptions(text: .index(1), second: .index(1)))
    #expect(same?.kind == .ambiguousColumn)
    let field = try problem(
      "{\"text1\": \"a\", \"text2\": \"b\", \"label\": 1}\n{\"text1\": \"a\", \"label\": 1}\n", "pairs.jsonl")
    #expect(field?.kind == .missingColumn && field?.line == 2)
    let bytes = try TemporaryFolder()
    let path = try bytes.write("text1\ttext2\tlabel\n", to: "bytes.tsv")
    try (Data("text1\ttext2\tlabel\na\tb\t1\nab\t".utf8) + Data([0xFF]) + Data("\t1\n".utf8))
      .write(to: URL(fileURLWithPath: path))
    let invalid = #expect(throws: DataError.self) { try TextPairSource(path: path).pairs() }
    #expect(invalid?.kind == .invalidUTF8 && invalid?.line == 3 && invalid?.column == 4)
    #expect(try problem("", "empty.tsv")?.kind == .emptyFile)
    #expect(try problem("text1\ttext2\tlabel\n", "header.tsv")?.kind == .noRecords)
    #expect(try problem("__label__x a\n__label__y b\n", "fast.txt")?.kind == .unrecognizedFormat)
    #expect(throws: DataError.self) { try TextPairSource(path: bytes.path) }
    #expect(throws: DataError.self) { try TextPairSource(path: bytes.path + "/none.tsv") }
  }
}
