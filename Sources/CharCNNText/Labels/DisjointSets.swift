/// Things that are joined to sets; the first thing of a set stands for it (union by smallest member with path halving: Tarjan 1975,
/// "Efficiency of a Good But Not Linear Set Union Algorithm").
struct DisjointSets: Sendable {
  private var parents: [Int32]

  /// A set for each of some things.
  init(count: Int = 0) { parents = (0..<Int32(count)).map { $0 } }

  /// Number of things.
  var count: Int { parents.count }

  /// Adds a thing that is a set by itself.
  ///
  /// - Returns: Its number.
  @discardableResult mutating func add() -> Int32 {
    parents.append(Int32(parents.count))
    return Int32(parents.count - 1)
  }

  /// The first thing of the set of a thing.
  mutating func first(of thing: Int32) -> Int32 {
    var thing = thing
    while parents[Int(thing)] != thing {
      parents[Int(thing)] = parents[Int(parents[Int(thing)])]
      thing = parents[Int(thing)]
    }
    return thing
  }

  /// Makes one set of those of two things.
  mutating func join(_ one: Int32, _ other: Int32) {
    let (one, other) = (first(of: one), first(of: other))
    parents[Int(max(one, other))] = min(one, other)
  }

  /// The first thing of the set of each thing.
  mutating func firsts() -> [Int32] { parents.indices.map { first(of: Int32($0)) } }
}
