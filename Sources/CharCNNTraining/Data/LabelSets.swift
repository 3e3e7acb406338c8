package import CharCNNText

/// The sets of labels that texts have, where a text may have several or none. A corpus gives each text the number of its set, as it gives
/// others the number of their class.
package struct LabelSets: Sendable {
  /// A set.
  package struct Entry: Sendable, Hashable {
    /// Numbers of the classes, rising.
    package let classes: [Int32]
    /// Labels that are no classes, since training lacks them.
    package let unseen: [String]
  }

  private var entries: [Entry] = []
  private var numbers: [Entry: Int32] = [:]

  /// None yet.
  package init() {}

  /// Sets of classes, each with its place as its number.
  init(_ classes: [[Int32]]) {
    entries = classes.map { Entry(classes: $0, unseen: []) }
    numbers = Dictionary(
      zip(entries, 0..<Int32(entries.count)).map { ($0, $1) }, uniquingKeysWith: { first, _ in first })
  }

  /// The number of a set, which is new or known.
  ///
  /// - Parameters:
  ///   - labels: Names, each once.
  ///   - classes: Those that are classes.
  package mutating func number(of labels: [String], in classes: LabelSet) -> Int32 {
    let known = labels.map { classes.index(of: $0) }
    let entry = Entry(
      classes: known.compactMap { $0 }.sorted(), unseen: zip(labels, known).filter { $1 == nil }.map(\.0))
    if let number = numbers[entry] { return number }
    let number = Int32(entries.count)
    entries.append(entry)
    numbers[entry] = number
    return number
  }

  /// A set.
  package subscript(number: Int32) -> Entry { entries[Int(number)] }

  /// Whether the labels of a set are right or wrong, one after another.
  package func targets(_ number: Int32, classes: Int) -> [Bool] {
    var targets = [Bool](repeating: false, count: classes)
    for label in self[number].classes { targets[Int(label)] = true }
    return targets
  }

  /// A class for each of some texts by which they are split, so that rare labels are on both sides: the rarest of their labels, or a number of
  /// its own for texts without any. (Sechidis 2011, "On the Stratification of Multi-Label Data", for why the rarest comes first.)
  package func rarest(of texts: [Int32], classes: Int) -> [Int32] {
    var counts = [Int](repeating: 0, count: classes)
    for number in texts { for label in self[number].classes { counts[Int(label)] += 1 } }
    return texts.map { number in
      self[number].classes.min { (counts[Int($0)], $0) < (counts[Int($1)], $1) } ?? Int32(classes)
    }
  }
}
