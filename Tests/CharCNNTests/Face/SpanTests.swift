import CharCNNToolkit
import Foundation
import Testing

/// Ranges of a user's strings, into a tagger and out of it.
@Suite struct SpanTests {
  private func sentence(_ text: String, _ marks: [(String, String)]) throws -> TaggedSentence {
    try TaggedSentence(text, spans: marks.map { (try #require(text.range(of: $0.0)), $0.1) })
  }

  @Test func `spans become tags, and tags spans again`() throws {
    let text = "Ann-Lee met Émile 🙂 in New York."
    let sentence = try sentence(text, [("New York", "LOC"), ("Ann", "PER"), ("Émile", "PER")])
    #expect(sentence.text == text)
    #expect(sentence.tokens.map(\.text) == ["Ann", "-", "Lee", "met", "Émile", "🙂", "in", "New", "York", "."])
    #expect(
      sentence.tokens.map(\.tag) == ["B-PER", "O", "O", "O", "B-PER", "O", "O", "B-LOC", "I-LOC", "O"])
    let utf8 = Array(text.utf8)
    for token in sentence.tokens { #expect(String(decoding: utf8[token.range], as: UTF8.self) == token.text) }
    // Words that a span cuts in two.
    let cut = try self.sentence("Osloans", [("Oslo", "LOC")])
    #expect(cut.tokens.map(\.text) == ["Oslo", "ans"] && cut.tokens.map(\.tag) == ["B-LOC", "O"])
    #expect(try self.sentence("東京に行く", [("東京", "LOC")]).tokens.map(\.tag) == ["B-LOC", "I-LOC", "O", "O", "O"])
  }

  @Test func `spans that make no sense are refused`() throws {
    let text = "one two three"
    let (one, two) = (try #require(text.range(of: "one two")), try #require(text.range(of: "two three")))
    let blank = try #require(text.range(of: " "))
    #expect(throws: ValueError.self) { try TaggedSentence(text, spans: [(one, "A"), (two, "B")]) }
    #expect(throws: ValueError.self) { try TaggedSentence(text, spans: [(blank, "A")]) }
    for type in ["", " ", "A ", "\u{FEFF}A", "A B", "A\u{200B}", "\n"] {
      let error = #expect(throws: ValueError.self, "\(type)") { try TaggedSentence(text, spans: [(one, type)]) }
      #expect(error?.name == "spans" && error?.advice != nil)
    }
    let mark = "\u{FEFF}one"
    #expect(throws: ValueError.self) {
      try TaggedSentence(mark, spans: [(mark.startIndex..<mark.index(after: mark.startIndex), "A")])
    }
    #expect(throws: ValueError.self) {
      try TaggedSentence("one", spans: [(text.startIndex..<text.endIndex, "A")])
    }
    #expect(try TaggedSentence("", spans: []).tokens.isEmpty)
  }

  @Test func `a byte order mark is no token`() throws {
    let text = "\u{FEFF}Ann met \u{FEFF}Ben"
    let sentence = try sentence(text, [("Ann", "PER"), ("Ben", "PER")])
    #expect(sentence.text == text && sentence.tokens.map(\.text) == ["Ann", "met", "Ben"])
    #expect(sentence.tokens.map(\.tag) == ["B-PER", "O", "B-PER"])
    for token in sentence.tokens {
      #expect(String(decoding: Array(text.utf8)[token.range], as: UTF8.self) == token.text)
    }
    let whole = try TaggedSentence(text, spans: [(text.startIndex..<text.endIndex, "X")])
    #expect(whole.tokens.map(\.tag) == ["B-X", "I-X", "I-X"])
  }

  @Test(arguments: [TaggingUnit.word, .character])
  func `a tagger that learned from ranges gives ranges, of a part as of the whole`(unit: TaggingUnit) throws {
    let names = ["Ann", "Ben", "Cleo", "Dan", "Eva", "Finn"]
    let sentences = try (0..<240).map { number in
      let (name, other) = (names[number % 6], ["sees", "hears", "calls"][number % 3])
      return try sentence("the \(number % 9) men \(other) \(name) today", [(name, "PER")])
    }
    var options = TaggingOptions(unit)
    options.threads = 1
    let small = unit == .word ? [] : ["filters=24", "blocks=2", "dilations=1,2"]
    for setting in small + ["epochs=12", "rate=0.01"] { try options.set(setting) }
    let tagger = try SequenceTagger.train(on: Examples(sentences), options: options).model
    let first = "the 3 men hear Ben today"
    let text = (0..<300).map { "line \($0): \(first)." }.joined(separator: "\n")
    let all = tagger.tags(in: text)
    #expect(all.allSatisfy { text[$0.range].contains("Ben") })
    var found: [Range<String.Index>] = []
    tagger.enumerateTags(in: text) { type, range in
      found.append(range)
      return true
    }
    #expect(found == all.flatMap { $0.spans.map(\.range) })
    #expect(found.contains { text[$0] == "Ben" })
    // A part in the middle: the same answers, at the same places of the whole string.
    let start = try #require(text.range(of: "line 100:")).lowerBound
    let end = try #require(text.range(of: "line 200:")).lowerBound
    let part = tagger.tags(in: text, range: start..<end)
    let expected = all.filter { $0.range.lowerBound >= start && $0.range.upperBound <= end }
    #expect(part.map(\.range) == expected.map(\.range) && part.map(\.tags) == expected.map(\.tags))
    #expect(tagger.tags(in: text[start..<end]).map(\.range) == part.map(\.range))
    var seen = 0
    tagger.enumerateTags(in: text, range: start..<end) { _, _ in
      seen += 1
      return seen < 3
    }
    #expect(seen == 3)
  }

  /// Knows the name Ann, and marks it by a span or not.
  private struct Stub: TextTagging {
    let scheme: TagScheme

    func tags(in text: String, range: Range<String.Index>) -> [SentenceTags] {
      text[range].split(separator: ".").map { sentence in
        let tokens = sentence.split(separator: " ").map { word in
          SentenceTags.Token(
            text: String(word), range: word.startIndex..<word.endIndex, tag: word == "Ann" ? "B-PER" : "O",
            probability: 1)
        }
        let spans = tokens.indices.filter { tokens[$0].text == "Ann" }.map { place in
          SentenceTags.Span(
            type: "PER", text: "Ann", range: tokens[place].range, tokens: place..<place + 1, probability: 1)
        }
        return SentenceTags(text: text, tokens: tokens, spans: scheme.marksSpans ? spans : [])
      }
    }
  }

  @Test(arguments: [(TagScheme.bio, ["PER Ann", "PER Ann"]), (.none, ["B-PER Ann", "O met", "B-PER Ann", "O No"])])
  func `tags of any tagger are enumerated: spans where tags mark some, tokens where not`(
    scheme: TagScheme, expected: [String]
  ) {
    let tagger: any TextTagging = Stub(scheme: scheme)
    let text = "Ann met Ann. No name."
    var found: [String] = []
    tagger.enumerateTags(in: text) { tag, range in
      found.append("\(tag) \(text[range])")
      return found.count < 4
    }
    #expect(found == expected)
  }

  @Test func `places within a character of several bytes, and beyond the text, are no trap`() throws {
    let text = "é Ann"
    let middle = text.utf8.index(after: text.startIndex)
    let sentence = try TaggedSentence(text, spans: [(middle..<text.endIndex, "PER")])
    let utf8 = Array(text.utf8)
    #expect(sentence.tokens.map(\.tag) == ["B-PER", "I-PER"])
    for token in sentence.tokens { #expect(String(decoding: utf8[token.range], as: UTF8.self) == token.text) }
    let ben = "Ben é Ann"
    let inside = ben.utf8.index(ben.startIndex, offsetBy: 5)
    let late = try TaggedSentence(ben, spans: [(inside..<ben.endIndex, "PER")])
    for token in late.tokens { #expect(String(decoding: Array(ben.utf8)[token.range], as: UTF8.self) == token.text) }

    var options = TaggingOptions(.word)
    options.threads = 1
    try options.set("epochs=2")
    let toys = (0..<40).map { TaggedSentence(words: ["Ann", "\($0)"], tags: ["B-PER", "O"]) }
    let tagger = try SequenceTagger.train(on: Examples(toys), options: options).model
    let other = "a much longer text than the other one"
    for range in [middle..<text.endIndex, other.startIndex..<other.endIndex] {
      for part in tagger.tags(in: text, range: range) {
        for token in part.tokens { #expect(text[token.range] == token.text) }
      }
    }
  }
}
