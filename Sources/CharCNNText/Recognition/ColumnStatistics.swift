/// What the sampled values of one column look like.
struct ColumnStatistics {
  /// How often each value occurs.
  private(set) var counts: [String: Int] = [:]
  /// The number of values.
  private(set) var rows = 0
  private var totalLength = 0
  private var spaced = 0

  init(_ values: some Sequence<String>) {
    for value in values {
      counts[value, default: 0] += 1
      rows += 1
      totalLength += value.utf8.count
      if value.contains(where: \.isWhitespace) { spaced += 1 }
    }
  }

  /// The mean length of a value in bytes.
  var meanLength: Double { Double(totalLength) / Double(max(rows, 1)) }

  /// Whether there are few values, and short ones, as labels are: each occurs twice on average.
  var looksLikeLabels: Bool { counts.count * 2 <= rows && meanLength <= 64 }

  /// Whether every value is one word.
  var isSingleWords: Bool { spaced == 0 }

  /// Whether every value is a number.
  var isNumeric: Bool { rows > 0 && counts.keys.allSatisfy { Double($0) != nil } }

  /// Whether a value in the first row is more likely the column's name: a value among numbers, or one that does not
  /// occur again where all others do.
  func isHeader(_ first: String) -> Bool {
    guard rows >= 3, !first.isEmpty, first.utf8.count <= 64, counts[first] == nil else { return false }
    if isNumeric { return Double(first) == nil }
    return counts.count * 3 <= rows && counts.values.allSatisfy { $0 > 1 }
  }
}
