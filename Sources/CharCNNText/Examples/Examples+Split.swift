extension Examples<LabeledText> {
  /// Splits texts into parts with the same mixture of labels, in which copies of a text, and texts of one group, stay together.
  ///
  /// ```swift
  /// let parts = try Examples<LabeledText>(contentsOf: "tickets.csv").split([0.8, 0.1, 0.1])
  /// let (classifier, summary) = try TextClassifier.train(on: parts[0], validation: parts[1])
  /// ```
  ///
  /// The same texts, shares and seed give the same parts. The first part has at least one text of each label.
  ///
  /// - Parameters:
  ///   - shares: How much each part is to have; they need not add up to 1.
  ///   - seed: Another seed gives other parts.
  ///   - together: How much alike texts are that stay together; nil looks at no texts.
  ///   - group: What a text belongs to, such as a customer; nil for nothing.
  /// - Returns: A part for each share. They are read from where these examples come from.
  /// - Throws: ``DataError`` for faulty records; ``ValueError`` for shares that are no numbers of 0 or more, one of them above 0, or are
  ///   more than 255.
  public func split(
    _ shares: [Double], seed: UInt64 = 1, together: LabeledText.Audit.Likeness? = .similar,
    group: ((LabeledText) -> String?)? = nil
  ) throws -> [Examples<LabeledText>] {
    guard shares.allSatisfy({ $0 >= 0 && $0.isFinite }), shares.contains(where: { $0 > 0 }), shares.count <= 255 else {
      throw ValueError(
        "shares", problem: "must be at most 255 numbers of 0 or more, one of them above 0, not \(shares)")
    }
    var units = RecordUnits(together: together)
    var labels = LabelNumbers()
    var texts: [String] = []
    try forEach { example, _, _ in
      units.add(example.text, group: group?(example))
      labels.append(example.label)
      if together == .near { texts.append(example.text) }
    }
    try units.joinNear { texts[$0] }
    let parts = groupedSplit(labels: labels.numbers, units: units.units(), shares: shares, seed: seed)
    return shares.indices.map { part in
      let examples = self
      return Examples(name: "part \(part + 1) of \(name)") { body in
        var place = 0
        func hand(_ example: LabeledText, _ reference: RecordReference?, _ row: Int) throws {
          defer { place += 1 }
          if place < parts.count, parts[place] == UInt8(part) { try body(example) }
        }
        try examples.forEach(hand)
      }
    }
  }
}

/// Labels as numbers, in the order in which they come.
package struct LabelNumbers: Sendable {
  /// The number of each record's label; -1 for none.
  package private(set) var numbers: [Int32] = []
  /// The labels.
  package private(set) var names: [String] = []
  private var known: [String: Int32] = [:]

  /// None.
  package init() {}

  /// Adds a record.
  package mutating func append(_ label: String?) {
    guard let label else {
      numbers.append(-1)
      return
    }
    let number = known[label] ?? Int32(names.count)
    if number == names.count {
      names.append(label)
      known[label] = number
    }
    numbers.append(number)
  }
}
