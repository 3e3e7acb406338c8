internal import Foundation

/// A trained tagger: a tag for every character or word of a sentence.
///
/// It is immutable: any number of threads may share one and predict at the same time.
///
/// ```swift
/// let (tagger, _) = try SequenceTagger.train(on: TaggedTextSource(path: "train.conllu"))
/// try tagger.write(to: "words.charcnn")
/// for sentence in tagger.tags(in: "The cat sat.") { print(sentence.tags) }
/// ```
public final class SequenceTagger: Sendable {
  /// Network and settings.
  public let architecture: TaggerArchitecture
  /// The tags in the order of the scores.
  public let labels: [String]
  /// How tags mark spans.
  public let scheme: TagScheme
  /// The characters.
  public let alphabet: Alphabet
  /// How words and characters become units.
  public let textSettings: TextSettings
  /// What the model file says about the training.
  public let record: TaggingRecord?
  /// The network, for its layers and parameters.
  public let network: any TaggingNetwork

  let store: ParameterStore
  let device: any Device
  let encoder: TextEncoder
  let labelSet: LabelSet
  private let constraints: TagConstraints
  private let workspaces = WorkspacePool()

  /// Tokens that are predicted as one sentence at most; longer ones are cut.
  static let longestSentence = 4_096

  /// Puts a tagger together; the store is packed for prediction and must not change any more.
  init(
    architecture: TaggerArchitecture, network: any TaggingNetwork, store: ParameterStore, encoder: TextEncoder,
    labels: LabelSet, device: any Device, record: TaggingRecord?
  ) {
    self.architecture = architecture
    self.network = network
    self.store = store
    self.device = device
    self.encoder = encoder
    self.record = record
    labelSet = labels
    self.labels = labels.labels
    alphabet = encoder.alphabet
    textSettings = encoder.settings
    scheme = TagScheme(recognizing: labels.labels)
    constraints = TagConstraints(labels: labels.labels, scheme: scheme)
    store.freeze(device: device)
  }

  /// What has a tag.
  public var unit: TaggingUnit { architecture.unit }

  /// Tags a text: cuts it into sentences and those into characters, or into words.
  ///
  /// - Parameters:
  ///   - text: Any text.
  ///   - sequences: Number of best sequences of each sentence.
  ///   - segmenter: A character tagger whose spans are the words, for a tagger of words; nil for ``TextSegmentation``'s rule.
  /// - Returns: The sentences in their order; ranges are places in `text`.
  public func tags(in text: String, sequences: Int = 1, segmenter: SequenceTagger? = nil) -> [SentenceTags] {
    tags(of: sentences(of: text, segmenter: segmenter), sequences: sequences)
  }

  /// Tags a sentence that is cut into words already; ranges are places in the words joined by spaces.
  public func tags(ofWords words: [String], sequences: Int = 1) -> SentenceTags {
    tags(of: [TaggedSentence(words: words)], sequences: sequences)[0]
  }

  /// Tags many sentences at once, which is faster than one after another.
  ///
  /// - Parameters:
  ///   - sentences: Sentences with their tokens: characters or words, as the tagger needs them. Their tags are not read.
  ///   - sequences: Number of best sequences of each sentence.
  /// - Returns: For each sentence its tags; ranges are places in its text.
  public func tags(of sentences: [TaggedSentence], sequences: Int = 1) -> [SentenceTags] {
    var encoded = EncodedSentences(unit: unit)
    for sentence in sentences {
      encoded.append(sentence.tokens.lazy.map { Self.untagged($0) }, labels: labelSet, encoder: encoder)
    }
    let lengths = sentences.map(\.tokens.count)
    let plan = BatchPlan(lengths: lengths, budget: TaggingEvaluator.batchRows, randomness: nil)
    var result: [SentenceTags] = []
    result.reserveCapacity(sentences.count)
    workspaces.withWorkspace { workspace in
      for number in 0..<plan.count {
        workspace.reset()
        let chosen = plan[number]
        let (batch, _) = encoded.batch(of: chosen, workspace: workspace)
        let pass = Pass.prediction(device: device, workspace: workspace, store: store)
        let emissions = network.scores(of: batch, pass)
        let chain = constraints.applied(to: network.chain(pass), device: device, workspace: workspace)
        result += answers(
          chosen.map { sentences[$0] }, batch.sentences, emissions: emissions, chain: chain,
          sequences: max(sequences, 1), workspace: workspace)
      }
    }
    return result
  }

