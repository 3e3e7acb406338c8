import CharCNNText
import TestSupport
import Testing

/// Which files of no named format are taken for sentences with a token a line.
@Suite struct SentenceFileTests {
  private func looks(_ text: String, _ name: String = "in.txt") throws -> Bool {
    let folder = try TemporaryFolder()
    return TaggedTextSource.looksLikeSentences(try folder.write(text, to: name))
  }

  static let sentences = "Ann\tB-PER\nsees\tO\n\nRome\tB-LOC\n.\tO\n"

  @Test(arguments: [
    "", "# comment here\n", "# id 1\n", "# a\n# b c d\n", "## one\n\n", "-DOCSTART-\tO\n\n", "-DOCSTART- -X- O O\n\n",
    "word\ttag\n", "# id\tx\n",
  ])
  func `comments, marks of documents and names of columns hide no sentences`(start: String) throws {
    #expect(try looks(start + Self.sentences))
    #expect(try looks(Self.sentences + "\n" + start + Self.sentences))
    for name in ["in.csv", "in.tsv", "in.json"] { #expect(try !looks(start + Self.sentences, name)) }
  }

  @Test(arguments: [
    "Ann sees Rome.\n\nIt rains here today.\n\nNo.\n", "Ann sees.\nIt rains.\nBob sleeps.\n", "one\ntwo\n\nthree\n",
    "# Title of a text\n\nAnn sees Rome.\nIt rains here today.\n\nNo.\n", "# only\n\n# comments here\n", "\n\n",
    "Ann sees.\n\nIt rains.\n\nBob sleeps.\n\n",
  ])
  func `texts are no sentences of columns`(text: String) throws { #expect(try !looks(text)) }

  // MARK: What a tagger wrote

  @Test func `tags behind tags and words are the last column whichever comes first`() throws {
    let written = [
      "B-LOC\tRome\tB-LOC\nO\tsleeps\tO\n", "B-LOC\tRome\tO\nO\tsleeps\tO\n", "B-LOC\tRome\tNOUN\nO\tsleeps\tVERB\n",
      "Rome\tB-LOC\tB-PER\nsleeps\tO\tO\n",
    ]
    let tags = [["B-LOC", "O"], ["O", "O"], ["NOUN", "VERB"], ["B-PER", "O"]]
    for (text, tags) in zip(written, tags) {
      #expect(try TagColumnRecognitionTests.words(text) == [["Rome", "sleeps"]])
      #expect(try TagColumnRecognitionTests.tags(text) == [tags])
    }
    #expect(try TagColumnRecognitionTests.words("B-LOC\tRome\nO\tsleeps\n") == [["Rome", "sleeps"]])
  }

  // MARK: CoNLL-U

  @Test(arguments: [
    ("1 Rome _ X _ _ 0 root _ _", "upos", "PROPN", "1 Rome _ PROPN _ _ 0 root _ _"),
    (" 1  Rome _  X _ _ 0 root _ K=v ", "NE", "B", " 1  Rome _  X _ _ 0 root _ NE=B|K=v "),
    ("1 Rome _ X _ _ 0 root _ _", "upos", "a b", "1\tRome\t_\ta b\t_\t_\t0\troot\t_\t_"),
    ("1\tNew Rome\t_\tX\t_\t_\t0\troot\t_\t_", "upos", "PROPN", "1\tNew Rome\t_\tPROPN\t_\t_\t0\troot\t_\t_"),
  ])
  func `a tag is written between the tabs or spaces of its line`(
    line: String, column: String, tag: String, expected: String
  ) {
    #expect(CoNLLUFields.line(line, with: tag, in: column) == expected)
  }
}
