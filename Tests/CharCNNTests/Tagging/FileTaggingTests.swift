import CharCNNToolkit
import TestSupport
import Testing

@Suite struct FileTaggingTests {
  private func tagged(_ text: String, _ tagger: SequenceTagger) throws -> [String] {
    let folder = try TemporaryFolder()
    let source = try TaggedTextSource(
      path: try folder.write(text, to: "in.txt"), options: TaggedTextOptions(needsTags: false))
    var output = ""
    try tagger.forEachTaggedPiece(of: source) { output += $0 }
    return output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  @Test func `columns get a tag as their last column and keep all else`() throws {
    let tagger = try SequenceTaggerTests.trained(.word)
    let words = ["The", "cat", "sees", "a", "tree", "."]
    let expected = tagger.tags(ofWords: words).tags
    for separator in ["\t", " "] {
      let rows = words.map { "\($0)\(separator)x" }
      let lines =
        ["# comment \(separator)one two", rows[0], rows[1], "# note three four"] + rows[2...] + [
          "", "", "-DOCSTART-", "",
        ]
      let output = try tagged((lines + rows).joined(separator: "\n") + "\n", tagger)
      var tags = (expected + expected)[...]
      for (line, original) in zip(output, lines + rows + [""]) {
        let isToken = words.contains { original.hasPrefix($0 + separator) }
        #expect(line == (isToken ? "\(original)\(separator)\(tags.removeFirst())" : original))
      }
      #expect(tags.isEmpty && output.count == lines.count + rows.count + 1)
    }
    #expect(
      try tagged("The\ncat\n", tagger) == zip(words, tagger.tags(ofWords: ["The", "cat"]).tags).map { "\($0)\t\($1)" }
        + [""])
  }

  @Test func `CoNLL-U keeps comments, contractions and all other columns`() throws {
    let tagger = try SequenceTaggerTests.trained(.word)
    func line(_ id: String, _ word: String, _ tag: String) -> String {
      "\(id)\t\(word)\tlemma\t\(tag)\tX\tA=b\t0\troot\t_\tSpaceAfter=No|K=v"
    }
    let lines = [
      "# newdoc", line("1", "The", "_"), line("2-3", "cats", "_"), line("2", "cat", "WRONG"), line("2.1", "no", "_"),
      line("3", "sees", "_"), "", "# last",
    ]
    let expected = tagger.tags(ofWords: ["The", "cat", "sees"]).tags
    let output = try tagged(lines.joined(separator: "\n") + "\n", tagger)
    #expect(
      output == [
        lines[0], line("1", "The", expected[0]), lines[2], line("2", "cat", expected[1]), lines[4],
        line("3", "sees", expected[2]), "", lines[7], "",
      ])
  }

  @Test func `CoNLL-U with spaces between its columns keeps them`() throws {
    let tagger = try SequenceTaggerTests.trained(.word)
    let tags = tagger.tags(ofWords: ["The", "cat"]).tags
    func text(_ tags: [String]) -> String { "1 The _ \(tags[0]) _ _ 0 det _ _\n2 cat _ \(tags[1]) _ _ 0 root _ _\n" }
    let output = try tagged(text(["X", "X"]), tagger).joined(separator: "\n")
    #expect(output == text(tags))
  }

  @Test(arguments: ["words", "words with tags", "tags with words"])
  func `what was written reads back with all tags right`(layout: String) throws {
    let tagger = try SequenceTaggerTests.trained(.word)
    let words = ["The", "cat", "sees", "a", "tree", "."]
    let rows = words.map { word in
      switch layout {
      case "words": word
      case "words with tags": "\(word)\t\(word == "cat" ? "B-LOC" : "O")"
      default: "\(word == "cat" ? "B-LOC" : "O")\t\(word)"
      }
    }
    let folder = try TemporaryFolder()
    let output = try tagged((rows + [""] + rows).joined(separator: "\n") + "\n", tagger)
    let sentences = try TaggedTextSource(path: try folder.write(output.joined(separator: "\n"), to: "out.txt"))
      .sentences()
    #expect(sentences.map { $0.tokens.map(\.text) } == [words, words])
    #expect(sentences.allSatisfy { $0.tokens.map(\.tag) == tagger.tags(ofWords: words).tags })
  }

  @Test func `many and long sentences come in order`() throws {
    let tagger = try SequenceTaggerTests.trained(.word, ["epochs=1"])
    let words = ["the", "cat", "sees", "a", "tree"]
    let lengths = [1, 9_000, 3] + (0..<4_000).map { $0 % 7 + 1 }
    let text = lengths.map { length in (0..<length).map { words[$0 % 5] + "\n" }.joined() }.joined(separator: "\n")
    let output = try tagged(text, tagger)
    let input = text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(output.count == input.count)
    #expect(zip(output, input).allSatisfy { $1.isEmpty ? $0.isEmpty : $0.hasPrefix($1 + "\t") })
  }

  @Test func `marks on lines of their own go on with the tag of their character`() throws {
    let tagger = try SequenceTaggerTests.trained(.character)
    let output = try tagged("张\n三\n\u{301}\n去\n", tagger)
    #expect(
      output.dropLast().map { $0.split(separator: "\t").last.map(String.init) } == ["B-PER", "M-PER", "E-PER", "O"])
    let error = #expect(throws: DataError.self) { try tagged("张三\n去\n", tagger) }
    #expect(error?.problem.contains("characters") == true)
  }

  @Test func `answers to the sentences of a file are those to its sentences`() throws {
    let tagger = try SequenceTaggerTests.trained(.word, ["epochs=1"])
    let folder = try TemporaryFolder()
    let source = try TaggedTextSource(
      path: try folder.write("the X\ncat Y\n\na X\n", to: "in.txt"), options: TaggedTextOptions(needsTags: false))
    var answers: [SentenceTags] = []
    try tagger.forEachTags(of: source, sequences: 2) { answers += $0 }
    #expect(answers == (try source.sentences()).flatMap { tagger.tags(of: [$0], sequences: 2) })
    #expect(answers.map(\.text) == ["the cat", "a"])
  }
}
