import CharCNNText

/// What is said of the labels of data before anything is learned from them.
enum LabelWarnings {
  /// Groups of labels that are named.
  private static let mostGroups = 5

  /// What programs write where a value is missing.
  private static let placeholders: Set<String> = [
    "NaN", "nan", "NA", "N/A", "#N/A", "<NA>", "null", "NULL", "None", "#REF!", "#VALUE!", "#NAME?",
  ]

  /// How many times as many texts the most frequent class has where rare ones are worth a line.
  private static let skew = 10

  /// A line for classes that are much rarer than others; nil where none is.
  ///
  /// - Parameters:
  ///   - counts: How often each label occurs.
  ///   - countsMore: Whether their texts count more among the n-grams already.
  static func skew(_ counts: [String: Int], countsMore: Bool) -> String? {
    let order = counts.sorted { ($0.value, $0.key) < ($1.value, $1.key) }
    guard let rare = order.first, let frequent = order.last, frequent.value >= skew * rare.value else { return nil }
    return
      "classes: \(Label.quoted(rare.key)) has \(rare.value) \(rare.value == 1 ? "text" : "texts"), \(Label.quoted(frequent.key)) \(frequent.value); "
      + (countsMore ? "texts of rare classes count more among the n-grams; " : "")
      + "`balance` lets every class count the same"
  }

  /// A line for labels that are probably meant to be one, and one for labels that are probably scores.
  ///
  /// - Parameters:
  ///   - counts: How often each label occurs.
  ///   - unit: What has a label.
  ///   - areScores: Whether they are learned as scores.
  static func lines(_ counts: [String: Int], unit: String, areScores: Bool = false) -> [String] {
    if areScores { return [] }
    var lines: [String] = []
    let groups = Label.lookalikes(counts)
    if !groups.isEmpty {
      let listed = groups.prefix(mostGroups).map { group in
        group.map { "\(Label.quoted($0)) (\(counts[$0] ?? 0))" }.joined(separator: " and ")
      }
      let more = groups.count > mostGroups ? ", and \(groups.count - mostGroups) more groups" : ""
      lines.append(
        "labels that differ only in case, blanks, hyphens, underscores or the writing of a number are learned as "
          + "different ones: \(listed.joined(separator: ", "))\(more); make them one in the data where they are meant as one"
      )
    }
    let missing = counts.keys.filter(placeholders.contains).sorted()
    if !missing.isEmpty {
      let listed = missing.map { "\(Label.quoted($0)) (\(counts[$0] ?? 0))" }.joined(separator: ", ")
      lines.append(
        "\(missing.count == 1 ? "a label that may stand" : "labels that may stand") for none \(missing.count == 1 ? "is" : "are") "
          + "learned as \(missing.count == 1 ? "a class" : "classes"): \(listed); leave such records out where they have no label"
      )
    }
    let isFraction = { (label: String) in label.contains(".") && Double(label).map { $0 != $0.rounded() } ?? false }
    if counts.count > 5, counts.keys.allSatisfy({ Double($0) != nil }), counts.keys.contains(where: isFraction) {
      lines.append(
        "the labels are \(counts.count) numbers with decimals, learned as classes that have no order"
          + (unit == "pair" ? "; scores are learned with `objective=regression`" : ""))
    }
    return lines
  }

  /// A line that names classes without an example for validation.
  static func withoutValidation(_ labels: [String], isHeld: (Int) -> Bool) -> [String] {
    let missing = labels.indices.filter { !isHeld($0) }.map { Label.quoted(labels[$0]) }
    guard !missing.isEmpty else { return [] }
    let listed =
      missing.prefix(10).joined(separator: ", ") + (missing.count > 10 ? " and \(missing.count - 10) more" : "")
    return [
      "\(missing.count == 1 ? "1 label has" : "\(missing.count) labels have") no example for validation, so that nothing "
        + "is measured of \(missing.count == 1 ? "it" : "them"): \(listed)"
    ]
  }
}

extension DataError {
  /// No label of the data is one of the model's, so that there is nothing to measure.
  static func noKnownLabel(
    of examples: Examples<some TrainingExample>, given: some Collection<String>, known: [String]
  ) -> DataError {
    func listed(_ labels: [String]) -> String {
      labels.prefix(5).map { "\"\($0)\"" }.joined(separator: ", ")
        + (labels.count > 5 ? " and \(labels.count - 5) more" : "")
    }
    return DataError(
      .noLabels, path: examples.name,
      problem:
        "none of its labels (\(listed(Set(given).sorted()))) is known to the model, which has \(listed(known))",
      advice: "give data with these labels" + (examples.isInMemory ? "" : ", or choose another column with `label`"))
  }
}
