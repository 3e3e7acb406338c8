import CharCNNText
import TestSupport
import Testing

@Suite struct TagColumnRecognitionTests {
  static func open(_ text: String, _ options: TaggedTextOptions = .init()) throws -> (TaggedTextSource, TemporaryFolder)
  {
    let folder = try TemporaryFolder()
    return (try TaggedTextSource(path: try folder.write(text, to: "data.txt"), options: options), folder)
  }

  static func tags(_ text: String, _ options: TaggedTextOptions = .init()) throws -> [[String?]] {
    try open(text, options).0.sentences().map { $0.tokens.map(\.tag) }
  }

  static func words(_ text: String, _ options: TaggedTextOptions = .init()) throws -> [[String]] {
    try open(text, options).0.sentences().map { $0.tokens.map(\.text) }
  }

  // MARK: CoNLL-U

  @Test(arguments: [
    "# newdoc\n", "# newpar id = 4\n# sent_id = 1\n", "#\n", "# a\tb\tc\n",
    "# text = 1\ta\n# global\n",
  ])
  func `CoNLL-U may begin with any comment`(comment: String) throws {
    let line = TaggedTextSourceTests.line
    let (source, folder) = try Self.open(comment + line("1", "#", "SYM", "_") + comment + line("2", "b", "X", "_"))
    #expect(source.format == .conllu && source.conlluColumn == "upos")
    #expect(try source.sentences().map { $0.tokens.map(\.text) } == [["#", "b"]])
    withExtendedLifetime(folder) {}
  }

  @Test func `a word without features has the tag _, and no other column does`() throws {
    let text = "1\tthe\tthe\tDET\t_\t_\t0\tdep\t_\tNE=a\\pb|X=c\n2\tcats\tcat\tNOUN\t_\tNumber=Plur\t0\tdep\t_\tNE=O\n"
    #expect(try Self.tags(text, .init(tagColumn: .name("FEATS"))) == [["_", "Number=Plur"]])
    #expect(try Self.open(text, .init(tagColumn: .index(6))).0.conlluColumn == "feats")
    #expect(throws: DataError.self) { _ = try Self.tags(text, .init(tagColumn: .name("xpos"))) }
    // A bar in a value is escaped as UDPipe does.
    #expect(try Self.tags(text, .init(tagColumn: .name("NE"))) == [["a|b", "O"]])
    #expect(try Self.tags(text, .init(usualColumn: "NE")) == [["a|b", "O"]])
  }

  // MARK: Comments

  static let sentences = ["Ann X-PER\nsees O\n", "it O\nand O\nBob X-PER\n", "#Eve X-PER\nsees O\n"]

  @Test(arguments: [
    (0..<3).map { "# s\($0)\n" }, (0..<3).map { "# id \($0)\tdomain=en\n" }, (0..<3).map { "# a b c d \($0)\n" },
    ["# newdoc\n", "# newdoc\n", ""], ["## one two\n# three\n", "", "#begin document (x); part 0\n"],
  ])
  func `comments of any width are no tokens and are counted`(comments: [String]) throws {
    for separator in [" ", "\t"] {
      let lines = Self.sentences.map { $0.replacing(" ", with: separator).replacing("X-", with: "B-") }
      let (source, folder) = try Self.open(zip(comments, lines).map { $0 + $1 }.joined(separator: "\n"))
      #expect(try source.sentences().flatMap { $0.tokens.map(\.text) }.contains("#Eve"))
      #expect(Set(try source.sentences().flatMap { $0.tokens.compactMap(\.tag) }) == ["B-PER", "O"])
      let count = comments.joined().split(separator: "\n").count
      #expect(source.summary.hasSuffix(", \(count) comments left out"), "\(source.summary)")
      withExtendedLifetime(folder) {}
    }
  }

  @Test func `a hash with a tag is a token, wherever it stands`() throws {
    #expect(try Self.words("# O\nAnn B-PER\n\nsee O\n# O\n1 O\n") == [["#", "Ann"], ["see", "#", "1"]])
    // The tag of the hash alone looks like the others.
    #expect(try Self.words("# SYM\n1 NUM\n\nwe PRON\nsee VERB\n") == [["#", "1"], ["we", "see"]])
    #expect(try Self.words("# B-SYM\n1 O\n\nwe O\nsee B-X\n") == [["#", "1"], ["we", "see"]])
    #expect(try Self.words("#\tSYM\n1\tNUM\n\nwe\tPRON\n") == [["#", "1"], ["we"]])
  }

  // MARK: Documents

