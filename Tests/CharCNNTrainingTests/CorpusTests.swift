import CharCNNText
import CharCNNTraining
import Foundation
import TestSupport
import Testing

@Suite struct CorpusTests {
  private let texts: [(text: String, label: String)] = [
    ("A small town, by the sea", "place"), ("", "empty"), ("zażółć gęślą jaźń", "polish"), ("no\nend", "place"),
    (String(repeating: "long ", count: 30), "empty"),
  ]

  private func encoder(maximumLength: Int = 40) throws -> TextEncoder {
    let settings = TextSettings(maximumLength: maximumLength)
    var builder = AlphabetBuilder()
    for (text, _) in texts { builder.add(text: text, settings: settings) }
    return TextEncoder(settings: settings, alphabet: builder.build())
  }

  private func source(in folder: TemporaryFolder) throws -> LabeledTextSource {
    let lines = texts.filter { !$0.text.isEmpty }.map { "\"\($0.text)\",\($0.label)" }
    let path = try folder.write((["text,label"] + lines).joined(separator: "\n") + "\n", to: "data.csv")
    return try LabeledTextSource(path: path)
  }

  private func characters(of text: Int, in corpus: any TextCorpus) throws -> [Int32] {
    var result = [Int32](repeating: -7, count: corpus.length(of: text))
    try result.withUnsafeMutableBufferPointer { try corpus.copyCharacters(of: text, into: $0) }
    return result
  }

  private let labels = LabelSet(["place", "polish", "empty"])

  @Test func `texts in memory and texts read again have the same characters`() throws {
    let folder = try TemporaryFolder()
    let source = try source(in: folder)
    let memory = try EncodedTexts(Examples(source), encoder: encoder(), labels: labels)
    let file = try EncodedTexts(Examples(source), encoder: encoder(), labels: labels, memoryBudget: 0)
    #expect(memory.corpus is MemoryCorpus)
    #expect(!(file.corpus is MemoryCorpus))
    #expect(memory.corpus.count == 4 && file.corpus.count == 4)
    #expect(memory.cutTexts == 1 && file.cutTexts == 1)
    #expect(memory.characters == file.characters)
    for text in 0..<4 {
      #expect(memory.corpus.label(of: text) == file.corpus.label(of: text))
      #expect(try characters(of: text, in: memory.corpus) == characters(of: text, in: file.corpus))
    }
  }

  @Test func `texts in memory have the characters of the encoder and the class numbers of the labels`() throws {
    let encoder = try encoder()
    let encoded = try EncodedTexts(Examples(texts), encoder: encoder, labels: LabelSet(["place", "empty"]))
    for (number, (text, label)) in texts.enumerated() {
      #expect(try characters(of: number, in: encoded.corpus) == encoder.encodeWithRanges(text).indices)
      #expect(encoded.corpus.label(of: number) == (label == "polish" ? -1 : label == "empty" ? 0 : 1))
    }
    #expect(encoded.unseenLabels == ["polish": 1])
    #expect(encoded.unseen == [2: "polish"])
  }

  @Test(arguments: CharacterUnit.allCases)
  func `the beginnings of texts are those that a shorter reading gives`(unit: CharacterUnit) throws {
    let folder = try TemporaryFolder()
    let source = try source(in: folder)
    func encoder(_ length: Int) throws -> TextEncoder {
      var settings = TextSettings(unit: unit, maximumLength: 40)
      var builder = AlphabetBuilder()
      for (text, _) in texts { builder.add(text: text, settings: settings) }
      settings.maximumLength = length
      return TextEncoder(settings: settings, alphabet: builder.build())
    }
    for limit in [1, 7, 12, 39] {
      let short = try EncodedTexts(Examples(source), encoder: encoder(limit), labels: labels)
      for memoryBudget in [0, 1_000_000] {
        let long = try EncodedTexts(
          Examples(source), encoder: encoder(40), labels: labels, shortest: limit, memoryBudget: memoryBudget)
        #expect(long.cutTexts == short.cutTexts)
        let limited = long.corpus.limited(to: limit)
        #expect(limited.count == 4)
        for text in 0..<4 {
          #expect(limited.label(of: text) == short.corpus.label(of: text))
          #expect(try characters(of: text, in: limited) == characters(of: text, in: short.corpus))
        }
      }
    }
  }

