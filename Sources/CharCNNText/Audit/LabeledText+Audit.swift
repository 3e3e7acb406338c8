extension LabeledText {
  /// What is to be known of labelled texts before a model learns from them: how many, of which labels, how long, in which
  /// scripts, and what is wrong with them, the gravest first.
  ///
  /// ```swift
  /// let audit = try LabeledText.Audit(of: Examples(contentsOf: "tickets.csv"))
  /// for finding in audit.findings { print(finding.gravity, finding.message) }
  /// ```
  ///
  /// Which labels are probably wrong is another question, which takes a training: `TextClassifier.labelSuspects(in:)`.
  public struct Audit: Sendable {
    /// Where a text stands.
    public struct Place: Sendable, Hashable, Codable {
      /// The file, of a folder the one in it; or what the examples are called.
      public let file: String
      /// The number of the record, from 1, without the header; of a folder, among those of all its files in order. Records
      /// that are left out have numbers too.
      public let row: Int
      /// The line where it begins, from 1; nil for a text of no file.
      public let line: Int?
      /// The label; nil for none.
      public let label: String?
      /// The text, or its beginning.
      public let text: String

      /// A place.
      package init(file: String, row: Int, line: Int?, label: String?, text: String) {
        (self.file, self.row, self.line, self.label, self.text) = (file, row, line, label, text)
      }
    }

    /// How much alike texts are.
    public enum Likeness: String, Sendable, Hashable, Codable {
      /// They are the same.
      case same
      /// They differ in case, blanks, punctuation, or the width of letters only.
      case similar
      /// They share four fifths of their pieces of three letters.
      case near
    }

    /// Texts that are copies of each other.
    public struct Copies: Sendable, Hashable, Codable {
      /// How much alike they are, at least.
      public let likeness: Likeness
      /// Where they stand, in order.
      public let places: [Place]
    }

    /// What examples are read for.
    public enum Role: String, Sendable, Hashable, Codable {
      /// A model is to learn from them.
      case training
      /// A model is to be chosen or measured by them.
      case held
    }

    /// What one file, or one set of examples, holds.
    public struct Source: Sendable, Hashable, Codable {
      /// The file or folder, or what the examples are called.
      public let name: String
      /// What it is for.
      public let role: Role
      /// What was recognized, in one line; nil for examples in memory.
      public let summary: String?
      /// Number of texts.
      public internal(set) var texts = 0
      /// Number of faulty records, which are no texts.
      public internal(set) var faultyRecords = 0
      /// Number of texts of each label.
      public internal(set) var labels: [String: Int] = [:]
      /// Number of texts without a label.
      public internal(set) var withoutLabel = 0
      /// Characters of the shortest text, of the one in the middle, of the longest, and of all together.
      public internal(set) var lengths = Lengths(shortest: 0, median: 0, longest: 0, all: 0)
      /// Number of texts by the script of most of their letters.
      public internal(set) var scripts: [String: Int] = [:]

      init(name: String, role: Role, summary: String?) {
        (self.name, self.role, self.summary) = (name, role, summary)
      }
    }

    /// Lengths of texts in characters (Unicode scalars).
    public struct Lengths: Sendable, Hashable, Codable {
      /// Of the shortest.
      public let shortest: Int
      /// Of the one in the middle.
      public let median: Int
      /// Of the longest.
      public let longest: Int
      /// Of all together.
      public let all: Int
    }

    /// How much a finding matters.
    public enum Gravity: String, Sendable, Hashable, Codable, CaseIterable {
      /// A model would learn something wrong, or be measured wrongly.
      case grave
      /// It costs accuracy, or hides how good a model is.
      case serious
      /// Good to know.
      case note
    }

    /// Something about the data that is worth a look.
    public struct Finding: Sendable, Hashable, Codable {
      /// What kind it is of.
      public let kind: Kind
      /// How much it matters.
      public let gravity: Gravity
      /// How many texts, labels or columns it concerns.
      public let count: Int
      /// What was found, in a line. Names of options stand in backquotes (U+0060).
      public let message: String
      /// The first places.
      public let examples: [Place]
      /// What to do about it.
      public let advice: String

      /// A finding.
      package init(
        _ kind: Kind, _ gravity: Gravity, count: Int, _ message: String, examples: [Place] = [], advice: String
      ) {
        (self.kind, self.gravity, self.count, self.message) = (kind, gravity, count, message)
        (self.examples, self.advice) = (examples, advice)
      }
    }

    /// Kinds of findings, in the order in which equally grave ones are told.
    #if hasAttribute(nonexhaustive)
    @nonexhaustive
    #endif
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
      /// Nothing has a label.
      case noLabels
      /// All texts have the same label.
      case oneLabel
      /// Nearly every text has a label of its own: the column holds identifiers, or the texts.
      case labelsLikeIdentifiers
      /// Texts to measure with that stand among those to learn from.
      case leaks
      /// The same text under two labels.
      case conflicts
      /// Labels of texts to measure with that no text to learn from has.
      case heldLabels
      /// A model that does not know some of the labels.
      case unknownLabels
      /// Labels that are probably wrong.
      case suspects
      /// Records that cannot be read.
      case faultyRecords
      /// Labels that differ in case, blanks, underscores only.
      case lookalikes
      /// Labels that stand for none.
      case placeholders
      /// Bytes that were read in the wrong encoding once.
      case encodingFaults
      /// The same text more than once.
      case duplicates
      /// As ``leaks``, of texts that are nearly the same.
      case nearLeaks
      /// Labels of few texts.
      case rareLabels
      /// Texts without a letter.
      case emptyTexts
      /// The column of the texts holds identifiers.
      case textsLikeIdentifiers
      /// Labels of which one has many times as many texts as another.
      case skew
      /// Labels that are numbers with decimals.
      case decimals
      /// Nearly the same text more than once.
      case nearDuplicates
      /// What a model says that disagrees with the labels.
      case disagreements
      /// Characters that nothing is learned about.
      case unknownCharacters
      /// Texts that are longer than what is read of them.
      case longTexts
      /// Tags and entities of HTML.
      case markup
      /// Columns that number the records.
      case identifierColumns
      /// Columns that name what several records belong to.
      case groupColumns
    }

    /// What each file holds, in the order in which they were given.
    public let sources: [Source]
    /// What was found, the gravest first.
    public private(set) var findings: [Finding]
    /// Texts that stand there more than once, wherever they stand, by their first place; those that are nearly the same come last.
    public let duplicates: [Copies]
    /// Texts that are the same but for case, blanks and punctuation, under labels that are not.
    public let conflicts: [Copies]
    /// Copies of which some are to learn from and others to measure with.
    public let leaks: [Copies]
    /// All texts, for those who look further.
    package let texts: AuditedTexts
    /// The first text of each text's group of copies, near ones included, by their numbers in ``texts``.
    package let groups: [Int32]

    /// Reads texts and looks for what is wrong with them.
    ///
    /// - Parameters:
    ///   - training: What a model is to learn from.
    ///   - held: What models are to be chosen and measured by.
    ///   - progress: Receives the number of texts that were read.
    /// - Throws: ``DataError`` for faulty records, unless the options of the file leave them out; `CancellationError` where the task
    ///   that calls is cancelled.
    public init(
      of training: Examples<LabeledText>, against held: [Examples<LabeledText>] = [],
      progress: (_ texts: Int) -> Void = { _ in }
    ) throws {
      try self.init(
        [AuditedSource(training, role: .training)] + held.map { AuditedSource($0, role: .held) },
        progress: { if case .reading(let texts) = $0 { progress(texts) } })
    }

    /// How far an audit is.
    package enum Progress {
      /// So many texts were read.
      case reading(Int)
      /// Such a part of the copies was looked for.
      case comparing(Double)
    }

    /// As ``init(of:against:progress:)``, of whatever can be read as texts.
    package init(_ sources: [AuditedSource], progress: (Progress) -> Void) throws {
      let reader = try AuditReader(sources) { progress(.reading($0)) }
      let copies = try AuditCopies(reader) { progress(.comparing($0)) }
      self.sources = reader.summaries
      texts = reader.texts
      groups = copies.roots
      (duplicates, conflicts, leaks) = (copies.duplicates, copies.conflicts, copies.leaks)
      findings = []
      add(try AuditFindings(reader, copies).all)
    }

    /// Adds findings of others, each to its place.
    package mutating func add(_ more: [Finding]) {
      let (gravities, kinds) = (Gravity.allCases, Kind.allCases)
      func rank(_ finding: Finding) -> (Int, Int) {
        (gravities.firstIndex(of: finding.gravity) ?? 0, kinds.firstIndex(of: finding.kind) ?? 0)
      }
      findings = (findings + more).enumerated().sorted {
        let (first, second) = (rank($0.element), rank($1.element))
        return (first.0, first.1, $0.offset) < (second.0, second.1, $1.offset)
      }.map(\.element)
    }
  }
}
