public import CharCNNFiles

extension Examples<LabeledText> {
  /// Texts and labels that are members of your own type.
  ///
  /// ```swift
  /// let examples = Examples(tickets, text: \.body, label: \.topic)
  /// ```
  ///
  /// An element without a label is an error that names its number, when the examples are read.
  ///
  /// - Parameters:
  ///   - elements: Your values.
  ///   - text: Where their text is.
  ///   - label: Where their label is: a string or a number, optional or not.
  ///   - name: What errors call them.
  public init<Element: Sendable>(
    _ elements: some Sequence<Element>, text: any KeyPath<Element, some StringProtocol & Sendable> & Sendable,
    label: any KeyPath<Element, some LabelValue> & Sendable, name: String? = nil
  ) {
    self.init(elements, name) { LabeledText(String($0[keyPath: text]), label: $0[keyPath: label].labelText) }
  }

  /// Texts and labels that are members of your own type, the label a case of an enumeration, whose raw value counts; see
  /// ``init(_:text:label:name:)``.
  public init<Element: Sendable, Label: RawRepresentable & SendableMetatype>(
    _ elements: some Sequence<Element>, text: any KeyPath<Element, some StringProtocol & Sendable> & Sendable,
    label: any KeyPath<Element, Label> & Sendable, name: String? = nil
  ) where Label.RawValue: LabelValue {
    self.init(elements, name) { LabeledText(String($0[keyPath: text]), label: $0[keyPath: label].rawValue.labelText) }
  }

  /// Texts and labels that are members of your own type, the label a case of an enumeration or nil; see
  /// ``init(_:text:label:name:)``.
  public init<Element: Sendable, Label: RawRepresentable & SendableMetatype>(
    _ elements: some Sequence<Element>, text: any KeyPath<Element, some StringProtocol & Sendable> & Sendable,
    label: any KeyPath<Element, Label?> & Sendable, name: String? = nil
  ) where Label.RawValue: LabelValue {
    self.init(elements, name) { LabeledText(String($0[keyPath: text]), label: $0[keyPath: label]?.rawValue.labelText) }
  }

  /// Pairs of a text and its label.
  public init(_ examples: [(text: String, label: String)], name: String? = nil) {
    self.init(examples.map { LabeledText($0.text, label: $0.label) }, name: name)
  }

  /// Whether labels are written so that a text may have several, or none.
  package var saysSeveralLabels: Bool {
    guard let source else { return false }
    return source.labelSeparator != nil || source.columns?.hasSeveralLabels == true
  }

  /// Hands every text with its labels to `body`.
  ///
  /// - Parameters:
  ///   - allowsNone: Whether a text may be known to have none.
  ///   - needsLabels: Whether it must be known what labels a text has.
  ///   - leavesOutWeightless: Whether texts of the weight 0 are left out and counted: nothing is learned from them, not even that their labels
  ///     and characters exist.
  /// - Returns: What a file has that was left out.
  /// - Throws: ``DataError`` for faulty records and texts without a label; what `body` throws.
  @discardableResult
  package func forEachText(
    allowsNone: Bool = false, needsLabels: Bool = true, leavesOutWeightless: Bool = false,
    _ body: (_ text: LabeledText, _ reference: RecordReference?, _ row: Int) throws -> Void
  ) throws -> ReadingReport {
    var weightless = 0
    var report = try forEach { example, reference, row in
      if leavesOutWeightless, example.weight == 0 {
        weightless += 1
        return
      }
      guard !needsLabels || example.label != nil || allowsNone && example.isOfNoLabel else {
        let line = example.line > 0 ? example.line : row
        if isInMemory {
          throw DataError(
            .missingLabel, path: name, line: line, problem: "the text has no label",
            advice: "add one or leave the text out")
        }
        throw DataError(
          .noLabels, path: name, line: line, problem: "the record has no label",
          advice: "give a file with labels, or name the column with `label`")
      }
      try body(example, reference, row)
    }
    report.addWeightless(weightless)
    return report
  }
}

