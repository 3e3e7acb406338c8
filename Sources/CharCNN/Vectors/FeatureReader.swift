import CharCNNCompute
import CharCNNNetworks
import CharCNNText

/// Takes the vectors of texts out of a network that reads their characters.
struct FeatureReader {
  let encoder: TextEncoder
  /// The fixed number of characters that the network reads; nil where each text keeps its own.
  var length: Int?
  let store: ParameterStore
  let device: any Device
  let workspaces: WorkspacePool

  /// The vectors of texts, whose rows `forward` leaves in the trace under the layer's name.
  func features(
    of texts: [String], layer: RowLayer, _ options: FeatureOptions, forward: (CharacterBatch, Pass) -> Void
  ) throws(ConfigurationError) -> [TextFeatures] {
    var result: [TextFeatures] = []
    result.reserveCapacity(texts.count)
    let encoded = encoded(texts, withPlaces: options.level != .text)
    try forEachEntry(named: layer.name, columns: layer.channels, of: encoded, forward) { batch, chosen, entry in
      var start = 0
      for (row, text) in chosen.enumerated() {
        let characters = batch.sequences.rows(of: row).count
        let end = start + layer.rows(characters: characters)
        let rows = FeatureRows(
          values: entry.values[start * entry.columns..<end * entry.columns], dimension: entry.columns,
          stride: layer.stride, characters: min(encoded[text].indices.count, characters))
        result.append(rows.features(of: texts[text], places: encoded[text].ranges, options))
        start = end
      }
    }
    return result
  }

  /// The vectors of texts, of which `forward` leaves a row each in the trace.
  func features(
    of texts: [String], row name: String, dimension: Int, forward: (CharacterBatch, Pass) -> Void
  ) throws(ConfigurationError) -> [TextFeatures] {
    var result: [TextFeatures] = []
    result.reserveCapacity(texts.count)
    let encoded = encoded(texts, withPlaces: false)
    try forEachEntry(named: name, columns: dimension, of: encoded, forward) { _, chosen, entry in
      for (row, text) in chosen.enumerated() {
        result.append(
          TextFeatures(
            ranges: [0..<texts[text].utf8.count], dimension: dimension,
            values: Array(entry.values[row * dimension..<(row + 1) * dimension])))
      }
    }
    return result
  }

  private func encoded(_ texts: [String], withPlaces: Bool) -> [EncodedText] {
    texts.map { text in
      if withPlaces { return encoder.encodeWithRanges(text) }
      var indices: [Int32] = []
      encoder.encode(text, into: &indices)
      return EncodedText(indices: indices, ranges: [], wasCut: false, unknownCount: 0)
    }
  }

  /// Computes the texts batch by batch and hands on what the trace kept.
  private func forEachEntry(
    named name: String, columns: Int, of encoded: [EncodedText], _ forward: (CharacterBatch, Pass) -> Void,
    _ body: (_ batch: CharacterBatch, _ texts: [Int], _ entry: Trace.Entry) -> Void
  ) throws(ConfigurationError) {
    let plan = BatchPlan(lengths: encoded.map { length ?? max($0.indices.count, 1) })
    let isWhole = workspaces.withWorkspace { workspace in
      for number in 0..<plan.count {
        workspace.reset()
        let chosen = plan[number]
        let batch = CharacterBatch(
          count: chosen.count, fixedLength: length, workspace: workspace,
          length: { encoded[chosen[$0]].indices.count },
          copy: { text, buffer in
            _ = buffer.update(fromContentsOf: encoded[chosen[text]].indices.prefix(buffer.count))
          })
        let trace = Trace(keeping: [name])
        var pass = Pass.prediction(device: device, workspace: workspace, store: store)
        pass.trace = trace
        forward(batch, pass)
        guard let entry = trace.entry(name), entry.columns == columns else { return false }
        body(batch, chosen, entry)
      }
      return true
    }
    guard isWhole else { throw ConfigurationError(setting: "layer", problem: "has no rows of the name \(name)") }
  }
}
