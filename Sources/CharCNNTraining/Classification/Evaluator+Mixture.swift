internal import CharCNNCompute
internal import CharCNNNetworks

extension Evaluator {
  /// Texts, and scores of a part, by which the weights of parts are fitted at most: a few numbers need no more.
  private static let mostTexts = 20_000
  private static let mixtureScores = 4_000_000
  /// Texts whose n-grams are scored between two checks.
  private static let ngramBlock = 1_024
  /// Texts below which n-grams alone trust the training texts that were left out in turn, which are more.
  private static let fewTexts = 200

  /// The weights of the network's parts that explain the labels of a corpus best; of a large one, of texts that are spread
  /// evenly over it.
  ///
  /// - Throws: When a text cannot be read again; what `check`, called for each batch, throws.
  func mixture(
    parts: Int, classes: Int, for corpus: any TextCorpus, store: ParameterStore, workspace: Workspace,
    check: () throws -> Void = {}
  ) throws -> [Float] {
    let chosen = Self.mixtureTexts(of: corpus, classes: classes)
    if parts == 1, chosen.count < Self.fewTexts, let foldedNgramWeight { return [foldedNgramWeight] }
    /// Hands out the scores that the parts give each text.
    func forEachScores(_ body: (_ text: Int, _ scores: [ArraySlice<Float>]) -> Void) throws {
      try forEachBatch(corpus, texts: chosen, workspace: workspace) { texts, batch in
        try check()
        let scores = network.partScores(of: batch, .prediction(device: device, workspace: workspace, store: store))
        let values = device.read(scores.all)
        for (row, text) in texts.enumerated() {
          let rows = (0..<parts).map {
            values[(($0 * texts.count) + row) * classes..<(($0 * texts.count) + row + 1) * classes]
          }
          body(text, rows)
        }
      }
    }
    if let right = scores?.standardised {
      // Parts that say the same share the whole.
      var mixture = ScoreMixture(usual: Array(repeating: 1 / Float(parts), count: parts))
      try forEachScores { text, scores in
        mixture.add(
          scores.map { $0[$0.startIndex] }, right: right[Int(corpus.label(of: text))],
          weight: weight(of: text, in: corpus))
      }
      return mixture.weights()
    }
    let usual = network.usualWeights(parts: parts, ofNgrams: foldedNgramWeight)
    var mixture = PartMixture(usual: usual, classes: classes, hasSeveral: sets != nil)
    try forEachScores { text, scores in
      mixture.add(scores, shares: shares(of: text, in: corpus), weight: weight(of: text, in: corpus))
    }
    return network.ngramScorer == nil || parts == 1 ? mixture.weights() : mixture.weights(orAlone: parts - 1)
  }

  /// The weight with which the scores of solved n-grams explain the labels of a corpus best where nothing is beside them.
  ///
  /// - Throws: When a text cannot be read again; what `check`, called now and then, throws.
  func ngramWeight(
    _ scorer: NgramScorer, for corpus: any TextCorpus, classes: Int, check: () throws -> Void
  ) throws -> Float {
    let chosen = Self.mixtureTexts(of: corpus, classes: classes)
    var mixture = PartMixture(usual: [foldedNgramWeight ?? PartWeights.usualOfNgrams], classes: classes)
    let lengths = corpus.lengths
    for first in stride(from: 0, to: chosen.count, by: Self.ngramBlock) {
      try check()
      let texts = Array(chosen[first..<min(first + Self.ngramBlock, chosen.count)])
      let scores = try scorer.scores(of: texts, corpus, lengths, device)
      for (row, text) in texts.enumerated() {
        mixture.add(
          [scores[row * classes..<(row + 1) * classes]], shares: shares(of: text, in: corpus),
          weight: weight(of: text, in: corpus))
      }
    }
    return mixture.weights()[0]
  }

  /// How much a text counts.
  private func weight(of text: Int, in corpus: any TextCorpus) -> Float {
    targets?.weight(of: corpus.original(of: text)) ?? 1
  }

  /// Texts of known labels by which weights are fitted: of many, some that are spread evenly.
  private static func mixtureTexts(of corpus: any TextCorpus, classes: Int) -> [Int] {
    let known = (0..<corpus.count).filter { corpus.label(of: $0) >= 0 }
    let most = max(1, min(mostTexts, mixtureScores / max(classes, 1)))
    let every = max(1, (known.count + most - 1) / most)
    return stride(from: 0, to: known.count, by: every).map { known[$0] }
  }
}

extension TextNetwork {
  /// What the parts count where no text tells. The scores of solved n-grams are margins, which stay near 1 for texts that are
  /// certain, and a network beside them adds little to them.
  ///
  /// - Parameter folded: What training texts that were left out in turn say of the n-grams alone; nil where none were.
  fileprivate func usualWeights(parts: Int, ofNgrams folded: Float?) -> [Float] {
    if ngramScorer == nil { return Array(repeating: 1, count: parts) }
    let ngrams = folded ?? PartWeights.usualOfNgrams
    return parts == 1 ? [ngrams] : [0.5, ngrams]
  }
}
