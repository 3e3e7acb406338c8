/// What the sampled values of one column look like.
struct ColumnStatistics {
  /// Longer values, in bytes, are no labels, and are taken for distinct without comparing them.
  private static let longestCompared = 256

  /// How often each value occurs that is not long.
  private(set) var counts: [String: Int] = [:]
  /// The number of values.
  private(set) var rows = 0
  private var totalLength = 0
  private var spaced = 0
  private var long = 0
  /// The length of the shortest value in bytes.
  private(set) var shortest = Int.max

  init(_ values: some Sequence<String>) {
    for value in values {
      if value.utf8.count <= Self.longestCompared { counts[value, default: 0] += 1 } else { long += 1 }
      rows += 1
      totalLength += value.utf8.count
      shortest = min(shortest, value.utf8.count)
      if value.utf8.contains(UInt8(ascii: " ")) { spaced += 1 }
    }
  }

  /// The mean length of a value in bytes.
  var meanLength: Double { Double(totalLength) / Double(max(rows, 1)) }

  /// The number of distinct values.
  var distinct: Int { counts.count + long }

  /// Whether there are few values, and short ones, as labels are: each occurs twice on average.
  var looksLikeLabels: Bool { distinct * 2 <= rows && meanLength <= 64 }

  /// Whether a value is a number, with a point or a comma.
  private static func isNumber(_ value: String) -> Bool {
    if Double(value) != nil { return true }
    let parts = value.split(separator: ",", omittingEmptySubsequences: false)
    return parts.count == 2 && Double(parts.joined(separator: ".")) != nil
  }

  /// Whether values are repeated, so that one that occurs again is more likely a value than a name.
  var isFewValues: Bool { rows > 1 && distinct * 2 <= rows }

  /// Whether every value is one word.
  var isSingleWords: Bool { spaced == 0 }

  /// Whether every value is a number.
  var isNumeric: Bool { rows > 0 && long == 0 && counts.keys.allSatisfy(Self.isNumber) }

  /// Whether every value says that something is so or not: 1 or 0, true or false.
  var areFlags: Bool {
    rows > 0 && long == 0 && counts.keys.allSatisfy { ["0", "1", "true", "false"].contains($0.lowercased()) }
  }

  /// Whether every value is a share: a number from 0 to 1.
  var areShares: Bool {
    rows > 0 && long == 0 && counts.keys.allSatisfy { Double($0).map((0...1).contains) ?? false }
  }

  /// Whether a value in the first row is more likely the column's name: a value among numbers, or one that does not
  /// occur again where all others do.
  func isHeader(_ first: String) -> Bool {
    guard rows >= 3, !first.isEmpty, first.utf8.count <= 64, counts[first] == nil else { return false }
    if isNumeric { return !Self.isNumber(first) }
    let isRepeated = distinct * 3 <= rows || rows >= 20 && distinct * 2 <= rows
    return isRepeated && long == 0 && counts.values.allSatisfy { $0 > 1 }
  }
}
