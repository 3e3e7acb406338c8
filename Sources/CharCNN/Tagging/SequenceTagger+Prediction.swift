import CharCNNCompute
internal import CharCNNFiles
import CharCNNNetworks
public import CharCNNText
import CharCNNTraining

extension SequenceTagger {
  /// Tags a text: cuts it into sentences and those into characters, or into words.
  ///
  /// - Parameters:
  ///   - text: Any text.
  ///   - sequences: Number of best sequences of each sentence; see ``mostSequences``.
  ///   - segmenter: A character tagger whose spans are the words, for a tagger of words; nil for `TextSegmentation`'s
  ///     rule, which also cuts where the segmenter is no character tagger.
  /// - Returns: The sentences in their order; ranges are places in `text`.
  public func tags(in text: String, sequences: Int = 1, segmenter: SequenceTagger? = nil) -> [SentenceTags] {
    tags(of: sentences(of: text, segmenter: segmenter), sequences: sequences)
  }

  /// Tags a part of a text; see ``tags(in:sequences:segmenter:)``. Of the rest nothing is read.
  ///
  /// - Parameters:
  ///   - text: Any text.
  ///   - range: The part of it; what lies outside of the text is left out.
  ///   - sequences: Number of best sequences of each sentence; see ``mostSequences``.
  ///   - segmenter: A character tagger whose spans are the words, for a tagger of words.
  /// - Returns: The sentences in their order; ranges are places in `text`.
  public func tags(
    in text: String, range: Range<String.Index>, sequences: Int = 1, segmenter: SequenceTagger? = nil
  ) -> [SentenceTags] {
    tags(of: sentences(of: text, in: range, segmenter: segmenter), sequences: sequences)
  }

  /// Tags a sentence that is cut into words already; ranges are places in the words joined as ``SentenceTags/text`` has them:
  /// by spaces, except between letters of scripts that write none.
  ///
  /// A tagger of words gives each word a tag. A tagger of characters cuts the words into their characters, as it does when it
  /// is measured on words, and gives each character a tag.
  public func tags(ofWords words: [String], sequences: Int = 1) -> SentenceTags {
    let sentence = TaggedSentence(words: words)
    let tokens = unit == .character ? sentence.characters(marksSpans: true) : sentence
    return tags(of: [tokens], sequences: sequences)[0]
  }

  /// Tags many sentences at once, which is faster than one after another.
  ///
  /// - Parameters:
  ///   - sentences: Sentences with their tokens: characters or words, as the tagger needs them. Their tags are not read. A
  ///     tagger of characters reads the first character of each token; ``tags(ofWords:sequences:)`` cuts words.
  ///   - sequences: Number of best sequences of each sentence; see ``mostSequences``.
  /// - Returns: For each sentence its tags; ranges are places in its text.
  public func tags(of sentences: [TaggedSentence], sequences: Int = 1) -> [SentenceTags] {
    var encoded = EncodedSentences(unit: unit)
    for sentence in sentences {
      encoded.append(sentence.tokens.lazy.map { Self.untagged($0) }, labels: labelSet, encoder: encoder)
    }
    let lengths = sentences.map(\.tokens.count)
    let plan = BatchPlan(lengths: lengths, budget: TaggingEvaluator.batchRows)
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
          sequences: min(max(sequences, 1), Self.mostSequences), workspace: workspace)
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
    // What the scheme forbids comes last and goes, but for a sentence that can have nothing else: it keeps one sequence.
    let best = device.bestChains(emissions, packed, chain: chain, count: sequences, workspace: workspace).map { paths in
      [paths[0]] + paths.dropFirst().filter { constraints.allow($0.tags) }
    }
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
          let range = SentenceTags.range(of: tokens[span.tokens], in: sentence.text)
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
}

/// Places in a text by UTF-8 offsets.
private struct TextPlaces {
  let utf8: String.UTF8View

  init(_ text: String) { utf8 = text.utf8 }

  /// Places outside of the text are moved to its end.
  func range(_ offsets: Range<Int>) -> Range<String.Index> {
    func index(_ offset: Int) -> String.Index {
      utf8.index(utf8.startIndex, offsetBy: max(offset, 0), limitedBy: utf8.endIndex) ?? utf8.endIndex
    }
    return index(offsets.lowerBound)..<index(offsets.upperBound)
  }
}