  @Test func `a subset has the chosen texts in the chosen order`() throws {
    let encoded = try EncodedTexts(Examples(texts), encoder: encoder(), labels: labels)
    let subset = CorpusSubset(encoded.corpus, texts: [3, 0])
    #expect(subset.count == 2)
    #expect(try characters(of: 0, in: subset) == characters(of: 3, in: encoded.corpus))
    #expect(try characters(of: 1, in: subset) == characters(of: 0, in: encoded.corpus))
  }

  @Test func `augmented texts differ from epoch to epoch and depend on seed, epoch and text alone`() throws {
    let folder = try TemporaryFolder()
    let replacement = try SynonymReplacement(
      thesaurus: Thesaurus([("small", ["little", "tiny"]), ("town", ["city"]), ("sea", ["ocean", "water"])]),
      wordChance: 0.9)
    let encoder = try encoder()
    var seen: [Set<[Int32]>] = []
    for texts in [Examples<LabeledText>(texts.filter { !$0.text.isEmpty }), Examples(try source(in: folder))] {
      let encoded = try EncodedTexts(texts, encoder: encoder, labels: labels, keepsOriginals: true)
      let corpus = CorpusSubset(try encoded.augmented(by: replacement, seed: 7), texts: [2, 0])
      var editions: Set<[Int32]> = []
      for epoch in 1...8 {
        let both = try corpus.edition(of: [0, 1], epoch: epoch)
        let alone = try corpus.edition(of: [1], epoch: epoch)
        let first = try characters(of: both.texts[1], in: both.corpus)
        #expect(first == (try characters(of: alone.texts[0], in: alone.corpus)))
        // The other text has no word of the thesaurus.
        #expect(
          try characters(of: both.texts[0], in: both.corpus)
            == characters(of: 2, in: encoded.corpus))
        editions.insert(first)
      }
      #expect(editions.count > 1)
      #expect(try characters(of: 1, in: corpus) == characters(of: 0, in: encoded.corpus))
      seen.append(editions)
    }
    #expect(seen[0] == seen[1], "texts of a file and of an array are augmented alike")
  }

  @Test func `a file that changed under a run is an error with file and line`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("text,label\nabcdef,place\nghijkl,polish\n", to: "data.csv")
    let source = try LabeledTextSource(path: path)
    let encoded = try EncodedTexts(Examples(source), encoder: encoder(), labels: labels, memoryBudget: 0)
    try overwriteInPlace(path, "text,label\nabcdef,place\ng,polish\n     ")
    let error = #expect(throws: DataError.self) { try characters(of: 1, in: encoded.corpus) }
    #expect(error?.path == path)
    #expect(error?.line == 3)
  }

  @Test func `a file that becomes shorter while it is read is an error and no crash`() throws {
    let folder = try TemporaryFolder()
    let rows = (0..<4_000).map { "a text of some length, number \($0)\tplace\n" }.joined()
    let path = try folder.write("text\tlabel\n" + rows, to: "data.tsv")
    let source = try LabeledTextSource(path: path)
    var last: RecordReference?
    var read = 0
    let error = #expect(throws: DataError.self) {
      try source.forEachRecord { _, reference in
        read += 1
        last = reference
        if read == 10 {
          let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
          try handle.truncate(atOffset: 64)
          try handle.close()
        }
      }
    }
    #expect(error?.kind == .unreadable && error?.description.contains("shorter") == true)
    #expect(read == 10)
    let gone = try #require(last)
    #expect(throws: DataError.self) { try source.record(at: gone) }
  }

  @Test func `indices beyond two bytes are kept`() {
    var corpus = MemoryCorpus()
    let texts: [[Int32]] = [[1, 65_535], [], [65_536, 2, 1_000_000], [3]]
    for (label, text) in texts.enumerated() { corpus.append(label: Int32(label)) { $0 += text } }
    #expect(corpus.count == 4)
    for (number, text) in texts.enumerated() {
      #expect(corpus.length(of: number) == text.count && corpus.label(of: number) == number)
      var copy = [Int32](repeating: -7, count: text.count)
      copy.withUnsafeMutableBufferPointer { corpus.copyCharacters(of: number, into: $0) }
      #expect(copy == text)
    }
  }
}

