/// Integrates the gradient of a score along a path, and checks the integral by the score at both ends.
///
/// A path leads from the fraction 0 of an input to 1 and is walked by t, its fraction being t²: near 0, where the input of a normalization
/// vanishes, a network changes fastest, and small steps are needed there. Simpson's rule on each piece gives an integral to compare
/// with the true difference of the score at its ends; the pieces that are furthest off are halved until the sum is right
/// ("adaptive quadrature", McKeeman 1962). Maxima change places along the path, so that the gradient jumps, which no rule of a higher order
/// would like.
struct PathIntegral {
  /// What is known at a fraction.
  struct Node {
    /// The score.
    var score: Double
    /// The derivative of the score by the fraction.
    var slope: Double
    /// The parts of which the derivative is the sum, or which tell them.
    var parts: [Double]
  }

  private struct Piece {
    let start: Double
    let end: Double
    let nodes: (Node, Node, Node)
    var middle: Double { (start + end) / 2 }

    /// Simpson's rule; `value` is by the fraction, of which t² makes the factor 2t.
    func integral(_ value: (Node) -> Double) -> Double {
      (end - start) / 3 * (start * value(nodes.0) + 4 * middle * value(nodes.1) + end * value(nodes.2))
    }

    /// What the rule misses of the true difference.
    var error: Double { nodes.2.score - nodes.0.score - integral(\.slope) }
  }

  /// How far the sum may be off: by this part of the difference.
  static let relative = 0.01
  /// Or by this much.
  static let absolute = 1e-5
  /// Pieces at first.
  private static let pieces = 4

  /// The score at the fraction 0.
  let start: Double
  /// The score at the fraction 1.
  let end: Double
  /// The integral of each part.
  let parts: [Double]
  /// What the integrals lack of the difference.
  let gap: Double

  /// - Parameters:
  ///   - tolerance: What the sum may be off, in units of ``relative`` and ``absolute``.
  ///   - most: Nodes at most.
  ///   - nodes: Computes what is known at some fractions.
  init(
    tolerance: Double, most: Int, nodes: (_ fractions: [Double]) throws(ConfigurationError) -> [Node]
  ) throws(ConfigurationError) {
    let count = 2 * Self.pieces
    let ts = (0...count).map { Double($0) / Double(count) }
    let first = try nodes(ts.map { $0 * $0 })
    var pieces = stride(from: 0, to: count, by: 2).map {
      Piece(start: ts[$0], end: ts[$0 + 2], nodes: (first[$0], first[$0 + 1], first[$0 + 2]))
    }
    (start, end) = (first[0].score, first[count].score)
    let allowed = tolerance * max(Self.relative * (end - start).magnitude, Self.absolute)
    var asked = first.count
    while true {
      let errors = pieces.map(\.error)
      // Errors that cancel each other would still be given to the wrong characters.
      let sum = errors.reduce(0, +).magnitude
      let all = errors.reduce(0) { $0 + $1.magnitude }
      if sum <= allowed && all <= 5 * allowed { break }
      let worst = errors.reduce(0) { max($0, $1.magnitude) }
      let halved = errors.indices.filter { errors[$0].magnitude >= worst / 4 }
      if asked + 2 * halved.count > most { break }
      let new = halved.flatMap { number in
        let piece = pieces[number]
        return [(piece.start + piece.middle) / 2, (piece.middle + piece.end) / 2]
      }
      let found = try nodes(new.map { $0 * $0 })
      asked += new.count
      for (place, number) in halved.enumerated().reversed() {
        let piece = pieces[number]
        pieces.replaceSubrange(
          number...number,
          with: [
            Piece(start: piece.start, end: piece.middle, nodes: (piece.nodes.0, found[2 * place], piece.nodes.1)),
            Piece(start: piece.middle, end: piece.end, nodes: (piece.nodes.1, found[2 * place + 1], piece.nodes.2)),
          ])
      }
    }
    parts = first[0].parts.indices.map { part in
      pieces.reduce(0) { $0 + $1.integral { $0.parts[part] } }
    }
    gap = pieces.reduce(0) { $0 + $1.error }
  }
}
