public import CharCNNCompute
public import CharCNNNetworks
public import CharCNNText

/// Pairs of texts turned into alphabet indices, with the numbers of their labels or their scores: in memory, or read again
/// from their file each time they are needed.
public struct EncodedPairs: Sendable {
  /// First and second text of each pair, one after the other; empty where they are read from their file.
  private var memory = MemoryCorpus()
  /// The file that pairs are read from again, once they are more than memory shall hold.
  private var file: TextPairSource?
  /// Characters of the first and second text of each pair.
  private var lengths: [Int32] = []
  /// Where the pairs stand in their file.
  private var references = RecordReferences()
  private let source: TextPairSource?
  private let encoder: TextEncoder
  private let memoryBudget: Int
  /// The number of each pair's label; -1 for one that is unknown.
  public private(set) var labels: [Int32] = []
  /// The score of each pair; 0 where there are labels.
  public private(set) var scores: [Float] = []
  /// The labels of pairs with the number -1.
  public private(set) var unseen: [Int: String] = [:]
  /// Texts that were longer than the longest length.
  public private(set) var cutTexts = 0
  /// Characters of all texts.
  public private(set) var characters = 0

  /// No pairs.
  ///
  /// - Parameters:
  ///   - encoder: Alphabet and settings.
  ///   - source: Where they can be read again, once they are more than fit into memory; nil keeps them all.
  ///   - memoryBudget: Encoded characters to keep in memory at most.
  public init(
    encoder: TextEncoder, source: TextPairSource? = nil, memoryBudget: Int = EncodedTexts.memoryBudget
  ) {
    self.encoder = encoder
    self.source = source
    self.memoryBudget = memoryBudget
  }

  /// Number of pairs.
  public var count: Int { labels.count }

  /// Adds a pair.
  ///
  /// - Parameters:
  ///   - pair: Two texts; its label is looked up.
  ///   - labels: Numbers of the known labels; nil where labels are not looked up.
  ///   - score: Its score.
  ///   - reference: Where it stands in the file; nil for a pair of none.
  public mutating func append(
    _ pair: TextPair, labels known: LabelSet?, score: Float, reference: RecordReference? = nil
  ) {
    let number = known.flatMap { known in pair.label.flatMap { known.index(of: $0) } }
    if known != nil, number == nil { unseen[labels.count] = pair.label ?? "" }
    for text in [pair.first, pair.second] {
      var indices: [Int32] = []
      if encoder.encode(text, into: &indices).wasCut { cutTexts += 1 }
      characters += indices.count
      lengths.append(Int32(clamping: indices.count))
      if file == nil { memory.append(label: 0) { $0 += indices } }
    }
    labels.append(number ?? -1)
    scores.append(score)
    guard let source, let reference else { return }
    references.append(reference)
    if file == nil, characters > memoryBudget { (file, memory) = (source, MemoryCorpus()) }
  }

  /// Characters of both texts of a pair; an empty text counts as one.
  public func length(of pair: Int) -> Int {
    max(Int(lengths[2 * pair]), 1) + max(Int(lengths[2 * pair + 1]), 1)
  }

  /// Packs pairs: their first texts, then their second ones.
  ///
  /// - Parameters:
  ///   - pairs: Their numbers.
  ///   - workspace: Memory for the batch.
  /// - Throws: `DataError` when a pair that is not in memory cannot be read again.
  public func batch(of pairs: [Int], workspace: Workspace) throws -> CharacterBatch {
    if let file {
      let texts = try pairs.map { try readAgain($0, in: file) }
      return .pairs(texts.map(\.0), texts.map(\.1), workspace: workspace)
    }
    func text(_ place: Int) -> Int {
      place < pairs.count ? 2 * pairs[place] : 2 * pairs[place - pairs.count] + 1
    }
    return CharacterBatch(
      count: 2 * pairs.count, fixedLength: nil, workspace: workspace, length: { memory.length(of: text($0)) },
      copy: { place, buffer in memory.copyCharacters(of: text(place), into: buffer) })
  }

  /// Both texts of a pair, encoded anew.
  private func readAgain(_ number: Int, in source: TextPairSource) throws -> ([Int32], [Int32]) {
    let reference = references[number]
    let pair = try source.pair(at: reference)
    var (first, second): ([Int32], [Int32]) = ([], [])
    encoder.encode(pair.first, into: &first)
    encoder.encode(pair.second, into: &second)
    guard first.count == Int(lengths[2 * number]), second.count == Int(lengths[2 * number + 1]) else {
      throw DataError(
        .unreadable, path: source.path, line: Int(reference.line), problem: "the pair has changed",
        advice: "keep the file as it is while it is in use")
    }
    return (first, second)
  }
}

extension CharacterBatch {
  /// Packs pairs of encoded texts: the first texts, then the second ones.
  package static func pairs(_ firsts: [[Int32]], _ seconds: [[Int32]], workspace: Workspace) -> CharacterBatch {
    func text(_ place: Int) -> [Int32] { place < firsts.count ? firsts[place] : seconds[place - firsts.count] }
    return CharacterBatch(
      count: 2 * firsts.count, fixedLength: nil, workspace: workspace, length: { text($0).count },
      copy: { place, buffer in _ = buffer.update(fromContentsOf: text(place).prefix(buffer.count)) })
  }
}
