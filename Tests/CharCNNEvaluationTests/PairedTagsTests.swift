import CharCNNEvaluation
import Testing

/// How one tagger differs from another on the same sentences.
@Suite struct PairedTagsTests {
  private static func spans(_ tags: [String]) -> [TaggingAccumulator.Span] {
    tags.enumerated().filter { $0.element != "O" }.map { .init(type: $0.element, tokens: $0.offset..<$0.offset + 1) }
  }

  private static func add(
    _ count: Int, _ actual: [String], _ first: [String], _ second: [String], to pairs: inout PairedTags
  ) {
    let right = zip(actual, zip(first, second)).map { (first: $0 == $1.0, second: $0 == $1.1) }
    for _ in 0..<count {
      pairs.add(
        actual: actual, tags: right,
        first: .init(tags: right.map(\.first), actual: spans(actual), predicted: spans(first)),
        second: .init(tags: right.map(\.second), actual: spans(actual), predicted: spans(second)))
    }
  }

  @Test func `figures are those of both taggers, and McNemar's test is that of the tokens`() {
    var pairs = PairedTags()
    Self.add(30, ["A", "O"], ["A", "O"], ["A", "O"], to: &pairs)
    Self.add(16, ["A", "O"], ["O", "O"], ["A", "O"], to: &pairs)
    Self.add(6, ["O"], ["O"], ["B"], to: &pairs)
    let comparison = pairs.comparison()
    #expect(comparison.sentences == 52 && comparison.tokens == 98)
    #expect(comparison.onlyThis == 16 && comparison.onlyOther == 6)
    #expect(comparison.otherAccuracy == 82.0 / 98 && comparison.accuracy == 92.0 / 98)
    #expect(comparison.otherSpanF1 == 60.0 / 76 && comparison.spanF1 == 92.0 / 98)
    // As for texts: twice the sum of the binomial coefficients of 22 over 0 to 6, over 2^22.
    #expect((comparison.pValue - 0.052478790283203125).magnitude < 1e-12)
    #expect(comparison.tags.map(\.label) == ["A", "O"] && comparison.tags[0].support == 46)
    #expect(comparison.tags[1].recall == 46.0 / 52 && comparison.tags[1].otherRecall == 1)
    #expect(comparison.differenceInterval.lower < comparison.difference)
    #expect(comparison.spanF1Interval.lower > 0 && comparison.spanF1Interval.upper < 1)
    let table = comparison.table(this: "new", other: "old")
    #expect(table.contains("of 98 tokens 6 are right by old alone and 16 by new alone") && table.contains("span F1"))
  }

  @Test func `samples are drawn of sentences, so that long ones of one kind make wide intervals`() {
    // The same tokens in few long sentences and in many short ones.
    var (long, short) = (PairedTags(), PairedTags())
    for number in 0..<10 {
      let (first, second) = number < 5 ? ("O", "A") : ("A", "A")
      let count = 20
      Self.add(
        1, Array(repeating: "A", count: count), Array(repeating: first, count: count),
        Array(repeating: second, count: count), to: &long)
      Self.add(count, ["A"], [first], [second], to: &short)
    }
    let (wide, narrow) = (long.comparison(), short.comparison())
    #expect(wide.difference == narrow.difference && wide.pValue == narrow.pValue)
    func width(_ interval: ClassificationReport.Interval) -> Double { interval.upper - interval.lower }
    #expect(width(wide.differenceInterval) > 2 * width(narrow.differenceInterval))
    // The variance of a mean of ten sentences, of which half differ.
    #expect((width(wide.differenceInterval) - 2 * 1.96 * (0.25 / 10).squareRoot()).magnitude < 0.12)
  }

  @Test func `taggers that answer alike do not differ`() {
    var pairs = PairedTags()
    Self.add(9, ["A", "B"], ["A", "A"], ["A", "A"], to: &pairs)
    let comparison = pairs.comparison()
    #expect(comparison.difference == 0 && comparison.pValue == 1 && comparison.spanF1Interval.upper == 0)
  }
}
