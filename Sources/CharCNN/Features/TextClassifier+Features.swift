extension TextClassifier: FeatureExtractor {
  /// Numbers of a vector; see ``FeatureExtractor``.
  public func featureDimension(_ options: FeatureOptions) throws(ConfigurationError) -> Int {
    switch try FeatureSource(options, architecture) {
    case .rows(let layer): return layer.channels
    case .head:
      guard let weight = network.parameters.all.first(where: { $0.name == "output.weight" }) else {
        throw ConfigurationError(setting: "the model", problem: "has no layer that gives the scores")
      }
      return weight.shape[1]
    }
  }

  /// The vectors of some texts; see ``FeatureExtractor``.
  ///
  /// They are the network's own: the n-grams beside it have no part in them. Where pooling or strides made one row of
  /// several characters, these share a vector. A word or character beyond the longest text that the model reads gets zeros.
  public func features(of texts: [String], _ options: FeatureOptions) throws(ConfigurationError) -> [TextFeatures] {
    let source = try FeatureSource(options, architecture)
    let dimension = try featureDimension(options)
    let encoded = texts.map { text in
      if options.level == .text {
        var indices: [Int32] = []
        encoder.encode(text, into: &indices)
        return EncodedText(indices: indices, ranges: [], wasCut: false, unknownCount: 0)
      }
      return encoder.encodeWithRanges(text)
    }
    let plan = BatchPlan(
      lengths: encoded.map { network.length ?? max($0.indices.count, 1) }, budget: Evaluator.batchCharacters,
      randomness: nil)
    var result: [TextFeatures] = []
    result.reserveCapacity(texts.count)
    workspaces.withWorkspace { workspace in
      for number in 0..<plan.count {
        workspace.reset()
        let range = plan[number]
        let batch = CharacterBatch(
          count: range.count, fixedLength: network.length, workspace: workspace,
          length: { encoded[range.startIndex + $0].indices.count },
          copy: { text, buffer in
            _ = buffer.update(fromContentsOf: encoded[range.startIndex + text].indices.prefix(buffer.count))
          })
        let trace = Trace(keeping: [source.name])
        var pass = Pass.prediction(device: device, workspace: workspace, store: store)
        pass.trace = trace
        forward(batch, pass)
        guard let entry = trace.entry(source.name), entry.columns == dimension else {
          preconditionFailure("the network computes no \(source.name)")
        }
        var start = 0
        for (row, text) in range.enumerated() {
          switch source {
          case .head:
            let values = entry.values[row * dimension..<(row + 1) * dimension]
            result.append(
              TextFeatures(ranges: [0..<texts[text].utf8.count], dimension: dimension, values: Array(values)))
          case .rows(let layer):
            let count = layer.rows(characters: batch.sequences.rows(of: row).count)
            let rows = FeatureRows(
              values: entry.values[start * dimension..<(start + count) * dimension], dimension: dimension,
              stride: layer.stride, characters: min(encoded[text].indices.count, batch.sequences.rows(of: row).count))
            result.append(rows.features(of: texts[text], encoded: encoded[text], options))
            start += count
          }
        }
        if case .rows = source { precondition(start == entry.rows, "rows that belong to no text") }
      }
    }
    return result
  }

  private func forward(_ batch: CharacterBatch, _ pass: Pass) { _ = network.probabilities(batch, pass) }
}
