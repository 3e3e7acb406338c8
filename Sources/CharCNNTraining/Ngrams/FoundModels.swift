internal import CharCNNCompute

/// What a search has found: models, each with its number.
struct FoundModels: Sendable {
  /// Models that were found side by side.
  private struct Block {
    var models: Range<Int>
    /// [features, models].
    var weights: [Float]
  }

  private var blocks: [Block] = []
  var biases: [Float]
  /// The dual variables of each model, where they are kept.
  var duals: [[Float]]

  init(count: Int) {
    biases = Array(repeating: 0, count: count)
    duals = Array(repeating: [], count: count)
  }

  mutating func add(_ block: CoordinateDescent.Block, weights: [Float], duals: [[Float]]) {
    for (place, column) in block.columns.enumerated() {
      biases[column] = block.bias(column: column)
      if !duals.isEmpty { self.duals[column] = duals[place] }
    }
    blocks.append(Block(models: block.columns, weights: weights))
  }

  /// Adds the weights that some models in a row have for a feature, times a factor.
  func add(
    _ factor: Float, times models: Range<Int>, of feature: Int, to sums: UnsafeMutableBufferPointer<Float>
  ) {
    for block in blocks where block.models.overlaps(models) {
      let first = feature * block.models.count - block.models.lowerBound
      block.weights.withUnsafeBufferPointer { weights in
        for model in block.models.clamped(to: models) {
          sums[model - models.lowerBound] += factor * weights[first + model]
        }
      }
    }
  }
}
