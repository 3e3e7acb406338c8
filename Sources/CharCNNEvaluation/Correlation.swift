/// How two lists of numbers go together.
public enum Correlation {
  /// Pearson's coefficient: the covariance over the product of the deviations; nil where a list has no deviation, fewer than
  /// two numbers, or one that is not finite.
  public static func pearson(_ x: [Double], _ y: [Double]) -> Double? {
    guard x.count == y.count, x.count >= 2, (x + y).allSatisfy(\.isFinite) else { return nil }
    let count = Double(x.count)
    let (meanX, meanY) = (x.reduce(0, +) / count, y.reduce(0, +) / count)
    var (products, squaresX, squaresY) = (0.0, 0.0, 0.0)
    for (a, b) in zip(x, y) {
      products += (a - meanX) * (b - meanY)
      squaresX += (a - meanX) * (a - meanX)
      squaresY += (b - meanY) * (b - meanY)
    }
    guard squaresX > 0, squaresY > 0 else { return nil }
    return min(max(products / (squaresX.squareRoot() * squaresY.squareRoot()), -1), 1)
  }

  /// Spearman's coefficient: Pearson's of the ranks; equal numbers share the mean of their ranks. Nil as for
  /// ``pearson(_:_:)``.
  public static func spearman(_ x: [Double], _ y: [Double]) -> Double? {
    guard (x + y).allSatisfy(\.isFinite) else { return nil }
    return pearson(ranks(of: x), ranks(of: y))
  }

  /// The rank of each number, from 1; equal ones share the mean.
  public static func ranks(of values: [Double]) -> [Double] {
    let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    var ranks = [Double](repeating: 0, count: values.count)
    var start = 0
    while start < order.count {
      var end = start + 1
      while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
      for place in start..<end { ranks[order[place]] = Double(start + end + 1) / 2 }
      start = end
    }
    return ranks
  }
}
