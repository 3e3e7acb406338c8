/// The vectors of a teacher, one for each text of a collection.
package struct TeacherVectors: Sendable {
  private enum Content: Sendable {
    case memory([Float])
    /// What lies elsewhere, and is read row by row.
    case elsewhere(count: Int, Reading)
  }

  /// Reads the vector of a row.
  package typealias Reading = @Sendable (_ row: Int) -> [Float]

  /// Numbers of a vector.
  package let dimension: Int
  private let content: Content
  /// What they are multiplied with.
  package private(set) var scale: Float = 1

  /// Vectors in memory, one after another.
  package init(_ vectors: [Float], dimension: Int) {
    content = .memory(vectors)
    self.dimension = dimension
  }

  /// Vectors that lie elsewhere, such as in a file, and are read when they are asked for.
  ///
  /// - Parameters:
  ///   - count: Number of vectors.
  ///   - dimension: Numbers of a vector.
  ///   - row: Reads one of them.
  package init(count: Int, dimension: Int, row: @escaping Reading) {
    content = .elsewhere(count: count, row)
    self.dimension = dimension
  }

  /// Number of vectors.
  package var count: Int {
    switch content {
    case .memory(let vectors): vectors.count / max(dimension, 1)
    case .elsewhere(let count, _): count
    }
  }

  /// The same vectors, multiplied with a number.
  package func scaled(by factor: Float) -> TeacherVectors {
    var result = self
    result.scale *= factor
    return result
  }

  /// The vectors of some texts, one after another.
  package func vectors(of texts: [Int]) -> [Float] {
    var result: [Float] = []
    result.reserveCapacity(texts.count * dimension)
    for text in texts {
      switch content {
      case .memory(let vectors):
        result += vectors[text * dimension..<(text + 1) * dimension].lazy.map { $0 * scale }
      case .elsewhere(_, let row): result += row(text).lazy.map { $0 * scale }
      }
    }
    return result
  }
}
