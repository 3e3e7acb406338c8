import CharCNNCompute
public import CharCNNNetworks
import CharCNNText
import CharCNNTraining

extension SequenceTagger: FeatureExtractor {
  /// Numbers of a vector; see ``FeatureExtractor``.
  public func featureDimension(_ options: FeatureOptions) throws(ConfigurationError) -> Int {
    try featureLayer(options).channels
  }

  /// The vectors of some texts; see ``FeatureExtractor``. Texts are cut into sentences and tokens as in
  /// ``tags(in:sequences:segmenter:)``. Of the last block a token's row is what the scores of its tags are computed from.
  ///
  /// The characters of a tagger of characters are its tokens, so white space has no vector; the words of a tagger of words
  /// are its tokens too, so a full stop is one. Layer 0 is what the first block reads: embeddings and n-grams together.
  ///
  /// - Throws: ``ConfigurationError`` where the model has no such vectors: a tagger of words has none of characters.
  public func features(of texts: [String], _ options: FeatureOptions) throws(ConfigurationError) -> [TextFeatures] {
    let layer = try featureLayer(options)
    var encoded = EncodedSentences(unit: unit)
    var lengths: [Int] = []
    var owners: [Int] = []
    var places = [[Range<Int>]](repeating: [], count: texts.count)
    for (number, text) in texts.enumerated() {
      for sentence in sentences(of: text) {
        encoded.append(sentence.tokens, labels: labelSet, encoder: encoder)
        lengths.append(sentence.tokens.count)
        owners.append(number)
        places[number] += sentence.tokens.map(\.range)
      }
    }
    guard let rows = rows(of: encoded, lengths: lengths, owners: owners, texts: texts.count, layer) else {
      throw ConfigurationError(setting: "layer", problem: "has no rows of the name \(layer.name)")
    }
    var own = options
    // Rows are words already.
    if unit == .word, options.level == .word { own.level = .character }
    return texts.enumerated().map { number, text in
      FeatureRows(
        values: rows[number][...], dimension: layer.channels, stride: 1, characters: places[number].count
      ).features(of: text, places: places[number], own)
    }
  }

  /// The rows of a layer, for each text one after another, whichever sentences they belong to.
  private func rows(
    of sentences: EncodedSentences, lengths: [Int], owners: [Int], texts: Int, _ layer: RowLayer
  ) -> [[Float]]? {
    var rows = [[Float]](repeating: [], count: texts)
    let plan = BatchPlan(lengths: lengths, budget: TaggingEvaluator.batchRows)
    return workspaces.withWorkspace { workspace in
      for number in 0..<plan.count {
        workspace.reset()
        let chosen = plan[number]
        let (batch, _) = sentences.batch(of: chosen, workspace: workspace)
        let trace = Trace(keeping: [layer.name])
        var pass = Pass.prediction(device: device, workspace: workspace, store: store)
        pass.trace = trace
        _ = network.scores(of: batch, pass)
        guard let entry = trace.entry(layer.name), entry.columns == layer.channels else { return nil }
        for (place, sentence) in chosen.enumerated() {
          let own = batch.sentences.rows(of: place)
          rows[owners[sentence]] += entry.values[own.lowerBound * entry.columns..<own.upperBound * entry.columns]
        }
      }
      return rows
    }
  }

  private func featureLayer(_ options: FeatureOptions) throws(ConfigurationError) -> RowLayer {
    if unit == .word, options.level == .character {
      throw ConfigurationError(
        setting: "level character",
        problem: "needs rows of characters; a tagger of words has rows of words (level word)")
    }
    return try RowLayer.chosen(by: options, of: architecture.rowLayers)
  }
}
