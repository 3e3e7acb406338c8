internal import CharCNNCompute

/// What a search has found: models, each with its number.
struct FoundModels: Sendable {
  /// Models that were found side by side.
  private struct Block {
    var models: [Int]
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
    let found = block.biases
    for (place, column) in block.columns.enumerated() {
      biases[column] = found[place]
      if !duals.isEmpty { self.duals[column] = duals[place] }
    }
    blocks.append(Block(models: block.columns, weights: weights))
  }

  /// Adds up the weights of machines.
  struct Sum: Sendable {
    /// A row of weights, and which problem each that is wanted belongs to.
    fileprivate struct Part {
      let weights: [Float]
      let width: Int
      let places: [(place: Int, problem: Int)]
    }

    fileprivate let parts: [Part]

    /// Adds the weights of a feature, times a factor.
    func add(_ factor: Float, of feature: Int, to sums: UnsafeMutableBufferPointer<Float>) {
      for part in parts {
        let first = feature * part.width
        part.weights.withUnsafeBufferPointer { weights in
          for (place, problem) in part.places { sums[problem] += factor * weights[first + place] }
        }
      }
    }
  }

  /// The sum of some machines in a row.
  ///
  /// - Parameters:
  ///   - models: The models of the first machine, of the second, and so on.
  ///   - problems: Models of a machine.
  func sum(of models: Range<Int>, problems: Int) -> Sum {
    Sum(
      parts: blocks.sorted { ($0.models.first ?? 0) < ($1.models.first ?? 0) }.compactMap { block in
        let places = block.models.enumerated().filter { models.contains($1) }.map {
          (place: $0, problem: ($1 - models.lowerBound) % problems)
        }
        return places.isEmpty ? nil : Sum.Part(weights: block.weights, width: block.models.count, places: places)
      })
  }
}
