internal import CharCNNCompute
internal import CharCNNText

/// Sentences in which some spans are replaced by others of the same type, anew in each epoch: a network that sees other names
/// in the same places learns the places (Dai & Adel 2020, "An Analysis of Simple Data Augmentation for Named Entity
/// Recognition": mention replacement).
public struct SpanSwaps: Sendable {
  private struct Span {
    let type: Int
    let rows: Range<Int>
  }

  private let sentences: EncodedSentences
  /// The spans of each sentence, in rows of all sentences.
  private let spans: [[Span]]
  /// All spans of each type.
  private let pool: [[Range<Int>]]
  private let rate: Float
  private let seed: UInt64

  /// Collects the spans.
  ///
  /// - Parameters:
  ///   - sentences: Sentences with known tags.
  ///   - chosen: Which of them lend their spans.
  ///   - labels: The tags in the order of their numbers.
  ///   - rate: Rate at which spans are replaced.
  ///   - seed: Of the run.
  public init(_ sentences: EncodedSentences, chosen: [Int], labels: [String], rate: Float, seed: UInt64) {
    var types: [String: Int] = [:]
    var pool: [[Range<Int>]] = []
    var spans = [[Span]](repeating: [], count: sentences.count)
    for sentence in chosen {
      let rows = sentences.rows(of: sentence)
      for span in TagSpan.spans(of: rows.map { sentences.tag(of: $0, labels: labels) }) {
        if types[span.type] == nil {
          types[span.type] = pool.count
          pool.append([])
        }
        guard let type = types[span.type] else { continue }
        let place = rows.lowerBound + span.tokens.lowerBound..<rows.lowerBound + span.tokens.upperBound
        pool[type].append(place)
        spans[sentence].append(Span(type: type, rows: place))
      }
    }
    self.sentences = sentences
    self.spans = spans
    self.pool = pool
    self.rate = rate
    self.seed = seed
  }

  /// Some sentences as they are in an epoch; the same whichever others are asked for beside them.
  func edition(of numbers: [Int], epoch: Int) -> EncodedSentences {
    let randomness = Randomness(seed: seed, step: UInt64(epoch))
    var result = EncodedSentences(unit: sentences.unit)
    for sentence in numbers {
      var stream = RandomStream(key: randomness.key(.augmentation, index: sentence))
      let rows = sentences.rows(of: sentence)
      var next = rows.lowerBound
      for span in spans[sentence] {
        result.appendRows(next..<span.rows.lowerBound, of: sentences)
        let others = pool[span.type]
        let isSwapped = stream.uniform() < rate
        let other = others[stream.below(others.count)]
        result.appendRows(isSwapped ? other : span.rows, of: sentences)
        next = span.rows.upperBound
      }
      result.appendRows(next..<rows.upperBound, of: sentences)
      result.endSentence()
    }
    return result
  }
}
