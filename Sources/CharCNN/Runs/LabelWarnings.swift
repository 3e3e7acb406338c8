import CharCNNText

/// What is said of the labels of data before anything is learned from them.
enum LabelWarnings {
  /// A line for classes that are much rarer than others; nil where none is.
  ///
  /// - Parameters:
  ///   - counts: How often each label occurs.
  ///   - countsMore: Whether their texts count more among the n-grams already.
  static func skew(_ counts: [String: Int], countsMore: Bool) -> String? {
    let order = counts.sorted { ($0.value, $0.key) < ($1.value, $1.key) }
    guard let rare = order.first, let frequent = order.last, frequent.value >= LabelFindings.skew * rare.value else {
      return nil
    }
    return
      "classes: \(Label.quoted(rare.key)) has \(rare.value) \(rare.value == 1 ? "text" : "texts"), \(Label.quoted(frequent.key)) \(frequent.value); "
      + (countsMore ? "texts of rare classes count more among the n-grams; " : "")
      + "`balance` lets every class count the same"
  }

  /// Lines for labels that are probably meant to be one, for those that stand for none, and for those that are probably scores.
  ///
  /// - Parameters:
  ///   - counts: How often each label occurs.
  ///   - unit: What has a label.
  ///   - areScores: Whether they are learned as scores.
  static func lines(_ counts: [String: Int], unit: String, areScores: Bool = false) -> [String] {
    if areScores { return [] }
    var lines = [LabelFindings.lookalikes(counts), LabelFindings.placeholders(counts)].compactMap { $0.map(line) }
    if let count = LabelFindings.decimals(counts) {
      lines.append(
        "the labels are \(count) numbers with decimals, learned as classes that have no order"
          + "; scores are learned with `\(unit == "pair" ? "objective" : "task")=regression`")
    }
    return lines
  }

  private static func line(_ finding: LabeledText.Audit.Finding) -> String { "\(finding.message); \(finding.advice)" }

  /// Findings that a training says.
  private static let mostFindings = 3

  /// The gravest of what is cheap to find in labelled texts, a line each.
  ///
  /// - Parameters:
  ///   - counts: How often each label occurs.
  ///   - copies: The texts to learn from, or the first of very many.
  ///   - held: Those to validate with, where they are others.
  ///   - isTold: Whether rare classes are told of already.
  static func gravest(
    _ counts: [String: Int], copies: TextCopies, held: TextCopies?, areRareTold isTold: Bool
  ) -> [String] {
    let copied = CopyFindings.lines(copies, held: held)
    var all =
      copied.filter(\.isGrave).map(\.line) + lines(counts, unit: "text") + copied.filter { !$0.isGrave }.map(\.line)
    if !isTold, let rare = LabelFindings.rare(counts) { all.append(line(rare)) }
    guard all.count > mostFindings else { return all }
    let left = all.count - mostFindings
    all.removeSubrange(mostFindings...)
    all[mostFindings - 1] += "; `LabeledText.Audit` tells \(left) more"
    return all
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
