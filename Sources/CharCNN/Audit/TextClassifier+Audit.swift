public import CharCNNText

extension TextClassifier {
  /// What a classifier says of audited texts.
  public struct Disagreements: Sendable {
    /// Texts whose label it thinks unlikely, the surest first.
    public let suspects: [LabelSuspect]
    /// Findings: labels and characters that it does not know, texts that it cuts, and how many labels it disagrees with.
    public let findings: [LabeledText.Audit.Finding]
    /// The part of the texts with a label that it answers with this label; nil without such texts.
    public let accuracy: Double?
  }

  /// Texts that are answered together.
  private static var auditPiece: Int { 2_048 }

  /// Compares what this classifier answers with the labels of texts that were audited. It may have learned from them; then it
  /// disagrees with few, and ``labelSuspects(in:options:progress:)`` tells more.
  ///
  /// - Parameters:
  ///   - audit: The texts.
  ///   - progress: Receives the number of texts done.
  /// - Throws: What reading the texts again throws.
  public func disagreements(
    with audit: LabeledText.Audit, progress: (_ texts: Int) -> Void = { _ in }
  ) throws -> Disagreements {
    let audited = audit.texts
    var wrong: [(text: Int, suggested: Int, probability: Float, own: Float)] = []
    var (known, right, cut, strange) = (0, 0, [Int](), [Int]())
    // Sets of labels are not right or wrong as a whole.
    let isCompared = !allowsSeveralLabels && !audited.hasSeveralLabels
    let classes = audited.labelNames.map { isCompared ? labelSet.index(of: $0).map(Int.init) : nil }
    for start in stride(from: 0, to: audited.count, by: Self.auditPiece) {
      try audited.checkNow()
      let piece = start..<min(start + Self.auditPiece, audited.count)
      let texts = try piece.map { try audited.example($0).text }
      var indices: [Int32] = []
      for (text, content) in zip(piece, texts) {
        indices.removeAll(keepingCapacity: true)
        let outcome = wholeEncoder.encode(content, into: &indices)
        if outcome.wasCut || outcome.count > lengths.shortest { cut.append(text) }
        if outcome.unknownCount > 0 { strange.append(text) }
      }
      var text = start
      forEachProbabilities(of: texts) { probabilities in
        defer { text += 1 }
        guard audited.labels[text] >= 0, let own = classes[Int(audited.labels[text])] else { return }
        known += 1
        let first = probabilities.startIndex
        let best = probabilities.indices.max { probabilities[$0] < probabilities[$1] } ?? first
        if best - first == own {
          right += 1
        } else {
          wrong.append((text, best - first, probabilities[best], probabilities[first + own]))
        }
      }
      progress(piece.upperBound)
    }
    wrong.sort { ($1.probability - $1.own, $0.text) < ($0.probability - $0.own, $1.text) }
    let suspects = try wrong.map { entry in
      LabelSuspect(
        place: try audited.place(of: entry.text, isWhole: true),
        label: audited.labelNames[Int(audited.labels[entry.text])],
        suggested: labels[entry.suggested], probability: Double(entry.probability), labelProbability: Double(entry.own))
    }
    let accuracy = known > 0 ? Double(right) / Double(known) : nil
    var findings = try modelFindings(audit, cut: cut, strange: strange)
    if let accuracy, !suspects.isEmpty {
      let share = Int((1_000 * accuracy).rounded())
      findings.append(
        LabeledText.Audit.Finding(
          .disagreements, .note, count: suspects.count,
          "the model disagrees with \(suspects.count) of \(known) labels (accuracy \(share / 10).\(share % 10) %)",
          examples: suspects.prefix(3).map(\.place),
          advice: "look at the surest of them; a model that has learned from wrong labels repeats them"))
    }
    return Disagreements(suspects: suspects, findings: findings, accuracy: accuracy)
  }

  private func modelFindings(
    _ audit: LabeledText.Audit, cut: [Int], strange: [Int]
  ) throws -> [LabeledText.Audit.Finding] {
    typealias Finding = LabeledText.Audit.Finding
    let audited = audit.texts
    func places(_ texts: [Int]) throws -> [LabeledText.Audit.Place] {
      try texts.prefix(3).map { try audited.place(of: $0) }
    }
    func texts(_ count: Int, _ one: String, _ many: String) -> String {
      count == 1 ? "1 text \(one)" : "\(count) texts \(many)"
    }
    var findings: [Finding] = []
    let counts = audit.sources.reduce(into: [String: Int]()) { $0.merge($1.labels) { $0 + $1 } }
    let unknown = counts.filter { labelSet.index(of: $0.key) == nil }
    if !unknown.isEmpty {
      let first = audited.labels.indices.filter {
        audited.labels[$0] >= 0 && unknown[audited.labelNames[Int(audited.labels[$0])]] != nil
      }
      findings.append(
        Finding(
          .unknownLabels, .grave, count: unknown.count,
          "the model knows \(unknown.count == 1 ? "1 label" : "\(unknown.count) labels") not: \(LabelFindings.listed(unknown))",
          examples: try places(first), advice: "correct the labels, or train a model that learns them"))
    }
    if !strange.isEmpty {
      findings.append(
        Finding(
          .unknownCharacters, .note, count: strange.count,
          "\(texts(strange.count, "has", "have")) characters that the model does not know",
          examples: try places(strange), advice: "nothing to do where they are few; else train with such texts"))
    }
    if !cut.isEmpty {
      findings.append(
        Finding(
          .longTexts, .note, count: cut.count,
          "\(texts(cut.count, "is", "are")) longer than the \(lengths.shortest) characters that all parts of the model read",
          examples: try places(cut), advice: "train with a greater `maximumLength` where what comes late matters"))
    }
    return findings
  }
}

extension TextClassifier.LabelSuspects {
  private static func percent(_ share: Double) -> String {
    let tenths = Int((1_000 * share).rounded())
    return "\(tenths / 10).\(tenths % 10) %"
  }

  /// What they mean for the data; nil where nothing is suspect.
  public var finding: LabeledText.Audit.Finding? {
    guard estimate > 0 else { return nil }
    return LabeledText.Audit.Finding(
      .suspects, .grave, count: estimate,
      "\(estimate == 1 ? "1 label is" : "\(estimate) labels are") probably wrong, by models that have not learned from them and agree with \(Self.percent(agreement)) of \(judged)"
        + (left > 0 ? " (\(left) more were not looked at)" : ""),
      examples: suspects.prefix(3).map(\.place),
      advice: "look at them, the surest first, and correct the labels in the file")
  }
}
