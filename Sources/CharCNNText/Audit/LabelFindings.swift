/// What the counts of labels say by themselves: cheap enough to be told before every training.
package enum LabelFindings {
  package typealias Finding = LabeledText.Audit.Finding

  /// Texts below which a label has too few to be learned and measured.
  private static let few = 5
  /// How many times as many texts the most frequent class has where rare ones are worth a line.
  package static let skew = 10
  /// Labels that are named.
  private static let mostNamed = 5

  /// What programs write where a value is missing.
  private static let placeholders: Set<String> = [
    "NaN", "nan", "NA", "N/A", "#N/A", "<NA>", "null", "NULL", "None", "#REF!", "#VALUE!", "#NAME?",
  ]

  /// Labels with their counts, the first ones named.
  package static func listed(_ counts: [String: Int]) -> String {
    let order = counts.sorted { ($0.value, $0.key) < ($1.value, $1.key) }
    let more = order.count > mostNamed ? " and \(order.count - mostNamed) more" : ""
    return order.prefix(mostNamed).map { "\(Label.quoted($0.key)) (\($0.value))" }.joined(separator: ", ") + more
  }

  /// All of them.
  ///
  /// - Parameters:
  ///   - counts: How often each label occurs.
  ///   - training: How often among the texts to learn from.
  ///   - examples: Finds texts of some labels.
  /// - Throws: What finding throws.
  static func all(
    counts: [String: Int], training: [String: Int],
    examples: ([String]) throws -> [LabeledText.Audit.Place]
  ) rethrows -> [Finding] {
    var findings: [Finding] = []
    if let finding = try identifiers(counts, examples) { findings.append(finding) }
    if let finding = try lookalikes(counts, examples) { findings.append(finding) }
    if let finding = try placeholders(counts, examples) { findings.append(finding) }
    // Of labels that are identifiers all are rare.
    if findings.first?.kind != .labelsLikeIdentifiers, let finding = try rare(training, examples) {
      findings.append(finding)
    }
    let order = training.sorted { ($0.value, $0.key) < ($1.value, $1.key) }
    if let rare = order.first, let frequent = order.last, frequent.value >= skew * rare.value {
      findings.append(
        Finding(
          .skew, .note, count: order.count,
          "the label \(Label.quoted(frequent.key)) has \(frequent.value) texts, \(Label.quoted(rare.key)) \(rare.value)",
          advice: "train with `balance` where every label is to count the same"))
    }
    if let count = decimals(counts) {
      findings.append(
        Finding(
          .decimals, .note, count: count,
          "the labels are \(count) numbers with decimals, which a classifier learns as classes without order",
          advice: "learn them as scores with `task=regression`, or round them to few labels"))
    }
    return findings
  }

  private static func identifiers(
    _ counts: [String: Int], _ examples: ([String]) throws -> [LabeledText.Audit.Place]
  ) rethrows -> Finding? {
    let texts = counts.values.reduce(0, +)
    guard texts >= 20, counts.count * 2 > texts else { return nil }
    return Finding(
      .labelsLikeIdentifiers, .grave, count: counts.count,
      "\(texts) texts have \(counts.count) labels, so that most labels occur once, as identifiers or free texts do",
      examples: try examples(counts.keys.sorted()), advice: "name the right column with `label`")
  }

  /// Labels that are probably meant to be one; nil for none.
  package static func lookalikes(_ counts: [String: Int]) -> Finding? { lookalikes(counts) { _ in [] } }

  private static func lookalikes(
    _ counts: [String: Int], _ examples: ([String]) throws -> [LabeledText.Audit.Place]
  ) rethrows -> Finding? {
    let groups = Label.lookalikes(counts)
    guard let first = groups.first else { return nil }
    let listed = groups.prefix(mostNamed).map { group in
      group.map { "\(Label.quoted($0)) (\(counts[$0] ?? 0))" }.joined(separator: " and ")
    }
    let more = groups.count > mostNamed ? ", and \(groups.count - mostNamed) more groups" : ""
    return Finding(
      .lookalikes, .serious, count: groups.count,
      "labels that differ only in case, blanks, hyphens, underscores or the writing of a number are learned as "
        + "different ones: \(listed.joined(separator: ", "))\(more)",
      examples: try examples(first), advice: "make them one in the data where they are meant as one")
  }

  /// Labels that stand for none; nil for none of them.
  package static func placeholders(_ counts: [String: Int]) -> Finding? { placeholders(counts) { _ in [] } }

  private static func placeholders(
    _ counts: [String: Int], _ examples: ([String]) throws -> [LabeledText.Audit.Place]
  ) rethrows -> Finding? {
    let missing = counts.keys.filter(placeholders.contains).sorted()
    guard !missing.isEmpty else { return nil }
    let listed = missing.map { "\(Label.quoted($0)) (\(counts[$0] ?? 0))" }.joined(separator: ", ")
    return Finding(
      .placeholders, .serious, count: missing.count,
      "\(missing.count == 1 ? "a label that may stand" : "labels that may stand") for none \(missing.count == 1 ? "is" : "are") "
        + "learned as \(missing.count == 1 ? "a class" : "classes"): \(listed)",
      examples: try examples(missing), advice: "leave such records out where they have no label")
  }

  /// Labels of few texts; nil for none.
  package static func rare(_ counts: [String: Int]) -> Finding? { rare(counts) { _ in [] } }

  private static func rare(
    _ counts: [String: Int], _ examples: ([String]) throws -> [LabeledText.Audit.Place]
  ) rethrows -> Finding? {
    let rare = counts.filter { $0.value < few }
    guard !rare.isEmpty else { return nil }
    return Finding(
      .rareLabels, .serious, count: rare.count,
      "\(rare.count == 1 ? "1 label has" : "\(rare.count) labels have") fewer than \(few) texts, too few to learn or to measure: \(listed(rare))",
      examples: try examples(rare.keys.sorted()), advice: "add texts of them, join labels, or leave them out")
  }

  /// How many labels there are, where all are numbers and some have decimals.
  package static func decimals(_ counts: [String: Int]) -> Int? {
    let isFraction = { (label: String) in label.contains(".") && Double(label).map { $0 != $0.rounded() } ?? false }
    guard counts.count > 5, counts.keys.allSatisfy({ Double($0) != nil }), counts.keys.contains(where: isFraction)
    else {
      return nil
    }
    return counts.count
  }
}
