import CharCNNText
import TestSupport
import Testing

@Suite struct TaggedTextSourceTests {
  static func read(_ text: String, _ options: TaggedTextOptions = .init()) throws -> [TaggedSentence] {
    try read(bytes: Array(text.utf8), options)
  }

  static func read(bytes: [UInt8], _ options: TaggedTextOptions = .init()) throws -> [TaggedSentence] {
    let folder = try TemporaryFolder()
    return try TaggedTextSource(path: try folder.write(bytes, to: "data"), options: options).sentences()
  }

  static func shown(_ sentence: TaggedSentence) -> [String] {
    sentence.tokens.map { "\($0.text)/\($0.tag ?? "-")@\($0.range.lowerBound)-\($0.range.upperBound)" }
  }

  @Test func `words between spaces keep their places`() {
    let sentence = TaggedSentence(separatedWords: " Bén  leaves   京 .")
    #expect(sentence.text == " Bén  leaves   京 .")
    #expect(Self.shown(sentence) == ["Bén/-@1-5", "leaves/-@7-13", "京/-@16-19", "./-@20-21"])
    #expect(TaggedSentence(separatedWords: "").tokens.isEmpty && TaggedSentence(separatedWords: "  ").tokens.isEmpty)
  }

  // MARK: CoNLL-U

  static func line(_ id: String, _ form: String, _ tag: String, _ misc: String = "_") -> String {
    [id, form, "_", tag, "X-\(tag)", "_", "0", "dep", "_", misc].joined(separator: "\t") + "\n"
  }

  @Test func `words have the places that SpaceAfter gives them`() throws {
    let text =
      "# sent_id = 1\n# text = Hé, you!\n" + Self.line("1", "Hé", "INTJ", "SpaceAfter=No")
      + Self.line("2", ",", "PUNCT")
      + Self.line("3", "you", "PRON", "A=b|SpaceAfter=No|NE=O") + Self.line("4", "!", "PUNCT")
      + "\n\n# another\n" + Self.line("1", "Yes", "INTJ")
    let sentences = try Self.read(text)
    #expect(sentences.count == 2)
    #expect(sentences[0].text == "Hé, you!")
    #expect(Self.shown(sentences[0]) == ["Hé/INTJ@0-3", ",/PUNCT@3-4", "you/PRON@5-8", "!/PUNCT@8-9"])
    #expect(sentences[0].line == 3)
    #expect(sentences[1].text == "Yes")
  }

  @Test func `contractions give their place to their words, and empty nodes are no words`() throws {
    let text =
      Self.line("1-2", "vámonos", "_") + Self.line("1", "vamos", "VERB") + Self.line("2", "nos", "PRON")
      + Self.line("2.1", "gone", "VERB") + Self.line("3", "al", "ADP", "SpaceAfter=No") + Self.line("4", ".", "PUNCT")
    let sentences = try Self.read(text)
    #expect(sentences[0].text == "vámonos al.")
    #expect(Self.shown(sentences[0]) == ["vamos/VERB@0-8", "nos/PRON@0-8", "al/ADP@9-11", "./PUNCT@11-12"])
  }

  @Test func `tags are read from any column and from keys of the last one`() throws {
    let text = Self.line("1", "a", "DET", "NE=B-X|SpaceAfter=No") + Self.line("2", "b", "NOUN", "NE=I-X")
    func tags(_ column: ColumnSelector) throws -> [String?] {
      try Self.read(text, TaggedTextOptions(tagColumn: column))[0].tokens.map(\.tag)
    }
    #expect(try tags(.name("xpos")) == ["X-DET", "X-NOUN"])
    #expect(try tags(.name("NE")) == ["B-X", "I-X"])
    #expect(try tags(.index(8)) == ["dep", "dep"])
  }

  @Test(arguments: [
    ("1\ta\tb\n", 1, "10 columns"),
    (line("1", "a", "X") + line("3", "b", "X"), 2, "number is \"3\""),
    (line("1", "a", "X") + "\n" + line("1", "b", "_"), 3, "has no tag"),
    (line("1-3", "ab", "_") + line("1", "a", "X") + "\n", 3, "lacks its word 2"),
    (line("1-1x", "ab", "_"), 1, "number is"),
  ])
  func `a fault in CoNLL-U is told with its line`(text: String, line: Int, problem: String) throws {
    let error = #expect(throws: DataError.self) { _ = try Self.read(text, TaggedTextOptions(format: .conllu)) }
    #expect(error?.line == line)
    #expect(error?.description.contains(problem) == true, "\(String(describing: error))")
  }

  // MARK: Columns

  @Test(arguments: ["\n", "\r\n"])
  func `characters in columns are joined to a text`(end: String) throws {
    let text = "\u{FEFF}张 B-PER\n三 E-PER\n在 O\n\n \n北 S-LOC".replacing("\n", with: end)
    let sentences = try Self.read(text)
    #expect(sentences.map(\.text) == ["张三在", "北"])
    #expect(Self.shown(sentences[0]) == ["张/B-PER@0-3", "三/E-PER@3-6", "在/O@6-9"])
    #expect(sentences[1].line == 6)
  }

