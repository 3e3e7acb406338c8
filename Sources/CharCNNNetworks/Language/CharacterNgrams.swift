/// Probabilities of the next character by counts: interpolated modified Kneser-Ney smoothing, the wide part of a causal
/// language model.
///
/// Source: Chen & Goodman (1998), "An Empirical Study of Smoothing Techniques for Language Modeling", section 3 (modified
/// Kneser-Ney). Differences: texts have no marks at their ends; what is below single characters is the uniform
/// distribution over the alphabet; where counts of counts cannot tell a discount, it is one half.
///
/// The n-grams are a tree whose node at depth k is a sequence of k characters: its children are what followed it, in the
/// order of their indices. A node's count is how often the sequence occurs at the greatest depth, and before that how many
/// different characters precede it.
public struct CharacterNgrams: Sendable, Equatable {
  /// The nodes of one depth, in the order of their sequences.
  public struct Level: Sendable, Equatable {
    /// Last character of each sequence.
    public var characters: [Int32]
    /// Number of each node's first child in the next level, and of the end; empty at the greatest depth.
    public var firstChild: [Int32]
    /// Count of each node.
    public var counts: [Int32]

    /// Nodes.
    public init(characters: [Int32], firstChild: [Int32], counts: [Int32]) {
      self.characters = characters
      self.firstChild = firstChild
      self.counts = counts
    }
  }

  /// Characters of the alphabet, the unknown one included.
  public let alphabetSize: Int
  /// The levels from depth 1 on.
  public let levels: [Level]
  /// For each node its discounted share of its parent's count.
  let shares: [[Float]]
  /// For the root, and for each node that has children, what is left for shorter sequences.
  let remainders: [[Float]]
  /// The sum of the counts of the children of the root and of each node.
  let totals: [[Int32]]

  /// Characters that a prediction reads, and the one that it predicts.
  public var order: Int { levels.count }
  /// Number of all sequences.
  public var count: Int { levels.reduce(0) { $0 + $1.characters.count } }

  /// Orders that make sense.
  public static let orders = 2...8

  /// The probabilities that follow from the nodes.
  ///
  /// - Throws: ``ConfigurationError`` where the levels are no tree over the alphabet.
  public init(alphabetSize: Int, levels: [Level]) throws(ConfigurationError) {
    self.alphabetSize = alphabetSize
    self.levels = levels
    try Self.check(levels, alphabetSize: alphabetSize)
    var shares: [[Float]] = []
    var remainders: [[Float]] = []
    var totals: [[Int32]] = []
    for depth in levels.indices {
      let counts = levels[depth].counts
      let discounts = Discounts(counts)
      var own = [Float](repeating: 0, count: counts.count)
      let parents = depth == 0 ? 1 : levels[depth - 1].characters.count
      var left = [Float](repeating: 1, count: parents)
      var sums = [Int32](repeating: 0, count: parents)
      for parent in 0..<parents {
        let children = Self.children(of: parent, depth: depth, levels)
        let total = children.reduce(0) { $0 + Int(counts[$1]) }
        sums[parent] = Int32(clamping: total)
        guard total > 0 else { continue }
        var discounted = 0.0
        for child in children {
          let discount = discounts.discount(counts[child])
          own[child] = Float((Double(counts[child]) - discount) / Double(total))
          discounted += discount
        }
        left[parent] = Float(discounted / Double(total))
      }
      shares.append(own)
      remainders.append(left)
      totals.append(sums)
    }
    (self.shares, self.remainders, self.totals) = (shares, remainders, totals)
  }

  /// The same sequences: what is derived from them is the same too.
  public static func == (first: CharacterNgrams, second: CharacterNgrams) -> Bool {
    first.alphabetSize == second.alphabetSize && first.levels == second.levels
  }

  /// Nodes of level `depth` (0 for single characters) that follow a node of the level before it, or the root.
  static func children(of parent: Int, depth: Int, _ levels: [Level]) -> Range<Int> {
    if depth == 0 { return 0..<levels[0].characters.count }
    let first = levels[depth - 1].firstChild
    return Int(first[parent])..<Int(first[parent + 1])
  }

  /// The node of level `depth` that a character leads to from a node of the level before it; nil where it never followed.
  func child(of parent: Int, depth: Int, character: Int32) -> Int? {
    var children = Self.children(of: parent, depth: depth, levels)
    let characters = levels[depth].characters
    while !children.isEmpty {
      let middle = children.lowerBound + children.count / 2
      if characters[middle] == character { return middle }
      children =
        characters[middle] < character ? middle + 1..<children.upperBound : children.lowerBound..<middle
    }
    return nil
  }

  /// What is taken from counts of 1, 2 and more (Chen & Goodman, section 3).
  private struct Discounts {
    private var values = [0.5, 0.5, 0.5]

    init(_ counts: [Int32]) {
      var of = [0.0, 0.0, 0.0, 0.0]
      for count in counts where (1...4).contains(count) { of[Int(count) - 1] += 1 }
      guard of[0] > 0, of[1] > 0 else { return }
      let y = of[0] / (of[0] + 2 * of[1])
      for number in 0..<3 where of[number] > 0 {
        let discount = Double(number + 1) - Double(number + 2) * y * of[number + 1] / of[number]
        // Few counts can tell nonsense: something is taken and something is left.
        values[number] = min(max(discount, 0.05), Double(number + 1) - 0.05)
      }
    }

    func discount(_ count: Int32) -> Double { count == 0 ? 0 : values[Int(min(count, 3)) - 1] }
  }

  private static func check(_ levels: [Level], alphabetSize: Int) throws(ConfigurationError) {
    func check(_ condition: Bool, _ problem: @autoclosure () -> String) throws(ConfigurationError) {
      try ConfigurationError.check(condition, "ngrams", problem())
    }
    try check(orders.contains(levels.count), "have \(levels.count) levels, and must have 2 to 8")
    try check(alphabetSize >= 1, "need an alphabet")
    for (depth, level) in levels.enumerated() {
      let count = level.characters.count
      try check(level.counts.count == count, "have \(level.counts.count) counts for \(count) sequences")
      try check(level.counts.allSatisfy { $0 >= 0 }, "have a negative count")
      try check(
        level.characters.allSatisfy { $0 >= 0 && Int($0) < alphabetSize }, "have a character that the alphabet lacks")
      if depth == levels.count - 1 {
        try check(level.firstChild.isEmpty, "end below their last level")
      } else {
        let first = level.firstChild
        try check(
          first.count == count + 1 && first.first == 0 && Int(first[count]) == levels[depth + 1].characters.count
            && zip(first, first.dropFirst()).allSatisfy { $0 <= $1 }, "have children that no sequence owns")
      }
      let parents = depth == 0 ? 1 : levels[depth - 1].characters.count
      for parent in 0..<parents {
        let own = level.characters[children(of: parent, depth: depth, levels)]
        try check(zip(own, own.dropFirst()).allSatisfy { $0 < $1 }, "are not in order")
      }
    }
  }
}
