/// Digests of texts with their labels, in the order in which they come. They tell which texts are the same but for case, blanks
/// and punctuation, in some ten bytes for each.
package struct TextCopies: Sendable {
  /// Which of several texts are copies of each other: their numbers, from 0, rising.
  package typealias Group = [Int32]

  /// Digests of what is left of each text without case, blanks and punctuation.
  package private(set) var digests: [UInt64] = []
  /// Number of the label of each text; -1 for none. Labels that differ only in case, blanks, underscores or the writing of a number
  /// have one.
  private var classes: [Int32] = []
  private var numbers: [String: Int32] = [:]
  private var numbersOfLabels: [String: Int32] = [:]
  private var likeness = TextLikeness()

  /// No texts.
  package init() {}

  /// Number of texts.
  package var count: Int { digests.count }

  /// Adds a text.
  package mutating func add(_ text: String, label: String?) { add(digest: likeness.digest(of: text), label: label) }

  mutating func add(digest: UInt64, label: String?) {
    digests.append(digest)
    classes.append(label.map { number(of: $0) } ?? -1)
  }

  private mutating func number(of label: String) -> Int32 {
    if let known = numbersOfLabels[label] { return known }
    let alike = Label.likeness(label)
    let number = numbers[alike] ?? Int32(numbers.count)
    numbers[alike] = number
    numbersOfLabels[label] = number
    return number
  }

  /// The groups of two texts or more that are copies of each other, by their first text.
  package func groups() -> [Group] {
    var order = digests.indices.map { (digest: digests[$0], text: Int32($0)) }
    order.sort { ($0.digest, $0.text) < ($1.digest, $1.text) }
    var groups: [Group] = []
    var start = 0
    while start < order.count {
      var end = start + 1
      while end < order.count, order[end].digest == order[start].digest { end += 1 }
      if end - start > 1 { groups.append(order[start..<end].map(\.text)) }
      start = end
    }
    return groups.sorted { $0[0] < $1[0] }
  }

  /// Whether some of these texts have labels that mean different things.
  package func isContradictory(_ group: Group) -> Bool {
    let labels = Set(group.map { classes[Int($0)] }.filter { $0 >= 0 })
    return labels.count > 1
  }

  /// Texts of others that stand among these: their numbers with that of the first copy.
  package func texts(of others: TextCopies) -> [(text: Int, copy: Int)] {
    var first: [UInt64: Int] = [:]
    let wanted = Set(others.digests)
    for (text, digest) in digests.enumerated() where wanted.contains(digest) && first[digest] == nil {
      first[digest] = text
    }
    return others.digests.enumerated().compactMap { text, digest in first[digest].map { (text, $0) } }
  }
}
