import CharCNNText
import Foundation
import TestSupport
import Testing

/// Labels that are scores.
@Suite struct ScoreTextTests {
  @Test func `numbers are scores, and nothing else is`() {
    for (label, score) in [("1", 1), ("-2.5", -2.5), ("1e3", 1_000), ("+0.37", 0.37), ("1000000000", 1e9)]
      as [(String, Double)]
    {
      #expect(ScoreText.value(label) == score)
    }
    for label in ["", "good", "nan", "NaN", "inf", "-Infinity", "1e10", "3,5", "4 stars", "1/5", "５"] {
      #expect(ScoreText.value(label) == nil, "\(label)")
    }
  }

  private func opened(_ table: String, _ options: DataOptions = DataOptions(needsScores: true)) throws
    -> LabeledTextSource
  {
    let folder = try TemporaryFolder()
    return try LabeledTextSource(path: folder.write(table, to: "data.csv"), options: options)
  }

  @Test(arguments: [
    ("text,kind,score", "a,b,0.5", 3), ("stars,review,label", "4,good,x", 1), ("review,Rating,id", "fine,2.5,7", 2),
    ("text,value", "one,0.25", 2), ("评分,评论", "3.5,不错", 1),
  ])
  func `the column of scores is known by its name, or by its numbers`(header: String, row: String, column: Int) throws {
    let fields = row.split(separator: ",").map(String.init)
    let rows = (0..<12).map { number in
      fields.enumerated().map { place, field in
        Double(field) == nil ? "\(field) number \(number)" : "\((Double(field) ?? 0) + Double(number % 5) / 4)"
      }.joined(separator: ",") + "\n"
    }
    #expect(try opened(header + "\n" + rows.joined()).columns?.label == column - 1)
  }

  @Test func `columns of 1 and 0 are no labels of several where scores are wanted`() throws {
    let rows = (0..<12).map { "text \($0),\($0 % 2),\($0 % 3 == 0 ? 1 : 0),\(Double($0) / 4)\n" }
    let source = try opened("text,spam,fun,grade\n" + rows.joined())
    #expect(source.columns?.label == 3)
    let options = DataOptions(label: .joined([.name("spam"), .name("fun")]), needsScores: true)
    #expect(throws: DataError.self) { try opened("text,spam,fun,grade\n" + rows.joined(), options) }
  }

  @Test func `faulty scores are counted with their lines`() throws {
    let table = "text,score\na,1\nb,good\nc,2\nd,nan\ne,\nf,3\n"
    let error = #expect(throws: DataError.self) { try opened(table).forEachRecord { _, _ in } }
    #expect(error?.line == 3, "\(String(describing: error))")
    #expect(
      error?.description.contains(
        "3 records are faulty: 2 with a value that cannot stand where it does (lines 3, 5), 1 without a label (line 6)")
        == true, "\(String(describing: error))")
    var scores: [String?] = []
    let report = try opened(table, DataOptions(needsScores: true, skipsInvalid: true)).forEachRecord { text, _ in
      scores.append(text.label)
    }
    #expect(scores == ["1", "2", "3"] && report.faultCount == 3)
  }
}
