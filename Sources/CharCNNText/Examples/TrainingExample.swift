/// What a model learns from, one by one: a ``LabeledText``, a ``TextPair``, a ``TaggedSentence``, or a `String` of running
/// text.
public protocol TrainingExample: Hashable, Sendable {
  /// What reads them from a file or folder.
  associatedtype Source: ExampleSource where Source.Example == Self
  /// What errors call several of them, such as "texts".
  static var plural: String { get }
  /// The example as a file of it is read: labels and tags without what nobody sees, such as blanks at their ends, and none
  /// where nothing is left.
  var asRead: Self { get }
}

/// A file or folder of examples. It is opened, and what its columns mean is recognized, when it is made; it is read as often
/// as it is needed.
public protocol ExampleSource<Example>: Sendable {
  /// What it holds.
  associatedtype Example
  /// What is known of the file in advance.
  associatedtype Options: Codable, Hashable, Sendable

  /// Nothing is known, and everything recognized.
  static var automatic: Options { get }
  /// The file or folder.
  var path: String { get }
  /// What it was opened with.
  var options: Options { get }
  /// What was recognized, in one line.
  var summary: String { get }
  /// The names of the columns, where they have such, for a model to find them again in other files.
  var trainedColumns: DataColumns? { get }

  /// Opens a file or folder and recognizes what the options leave open.
  ///
  /// - Throws: ``DataError`` where it cannot be read, holds nothing, or is not recognized.
  init(path: String, options: Options) throws(DataError)

  /// Hands every example to `body`, in the order of the files.
  ///
  /// - Parameter body: Receives the example, where it stands (nil where it cannot be read again alone), and its number from
  ///   1; examples that are left out have numbers too.
  /// - Returns: What was left out.
  /// - Throws: ``DataError`` for faulty records; what `body` throws.
  @discardableResult
  func forEachExample(_ body: (Example, RecordReference?, _ row: Int) throws -> Void) throws -> ReadingReport
}

extension ExampleSource {
  /// No columns.
  public var trainedColumns: DataColumns? { nil }
}

extension LabeledText: TrainingExample {
  /// What reads them.
  public typealias Source = LabeledTextSource
  /// Texts.
  public static var plural: String { "texts" }
  /// With the label as people see it.
  public var asRead: LabeledText {
    var example = self
    // What is blank says nothing.
    let seen = labels.map { $0.compactMap(Label.seen) }
    example.labels = seen?.isEmpty == true && !isOfNoLabel ? nil : seen
    return example
  }
}

extension TextPair: TrainingExample {
  /// What reads them.
  public typealias Source = TextPairSource
  /// Pairs.
  public static var plural: String { "pairs" }
  /// With the label as people see it.
  public var asRead: TextPair {
    var example = self
    example.label = label.flatMap(Label.seen)
    return example
  }
}

extension TaggedSentence: TrainingExample {
  /// What reads them.
  public typealias Source = TaggedTextSource
  /// Sentences.
  public static var plural: String { "sentences" }
  /// With the tags as people see them.
  public var asRead: TaggedSentence {
    var example = self
    for place in tokens.indices { example.tokens[place].tag = tokens[place].tag.flatMap(Label.seen) }
    return example
  }
}

/// A piece of running text, from which a language model learns.
extension String: TrainingExample {
  /// What reads them.
  public typealias Source = PlainTextSource
  /// Texts.
  public static var plural: String { "texts" }
  /// The text: what is no part of it at the beginning of a file is left out when it is cut into pieces.
  public var asRead: String { self }
}

extension LabeledTextSource: ExampleSource {
  /// Everything is recognized.
  public static var automatic: DataOptions { DataOptions() }
  /// The names of the columns of texts and labels.
  public var trainedColumns: DataColumns? {
    var trained = columns?.trained
    trained?.labelSeparator = labelSeparator
    return trained
  }

  /// Hands every record to `body`; see ``ExampleSource``.
  @discardableResult
  public func forEachExample(_ body: (LabeledText, RecordReference?, _ row: Int) throws -> Void) throws
    -> ReadingReport
  {
    try forEachRow(body)
  }
}

extension TextPairSource: ExampleSource {
  /// Everything is recognized.
  public static var automatic: DataOptions { DataOptions() }
  /// The names of the columns of texts and labels.
  public var trainedColumns: DataColumns? { columns.trained }

  /// Hands every pair to `body`; see ``ExampleSource``.
  @discardableResult
  public func forEachExample(_ body: (TextPair, RecordReference?, _ row: Int) throws -> Void) throws -> ReadingReport {
    try forEachRow(body)
  }
}

extension TaggedTextSource: ExampleSource {
  /// Everything is recognized.
  public static var automatic: TaggedTextOptions { TaggedTextOptions() }

  /// Hands every sentence to `body`; see ``ExampleSource``.
  @discardableResult
  public func forEachExample(_ body: (TaggedSentence, RecordReference?, _ row: Int) throws -> Void) throws
    -> ReadingReport
  {
    var row = 0
    try forEachSentence { sentence in
      row += 1
      try body(sentence, nil, row)
    }
    return ReadingReport(path: path)
  }
}
