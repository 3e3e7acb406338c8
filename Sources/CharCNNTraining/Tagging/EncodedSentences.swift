public import CharCNNCompute
public import CharCNNNetworks
public import CharCNNText

/// Sentences turned into alphabet indices and tag numbers, one after another.
public struct EncodedSentences: Sendable {
  /// What has a tag.
  public let unit: TaggingUnit
  /// Indices of all characters of all rows.
  private var characters: [Int32] = []
  /// Where each row's characters end.
  private var rowEnds: [Int] = []
  /// Where each sentence's rows end.
  private var sentenceEnds: [Int] = []
  /// The number of each row's tag; -1 for one that is unknown.
  public private(set) var labels: [Int32] = []
  /// The tags of rows with the number -1.
  public private(set) var unseen: [Int: String] = [:]
  /// Tokens that were longer than the longest length.
  public private(set) var cutTokens = 0

  /// Sentences of one kind.
  public init(unit: TaggingUnit) { self.unit = unit }

  /// Number of sentences.
  public var count: Int { sentenceEnds.count }
  /// Number of rows of all sentences.
  public var rows: Int { rowEnds.count }
  /// Number of characters of all sentences.
  public var characterCount: Int { characters.count }

  /// The rows of a sentence.
  public func rows(of sentence: Int) -> Range<Int> {
    (sentence == 0 ? 0 : sentenceEnds[sentence - 1])..<sentenceEnds[sentence]
  }

  /// Number of characters of a sentence.
  public func characterCount(of sentence: Int) -> Int {
    let rows = rows(of: sentence)
    return rows.isEmpty ? 0 : rowEnds[rows.upperBound - 1] - (rows.lowerBound == 0 ? 0 : rowEnds[rows.lowerBound - 1])
  }

  /// The tag of a row.
  public func tag(of row: Int, labels names: [String]) -> String {
    labels[row] < 0 ? unseen[row] ?? "" : names[Int(labels[row])]
  }

  /// Adds a sentence.
  ///
  /// - Parameters:
  ///   - tokens: Its tokens. Where characters have tags, each token is one character: the first unit that it is normalized
  ///     to stands for it.
  ///   - labels: Numbers of the known tags.
  ///   - encoder: Alphabet and settings; its longest length bounds a token.
  public mutating func append(_ tokens: some Sequence<TaggedToken>, labels numbers: LabelSet, encoder: TextEncoder) {
    for token in tokens {
      let start = characters.count
      let outcome = encoder.encode(token.text, into: &characters)
      if unit == .character {
        if outcome.count == 0 { characters.append(Alphabet.unknown) }
        characters.removeLast(characters.count - start - 1)
      } else if outcome.wasCut {
        cutTokens += 1
      }
      let number = token.tag.flatMap { numbers.index(of: $0) }
      if number == nil, let tag = token.tag { unseen[labels.count] = tag }
      labels.append(number ?? -1)
      rowEnds.append(characters.count)
    }
    sentenceEnds.append(rowEnds.count)
  }

  /// Copies rows of other sentences, with their tags, to the end of the sentence that ``endSentence()`` will end.
  mutating func appendRows(_ rows: Range<Int>, of other: EncodedSentences) {
    for row in rows {
      characters += other.characters[other.characterRange(row)]
      rowEnds.append(characters.count)
      labels.append(other.labels[row])
    }
  }

  /// Makes a sentence of the rows since the last one.
  mutating func endSentence() { sentenceEnds.append(rowEnds.count) }

  /// Packs sentences and the numbers of their tags.
  public func batch(of sentences: [Int], workspace: Workspace) -> (batch: TaggingBatch, labels: IndexTensor) {
    let total = sentences.reduce(0) { $0 + rows(of: $1).count }
    let tags = workspace.indices(count: total)
    // Rows of the batch in the order of its sentences.
    let numbers = workspace.indices(count: total)
    let offsets = workspace.indices(count: sentences.count + 1)
    offsets.host[0] = 0
    var next = 0
    for (place, sentence) in sentences.enumerated() {
      for row in rows(of: sentence) {
        tags.host[next] = labels[row]
        numbers.host[next] = Int32(truncatingIfNeeded: row)
        next += 1
      }
      offsets.host[place + 1] = Int32(truncatingIfNeeded: next)
    }
    let packed = PackedSequences(offsets: offsets)
    switch unit {
    case .character:
      let indices = workspace.indices(count: total)
      for row in 0..<total { indices.host[row] = characters[Int(numbers.host[row])] }
      return (TaggingBatch(characters: CharacterBatch(characters: indices, sequences: packed)), tags)
    case .word:
      let words = CharacterBatch(
        count: total, fixedLength: nil, workspace: workspace,
        length: { characterRange(Int(numbers.host[$0])).count },
        copy: { word, buffer in
          let first = characterRange(Int(numbers.host[word])).lowerBound
          _ = buffer.update(fromContentsOf: characters[first..<first + buffer.count])
        })
      return (TaggingBatch(words: words, sentences: packed), tags)
    }
  }

  private func characterRange(_ row: Int) -> Range<Int> { (row == 0 ? 0 : rowEnds[row - 1])..<rowEnds[row] }
}
