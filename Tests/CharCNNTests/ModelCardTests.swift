import Testing

@testable import CharCNN

@Suite struct ModelCardTests {
  @Test func `names are code, whatever characters they have`() {
    #expect(ModelCard.listed(["good", "bad"]) == "`good`, `bad`")
    // A code span ends at as many backquotes as began it (CommonMark).
    #expect(ModelCard.listed(["a`b", "``", "c"]) == "`` a`b ``, ``` `` ```, `c`")
    #expect(!ModelCard.listed(["one\ntwo\r\nthree"]).contains { $0.isNewline })
    #expect(ModelCard.listed(["a", "b", "c"], most: 2) == "`a`, `b` and 1 more")
  }
}
