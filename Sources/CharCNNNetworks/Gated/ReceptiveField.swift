extension GatedConfiguration {
  /// Characters that a row of the last block depends on, its own included.
  public var receptiveField: Double {
    var field = 1.0
    // Characters from one row to the next: as many as no whole number counts where strides are long.
    var step = 1.0
    for block in 0..<blocks {
      if block > 0, pooling.pooling != nil {
        field += Double(poolingWidth - 1) * step
        step *= Double(poolingStride)
      }
      field += Double(((widths.max() ?? 1) - 1) * dilation(ofBlock: block)) * step
      step *= Double(stride)
    }
    return field
  }
}

extension TaggerArchitecture {
  /// Characters, or words, that the scores of a tag depend on, its own included.
  public var receptiveField: Double {
    switch self {
    // The n-grams of the first and the last character reach further.
    case .character(let configuration):
      configuration.gated.receptiveField + Double(2 * max((configuration.ngrams.max() ?? 1) - 1, 0))
    case .word(let configuration): configuration.gated.receptiveField
    }
  }
}
