/// The vectors of a teacher, one for each text of a collection.
package struct TeacherVectors: Sendable {
  private enum Content: Sendable {
    case memory([Float])
    /// What lies elsewhere, and how it is lent.
    case lent(count: Int, Lending)
  }

  /// Lends all numbers, one vector after another.
  package typealias Lending = @Sendable ((UnsafeBufferPointer<Float>) -> Void) -> Void

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
  ///   - lend: Lends all of them.
  package init(count: Int, dimension: Int, lend: @escaping Lending) {
    content = .lent(count: count, lend)
    self.dimension = dimension
  }

  /// Number of vectors.
  package var count: Int {
    switch content {
    case .memory(let vectors): vectors.count / max(dimension, 1)
    case .lent(let count, _): count
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
    func take(_ all: UnsafeBufferPointer<Float>) {
      for text in texts { result += all[text * dimension..<(text + 1) * dimension].lazy.map { $0 * scale } }
    }
    switch content {
    case .memory(let vectors): vectors.withUnsafeBufferPointer(take)
    case .lent(_, let lend): lend(take)
    }
    return result
  }
}
