import CharCNNStorage

extension ModelBundle {
  /// What the owner of a model says of it.
  public struct Description: Codable, Sendable, Hashable {
    /// What the model is called.
    public var name: String?
    /// What is to be known of it.
    public var note: String?
    /// Under which licence it may be used.
    public var licence: String?

    /// A description.
    public init(name: String? = nil, note: String? = nil, licence: String? = nil) {
      self.name = name
      self.note = note
      self.licence = licence
    }

    /// Whether it says nothing.
    public var isEmpty: Bool { self == Description() }

    /// Checks that it leaves room for the model.
    ///
    /// - Throws: ``ConfigurationError`` for texts that are too long.
    package func validate() throws(ConfigurationError) {
      let lengths = [("name", name), ("note", note), ("licence", licence)].map { ($0, $1?.utf8.count ?? 0) }
      let sum = lengths.reduce(0) { $0 + $1.1 }
      guard sum > Self.longest, let most = lengths.max(by: { $0.1 < $1.1 }) else { return }
      throw ConfigurationError(
        setting: most.0,
        problem: "must be shorter: name, note and licence have at most \(Self.longest) bytes together, not \(sum)",
        advice: "write more into the model card")
    }

    /// Bytes of all texts at most: they stand in two files, and a model may have to be small.
    private static let longest = 1_000
  }

  /// Where a model comes from, `provenance.json`. Models of earlier programs have none, and earlier programs do not read it.
  ///
  /// No times, no folders and nothing of the machine: the same training gives the same bytes.
  public struct Provenance: Codable, Sendable, Hashable {
    /// Examples that a training read.
    public struct Data: Codable, Sendable, Hashable {
      /// Name of the file or folder, without where it was; nil for examples in memory.
      public var name: String?
      /// Examples.
      public var examples: Int
      /// SHA-256 of the texts and labels as they were read, whatever the format of their file; nil for validation examples that
      /// were split off the others, which are in the digest of these.
      public var digest: String?
    }

    /// How far the model reads, and what of its data it has not seen.
    public struct Limits: Codable, Sendable, Hashable {
      /// Characters of a text that are read; of taggers those of a word, of language models those of a window.
      public var longestText: Int
      /// Characters that it knows, the unknown one included.
      public var alphabet: Int
      /// Examples of training and validation that were longer and cut.
      public var cutExamples: Int
      /// Examples without a single character.
      public var emptyExamples: Int
      /// Labels of the validation examples that training lacks, with their number.
      public var unseenLabels: [String: Int]
    }

    /// The program that trained it, with its version.
    public var program = Provenance.ofThisProgram
    /// The arguments of the command that trained it, files by their names; without what changes nothing in the model, such as the
    /// number of threads. Nil for models that were trained from Swift.
    public var command: [String]?
    /// What its owner says of it.
    public var description: Description?
    /// What it learned from.
    public var training: Data?
    /// What chose the best epoch.
    public var validation: Data?
    /// What it was calibrated with; nil where it was not.
    public var calibration: Data?
    /// Seed of everything random.
    public var seed: UInt64?
    /// Figures on the validation examples, by the names that they have in JSON.
    public var metrics: [String: Double] = [:]
    /// How far it reads.
    public var limits: Limits?
    /// What its training was asked to do, from a file of its own; nil for models of earlier programs.
    public var run: Run?

    private enum CodingKeys: String, CodingKey {
      case program, command, description, training, validation, calibration, seed, metrics, limits
    }

    /// Of a model of which nothing is known.
    init() {}

    /// This program with its version.
    package static let ofThisProgram = "charcnn \(ProgramVersion.current)"
  }

  /// Where the model comes from; nil for models of earlier programs, and for those that were put together by hand.
  ///
  /// - Throws: `StorageError` where it cannot be read.
  public func provenance() throws(StorageError) -> Provenance? {
    guard contains(ModelFileName.provenance) else { return nil }
    var provenance = try decode(Provenance.self, named: ModelFileName.provenance)
    if contains(Run.fileName) {
      // One that only a newer program repeats is no reason to refuse the model.
      provenance.run = try? Run("\(path)/\(Run.fileName)", data(named: Run.fileName))
    }
    return provenance
  }
}
