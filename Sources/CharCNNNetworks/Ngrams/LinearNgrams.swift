package import CharCNNCompute

/// A linear model of the n-grams of a text: a row of weights for each n-gram, one for each class, in 8 bits with a factor for each
/// row. Of two classes the second's weights tell both.
package struct LinearNgrams: Sendable {
  /// Which n-grams it counts.
  package let features: NgramFeatures
  /// The role of each index of the alphabet in words.
  package let roles: [WordRole]
  /// The n-grams.
  package let vocabulary: NgramVocabulary
  /// Number of classes.
  package let classes: Int
  /// Numbers that a row holds.
  package let columns: Int
  /// [n-grams, columns].
  package let weights: [Int8]
  /// The size of a step of the weights of each n-gram.
  package let scales: RowScales
  /// [columns].
  package let bias: [Float]
  /// Weights of a text's vector beside them; nil for n-grams alone.
  package var vectors: WeighedVectors?
  let scanner: NgramScanner
  /// Of the 256 exponents.
  private let factors: [Float]

  /// Numbers that a row holds: one for each class, one for both of two, of which a text has one.
  ///
  /// - Parameter several: Whether a text may be of several classes, so that none tells of another.
  package static func columns(classes: Int, several: Bool) -> Int { classes == 2 && !several ? 1 : classes }

  /// Numbers that were found.
  package var parameterCount: Int {
    weights.count + bias.count + (vectors.map { $0.weights.count + $0.reader.parameterCount } ?? 0)
  }

  /// The parts of a model; there are as many biases as columns.
  package init(
    features: NgramFeatures, roles: [WordRole], vocabulary: NgramVocabulary, classes: Int, weights: [Int8],
    scales: RowScales, bias: [Float]
  ) {
    columns = bias.count
    precondition(
      weights.count == vocabulary.count * columns && scales.exponents.count == vocabulary.count
        && (columns == classes || columns == Self.columns(classes: classes, several: false)),
      "a row of weights for each n-gram")
    self.features = features
    self.roles = roles
    self.vocabulary = vocabulary
    self.classes = classes
    self.weights = weights
    self.scales = scales
    self.bias = bias
    scanner = NgramScanner(features, roles: roles)
    factors = scales.factors
  }

  /// A model of weights in floats, rounded to 8 bits.
  ///
  /// - Parameters:
  ///   - bias: One for each column.
  ///   - device: Its threads share the work.
  ///   - fill: Writes the weights of a row; asked twice for each, from several threads.
  package init(
    features: NgramFeatures, roles: [WordRole], vocabulary: NgramVocabulary, classes: Int, bias: [Float],
    device: CPUDevice, fill: @escaping @Sendable (_ row: Int, _ weights: UnsafeMutableBufferPointer<Float>) -> Void
  ) {
    let columns = bias.count
    let size = 4_096
    let blocks = stride(from: 0, to: vocabulary.count, by: size).map { $0..<min($0 + size, vocabulary.count) }
    let magnitudes = device.map(blocks.count) { block in
      var weights = [Float](repeating: 0, count: columns)
      return weights.withUnsafeMutableBufferPointer { weights in
        blocks[block].map { row in
          fill(row, weights)
          return weights.reduce(0) { max($0, abs($1)) }
        }
      }
    }
    let scales = RowScales(magnitudes: magnitudes.flatMap { $0 })
    let parts = device.map(blocks.count) { block in
      var weights = [Float](repeating: 0, count: columns)
      var bytes = [Int8](repeating: 0, count: blocks[block].count * columns)
      weights.withUnsafeMutableBufferPointer { weights in
        for (place, row) in blocks[block].enumerated() {
          let step = scales[row]
          guard step > 0 else { continue }
          fill(row, weights)
          for column in 0..<columns {
            let steps = weights[column] / step
            bytes[place * columns + column] = Int8(clamping: Int(steps + (steps < 0 ? -0.5 : 0.5)))
          }
        }
      }
      return bytes
    }
    let weights = parts.flatMap { $0 }
    self.init(
      features: features, roles: roles, vocabulary: vocabulary, classes: classes, weights: weights, scales: scales,
      bias: bias)
  }

  /// The same weights of some of the n-grams.
  package func keeping(_ isKept: (_ row: Int) -> Bool) -> LinearNgrams {
    let (vocabulary, rows) = vocabulary.keeping(isKept)
    var result = LinearNgrams(
      features: features, roles: roles, vocabulary: vocabulary, classes: classes,
      weights: rows.flatMap { weights[$0 * columns..<($0 + 1) * columns] },
      scales: RowScales(largest: scales.largest, exponents: rows.map { scales.exponents[$0] }), bias: bias)
    result.vectors = vectors
    return result
  }

  /// Memory for scoring texts, one after another.
  package func makeReader() -> WeighedNgrams { WeighedNgrams(scanner: scanner, vocabulary: vocabulary) }

  /// The score of each class for a text by its n-grams. What its vector adds is ``NgramScorer``'s to know.
  ///
  /// - Parameters:
  ///   - text: Alphabet indices.
  ///   - reader: Memory of ``makeReader()``.
  ///   - scores: Receives a score for each class.
  ///   - instructions: Vector instructions.
  package func score(
    _ text: UnsafeBufferPointer<Int32>, reader: inout WeighedNgrams, into scores: UnsafeMutableBufferPointer<Float>,
    instructions: InstructionSet
  ) {
    precondition(scores.count == classes, "a score for each class")
    reader.read(text)
    for column in 0..<columns { scores[column] = bias[column] }
    reader.add(
      weights, columns: columns, exponents: scales.exponents, scales: factors, to: scores, instructions: instructions)
    if columns < classes {
      let margin = scores[0] / 2
      scores[0] = -margin
      scores[1] = margin
    }
  }
}
