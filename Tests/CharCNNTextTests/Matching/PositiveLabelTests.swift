import CharCNNText
import Testing

@Suite struct PositiveLabelTests {
  @Test(arguments: [
    ("0", "1"), ("-1", "1"), ("0.0", "1.0"), ("no", "yes"), ("N", "Y"), ("false", "true"), ("False", "True"),
    ("negative", "positive"), ("neg", "pos"), ("mismatch", "match"), ("no_match", "match"), ("no match", "match"),
    ("non-match", "match"), ("not_duplicate", "duplicate"), ("is_not_duplicate", "is_duplicate"),
    ("unrelated", "paraphrase"), ("unrelated", "related"), ("different", "same"), ("other", "same"),
    ("different meaning", "same meaning"), ("not_entailment", "entailment"), ("neutral", "entailment"),
    ("contradiction", "entailment"), ("dissimilar", "similar"), ("inequivalent", "equivalent"),
    ("irrelevant", "relevant"), ("Not-Linked", "linked"), ("distinct", "duplicate"), ("否", "是"), ("不匹配", "匹配"),
    ("different", "not_different"), ("contradiction", "no contradiction"), ("unique", "non-unique"), ("无关", "相关"),
  ])
  func `the label of texts that match is known in either order`(other: String, match: String) {
    #expect(PositiveLabel.recognized(other, match) == match)
    #expect(PositiveLabel.recognized(match, other) == match)
  }

  @Test(arguments: [
    ("a", "b"), ("first", "second"), ("1", "2"), ("-2", "0"), ("neutral", "contradiction"), ("same", "similar"),
    ("", "x"), ("type t", "type n"), ("!", "?"),
  ])
  func `where no rule says which, nothing is said`(first: String, second: String) {
    #expect(PositiveLabel.recognized(first, second) == nil)
    #expect(PositiveLabel.recognized(second, first) == nil)
  }

  @Test func `one label of a set may come last`() {
    let labels = LabelSet(["match", "mismatch"])
    #expect(labels.with(last: "match").labels == ["mismatch", "match"])
    #expect(labels.with(last: "match").index(of: "match") == 1)
    #expect(labels.with(last: "mismatch") == labels && labels.with(last: "none") == labels)
  }
}