  private static func untagged(_ token: TaggedToken) -> TaggedToken {
    TaggedToken(text: token.text, range: token.range, tag: nil)
  }

  /// Makes the answers of a batch of its scores.
  private func answers(
    _ sentences: [TaggedSentence], _ packed: PackedSequences, emissions: Tensor, chain: TagChain, sequences: Int,
    workspace: Workspace
  ) -> [SentenceTags] {
    let best = device.bestChains(emissions, packed, chain: chain, count: sequences, workspace: workspace)
    let tensor = workspace.tensor(rows: emissions.rows, columns: emissions.columns)
    let partitions = device.chainMarginals(emissions, packed, chain: chain, into: tensor, workspace: workspace)
    let marginals = device.read(tensor)
    let spans = best.map { paths in
      scheme.marksSpans ? TagSpan.spans(of: paths[0].tags.map { labels[Int($0)] }) : []
    }
    let probabilities = spanProbabilities(
      spans, best.map { $0[0].tags }, packed, emissions: emissions, chain: chain, workspace: workspace)
    return sentences.enumerated().map { place, sentence in
      let places = TextPlaces(sentence.text)
      let row = packed.rows(of: place).lowerBound
      let tokens = sentence.tokens.enumerated().map { number, token in
        let tag = Int(best[place][0].tags[number])
        return SentenceTags.Token(
          text: token.text, range: places.range(token.range), tag: labels[tag],
          probability: Double(marginals[(row + number) * labels.count + tag]))
      }
      return SentenceTags(
        text: sentence.text, tokens: tokens,
        spans: zip(spans[place], probabilities[place]).map { span, probability in
          let range =
            tokens[span.tokens.lowerBound].range.lowerBound..<tokens[span.tokens.upperBound - 1].range.upperBound
          return SentenceTags.Span(
            type: span.type, text: String(sentence.text[range]), range: range, tokens: span.tokens,
            probability: probability)
        },
        sequences: best[place].map { path in
          SentenceTags.Sequence(
            tags: path.tags.map { labels[Int($0)] }, probability: min(1, exp(path.score - partitions[place])))
        })
    }
  }

  /// The probability of each span. A span that a scheme does not end by itself is less likely by what goes on after it.
  private func spanProbabilities(
    _ spans: [[TagSpan]], _ tags: [[Int32]], _ packed: PackedSequences, emissions: Tensor, chain: TagChain,
    workspace: Workspace
  ) -> [[Double]] {
    var runs: [TagRun] = []
    for (sentence, spans) in spans.enumerated() {
      for span in spans {
        let own = Array(tags[sentence][span.tokens])
        runs.append(TagRun(sentence: sentence, row: span.tokens.lowerBound, tags: own))
        runs += continuations(of: own, scheme).filter { _ in span.tokens.upperBound < tags[sentence].count }.map {
          TagRun(sentence: sentence, row: span.tokens.lowerBound, tags: own + [$0])
        }
      }
    }
    let probabilities = device.chainRunProbabilities(
      emissions, packed, chain: chain, runs: runs, workspace: workspace)
    var next = 0
    return spans.enumerated().map { sentence, spans in
      spans.map { span in
        var probability = Double(probabilities[next])
        next += 1
        while next < runs.count, runs[next].sentence == sentence, runs[next].row == span.tokens.lowerBound,
          runs[next].tags.count > span.tokens.count
        {
          probability -= Double(probabilities[next])
          next += 1
        }
        return min(max(probability, 0), 1)
      }
    }
  }

