/// Files of running text, or folders of them, of any size.
public struct PlainTextSource: ExampleSource {
  /// Nothing has to be known of running text.
  public struct Options: Codable, Hashable, Sendable {
    /// No options.
    public init() {}
  }

  /// Nothing.
  public static var automatic: Options { Options() }
  /// The files and folders as they were given.
  public let paths: [String]
  /// Nothing.
  public var options: Options { Options() }
  /// All of them, for messages.
  public var path: String { paths.joined(separator: ", ") }
  /// What they are.
  public var summary: String { "running text" }

  /// Files and folders; whether they are there is found when they are read.
  public init(paths: [String]) { self.paths = paths }

  /// One file or folder.
  public init(path: String, options: Options = .init()) { self.init(paths: [path]) }

  /// Hands every piece of some kilobytes to `body`; see ``ExampleSource``.
  @discardableResult
  public func forEachExample(_ body: (String, RecordReference?, _ row: Int) throws -> Void) throws -> ReadingReport {
    var row = 0
    for file in try PlainText.files(paths) {
      let text = try PlainText(path: file)
      for number in 0..<text.count {
        row += 1
        try body(try text.piece(number), nil, row)
      }
    }
    return ReadingReport(path: path)
  }
}
