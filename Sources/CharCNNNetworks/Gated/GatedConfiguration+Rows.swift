internal import CharCNNCompute

/// A layer that has rows along the text, so that a character's features can be read from it.
package struct RowLayer: Sendable, Hashable {
  /// Name of its output in a ``Trace``.
  package let name: String
  /// Channels of a row.
  package let channels: Int
  /// What makes the rows of the text shorter, in order.
  let geometries: [WindowGeometry]

  /// Characters from one row to the next.
  package var stride: Int { geometries.reduce(1) { $0 * $1.stride } }

  /// Rows of a text of so many characters.
  package func rows(characters: Int) -> Int { geometries.reduce(characters) { $1.outputLength($0) } }
}

extension GatedConfiguration {
  /// The embedding and the output of each block.
  package var rowLayers: [RowLayer] {
    var layers = [RowLayer(name: "embedding", channels: embedding, geometries: [])]
    var geometries: [WindowGeometry] = []
    let last =
      residual
      ? "residual" : widths.count > 1 ? "concatenation" : nonlinearity.isGate ? "gate" : nonlinearity.rawValue
    for block in 0..<blocks {
      if block > 0, pooling.pooling != nil {
        geometries.append(WindowGeometry(width: poolingWidth, stride: poolingStride))
      }
      geometries.append(WindowGeometry(width: widths[0], stride: stride, dilation: dilation(ofBlock: block)))
      layers.append(
        RowLayer(
          name: "blocks.\(block).\(last)", channels: nonlinearity.outputs(filters: filters), geometries: geometries))
    }
    return layers
  }
}

extension TaggerArchitecture {
  /// What the first block reads, embeddings and n-grams together, and the output of each block: a row for each ``unit``.
  package var rowLayers: [RowLayer] {
    let (input, gated) =
      switch self {
      case .character(let configuration): (configuration.embedding, configuration.gated)
      case .word(let configuration): (configuration.wordChannels, configuration.gated)
      }
    return [RowLayer(name: "blocks.input", channels: input, geometries: [])] + gated.rowLayers.dropFirst()
  }
}

extension Architecture {
  /// Layers with a row for every so many characters; none for networks that read such rows in parallel or cut to a length
  /// of their own.
  package var rowLayers: [RowLayer] {
    (configuration as? GatedConfiguration)?.rowLayers ?? []
  }
}