  @Test func `words in columns are joined by spaces, tabs separate, and the last column has the tags`() throws {
    let text = "-DOCSTART-\t-X-\tO\n\nU.N.\tNNP\tB-ORG\nofficial\tNN\tO\n"
    let sentences = try Self.read(text)
    #expect(sentences.count == 1)
    #expect(sentences[0].text == "U.N. official")
    #expect(Self.shown(sentences[0]) == ["U.N./B-ORG@0-4", "official/O@5-13"])
    let parts = try Self.read(text, TaggedTextOptions(tagColumn: .index(2)))
    #expect(parts[0].tokens.map(\.tag) == ["NNP", "NN"])
  }

  @Test func `tokens alone are read where tags are not needed`() throws {
    let sentences = try Self.read("one\ntwo\n\nthree\n", TaggedTextOptions(needsTags: false))
    #expect(sentences.map(\.text) == ["one two", "three"])
    #expect(sentences[0].tokens[0].tag == nil)
  }

  @Test(arguments: [
    ("a X\nb\n", 2, "1 column"), ("a\nb\n", 1, "no column of tags"), ("a\tX\n\tY\n", 2, "token is empty"),
    ("a\tX\nb\t\n", 2, "has no tag"),
  ])
  func `a fault in columns is told with its line`(text: String, line: Int, problem: String) throws {
    let error = #expect(throws: DataError.self) { _ = try Self.read(text) }
    #expect(error?.line == line)
    #expect(error?.description.contains(problem) == true, "\(String(describing: error))")
  }

  @Test func `bytes that are not UTF-8 are told with their place`() throws {
    let error = #expect(throws: DataError.self) {
      _ = try Self.read(bytes: Array("a X\nb".utf8) + [0xFF] + Array(" X\n".utf8))
    }
    #expect(error?.kind == .invalidUTF8)
    #expect(error?.line == 2)
  }

  @Test(arguments: ["", "\n\n", "# a comment\n\n"])
  func `a file without tokens is refused`(text: String) throws {
    #expect(throws: DataError.self) { _ = try Self.read(text) }
  }

  @Test func `formats are recognized`() throws {
    let folder = try TemporaryFolder()
    let conllu = try TaggedTextSource(path: try folder.write(Array(Self.line("1", "a", "X").utf8), to: "a"))
    #expect(conllu.format == .conllu && !conllu.tokensAreCharacters)
    #expect(conllu.summary == "conllu, tags = upos")
    let characters = try TaggedTextSource(path: try folder.write(Array("# O\n京 B-L\n".utf8), to: "b"))
    #expect(characters.format == .columns && characters.tokensAreCharacters)
    #expect(characters.summary == "columns, characters = column 1, tags = column 2")
    let words = try TaggedTextSource(path: try folder.write(Array("ab\tX\n".utf8), to: "c"))
    #expect(!words.tokensAreCharacters)
  }

  @Test func `any bytes give sentences or an error, and every token lies in its text`() throws {
    let folder = try TemporaryFolder()
    let seeds = [
      Self.line("1-2", "ab", "_") + Self.line("1", "a", "X", "SpaceAfter=No") + Self.line("2", "b", "Y") + "\n",
      "张 B-PER\n三 E-PER\r\n\nab\tNN\tI-X\n",
    ].map { Array($0.utf8) }
    var state: UInt64 = 1
    func random(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % max(bound, 1)
    }
    let special: [UInt8] = [0x09, 0x0A, 0x0D, 0x20, 0x23, 0x2D, 0x2E, 0x31, 0x7C, 0xE5, 0xFF]
    for number in 0..<600 {
      var bytes = seeds[number % 2]
      for _ in 0...random(4) {
        switch random(3) {
        case 0: bytes[random(bytes.count)] = special[random(special.count)]
        case 1: bytes.insert(special[random(special.count)], at: random(bytes.count))
        default: if bytes.count > 1 { bytes.remove(at: random(bytes.count)) }
        }
      }
      let path = try folder.write(bytes, to: "data")
      do {
        for sentence in try TaggedTextSource(path: path).sentences() {
          for token in sentence.tokens {
            #expect(token.range.lowerBound >= 0 && token.range.upperBound <= sentence.text.utf8.count)
          }
          let tags = sentence.characters(marksSpans: number % 3 == 0).tokens.compactMap(\.tag)
          #expect(TagScheme.bioes.converting(tags) == tags)
        }
      } catch let error as DataError {
        #expect(!error.description.isEmpty)
      }
    }
  }

  // MARK: Characters of words

  @Test func `words become characters with their spans`() {
    let words = TaggedSentence(words: ["北京", "好", "of"], tags: ["B-L", "O", "B-P"])
    #expect(words.text == "北京好 of")
    #expect(
      Self.shown(words.characters(marksSpans: true)) == [
        "北/B-L@0-3", "京/E-L@3-6", "好/O@6-9", "o/B-P@10-11", "f/E-P@11-12",
      ])
    #expect(words.characters(marksSpans: false).tokens.map(\.tag) == ["B-B-L", "E-B-L", "S-O", "B-B-P", "E-B-P"])
  }
}
