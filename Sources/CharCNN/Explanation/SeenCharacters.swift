/// The characters of a text as its reader sees them, and which of them each unit of a model belongs to.
struct SeenCharacters {
  /// The characters that units came from, in order.
  let ranges: [Range<String.Index>]
  /// For each unit the number of its character.
  let characters: [Int]
  /// How many characters of the text no unit came from.
  let unread: Int

  /// - Parameters:
  ///   - text: The text.
  ///   - units: For each unit the UTF-8 offsets of what it came from.
  init(_ text: String, units: [Range<Int>]) {
    let last = units.reduce(0) { max($0, $1.upperBound) }
    var ends: [Int] = []
    var offset = 0
    var index = text.startIndex
    while index < text.endIndex, offset < last {
      let next = text.index(after: index)
      offset += text.utf8.distance(from: index, to: next)
      ends.append(offset)
      index = next
    }
    let beyond = text[index...].count
    // A unit that came from several characters makes one of them.
    var isEnd = [Bool](repeating: true, count: ends.count)
    for unit in units {
      for place in Self.first(ends, above: unit.lowerBound)..<ends.count {
        if ends[place] >= unit.upperBound { break }
        isEnd[place] = false
      }
    }
    let joined = zip(ends, isEnd).filter(\.1).map(\.0)
    let owners = units.map { Self.first(joined, above: $0.lowerBound) }
    var numbers = [Int](repeating: -1, count: joined.count)
    for owner in owners { numbers[owner] = 0 }
    var ranges: [Range<String.Index>] = []
    let utf8 = text.utf8
    for (place, end) in joined.enumerated() where numbers[place] == 0 {
      numbers[place] = ranges.count
      let start = place == 0 ? 0 : joined[place - 1]
      ranges.append(utf8.index(utf8.startIndex, offsetBy: start)..<utf8.index(utf8.startIndex, offsetBy: end))
    }
    self.ranges = ranges
    characters = owners.map { numbers[$0] }
    unread = beyond + numbers.count { $0 < 0 }
  }

  /// The number of the first offset that is above one.
  private static func first(_ ends: [Int], above offset: Int) -> Int {
    var (low, high) = (0, ends.count)
    while low < high {
      let middle = (low + high) / 2
      if ends[middle] > offset { high = middle } else { low = middle + 1 }
    }
    return low
  }

  /// What each character adds, by what its units add.
  func contributions(of units: some Sequence<Double>) -> [TextClassifier.Explanation.Contribution] {
    var sums = [Double](repeating: 0, count: ranges.count)
    for (character, value) in zip(characters, units) { sums[character] += value }
    return zip(ranges, sums).map { TextClassifier.Explanation.Contribution(range: $0, value: $1) }
  }
}

extension [Double] {
  /// The numbers with what their sum lacks spread over them, in proportion to their magnitudes.
  func spreading(_ gap: Double) -> [Double] {
    let magnitude = reduce(0) { $0 + $1.magnitude }
    if magnitude == 0 { return map { $0 + gap / Double(count) } }
    return map { $0 + gap * $0.magnitude / magnitude }
  }
}
