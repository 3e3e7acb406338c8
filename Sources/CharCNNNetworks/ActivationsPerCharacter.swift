internal import CharCNNCompute

// Floats that a training step keeps for each character of its batch, roughly and not too many: what the convolutions and the
// layers between them give, and gradients of that. What is small beside it (embeddings, sums over texts) is left out.

extension GatedConfiguration {
  /// Convolutions and their normalization have all filters; gate, dropout and the block's sum have the outputs of the gate.
  /// One block at a time has gradients of them, the first the most.
  public var activationsPerCharacter: Double {
    let wide = Double((normalization == .none ? 1 : 2) * filters)
    let narrow = Double((blockDropout > 0 ? 2 : 1) * nonlinearity.outputs(filters: filters))
    var rows = 1.0
    return (0..<blocks).reduce((wide + narrow) / Double(stride)) { sum, block in
      if block > 0, pooling.pooling != nil { rows /= Double(poolingStride) }
      rows /= Double(stride)
      return sum + rows * (wide + narrow)
    }
  }
}

extension MultikernelConfiguration {
  /// Convolution and gate of every width.
  public var activationsPerCharacter: Double { Double(2 * widths.count * embedding) }
}

extension KimConfiguration {
  /// Convolution of every width, and its gradient.
  public var activationsPerCharacter: Double { Double(2 * widths.count * maps) }
}

extension ZhangConfiguration {
  /// Fewer after each pooling.
  public var activationsPerCharacter: Double {
    var rows = 1.0
    return poolings.reduce(0) { sum, pooling in
      defer { rows /= Double(max(pooling, 1)) }
      return sum + rows * Double(2 * maps)
    }
  }
}

extension VDCNNConfiguration {
  /// Half as many on each level.
  public var activationsPerCharacter: Double {
    var rows = 1.0
    return zip(maps, convolutions).reduce(0) { sum, level in
      defer { rows /= 2 }
      return sum + rows * Double(3 * level.0 * level.1)
    }
  }
}

extension Architecture {
  package var activationsPerCharacter: Double { configuration.activationsPerCharacter }
}

extension TaggerArchitecture {
  /// Words have several characters; their blocks are small beside the convolutions over characters.
  package var activationsPerCharacter: Double {
    switch self {
    case .character(let configuration): configuration.gated.activationsPerCharacter
    case .word(let configuration): Double(2 * configuration.characterWidths.count * configuration.characterFilters)
    }
  }
}
