#if Tool
internal import CharCNNFiles

/// Curves as a picture in a page.
struct ReportChart {
  /// A curve.
  struct Line {
    let name: String
    /// Places and values, the former rising.
    let points: [(x: Double, y: Double)]
    /// Whether it is there for comparison.
    var isFaint = false
  }

  let lines: [Line]
  let xTitle: String
  /// Nil for what the points take.
  var xRange: ClosedRange<Double>?
  var yRange: ClosedRange<Double>?
  /// A place to mark; nil for none.
  var marked: Double?
  /// How much each point of the last curve stands for; empty draws no points.
  var sizes: [Double] = []

  /// The picture's size and the room for what stands beside the curves.
  private static let (width, height, left, bottom, top) = (440.0, 260.0, 52.0, 42.0, 22.0)

  /// The picture.
  func svg() -> String {
    let points = lines.flatMap(\.points)
    let xs = xRange ?? Self.range(points.map(\.x))
    let ys = yRange ?? Self.range(points.map(\.y))
    func x(_ value: Double) -> Double {
      Self.left + (value - xs.lowerBound) / (xs.upperBound - xs.lowerBound) * (Self.width - Self.left - 12)
    }
    func y(_ value: Double) -> Double {
      Self.height - Self.bottom - (value - ys.lowerBound) / (ys.upperBound - ys.lowerBound)
        * (Self.height - Self.bottom - Self.top)
    }
    func number(_ value: Double) -> String { Decimals.rounded(value, decimals: 1) }
    var parts: [String] = []
    for step in 0...4 {
      let value = ys.lowerBound + (ys.upperBound - ys.lowerBound) * Double(step) / 4
      parts.append(
        "<path class=\"grid\" d=\"M\(number(Self.left)) \(number(y(value)))H\(number(Self.width - 12))\"/><text class=\"tick\" text-anchor=\"end\" x=\"\(number(Self.left - 6))\" y=\"\(number(y(value) + 4))\">\(Self.tick(value, ys))</text>"
      )
      let place = xs.lowerBound + (xs.upperBound - xs.lowerBound) * Double(step) / 4
      parts.append(
        "<text class=\"tick\" text-anchor=\"middle\" x=\"\(number(x(place)))\" y=\"\(number(Self.height - Self.bottom + 16))\">\(Self.tick(place, xs))</text>"
      )
    }
    parts.append(
      "<text class=\"tick\" text-anchor=\"middle\" x=\"\(number((Self.left + Self.width) / 2))\" y=\"\(number(Self.height - 6))\">\(MarkupText.escaped(xTitle))</text>"
    )
    if let marked, xs.contains(marked) {
      parts.append(
        "<path class=\"mark\" d=\"M\(number(x(marked))) \(number(Self.top))V\(number(Self.height - Self.bottom))\"/>")
    }
    for (place, line) in lines.enumerated() {
      let path = line.points.map { "\(number(x($0.x))) \(number(y($0.y)))" }.joined(separator: "L")
      parts.append("<path class=\"curve c\(place)\(line.isFaint ? " faint" : "")\" d=\"M\(path)\"/>")
      let corner = Self.left + Double(place) * 190
      parts.append(
        "<path class=\"curve c\(place)\(line.isFaint ? " faint" : "")\" d=\"M\(number(corner)) 9h18\"/><text class=\"tick\" x=\"\(number(corner + 24))\" y=\"13\">\(MarkupText.escaped(line.name))</text>"
      )
    }
    if let last = lines.last, let largest = sizes.max(), largest > 0 {
      for (point, size) in zip(last.points, sizes) {
        let radius = 2 + 7 * (size / largest).squareRoot()
        parts.append(
          "<circle class=\"c\(lines.count - 1)\" cx=\"\(number(x(point.x)))\" cy=\"\(number(y(point.y)))\" r=\"\(number(radius))\"><title>\(Numbers.count(Int(size), "answer")), \(Numbers.percent(point.x)) sure, \(Numbers.percent(point.y)) right</title></circle>"
        )
      }
    }
    return
      "<svg viewBox=\"0 0 \(number(Self.width)) \(number(Self.height))\" role=\"img\" xmlns=\"http://www.w3.org/2000/svg\">\(parts.joined())</svg>"
  }

  /// What numbers take, with some room; never nothing.
  private static func range(_ values: [Double]) -> ClosedRange<Double> {
    let finite = values.filter(\.isFinite)
    guard let least = finite.min(), let most = finite.max() else { return 0...1 }
    return most > least ? least...most : least - 0.5...most + 0.5
  }

  private static func tick(_ value: Double, _ range: ClosedRange<Double>) -> String {
    let width = range.upperBound - range.lowerBound
    return Decimals.rounded(value, decimals: width >= 20 ? 1 : width >= 0.5 ? 2 : 3)
  }
}
#endif
