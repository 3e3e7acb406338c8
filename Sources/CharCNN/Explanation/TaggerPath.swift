import CharCNNCompute
import CharCNNNetworks
import CharCNNText
import CharCNNTraining

/// A sentence of a tagger on its way from nothing to itself.
struct TaggerPath {
  /// Rows of a batch.
  private static let rows = 4_096
  /// Added to the score of a tag that a token must not have.
  private static let forbidden: Float = -1e6

  private let tagger: SequenceTagger
  private let encoded: EncodedSentences
  private let tokens: Int
  /// Of each character that is read, the UTF-8 offsets of what it came from in the text.
  let ranges: [Range<Int>]

  init(_ tagger: SequenceTagger, _ sentence: TaggedSentence) {
    self.tagger = tagger
    var encoded = EncodedSentences(unit: tagger.unit)
    encoded.append(sentence.tokens, labels: tagger.labelSet, encoder: tagger.encoder)
    self.encoded = encoded
    tokens = sentence.tokens.count
    ranges = sentence.tokens.flatMap { token -> [Range<Int>] in
      if tagger.unit == .character { return [token.range] }
      let units = tagger.encoder.encodeWithRanges(token.text).ranges
      // A word that a program gave may stand for other characters than its own.
      guard token.range.count == token.text.utf8.count else { return units.map { _ in token.range } }
      return units.map { $0.lowerBound + token.range.lowerBound..<$0.upperBound + token.range.lowerBound }
    }
  }

  /// What is known at some fractions of the log-odds of a token's tag: log Z₁ - log Z₀, where Z₁ is the sum over the sequences in which
  /// the token has the tag and Z₀ over the others. Their derivatives by the scores are the probabilities of tags in either case.
  func nodes(_ fractions: [Double], row: Int, tag: Int) -> [PathIntegral.Node] {
    var nodes: [PathIntegral.Node] = []
    let (network, device) = (tagger.network, tagger.device)
    let plan = BatchPlan(lengths: fractions.map { _ in max(encoded.characterCount, 1) }, budget: Self.rows)
    for number in 0..<plan.count {
      let chosen = plan[number].map { fractions[$0] }
      // Where words are tagged, each is a sequence of characters.
      let sequences = tagger.unit == .word ? tokens : 1
      let path = InputPath(
        fractions: chosen.flatMap { fraction in (0..<sequences).map { _ in Float(fraction) } })
      tagger.workspaces.withWorkspace { workspace in
        let (batch, _) = encoded.batch(of: chosen.map { _ in 0 }, workspace: workspace)
        let pass = Pass.prediction(device: device, workspace: workspace, store: tagger.store)
        network.follow(path, batch, pass) { emissions, chain in
          let chain = tagger.constraints.applied(to: chain, device: device, workspace: workspace)
          let (scores, gradient) = odds(
            emissions, batch.sentences, chain: chain, row: row, tag: tag, workspace: workspace)
          nodes += scores.map { PathIntegral.Node(score: $0, slope: 0, parts: []) }
          return gradient
        }
        let first = nodes.count - chosen.count
        for place in chosen.indices {
          let parts = (place * sequences..<(place + 1) * sequences).flatMap { Array(path.products(of: $0)) }
          nodes[first + place].parts = parts
          nodes[first + place].slope = parts.reduce(0, +)
        }
      }
    }
    return nodes
  }

  private func odds(
    _ emissions: Tensor, _ sentences: PackedSequences, chain: TagChain, row: Int, tag: Int, workspace: Workspace
  ) -> (scores: [Double], gradient: [Float]) {
    let device = tagger.device
    let values = device.read(emissions)
    /// The sums and the probabilities where the token has none of some tags.
    func sums(without isForbidden: (Int) -> Bool) -> (sums: [Double], marginals: [Float]) {
      var values = values
      for sentence in 0..<sentences.count {
        let start = (sentences.rows(of: sentence).lowerBound + row) * emissions.columns
        for other in 0..<emissions.columns where isForbidden(other) { values[start + other] += Self.forbidden }
      }
      let changed = workspace.tensor(rows: emissions.rows, columns: emissions.columns)
      device.write(values, to: changed)
      let marginals = workspace.tensor(rows: emissions.rows, columns: emissions.columns)
      let sums = device.chainMarginals(changed, sentences, chain: chain, into: marginals, workspace: workspace)
      return (sums, device.read(marginals))
    }
    guard emissions.columns > 1 else { return ((0..<sentences.count).map { _ in 0 }, values.map { _ in 0 }) }
    let (with, without) = (sums { $0 != tag }, sums { $0 == tag })
    return (zip(with.sums, without.sums).map { $0 - $1 }, zip(with.marginals, without.marginals).map { $0 - $1 })
  }
}
