import CharCNNEvaluation
import Foundation
import Testing

@Suite struct TaggingReportTests {
  /// Every token is a span of its tag, O none.
  static func spans(_ tags: [String]) -> [TaggingAccumulator.Span] {
    tags.indices.filter { tags[$0] != "O" }.map { .init(type: tags[$0], tokens: $0..<$0 + 1) }
  }

  @Test func `spans count when their tokens and their type agree`() {
    var accumulator = TaggingAccumulator(known: ["A", "B", "O"])
    accumulator.add(actual: ["A", "O", "B", "B"], predicted: ["A", "A", "O", "B"], spans: Self.spans)
    accumulator.add(actual: ["O", "C"], predicted: ["O", "A"], spans: Self.spans)
    accumulator.add(actual: ["O"], predicted: ["O"], spans: Self.spans)
    let report = accumulator.report(loss: 0.25)
    // Four actual spans, four predicted ones, two of them right.
    #expect(report.spanPrecision == 0.5)
    #expect(report.spanRecall == 0.5)
    #expect(report.spanF1 == 0.5)
    #expect(report.accuracy == 4.0 / 7)
    #expect(report.tokens == 7)
    #expect(report.sentences == 3)
    #expect(report.sentenceAccuracy == 1.0 / 3)
    #expect(report.unseenTags == ["C": 1])
    #expect(report.types.map(\.label) == ["B", "A", "C"])
    #expect(
      report.types[0] == LabelScore(label: "B", precision: 1, recall: 0.5, f1: 2.0 / 3, support: 2, predictions: 1))
    #expect(report.types[1].f1 == 0.5)
    #expect(report.mostConfused.count == 3)
    #expect(
      report.mostConfused[0] == Confusion(actual: "B", predicted: "O", count: 1) || report.mostConfused[0].count == 1)
  }

  @Test func `a span of other tokens is wrong though it overlaps`() {
    var accumulator = TaggingAccumulator()
    accumulator.add(actual: ["x", "x"], predicted: ["x", "y"]) { tags in
      tags[1] == "x" ? [.init(type: "P", tokens: 0..<2)] : [.init(type: "P", tokens: 0..<1)]
    }
    let report = accumulator.report()
    #expect(report.spanF1 == 0)
    #expect(report.loss == nil)
  }

  @Test func `nothing counted is zero, not a division by it`() throws {
    let report = TaggingAccumulator().report(loss: .infinity)
    #expect(report.spanF1 == 0 && report.accuracy == 0 && report.sentenceAccuracy == 0)
    let json = try JSONSerialization.jsonObject(with: JSONEncoder().encode(report)) as? [String: Any]
    #expect(json?["spanF1"] as? Double == 0)
    #expect(json?["accuracy"] as? Double == 0)
    #expect(json?["loss"] == nil)
    #expect(try JSONDecoder().decode(TaggingReport.self, from: JSONEncoder().encode(report)) == report)
  }

  @Test func `the table shows the scores and every type`() {
    var accumulator = TaggingAccumulator(known: ["PER", "O"])
    accumulator.add(actual: ["PER", "LOC"], predicted: ["PER", "PER"], spans: Self.spans)
    let table = accumulator.report().table()
    for text in ["span F1", "0.5000", "PER", "LOC", "tag not in training"] { #expect(table.contains(text)) }
  }
}