  @Test(arguments: [
    "-DOCSTART- -X- -X- O\n\n", "-DOCSTART-\n\n", "-DOCSTART- O\n", "-DOCSTART- (1 EU)\n", "-DOCSTART-\t-X-\tO\tO\n\n",
  ])
  func `the beginning of a document is no token and ends a sentence`(mark: String) throws {
    let sentence = "Ann NNP I-NP B-PER\nsees VBZ I-VP O\n"
    let text = mark + sentence + mark + sentence + "\n" + mark
    #expect(try Self.words(text) == [["Ann", "sees"], ["Ann", "sees"]])
    #expect(try Self.tags(text) == [["B-PER", "O"], ["B-PER", "O"]])
  }

  // MARK: Columns

  @Test func `numbers of tokens are not the words`() throws {
    let restarting = "1 Ann NNP B-PER\n2 sees VBZ O\n\n1 it PRP O\n2 works VBZ O\n"
    let (source, folder) = try Self.open(restarting)
    #expect(source.summary == "columns, words = column 2, tags = column 4")
    withExtendedLifetime(folder) {}
    #expect(try Self.words(restarting) == [["Ann", "sees"], ["it", "works"]])
    #expect(try Self.words("0 Ann B-PER\n1 sees O\n\n2 it O\n3 works O\n") == [["Ann", "sees"], ["it", "works"]])
    // Numbers that do not count are words.
    #expect(try Self.words("1 CD B-X\n3 CD O\n") == [["1", "3"]])
    #expect(try Self.words(restarting, .init(tokenColumn: 1)) == [["1", "2"], ["1", "2"]])
  }

  @Test func `several columns that may be the tags are asked for`() throws {
    let rows = ["Ann\t_\tPROPN\tNNP\t_\t2\tnsubj", "sees\t_\tVERB\tVBZ\t_\t0\troot", ".\t_\tPUNCT\t.\t_\t2\tpunct"]
    let text = String(repeating: rows.enumerated().map { "\($0 + 1)\t\($1)\n" }.joined() + "\n", count: 20)
    let error = #expect(throws: DataError.self) { _ = try Self.tags(text) }
    #expect(error?.kind == .ambiguousColumn)
    for part in ["4 (PROPN VERB PUNCT)", "5 (NNP VBZ .)", "8 (nsubj root punct)", "`tagColumn`", "`tokenColumn`"] {
      #expect(error?.description.contains(part) == true, "\(String(describing: error))")
    }
    #expect(error?.description.contains("3 (") == false && error?.description.contains("7 (") == false)
    #expect(try Self.tags(text, .init(tagColumn: .index(4)))[0] == ["PROPN", "VERB", "PUNCT"])
    // Nothing is asked where tags are not needed.
    #expect(try Self.words(text, .init(needsTags: false))[0] == ["Ann", "sees", "."])
  }

  @Test func `a last column that holds no tags is not taken for them`() throws {
    let words = (0..<60).map { "word\($0) \($0 % 2 == 0 ? "NOUN" : "VERB") _\n" }.joined()
    #expect(try Self.open(words).0.summary == "columns, words = column 1, tags = column 2")
    let lemmas = (0..<60).map { "words\($0) \($0 % 2 == 0 ? "NOUN" : "VERB") word\($0)\n" }.joined()
    #expect(try Self.open(lemmas).0.summary == "columns, words = column 1, tags = column 2")
    let first = (0..<60).map { "\($0 % 2 == 0 ? "B-X" : "O")\tword\($0)\n" }.joined()
    #expect(try Self.open(first).0.summary == "columns, words = column 2, tags = column 1")
  }

  @Test(arguments: ["Word\tPOS\tNER_tag", "# made by hand\nToken\tLabel\tTags", "词\t词性\t实体"])
  func `names of columns are no tokens, and choose columns`(header: String) throws {
    let rows = "\nAnn\tNNP\tB-PER\nsees\tVBZ\tO\n"
    for gap in ["", "\n"] {
      let (source, folder) = try Self.open(header + gap + rows)
      #expect(source.summary.hasPrefix("columns with a header, words = column 1, tags = column 3"), "\(source.summary)")
      #expect(try source.sentences().map { $0.tokens.map(\.text) } == [["Ann", "sees"]])
      withExtendedLifetime(folder) {}
    }
    let swapped = "pos\ttag\tform\nNNP\tB-PER\tAnn\nVBZ\tO\tsees\n"
    #expect(try Self.words(swapped, .init(tagColumn: .name("Tag"))) == [["Ann", "sees"]])
    #expect(try Self.tags(swapped, .init(tagColumn: .name("Tag"))) == [["B-PER", "O"]])
    let error = #expect(throws: DataError.self) { _ = try Self.tags(swapped, .init(tagColumn: .name("chunk"))) }
    #expect(error?.problem.contains("chunk") == true)
    // A word with a tag is none.
    #expect(try Self.words("word O\nof B-X\n") == [["word", "of"]])
    #expect(throws: DataError.self) { _ = try Self.words("word tag\n") }
  }

