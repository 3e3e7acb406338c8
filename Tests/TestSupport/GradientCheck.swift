/// Compares a gradient with central finite differences of a loss that is computed in Float and summed in Double.
///
/// The error of an entry is relative to the largest of both values, of `floor` times the largest entry and of 0.001:
/// rounding of the forward pass bounds how well a small entry can be known. Where ReLU or a maximum has a kink
/// between x - step and x + step, the difference quotient is not the derivative; an entry that disagrees is therefore
/// measured again with smaller steps, and counts as right when one of them agrees.
package struct GradientCheck: Sendable {
  /// Distance of both points from x.
  package var step: Float = 0.01
  /// Largest relative error allowed.
  package var tolerance = 0.01
  /// Part of the largest entry that errors are at least relative to.
  package var floor = 0.1

  /// The step and tolerances above.
  package init() {}

  /// What is wrong with `gradient`, the derivative of `loss` at `values`; nil where nothing is.
  package func problem(values: [Float], gradient: [Float], loss: ([Float]) -> Double) -> String? {
    guard values.count == gradient.count else { return "\(gradient.count) gradients of \(values.count) values" }
    let scale = floor * Double(gradient.reduce(0) { max($0, abs($1)) })
    var worst: (error: Double, text: String)?
    var values = values
    for index in values.indices {
      var smallest: (error: Double, quotient: Double)?
      for divisor: Float in [1, 4, 16] {
        let quotient = quotient(at: index, of: &values, step: step / divisor, loss: loss)
        let given = Double(gradient[index])
        let size = max(abs(given), abs(quotient), scale, 1e-3)
        let error = abs(given - quotient) / size
        if !error.isFinite { return "entry \(index): \(given) instead of \(quotient)" }
        if error < smallest?.error ?? .infinity { smallest = (error, quotient) }
        if error <= tolerance { break }
      }
      guard let smallest, smallest.error > tolerance, smallest.error > worst?.error ?? 0 else { continue }
      worst = (smallest.error, "entry \(index): \(gradient[index]) instead of \(smallest.quotient)")
    }
    return worst.map { "\($0.text), relative error \($0.error)" }
  }

  private func quotient(
    at index: Int, of values: inout [Float], step: Float, loss: ([Float]) -> Double
  ) -> Double {
    let value = values[index]
    defer { values[index] = value }
    values[index] = value + step
    let upper = (point: Double(values[index]), loss: loss(values))
    values[index] = value - step
    let lower = (point: Double(values[index]), loss: loss(values))
    return (upper.loss - lower.loss) / (upper.point - lower.point)
  }
}
