#if Tool
internal import ArgumentParser
internal import CharCNN
internal import CharCNNFiles
import CharCNNStorage

/// `charcnn diff`.
struct Diff: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say what differs between two models.",
    discussion: """
      Compares settings, labels, characters, the data that both come from, their figures, the sizes of their files and their \
      weights: how many tensors differ, and by how much at most. What is the same is not listed. Models of earlier versions do not \
      know their data.

      Example:
        charcnn diff monday.charcnn tuesday.charcnn
        charcnn diff monday.charcnn tuesday.charcnn --json
      """)

  @Argument(help: "A model bundle.")
  var first: String

  @Argument(help: "Another one.")
  var second: String

  @Flag(help: "Write a JSON object.")
  var json = false

  /// What `--json` writes.
  private struct Result: Encodable {
    let first: String
    let second: String
    let isIdentical: Bool
    let difference: BundleDifference

    private enum Key: String, CodingKey {
      case first, second, isIdentical
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(first, forKey: .first)
      try container.encode(second, forKey: .second)
      try container.encode(isIdentical, forKey: .isIdentical)
      try difference.encode(to: encoder)
    }
  }

  func run() throws {
    let (one, other) = (try ModelBundle(contentsOf: first), try ModelBundle(contentsOf: second))
    // What is no model has no settings and labels that could be compared.
    _ = (try one.task(), try other.task())
    let difference = try BundleDifference(one, other)
    if json {
      return try StandardOutput.write(
        json: Result(first: first, second: second, isIdentical: difference.isIdentical, difference: difference))
    }
    try StandardOutput.write(difference.isIdentical ? "both hold the same\n" : text(of: difference))
  }

  private func text(of difference: BundleDifference) -> String {
    var rows = [["", "", first, second]]
    for (part, changes) in [
      ("settings", difference.settings), ("data", difference.data), ("figures", difference.metrics),
      ("bytes", difference.sizes),
    ] {
      rows += changes.map { [part, $0.name, Self.shown($0.first), Self.shown($0.second)] }
    }
    for (part, names) in [("labels", difference.labels), ("characters", difference.alphabet)] {
      guard let names else { continue }
      rows.append([part, "number", "\(names.counts[0])", "\(names.counts[1])"])
      if names.onlyFirst.isEmpty, names.onlySecond.isEmpty {
        rows.append([part, "order", "differs", "differs"])
      } else {
        rows.append([part, "only here", Self.listed(names.onlyFirst), Self.listed(names.onlySecond)])
      }
    }
    if let weights = difference.weights { rows += Self.rows(of: weights) }
    if rows.count == 1 { rows.append(["files", Self.listed(difference.files), "differs", "differs"]) }
    return TextTable(rows: rows, leftColumns: 4, cells: .whole).text()
  }

  private static func rows(of weights: WeightDifference) -> [[String]] {
    var rows: [[String]] = []
    if !weights.onlyFirst.isEmpty || !weights.onlySecond.isEmpty {
      rows.append([
        "weights", "tensors only here", listed(weights.onlyFirst, most: 4), listed(weights.onlySecond, most: 4),
      ])
    }
    if weights.common > 0 {
      let count = "\(weights.differing.count) of \(Numbers.count(weights.common, "tensor"))"
      rows.append(["weights", "other elements", count, count])
      if !weights.reshaped.isEmpty {
        rows.append(["weights", "other shapes", listed(weights.reshaped, most: 4), listed(weights.reshaped, most: 4)])
      }
    }
    if let largest = weights.largest, let name = weights.largestTensor {
      rows.append(["weights", "largest difference", Decimals.rounded(largest, decimals: 6), name])
    }
    return rows
  }

  private static func shown(_ value: String?) -> String {
    guard let value else { return "-" }
    return value.count > 60 ? "\(value.prefix(59))…" : value
  }

  private static func listed(_ names: [String], most: Int = 10) -> String {
    if names.isEmpty { return "-" }
    return names.prefix(most).joined(separator: " ") + (names.count > most ? " and \(names.count - most) more" : "")
  }
}
#endif
