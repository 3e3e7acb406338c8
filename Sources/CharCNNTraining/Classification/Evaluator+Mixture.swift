internal import CharCNNCompute
internal import CharCNNNetworks

extension Evaluator {
  /// Texts, and scores of a part, by which the weights of parts are fitted at most: a few numbers need no more.
  private static let mixtureTexts = 20_000
  private static let mixtureScores = 4_000_000

  /// The weights of the network's parts that explain the labels of a corpus best; of a large one, of texts that are spread
  /// evenly over it.
  ///
  /// - Throws: When a text cannot be read again; what `check`, called for each batch, throws.
  func mixture(
    parts: Int, classes: Int, for corpus: any TextCorpus, store: ParameterStore, workspace: Workspace,
    check: () throws -> Void = {}
  ) throws -> [Float] {
    let known = (0..<corpus.count).filter { corpus.label(of: $0) >= 0 }
    let most = max(1, min(Self.mixtureTexts, Self.mixtureScores / max(classes, 1)))
    let every = max(1, (known.count + most - 1) / most)
    let chosen = stride(from: 0, to: known.count, by: every).map { known[$0] }
    var mixture = PartMixture(usual: network.usualWeights(parts: parts), classes: classes)
    try forEachBatch(corpus, texts: chosen, workspace: workspace) { texts, batch in
      try check()
      let scores = network.partScores(of: batch, .prediction(device: device, workspace: workspace, store: store))
      let values = device.read(scores.all)
      for (row, text) in texts.enumerated() {
        let rows = (0..<parts).map {
          values[(($0 * texts.count) + row) * classes..<(($0 * texts.count) + row + 1) * classes]
        }
        mixture.add(rows, label: Int(corpus.label(of: text)))
      }
    }
    return mixture.weights()
  }
}

extension TextNetwork {
  /// What the parts count where no text tells. The scores of solved n-grams are margins, which stay near 1 for texts that are
  /// certain, and a network beside them adds little to them.
  fileprivate func usualWeights(parts: Int) -> [Float] {
    if ngramScorer == nil { return Array(repeating: 1, count: parts) }
    return parts == 1 ? [3] : [0.5, 3]
  }
}
