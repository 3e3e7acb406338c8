public import CharCNNCompute
public import CharCNNNetworks
public import CharCNNText

/// Pairs of texts turned into alphabet indices, with the numbers of their labels or their scores.
public struct EncodedPairs: Sendable {
  /// First and second text of each pair, one after the other.
  private var texts = MemoryCorpus()
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
  public init() {}

  /// Number of pairs.
  public var count: Int { labels.count }

  /// Adds a pair.
  ///
  /// - Parameters:
  ///   - pair: Two texts; its label is looked up.
  ///   - labels: Numbers of the known labels; nil where labels are not looked up.
  ///   - score: Its score.
  ///   - encoder: Alphabet and settings.
  public mutating func append(_ pair: TextPair, labels known: LabelSet?, score: Float, encoder: TextEncoder) {
    let number = known.flatMap { known in pair.label.flatMap { known.index(of: $0) } }
    if known != nil, number == nil { unseen[labels.count] = pair.label ?? "" }
    for text in [pair.first, pair.second] {
      texts.append(label: 0) { indices in
        if encoder.encode(text, into: &indices).wasCut { cutTexts += 1 }
        characters += indices.count
      }
    }
    labels.append(number ?? -1)
    scores.append(score)
  }

  /// Characters of both texts of a pair; an empty text counts as one.
  public func length(of pair: Int) -> Int {
    max(texts.length(of: 2 * pair), 1) + max(texts.length(of: 2 * pair + 1), 1)
  }

  /// Packs pairs: their first texts, then their second ones.
  public func batch(of pairs: [Int], workspace: Workspace) -> CharacterBatch {
    func text(_ place: Int) -> Int {
      place < pairs.count ? 2 * pairs[place] : 2 * pairs[place - pairs.count] + 1
    }
    return CharacterBatch(
      count: 2 * pairs.count, fixedLength: nil, workspace: workspace, length: { texts.length(of: text($0)) },
      copy: { place, buffer in texts.copyCharacters(of: text(place), into: buffer) })
  }
}
