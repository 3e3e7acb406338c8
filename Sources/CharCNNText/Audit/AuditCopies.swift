/// Which texts of an audit are copies of each other, and what that means for labels and for measuring.
struct AuditCopies {
  typealias Audit = LabeledText.Audit

  private(set) var duplicates: [Audit.Copies] = []
  private(set) var conflicts: [Audit.Copies] = []
  private(set) var leaks: [Audit.Copies] = []
  /// The first text of each text's group, near copies included where these are few: many are texts of one template, which are
  /// different all the same.
  private(set) var roots: [Int32]
  /// Texts that have an earlier copy among the texts of the same role: the same or similar, and near ones.
  private(set) var repeated = 0
  private(set) var nearlyRepeated = 0
  /// Texts to measure with that have a copy among those to learn from: the same or similar, and near ones.
  private(set) var leaked = 0
  private(set) var nearlyLeaked = 0
  /// Texts that stand under several labels.
  private(set) var contradictory = 0
  /// Whether texts were so much alike that not all were compared.
  let isCut: Bool

  /// Near copies that are one group.
  private static let mostNear = 10

  /// - Parameters:
  ///   - reader: The texts.
  ///   - progress: Receives the part that is done.
  init(_ reader: AuditReader, progress: (Double) -> Void) throws {
    let texts = reader.texts
    let groups = reader.copies.groups()
    roots = (0..<texts.count).map { Int32($0) }
    // A copy needs no comparison of its own.
    var signatures = reader.signatures
    for group in groups {
      for text in group.dropFirst() {
        roots[Int(text)] = group[0]
        signatures[Int(text)] = nil
      }
    }
    var likeness = TextLikeness()
    let near = try NearCopies(
      signatures,
      pieces: { text in
        NearCopies.pieces(of: likeness.letters(of: try texts.example(text).text, most: NearCopies.mostLetters))
      },
      progress: {
        try texts.checkNow()
        progress($0)
      })
    isCut = near.isCut
    for group in groups { try add(group, reader) }
    var members: [Int32: [Int32]] = [:]
    for (text, root) in near.roots.enumerated() where root != text {
      members[root, default: [root]].append(Int32(text))
    }
    for text in roots.indices {
      let root = near.roots[Int(roots[text])]
      if members[root]?.count ?? 0 <= Self.mostNear { roots[text] = root }
    }
    // Of texts that are the same the first stands for all of them in a group of near copies.
    for group in members.values.sorted(by: { $0[0] < $1[0] }) { try addNear(group, texts) }
  }

  private mutating func add(_ group: TextCopies.Group, _ reader: AuditReader) throws {
    let texts = reader.texts
    let places = try group.map { try texts.place(of: Int($0)) }
    let areSame = group.allSatisfy { reader.exact[Int($0)] == reader.exact[Int(group[0])] }
    let copies = Audit.Copies(likeness: areSame ? .same : .similar, places: places)
    duplicates.append(copies)
    if reader.copies.isContradictory(group) {
      conflicts.append(copies)
      contradictory += group.count
    }
    let held = group.count { !texts.isTraining(Int($0)) }
    let training = group.count - held
    repeated += max(training - 1, 0) + max(held - 1, 0)
    if training > 0, held > 0 {
      leaks.append(copies)
      leaked += held
    }
  }

  private mutating func addNear(_ group: [Int32], _ texts: AuditedTexts) throws {
    let copies = Audit.Copies(likeness: .near, places: try group.map { try texts.place(of: Int($0)) })
    duplicates.append(copies)
    let held = group.count { !texts.isTraining(Int($0)) }
    nearlyRepeated += max(group.count - held - 1, 0) + max(held - 1, 0)
    if held > 0, held < group.count {
      leaks.append(copies)
      nearlyLeaked += held
    }
  }
}
