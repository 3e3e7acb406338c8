#if Tool
internal import CharCNN
internal import CharCNNFiles
import CharCNNNetworks

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// The matrices of a walkthrough as a script reads them: whole numbers in base 64, of which a step of each matrix tells what they count. Rows that
/// repeat the one before are stored once, and what follows from another matrix by a formula is not stored.
struct WalkthroughMatrices {
  /// How a script gets the values of a step.
  enum Kind: String {
    case values
    case relu, glu, complementary
    /// Nothing to draw: a list, or scores of labels.
    case none
  }

  /// Values that are stored in 16 bits each; more are stored in 8.
  private static let most16 = 900_000
  /// Values that are stored at all.
  private static let most8 = 2_200_000

  private let detail: DetailedWalkthrough
  private let kinds: [Kind]
  /// For each step the rows that are stored, and where each row is among them.
  private let stored: [(rows: [Int], order: [Int])]
  private let bits: Int
  /// Rows of each matrix that the page has, at most.
  let mostRows: Int

  init(_ detail: DetailedWalkthrough) {
    self.detail = detail
    let steps = detail.walkthrough.steps
    let kinds = zip(steps, detail.layers).map { Self.kindOf($0, $1) }
    self.kinds = kinds
    let stored = zip(steps, kinds).map { step, kind -> (rows: [Int], order: [Int]) in
      kind == .values ? Self.distinct(step) : ([], [])
    }
    self.stored = stored
    func count(_ rows: Int) -> Int {
      zip(steps, stored).reduce(0) { sum, pair in
        let kept = pair.1.order.prefix(rows).last.map { $0 + 1 } ?? 0
        return sum + kept * pair.0.columns
      }
    }
    let longest = steps.map(\.rows).max() ?? 0
    let all = count(longest)
    bits = all <= Self.most16 ? 16 : 8
    var (least, most) = (1, longest)
    if all > Self.most8 {
      while least < most {
        let middle = (least + most + 1) / 2
        if count(middle) <= Self.most8 { least = middle } else { most = middle - 1 }
      }
    }
    mostRows = max(most, 1)
  }

  /// Whether values are rounded so that a reader should know.
  var isRough: Bool { bits == 8 }

  /// How the values of a step are known.
  func kind(_ step: Int) -> Kind { kinds[step] }

  /// The rows of a step that the page has, and how many of them come before the padding behind the text.
  func rows(_ step: Int) -> (all: Int, shown: Int) {
    let all = min(detail.walkthrough.steps[step].rows, mostRows)
    let own = detail.layers[step].rows.own
    if own.isEmpty { return (all, all) }
    var shown = all
    while shown > 0, own[shown - 1].lowerBound >= detail.networkUnits { shown -= 1 }
    // A single row is no more than the line that would stand in its place.
    return (all, all - shown < 2 ? all : shown)
  }

  private static func kindOf(_ step: CharCNN.Walkthrough.Step, _ layer: DetailedWalkthrough.Layer) -> Kind {
    guard step.shape.count > 1, step.columnLabels.isEmpty, step.rows * step.columns > 0 else { return .none }
    switch layer.operation {
    case .nonlinearity(.relu): return .relu
    case .nonlinearity(.glu): return .glu
    case .nonlinearity(.complementary): return .complementary
    default: return .values
    }
  }

  private static func distinct(_ step: CharCNN.Walkthrough.Step) -> (rows: [Int], order: [Int]) {
    var (rows, order): ([Int], [Int]) = ([], [])
    for row in 0..<step.rows {
      let start = row * step.columns
      let isNew =
        row == 0
        || step.values[start..<start + step.columns] != step.values[start - step.columns..<start]
      if isNew { rows.append(row) }
      order.append(rows.count - 1)
    }
    return (rows, order)
  }

  // MARK: Labels of rows