extension Examples<TextPair> {
  /// Texts and labels that are members of your own type. An element without a label is an error that names its number, when
  /// the examples are read.
  ///
  /// - Parameters:
  ///   - elements: Your values.
  ///   - first: Where the first text is.
  ///   - second: Where the second text is.
  ///   - label: Where the label or the score is: a string or a number, optional or not.
  ///   - name: What errors call them.
  public init<Element: Sendable>(
    _ elements: some Sequence<Element>, first: any KeyPath<Element, some StringProtocol & Sendable> & Sendable,
    second: any KeyPath<Element, some StringProtocol & Sendable> & Sendable,
    label: any KeyPath<Element, some LabelValue> & Sendable, name: String? = nil
  ) {
    self.init(elements, name) {
      TextPair(String($0[keyPath: first]), String($0[keyPath: second]), label: $0[keyPath: label].labelText)
    }
  }

  /// Texts and labels that are members of your own type, the label a case of an enumeration, whose raw value counts; see
  /// ``init(_:first:second:label:name:)``.
  public init<Element: Sendable, Label: RawRepresentable & SendableMetatype>(
    _ elements: some Sequence<Element>, first: any KeyPath<Element, some StringProtocol & Sendable> & Sendable,
    second: any KeyPath<Element, some StringProtocol & Sendable> & Sendable,
    label: any KeyPath<Element, Label> & Sendable, name: String? = nil
  ) where Label.RawValue: LabelValue {
    self.init(elements, name) {
      TextPair(String($0[keyPath: first]), String($0[keyPath: second]), label: $0[keyPath: label].rawValue.labelText)
    }
  }

  /// Texts and labels that are members of your own type, the label a case of an enumeration or nil; see
  /// ``init(_:first:second:label:name:)``.
  public init<Element: Sendable, Label: RawRepresentable & SendableMetatype>(
    _ elements: some Sequence<Element>, first: any KeyPath<Element, some StringProtocol & Sendable> & Sendable,
    second: any KeyPath<Element, some StringProtocol & Sendable> & Sendable,
    label: any KeyPath<Element, Label?> & Sendable, name: String? = nil
  ) where Label.RawValue: LabelValue {
    self.init(elements, name) {
      TextPair(String($0[keyPath: first]), String($0[keyPath: second]), label: $0[keyPath: label]?.rawValue.labelText)
    }
  }

  /// Hands every pair to `body`.
  ///
  /// - Returns: What a file has that was left out.
  /// - Throws: ``DataError`` for faulty records and pairs without a label; what `body` throws.
  @discardableResult
  package func forEachPair(_ body: (TextPair, RecordReference?) throws -> Void) throws -> ReadingReport {
    try forEach { pair, reference, row in
      if pair.label == nil {
        throw DataError(
          .missingLabel, path: name, line: pair.line > 0 ? pair.line : row, problem: "the pair has no label",
          advice: "add one or leave the pair out")
      }
      try body(pair, reference)
    }
  }
}

extension Examples<String> {
  /// Files of running text, or folders of them, of any size.
  ///
  /// - Parameter locations: Paths or URLs.
  public init(contentsOf locations: [some FileLocation]) {
    self.init(PlainTextSource(paths: locations.map(\.filePath)))
  }

  /// Every text on its own, to be read in pieces: files, or the given texts.
  ///
  /// - Returns: The texts, and a note for each kind of file that was left out.
  /// - Throws: ``DataError`` where a file cannot be read.
  package func plainTexts() throws -> (texts: [PlainText], notes: [String]) {
    if let source {
      let (files, notes) = try PlainText.found(in: source.paths)
      return (try files.map { try PlainText(path: $0) }, notes)
    }
    var texts: [PlainText] = []
    try forEach { text, _, row in texts.append(PlainText(text, name: "text \(row) of \(name)")) }
    return (texts, [])
  }
}

extension Examples {
  /// Examples that are made of your own values, as often as they are needed.
  private init<Element: Sendable>(
    _ elements: some Sequence<Element>, _ name: String?, _ example: @escaping @Sendable (Element) -> Example
  ) {
    let elements = Array(elements)
    self.init(name: name) { body in for element in elements { try body(example(element)) } }
  }
}
