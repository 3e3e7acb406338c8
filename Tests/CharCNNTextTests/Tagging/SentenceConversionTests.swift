import CharCNNText
import TestSupport
import Testing

/// Sentences with tags in another format.
@Suite struct SentenceConversionTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Converts a file and reads the result again.
  private func convert(
    _ content: String, to format: TaggedTextFormat, _ options: TaggedTextOptions = .init(needsTags: false),
    column: String? = nil, byCharacters: Bool = false
  ) throws -> (conversion: SentenceConversion, text: String, differing: Int) {
    let path = try folder.write(content, to: "input")
    let source = try TaggedTextSource(path: path, options: options)
    var conversion = try SentenceConversion(source, to: format, column: column, byCharacters: byCharacters)
    var bytes: [UInt8] = []
    try source.forEachSentenceWithLines { bytes += conversion.convert($0, $1) }
    let text = String(decoding: bytes, as: UTF8.self)
    let output = try folder.write(text, to: "output")
    let differing = try conversion.differing(from: TaggedTextSource(path: output, options: conversion.options))
    return (conversion, text, differing)
  }

  private static let treebank = """
    # newdoc id = 1
    # sent_id = 7
    # text = Let's go home.
    1-2\tLet's\t_\t_\t_\t_\t_\t_\t_\t_
    1\tLet\tlet\tVERB\tVB\tMood=Imp\t0\troot\t_\t_
    2\t's\tus\tPRON\tPRP\t_\t1\tobj\t_\t_
    3\tgo\tgo\tVERB\tVB\t_\t1\txcomp\t_\tNE=O
    3.1\tback\tback\tADV\t_\t_\t_\t_\t_\t_
    4\thome\thome\tADV\tRB\t_\t3\tadvmod\t_\tSpaceAfter=No
    5\t.\t.\tPUNCT\t.\t_\t1\tpunct\t_\t_

    # text = Stop
    1\tStop\tstop\tVERB\tVB\t_\t0\troot\t_\t_


    """

  @Test func `a treebank becomes columns, and what they cannot hold is counted`() throws {
    let (conversion, text, differing) = try convert(Self.treebank, to: .columns)
    #expect(text == "Let\tVERB\n's\tPRON\ngo\tVERB\nhome\tADV\n.\tPUNCT\n\nStop\tVERB\n\n")
    #expect(conversion.sentences == 2 && conversion.tokens == 6 && differing == 0 && conversion.tagColumn == nil)
    #expect(conversion.losses == [.comments: 2, .contractions: 1, .emptyNodes: 1, .spaces: 1])
    #expect(conversion.columnsLeftOut == ["lemma", "xpos", "feats", "head", "deprel", "NE of misc"])
    let others = try convert(
      Self.treebank, to: .columns, TaggedTextOptions(tagColumn: .name("xpos"), needsTags: false))
    #expect(others.text.hasPrefix("Let\tVB\n's\tPRP\n") && others.conversion.columnsLeftOut.contains("upos"))
  }

  @Test func `names in columns become CoNLL-U, where spans have a key of their own`() throws {
    let columns = "-DOCSTART- O\n\nAnn NNP B-PER\nlives VBZ O\nhere RB O\n\n北京 NR B-LOC\n很 AD O\n大 VA O\n\n"
    let (conversion, text, differing) = try convert(columns, to: .conllu)
    #expect(differing == 0 && conversion.tagColumn == "Tag" && conversion.sentences == 2)
    #expect(text.contains("1\tAnn\t_\t_\t_\t_\t_\t_\t_\tTag=B-PER\n"))
    #expect(text.contains("# text = 北京很大\n1\t北京\t_\t_\t_\t_\t_\t_\t_\tTag=B-LOC|SpaceAfter=No\n"))
    #expect(conversion.columnsLeftOut == ["column 2"] && conversion.losses == [.comments: 1])
    let back = try convert(text, to: .columns, TaggedTextOptions(tagColumn: .name("Tag"), needsTags: false))
    #expect(back.text == "Ann\tB-PER\nlives\tO\nhere\tO\n\n北京\tB-LOC\n很\tO\n大\tO\n\n" && back.differing == 0)
    #expect(back.conversion.losses.isEmpty)
    let named = try convert(columns, to: .conllu, column: "NE")
    #expect(named.text.contains("\tNE=B-PER\n") && named.differing == 0)
  }

  @Test func `tags of characters stay, and words become characters where that is asked for`() throws {
    let characters = "北 B\n京 E\n很 S\n好 S\n\n"
    let (conversion, text, differing) = try convert(characters, to: .conllu)
    #expect(differing == 0 && conversion.tokens == 4 && conversion.losses.isEmpty)
    #expect(text.contains("# text = 北京很好\n") && text.contains("1\t北\t_\t_\t_\t_\t_\t_\t_\tTag=B|SpaceAfter=No\n"))
    let words = try convert("北京 NR\n很 AD\n大 VA\n\n", to: .columns, byCharacters: true)
    #expect(words.text == "北\tB-NR\n京\tE-NR\n很\tS-AD\n大\tS-VA\n\n" && words.differing == 0)
    let spans = try convert("New B-LOC\nYork I-LOC\n! O\n\n", to: .columns, byCharacters: true)
    #expect(
      spans.text.hasPrefix("N\tB-LOC\ne\tI-LOC\nw\tI-LOC\nY\tI-LOC\n") && spans.text.hasSuffix("k\tE-LOC\n!\tO\n\n"))
    #expect(spans.conversion.losses == [.spaces: 1])
  }

  @Test func `what is read otherwise than it was meant is told`() throws {
    let treebank = "1\t# x\t_\tX\t_\t_\t_\t_\t_\t_\n2\ta\t_\tY\t_\t_\t_\t_\t_\t_\n3\tb\t_\t_\t_\t_\t_\t_\t_\t_\n\n"
    let (conversion, text, differing) = try convert(treebank, to: .columns)
    #expect(text == "# x\tX\na\tY\nb\t_\n\n" && conversion.losses[.withoutTag] == 1)
    let path = try folder.write("# x\tX\na\tY\n\nc\tZ\n\n", to: "other")
    var other = conversion
    #expect(try other.differing(from: TaggedTextSource(path: path, options: other.options)) > 0)
    #expect(differing <= 1)
  }

  @Test func `sentences without any tag, and files without any sentence, are refused`() throws {
    for content in ["1\ta\t_\t_\t_\t_\t_\t_\t_\t_\n\n", "a\nb\n\n"] {
      #expect(throws: DataError.self) { try convert(content, to: .columns) }
    }
    #expect(throws: DataError.self) {
      try convert(Self.treebank, to: .columns, TaggedTextOptions(tagColumn: .name("Sense"), needsTags: false))
    }
  }
}