  /// What a row stands for: its characters, shortened where they are many.
  func label(_ step: Int, _ row: Int) -> String {
    let own = detail.layers[step].rows.own
    guard row < own.count else { return detail.walkthrough.steps[step].rows == 1 ? "" : "\(row + 1)" }
    let range = own[row].clamped(to: 0..<detail.networkUnits)
    if range.isEmpty { return "·" }
    let units = detail.units[range]
    return units.count > 8
      ? units.prefix(3).joined() + "…" + units.suffix(3).joined() : units.joined()
  }

  // MARK: JSON

  /// The members of the script's object.
  var json: String {
    var maps: [StepRows] = []
    var places: [StepRows: Int] = [:]
    var labels: [String] = []
    let steps = detail.walkthrough.steps.indices.map { step -> String in
      if kinds[step] == .none { return "null" }
      let rows = detail.layers[step].rows
      let map = places[rows] ?? maps.count
      if map == maps.count {
        maps.append(rows)
        places[rows] = map
        labels.append(json(of: rows, step))
      }
      return json(of: step, map: map)
    }
    return
      "\"units\":\(detail.networkUnits),\"rough\":\(isRough),\"maps\":[\(labels.joined(separator: ","))],\"steps\":[\(steps.joined(separator: ","))]"
  }

  private func json(of rows: StepRows, _ step: Int) -> String {
    let count = min(rows.seen.count, mostRows)
    let labels = (0..<count).map { JSONText.quoted(MarkupText.allowed(label(step, $0))) }
    func flat(_ ranges: [Range<Int>]) -> String {
      ranges.prefix(count).map { "\($0.lowerBound),\($0.upperBound)" }.joined(separator: ",")
    }
    return
      "{\"labels\":[\(labels.joined(separator: ","))],\"own\":[\(flat(rows.own))],\"seen\":[\(flat(rows.seen))]}"
  }

  private func json(of number: Int, map: Int) -> String {
    let step = detail.walkthrough.steps[number]
    let count = rows(number)
    var members = [
      "\"kind\":\"\(kinds[number].rawValue)\"", "\"rows\":\(count.all)", "\"shown\":\(count.shown)",
      "\"columns\":\(step.columns)", "\"map\":\(map)", "\"inputs\":\(detail.layers[number].inputs)",
    ]
    if kinds[number] == .values {
      let order = Array(stored[number].order.prefix(count.all))
      let rows = stored[number].rows.prefix(order.last.map { $0 + 1 } ?? 0)
      if rows.count < order.count { members.append("\"order\":\(order)") }
      var values: [Float] = []
      for row in rows { values += step.values[row * step.columns..<(row + 1) * step.columns] }
      let magnitude = values.reduce(0) { $1.isFinite ? max($0, $1.magnitude) : $0 }
      let scale = magnitude / (bits == 16 ? 32_767 : 127)
      members.append("\"scale\":\(scale > 0 ? Double(scale) : 0)")
      members.append("\"data\":\"\(base64(values, scale))\"")
    }
    if let winners = detail.layers[number].winners {
      let taken = winners.rows.prefix(count.all * step.columns).map { row in
        row >= 0 && row < min(mostRows, Int(UInt16.max)) ? UInt16(row) : UInt16.max
      }
      members.append("\"winners\":\"\(Self.base64(taken))\"")
    }
    return "{\(members.joined(separator: ","))}"
  }

  /// Values as whole numbers of steps of `scale`; the lowest number stands for none.
  private func base64(_ values: [Float], _ scale: Float) -> String {
    func whole<Number: FixedWidthInteger>(_ value: Float) -> Number {
      if !value.isFinite { return Number.min }
      return scale > 0 ? Number(clamping: Int((value / scale).rounded())) : 0
    }
    return bits == 16
      ? Self.base64(values.map { whole($0) as Int16 }) : Self.base64(values.map { whole($0) as Int8 })
  }

  private static func base64<Number: FixedWidthInteger>(_ numbers: [Number]) -> String {
    numbers.map(\.littleEndian).withUnsafeBytes { Data($0) }.base64EncodedString()
  }
}
#endif
