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
  /// [n-grams, columns].
  package let weights: [Int8]
  /// The size of a step of the weights of each n-gram.
  package let scales: RowScales
  /// [columns].
  package let bias: [Float]
  private let scanner: NgramScanner
  private let steps: [Float]

  /// Numbers that a row holds: one for each class, one for both of two.
  package static func columns(classes: Int) -> Int { classes == 2 ? 1 : classes }

  /// Numbers that a row holds.
  package var columns: Int { Self.columns(classes: classes) }

  /// Numbers that were found.
  package var parameterCount: Int { weights.count + bias.count }

  /// The parts of a model.
  package init(
    features: NgramFeatures, roles: [WordRole], vocabulary: NgramVocabulary, classes: Int, weights: [Int8],
    scales: RowScales, bias: [Float]
  ) {
    precondition(
      weights.count == vocabulary.count * Self.columns(classes: classes) && scales.exponents.count == vocabulary.count
        && bias.count == Self.columns(classes: classes), "a row of weights for each n-gram")
    self.features = features
    self.roles = roles
    self.vocabulary = vocabulary
    self.classes = classes
    self.weights = weights
    self.scales = scales
    self.bias = bias
    scanner = NgramScanner(features, roles: roles)
    steps = scales.floats
  }

  /// A model of weights in floats, rounded to 8 bits.
  ///
  /// - Parameter weight: The weight of a row and a column.
  package init(
    features: NgramFeatures, roles: [WordRole], vocabulary: NgramVocabulary, classes: Int, bias: [Float],
    weight: (_ row: Int, _ column: Int) -> Float
  ) {
    let columns = Self.columns(classes: classes)
    let scales = RowScales(
      magnitudes: (0..<vocabulary.count).map { row in
        (0..<columns).reduce(Float(0)) { max($0, abs(weight(row, $1))) }
      })
    var weights = [Int8](repeating: 0, count: vocabulary.count * columns)
    for row in 0..<vocabulary.count {
      let step = scales[row]
      guard step > 0 else { continue }
      for column in 0..<columns {
        weights[row * columns + column] = Int8(clamping: Int((weight(row, column) / step).rounded()))
      }
    }
    self.init(
      features: features, roles: roles, vocabulary: vocabulary, classes: classes, weights: weights, scales: scales,
      bias: bias)
  }

  /// Memory for scoring texts, one after another.
  package func makeReader() -> WeighedNgrams { WeighedNgrams(scanner: scanner, vocabulary: vocabulary) }

  /// The score of each class for a text.
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
    reader.add(weights, columns: columns, scales: steps, to: scores, instructions: instructions)
    if classes == 2 {
      let margin = scores[0] / 2
      scores[0] = -margin
      scores[1] = margin
    }
  }
}