  /// Tags that would make the span longer.
  private func continuations(of own: [Int32], _ scheme: TagScheme) -> [Int32] {
    guard scheme == .bio, let last = own.last else { return [] }
    return labels.indices.filter {
      labels[$0].hasPrefix("I") && scheme.allows(labels[$0], after: labels[Int(last)])
    }.map { Int32($0) }
  }

  /// Cuts a text into sentences and those into the tokens that the tagger needs; see ``tags(in:sequences:segmenter:)``. The
  /// text of each sentence is the whole text.
  public func sentences(of text: String, segmenter: SequenceTagger? = nil) -> [TaggedSentence] {
    let cut = TextSegmentation.sentences(of: text).flatMap { range -> [[TaggedToken]] in
      let tokens =
        unit == .character
        ? TaggedSentence.characters(of: text, in: range)
        : segmenter?.words(of: text, in: range) ?? TextSegmentation.words(of: text, in: range)
      return stride(from: 0, to: tokens.count, by: Self.longestSentence).map {
        Array(tokens[$0..<min($0 + Self.longestSentence, tokens.count)])
      }
    }
    return cut.map { TaggedSentence(text: text, tokens: $0) }
  }

  /// The words of a part of a text: the spans of its characters, and each other character alone.
  private func words(of text: String, in range: Range<Int>) -> [TaggedToken] {
    let characters = TaggedSentence.characters(of: text, in: range)
    let tagged = tags(of: [TaggedSentence(text: text, tokens: characters)])[0]
    var words: [TaggedToken] = []
    var next = 0
    for span in tagged.spans {
      words += characters[next..<span.tokens.lowerBound]
      let range =
        characters[span.tokens.lowerBound].range.lowerBound..<characters[span.tokens.upperBound - 1].range.upperBound
      words.append(TaggedToken(text: span.text, range: range, tag: nil))
      next = span.tokens.upperBound
    }
    return words + characters[next...]
  }

  /// Measures the tagger. Tags that it does not know count as wrong.
  ///
  /// - Parameters:
  ///   - sentences: Sentences with tags; words are cut into characters for a tagger of those.
  ///   - progress: Receives the number of sentences done.
  /// - Throws: `DataError` at the first faulty line; ``TrainingError/noExamples(path:)`` for a source without one.
  public func evaluate(on sentences: TaggedSentences, progress: (_ sentences: Int) -> Void = { _ in }) throws
    -> TaggingReport
  {
    let all = try sentences.read().prepared(for: unit, scheme: scheme)
    var accumulator = TaggingAccumulator(known: Set(labels))
    let evaluator = TaggingEvaluator(network: network, labels: labels, device: device)
    var loss = 0.0
    var rows = 0
    workspaces.withWorkspace { workspace in
      for first in stride(from: 0, to: all.count, by: Self.evaluationPiece) {
        let piece = Array(all[first..<min(first + Self.evaluationPiece, all.count)])
        let encoded = PreparedSentences.encode(piece, unit: unit, labels: labelSet, encoder: encoder)
        loss +=
          evaluator.add(encoded, to: &accumulator, store: store, workspace: workspace) * Double(encoded.rows)
        rows += encoded.rows
        progress(first + piece.count)
      }
    }
    return accumulator.report(loss: rows == 0 ? nil : loss / Double(rows))
  }

  /// Sentences that are encoded before they are predicted.
  private static let evaluationPiece = 1_024
}

/// Places in a text by UTF-8 offsets.
private struct TextPlaces {
  let utf8: String.UTF8View

  init(_ text: String) { utf8 = text.utf8 }

  func range(_ offsets: Range<Int>) -> Range<String.Index> {
    let start = utf8.index(utf8.startIndex, offsetBy: offsets.lowerBound)
    return start..<utf8.index(start, offsetBy: offsets.count)
  }
}
