public import CharCNNFiles
import CharCNNStorage
public import CharCNNText

/// A text and the vector that a teacher gives it: what a ``TextEmbedder`` learns from.
public struct EmbeddedText: Hashable, Sendable {
  /// The text.
  public var text: String
  /// The teacher's vector of it.
  public var vector: [Float]

  /// A text and its vector.
  public init(_ text: String, vector: [Float]) {
    self.text = text
    self.vector = vector
  }
}

extension EmbeddedText: TrainingExample {
  /// What reads them.
  public typealias Source = EmbeddedTextSource
  /// Texts.
  public static var plural: String { "texts" }
  /// The text as it is.
  public var asRead: EmbeddedText { self }
}

/// Options of a source that name further files.
protocol OptionsWithFiles {
  /// The same with other paths of these files.
  func replacingPaths(_ path: (String) -> String) -> Self
}

extension EmbeddedTextSource.Options: OptionsWithFiles {
  func replacingPaths(_ path: (String) -> String) -> Self {
    var options = self
    options.vectors = vectors.map(path)
    return options
  }
}

extension ExampleSource {
  /// Options with other paths of the files that they name, where they name such.
  static func options(_ options: Options, replacingPaths path: (String) -> String) -> Options {
    (options as? any OptionsWithFiles)?.replacingPaths(path) as? Options ?? options
  }
}

/// Texts in a file, with their vectors in another one, row for row, or in a field of JSON lines.
public struct EmbeddedTextSource: ExampleSource {
  /// What is known of the files in advance.
  public struct Options: Codable, Hashable, Sendable {
    /// What is known of the file of the texts.
    public var data: DataOptions
    /// The file of the vectors, NPY or safetensors; nil where they stand beside the texts, in JSON lines.
    public var vectors: String?
    /// The field of the vectors in JSON lines; nil for the one that holds a list of numbers.
    public var field: String?

    /// Options.
    ///
    /// - Parameters:
    ///   - vectors: The file of the vectors, a path or a URL; nil where they stand beside the texts.
    ///   - field: The field of the vectors in JSON lines.
    ///   - data: What is known of the texts.
    public init(
      vectors: (any FileLocation)? = nil, field: String? = nil, data: DataOptions = DataOptions()
    ) {
      var data = data
      data.needsLabels = false
      self.data = data
      self.vectors = vectors.map { FilePath.absolute($0.filePath) }
      self.field = field
    }
  }

  private enum Vectors: Sendable {
    case file(VectorFile)
    case field(String)
  }

  /// Nothing is known, and everything recognized.
  public static var automatic: Options { Options() }
  /// What it was opened with.
  public let options: Options
  let texts: LabeledTextSource
  private let vectors: Vectors

  /// Opens the files and recognizes what the options leave open.
  ///
  /// - Throws: ``DataError`` where one cannot be read, holds nothing, or is not recognized.
  public init(path: String, options: Options) throws(DataError) {
    self.options = options
    texts = try LabeledTextSource(path: path, options: options.data)
    if let vectors = options.vectors {
      do throws(StorageError) { self.vectors = .file(try VectorFile(path: vectors)) } catch {
        throw DataError(
          error.kind == .missing ? .missingFile : .unreadable, path: error.path, problem: error.problem,
          advice: error.advice)
      }
    } else {
      vectors = .field(try texts.vectorField(options.field))
    }
  }

  /// The file of the texts.
  public var path: String { texts.path }

  /// What was recognized, in one line.
  public var summary: String {
    let summary = texts.summary(withLabels: false)
    return switch vectors {
    case .file(let file): "\(summary); \(file.rows) vectors of \(file.columns) numbers in \(file.path)"
    case .field(let name): "\(summary); vectors = field \"\(name)\""
    }
  }

  /// The vectors of a file; nil where they stand beside the texts.
  var file: VectorFile? {
    if case .file(let file) = vectors { file } else { nil }
  }

  /// Hands every text with its vector to `body`; see `ExampleSource`.
  ///
  /// - Throws: ``DataError`` also where there are more texts than vectors, or fewer.
  @discardableResult
  public func forEachExample(_ body: (EmbeddedText, RecordReference?, _ row: Int) throws -> Void) throws
    -> ReadingReport
  {
    switch vectors {
    case .field(let name):
      return try texts.forEachVector(in: name) { text, vector, reference, row in
        try body(EmbeddedText(text, vector: vector), reference, row)
      }
    case .file(let file):
      let report = try texts.forEachRow { text, reference, row in
        guard row <= file.rows else { throw unequal(texts: "more", file) }
        try body(EmbeddedText(text.text, vector: file.vector(row - 1)), reference, row)
      }
      guard report.row == file.rows else { throw unequal(texts: "\(report.row)", file) }
      return report
    }
  }

  private func unequal(texts: String, _ file: VectorFile) -> DataError {
    DataError(
      .raggedRow, path: path, problem: "has \(texts) texts, and \(file.path) has \(file.rows) vectors",
      advice:
        "give a vector for each text, in the same order; blank lines are no texts here, though `charcnn embed` gives them vectors too: leave them out before"
    )
  }
}
