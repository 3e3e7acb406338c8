/// Which records belong together: those of one group, and copies of one text.
package struct RecordUnits: Sendable {
  private var groups = DisjointSets()
  private var firstOfText: [UInt64: Int32] = [:]
  private var firstOfGroup: [UInt64: Int32] = [:]
  private var signatures: [NearCopies.Signature?] = []
  private var likeness = TextLikeness()
  /// How much alike texts are that belong together; nil where texts are not looked at.
  private let together: LabeledText.Audit.Likeness?
  /// Records that belong to one before them since their texts are copies.
  package private(set) var copies = 0

  /// No records.
  ///
  /// - Parameter together: How much alike texts are that belong together; nil where texts are not looked at.
  package init(together: LabeledText.Audit.Likeness?) { self.together = together }

  /// Number of records.
  package var count: Int { groups.count }

  /// Adds a record.
  ///
  /// - Parameters:
  ///   - text: Its text.
  ///   - group: What it belongs to; nil where there is nothing of the kind.
  package mutating func add(_ text: String, group: String?) {
    let record = groups.add()
    if let group, !group.isEmpty {
      let digest = TextLikeness.exactDigest(of: group)
      if let first = firstOfGroup[digest] { groups.join(first, record) } else { firstOfGroup[digest] = record }
    }
    guard let together else { return }
    var signature: NearCopies.Signature?
    let digest: UInt64
    if together == .same {
      digest = TextLikeness.exactDigest(of: text)
    } else {
      let letters = likeness.letters(of: text)
      digest = likeness.digest(of: text, letters: letters)
      if together == .near {
        signature = NearCopies.signature(of: Array(letters.prefix(NearCopies.mostLetters)))
      }
    }
    if let first = firstOfText[digest] {
      groups.join(first, record)
      copies += 1
      signature = nil
    } else {
      firstOfText[digest] = record
    }
    if together == .near { signatures.append(signature) }
  }

  /// Joins records whose texts are nearly the same; nothing where that was not asked for.
  ///
  /// - Parameter text: Reads the text of a record again.
  /// - Throws: What reading throws.
  package mutating func joinNear(_ text: (Int) throws -> String) throws {
    guard together == .near else { return }
    var likeness = TextLikeness()
    let near = try NearCopies(
      signatures,
      pieces: { NearCopies.pieces(of: likeness.letters(of: try text($0), most: NearCopies.mostLetters)) },
      progress: { _ in })
    for (record, root) in near.roots.enumerated() where record != root {
      groups.join(root, Int32(record))
      copies += 1
    }
  }

  /// The unit of each record: the number of its first record.
  package mutating func units() -> [Int32] { groups.firsts() }
}