  // MARK: Tags and bytes

  @Test func `tags that look alike are one, and one that shows nothing is none`() throws {
    let text = "a\tX\nb\tX \nc\t\u{FEFF}X\nd\tX\u{200B}\ne\t X\u{A0}\nf\tY\r\n"
    #expect(try Self.tags(text) == [["X", "X", "X", "X", "X", "Y"]])
    for blank in [" ", "\u{200B}", "\u{A0}", "\u{FEFF}"] {
      let error = #expect(throws: DataError.self) { _ = try Self.tags("a\tX\nb\t\(blank)\nc\tY\n") }
      #expect(error?.kind == .missingLabel && error?.line == 2)
    }
    let line = TaggedTextSourceTests.line
    #expect(try Self.tags(line("1", "a", "X\u{200B}", "_") + line("2", "b", "X", "_")) == [["X", "X"]])
  }

  @Test(arguments: [false, true])
  func `a byte zero is refused in any column`(isCoNLLU: Bool) throws {
    let line = TaggedTextSourceTests.line
    let text =
      isCoNLLU
      ? line("1", "a", "X", "_") + line("2", "b", "X", "A=b\0c") : "a\tN\tX\nb\tN\0N\tX\n"
    let error = #expect(throws: DataError.self) { _ = try Self.tags(text) }
    #expect(error?.kind == .zeroByte && error?.line == 2, "\(String(describing: error))")
  }

  // MARK: Characters

  @Test(arguments: [["北", "京", "❤️"], ["北", "🇨🇳"], ["दि", "ल्ली"], ["e\u{301}", "a"], ["👩‍👧", "!"]])
  func `characters as readers count them are characters`(characters: [String]) throws {
    let (source, folder) = try Self.open(characters.map { "\($0) O\n" }.joined() + "\nx B-X\n")
    #expect(source.tokensAreCharacters)
    #expect(try source.sentences()[0].tokens.map(\.text) == characters)
    #expect(!source.summary.contains("joined"))
    withExtendedLifetime(folder) {}
  }

  @Test(arguments: ["नमस्ते", "🇨🇳北❤️", "e\u{301}a", "👩‍👧!", "각\u{1100}\u{1161}"])
  func `parts of characters are joined to what a prediction reads, and counted`(word: String) throws {
    let scalars = word.unicodeScalars.map { "\($0)" }
    let (source, folder) = try Self.open(scalars.enumerated().map { "\($1) \($0 == 0 ? "B" : "I")-X\n" }.joined())
    #expect(source.tokensAreCharacters)
    let sentence = try #require(try source.sentences().first)
    let expected = TaggedSentence.characters(of: word, in: 0..<word.utf8.count)
    #expect(sentence.text == word && sentence.tokens.map(\.text) == expected.map(\.text))
    #expect(sentence.tokens.map(\.range) == expected.map(\.range))
    let joined = scalars.count - expected.count
    #expect(source.summary.contains("\(joined) mark"), "\(source.summary)")
    withExtendedLifetime(folder) {}
  }

  @Test func `one word among characters makes all of them words, however late it comes`() throws {
    let text = String(repeating: "北 O\n\n", count: 3_000) + "京都 O\n"
    #expect(try !Self.open(text).0.tokensAreCharacters)
  }

  // MARK: Lines

  @Test(arguments: [
    "# one\nAnn B-PER\n# two three\nsees O\n\n\n-DOCSTART-\n\nit O\n# end of it all", "a\tX\r\n\r\nb\tY\r\n",
    "# c\n1-2\tab\t_\t_\t_\t_\t_\t_\t_\t_\n1\ta\t_\tX\t_\t_\t_\t_\t_\t_\n2\tb\t_\tY\t_\t_\t_\t_\t_\t_\n\n\n# last\n",
  ])
  func `all lines come with their sentences, each once`(text: String) throws {
    let (source, folder) = try Self.open(text)
    var lines: [String] = []
    var tokens: [[Int]] = []
    try source.forEachSentenceWithLines { sentence, own in
      lines += own.map(\.text)
      tokens.append(own.compactMap(\.token))
      #expect(tokens.last == Array(sentence.tokens.indices))
    }
    let expected = text.replacing("\r\n", with: "\n").split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines == (text.utf8.last == 0x0A ? expected.dropLast() : expected).map(String.init))
    #expect(tokens.joined().count == (try source.sentences().reduce(0) { $0 + $1.tokens.count }))
    withExtendedLifetime(folder) {}
  }
}
