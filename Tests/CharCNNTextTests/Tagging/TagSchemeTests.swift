import CharCNNText
import Testing

@Suite struct TagSchemeTests {
  static func spans(_ tags: String) -> [String] {
    TagSpan.spans(of: tags.split(separator: " ").map(String.init)).map {
      "\($0.type)[\($0.tokens.lowerBound),\($0.tokens.upperBound))"
    }
  }

  @Test(arguments: [
    ("B-P I-P O B-L", ["P[0,2)", "L[3,4)"]),
    ("B-P B-P I-P", ["P[0,1)", "P[1,3)"]),
    // What no scheme allows: conlleval opens a span where a tag inside follows nothing or another type.
    ("O I-P I-P I-L B-L", ["P[1,3)", "L[3,4)", "L[4,5)"]),
    ("B-P E-P S-P E-P O", ["P[0,2)", "P[2,3)", "P[3,4)"]),
    ("B-P M-P M-P E-P S-L", ["P[0,4)", "L[4,5)"]),
    ("B-P I-L", ["P[0,1)", "L[1,2)"]),
    ("B E S B M M E O", ["[0,2)", "[2,3)", "[3,7)"]),
    ("B-A-b I-A-b", ["A-b[0,2)"]),
    ("NOUN VERB", []), ("", []),
  ])
  func `spans are those of CoNLL's evaluation`(tags: String, expected: [String]) {
    #expect(Self.spans(tags) == expected)
  }

  @Test(arguments: [
    (["O", "B-P", "I-P"], TagScheme.bio), (["B-P", "I-P", "E-P", "S-P", "O"], .bioes),
    (["B-P", "M-P", "E-P", "O"], .bmes), (["B", "M", "E", "S"], .bmes), (["B", "I"], .bio), (["NOUN", "VERB"], .none),
    (["I-P", "O"], .bio), (["I", "O"], .bio), (["I-P"], .bio), (["M-P", "O"], .bmes), (["I"], .none),
    (["I", "NP"], .none), (["E", "O"], .none), (["S", "NP"], .none), ([], .none), (["O"], .none),
    (["S-P", "O"], .bioes),
  ])
  func `a scheme is known by its tags`(tags: [String], scheme: TagScheme) {
    #expect(TagScheme(recognizing: tags) == scheme)
  }

  @Test func `conversion keeps the spans`() {
    let tags = ["B-P", "I-P", "I-P", "O", "B-L", "B-P", "I-P"]
    #expect(TagScheme.bioes.converting(tags) == ["B-P", "I-P", "E-P", "O", "S-L", "B-P", "E-P"])
    #expect(TagScheme.bmes.converting(tags) == ["B-P", "M-P", "E-P", "O", "S-L", "B-P", "E-P"])
    for scheme in [TagScheme.bio, .bioes, .bmes] {
      #expect(TagScheme.bio.converting(scheme.converting(tags)) == tags)
    }
  }

  @Test func `data in IOB1 and IO have the spans of BIO`() {
    #expect(TagScheme.bio.converting(["I-P", "I-P", "B-P", "O", "I-L"]) == ["B-P", "I-P", "B-P", "O", "B-L"])
    #expect(TagScheme.bio.converting(["I", "I", "O", "I"]) == ["B", "I", "O", "B"])
  }

  @Test func `what a scheme allows never breaks a span`() {
    for scheme in [TagScheme.bio, .bioes, .bmes] {
      let tags: [String?] =
        [nil] + ["O"].map(Optional.some)
        + scheme.tags(
          of: [
            TagSpan(type: "P", tokens: 0..<3), TagSpan(type: "L", tokens: 3..<6), TagSpan(type: "P", tokens: 6..<7),
          ],
          count: 7)
      for before in tags {
        for next in tags where scheme.allows(next, after: before) {
          let pair = [before, next].compactMap { $0 }
          let repaired = scheme.converting(pair)
          // A pair in the middle of a span cannot be judged alone; one at an edge of the sentence can.
          if before == nil, let next, !next.hasPrefix("B") { #expect(repaired == pair) }
        }
      }
    }
    #expect(TagScheme.bio.allows("I-P", after: "B-P") && !TagScheme.bio.allows("I-L", after: "B-P"))
    #expect(!TagScheme.bio.allows("I-P", after: nil) && TagScheme.bio.allows(nil, after: "B-P"))
    #expect(!TagScheme.bmes.allows("O", after: "B-P") && !TagScheme.bmes.allows(nil, after: "M-P"))
    #expect(TagScheme.bmes.allows("E-P", after: "B-P") && TagScheme.bmes.allows("S-P", after: "E-L"))
    #expect(TagScheme.none.allows("VERB", after: nil))
  }

  @Test func `a type may begin with a mark that joins the hyphen`() {
    let tags = ["B-\u{74A}6", "E-\u{74A}6"]
    #expect(TagSpan.spans(of: tags) == [TagSpan(type: "\u{74A}6", tokens: 0..<2)])
    #expect(TagScheme.bioes.converting(tags) == tags)
    #expect(TagScheme(recognizing: tags) == .bioes)
  }
}