/// Texts that are cut to runs of words in training.
@Suite struct CutCorpusTests {
  private let texts: [(text: String, label: String)] = [
    ("one small town by the sea and nothing else to be seen for many miles", "a"), ("一二三四五六七八九十一二三四五六七八九十", "b"),
    ("ab", "a"), ("", "b"),
  ]

  private func cut(_ part: Float) throws -> (any TextCorpus, TextEncoder) {
    var builder = AlphabetBuilder()
    for (text, _) in texts { builder.add(text: text, settings: TextSettings()) }
    let encoder = TextEncoder(settings: TextSettings(), alphabet: builder.build())
    let corpus = try EncodedTexts(Examples(texts), encoder: encoder, labels: LabelSet(["a", "b"])).corpus
    return (corpus.cut(part: part, seed: 3, encoder: encoder), encoder)
  }

  private func edition(_ corpus: any TextCorpus, _ encoder: TextEncoder, text: Int, epoch: Int) throws -> String {
    let (edition, numbers) = try corpus.edition(of: [text], epoch: epoch)
    let number = try #require(numbers.first)
    var characters = [Int32](repeating: 0, count: edition.length(of: number))
    try characters.withUnsafeMutableBufferPointer { try edition.copyCharacters(of: number, into: $0) }
    #expect(edition.label(of: number) == corpus.label(of: text))
    return characters.compactMap { encoder.alphabet.unit(at: $0) }.joined()
  }

  @Test func `runs are of whole words, of all lengths, and others in each epoch`() throws {
    let (corpus, encoder) = try cut(1)
    let words = texts[0].text.split(separator: " ")
    var lengths: Set<Int> = []
    var firsts: Set<String> = []
    for epoch in 1...300 {
      let run = try edition(corpus, encoder, text: 0, epoch: epoch)
      #expect(try run == edition(corpus, encoder, text: 0, epoch: epoch))
      let parts = run.split(separator: " ", omittingEmptySubsequences: false)
      lengths.insert(parts.count)
      firsts.insert(String(parts[0]))
      #expect((0...words.count - parts.count).contains { Array(words[$0..<$0 + parts.count]) == parts }, "\(run)")
    }
    #expect(lengths.isSuperset(of: 1...8) && firsts.count > 8)
  }

  @Test func `scripts without spaces are cut anywhere`() throws {
    let (corpus, encoder) = try cut(1)
    let lengths = try (1...300).map { try edition(corpus, encoder, text: 1, epoch: $0).count }
    #expect(lengths.min() == 3 && lengths.max() ?? 0 > 15)
    let mean = Double(lengths.reduce(0, +)) / 300
    #expect(abs(mean - Double(corpus.plannedLength(of: 1))) < 2)
  }

  @Test func `short texts stay, and so does the part that is not cut`() throws {
    let (corpus, encoder) = try cut(0.25)
    #expect(try edition(corpus, encoder, text: 2, epoch: 1) == "ab")
    #expect(try edition(corpus, encoder, text: 3, epoch: 1).isEmpty)
    let whole = try (1...400).count { try edition(corpus, encoder, text: 0, epoch: $0) == texts[0].text }
    #expect((260...350).contains(whole))
    #expect(corpus.length(of: 0) == texts[0].text.count)
  }
}
