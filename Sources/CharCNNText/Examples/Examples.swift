public import CharCNNFiles

/// Examples to learn from or to measure with: a file or folder, an array, any sequence, or the elements of your own types.
///
/// ```swift
/// let reviews = try Examples<LabeledText>(contentsOf: "reviews.csv")
/// let tickets = Examples(tickets, text: \.body, label: \.topic)
/// let few = Examples([LabeledText("It rains.", label: "weather"), LabeledText("A goal!", label: "sport")])
/// ```
///
/// They are read several times: once for the characters and labels, once to encode them, and later again what does not fit
/// into memory.
///
/// The same examples teach the same, wherever they come from. What nobody sees at the ends of labels and tags is no part of
/// them, and an example whose label is blank has none. Texts are taken as they are, with their line ends, blanks and invisible
/// characters; `TextSettings` says what a model makes of these. What belongs to a file and not to its texts is read in files
/// only: a byte order mark at the beginning (but running text in memory may begin with one, too), quotes and escapes, a hyphen
/// for no label in SNLI, marks on lines of their own. A byte zero is an error in a file, which is then in another encoding, and
/// a character in memory.
public struct Examples<Example: TrainingExample>: Sendable {
  /// Reads all examples from the first to the last, as often as it is called.
  public typealias Reading = @Sendable (_ body: (Example) throws -> Void) throws -> Void

  /// What errors call them: the file, or what they were called when they were made. Examples in memory without a name are
  /// "the given texts", and in a training "the training texts" or "the validation texts".
  public private(set) var name: String
  /// The file or folder; nil for examples in memory.
  public let source: Example.Source?
  /// The same where none of its examples are left out.
  package var wholeSource: Example.Source? { isKept == nil ? source : nil }
  private let reading: Reading
  /// Whether the name was given.
  private let isNamed: Bool
  /// Throws when somebody wants the reading to end.
  private var check: @Sendable () throws -> Void = { try Task.checkCancellation() }
  /// Which rows are there; nil for all.
  private var isKept: (@Sendable (_ row: Int) -> Bool)?

  /// How many examples are read between two looks at whether somebody wants the reading to end.
  private static var checkInterval: Int { 64 }

  /// The examples of a file or folder that was opened.
  public init(_ source: Example.Source) {
    name = source.path
    isNamed = true
    self.source = source
    reading = { body in try source.forEachExample { example, _, _ in try body(example) } }
  }

  /// Opens a file or folder and recognizes what the options leave open.
  ///
  /// - Parameters:
  ///   - location: A path or a URL.
  ///   - options: What is known in advance; nil for nothing.
  /// - Throws: ``DataError`` where it cannot be read, holds nothing, or is not recognized.
  public init(contentsOf location: some FileLocation, options: Example.Source.Options? = nil) throws(DataError) {
    let path = location.filePath
    // To the system the path would end there.
    if path.utf8.contains(0) {
      throw DataError(
        .missingFile, path: path, problem: "the path holds a zero byte", advice: "give the path of a file or folder")
    }
    self.init(try Example.Source(path: path, options: options ?? Example.Source.automatic))
  }

  /// Examples that your own code reads, from a database for instance, as often as they are needed and always the same.
  ///
  /// - Parameters:
  ///   - name: What errors call them; see ``name``.
  ///   - reading: Hands all of them to the closure that it gets.
  public init(name: String? = nil, reading: @escaping Reading) {
    self.name = name ?? "the given \(Example.plural)"
    isNamed = name != nil
    source = nil
    self.reading = reading
  }

  /// Examples in memory.
  ///
  /// - Parameters:
  ///   - examples: The examples; what is no array is read into one.
  ///   - name: What errors call them.
  public init(_ examples: some Sequence<Example>, name: String? = nil) {
    let examples = Array(examples)
    self.init(name: name) { body in for example in examples { try body(example) } }
  }

  /// Hands every example to `body`. Those in memory come as those of a file do: with ``TrainingExample/asRead``.
  ///
  /// - Parameter body: Receives the example, where it stands in a file, and its number from 1; those that are left out have
  ///   numbers too.
  /// - Returns: What a file has that was left out.
  /// - Throws: ``DataError`` for faulty records; what `body` throws; `CancellationError` where the task that calls is
  ///   cancelled.
  @discardableResult
  public func forEach(_ body: (Example, RecordReference?, _ row: Int) throws -> Void) throws -> ReadingReport {
    var untilCheck = 0
    func checked(_ example: Example, _ reference: RecordReference?, _ row: Int) throws {
      if let isKept, !isKept(row) { return }
      if untilCheck == 0 {
        try check()
        untilCheck = Self.checkInterval
      }
      untilCheck -= 1
      try body(example, reference, row)
    }
    if let source { return try source.forEachExample(checked) }
    var row = 0
    try reading { example in
      row += 1
      try checked(example.asRead, nil, row)
    }
    return ReadingReport(path: name)
  }

  /// The same examples; reading them ends where `check` throws, which is asked now and then.
  package func checked(by check: @escaping @Sendable () throws -> Void) -> Examples {
    var examples = self
    examples.check = check
    return examples
  }

  /// Some of these examples.
  ///
  /// - Parameter isKept: Tells by the number of an example, from 1, whether it is one of them.
  package func keeping(_ isKept: @escaping @Sendable (_ row: Int) -> Bool) -> Examples {
    var examples = self
    let before = self.isKept
    examples.isKept = { row in (before?(row) ?? true) && isKept(row) }
    return examples
  }

  /// Throws when somebody wants the reading to end.
  package func checkNow() throws { try check() }

  /// Whether they come from no file, so that advice about files is of no use.
  package var isInMemory: Bool { source == nil }

  /// The same examples; errors call them by their part in what is done, such as "training", unless they have a name.
  package func called(_ part: String) -> Examples {
    var examples = self
    if !isNamed { examples.name = "the \(part) \(Example.plural)" }
    return examples
  }

  /// The names of the columns, where the file has such.
  public var columns: DataColumns? { source?.trainedColumns }

  /// What was recognized of the file, in one line; nil for examples in memory.
  public var summary: String? { source?.summary }
}
