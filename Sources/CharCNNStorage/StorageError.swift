public import CharCNNFiles

/// Why something could not be read from or written to disk, in words a user can act on.
public struct StorageError: CharCNNError, Equatable {
  /// What went wrong, for code that reacts to it.
  #if hasAttribute(nonexhaustive)
  @nonexhaustive
  #endif
  public enum Kind: String, Equatable, Sendable {
    /// The file or folder does not exist.
    case missing
    /// The file or folder exists, but the system refuses to read it.
    case unreadable
    /// The path has no place or name that could be used.
    case invalidName
    /// The folder is not a model bundle, or its manifest makes no sense.
    case notABundle
    /// The file is shorter or longer than it should be.
    case truncated
    /// The file has the right size, but other bytes than were written.
    case corrupted
    /// The header of a safetensors file breaks the rules of the format.
    case invalidHeader
    /// The text is not JSON, or not the JSON that is expected here.
    case invalidJSON
    /// A tensor has another element type than is asked for.
    case wrongType
    /// A tensor has another shape than is asked for.
    case wrongShape
    /// A tensor that is asked for is not in the file.
    case missingTensor
    /// The file holds a tensor that the model has no place for.
    case unexpectedTensor
    /// A weight is infinite or not a number.
    case nonFinite
    /// The bundle holds a good model or a good training, of another task than the one that opens it.
    case otherTask
    /// The bundle was written by a newer version of the program.
    case newerVersion
    /// The output is there already and may not be replaced.
    case exists
    /// Another process uses the folder.
    case inUse
    /// The system refuses to create or write the output.
    case notWritable
    /// The disk, the quota or the largest size of a file is used up.
    case diskFull
    /// The disk or the connection to it failed while the output was written.
    case writeFailed
    /// The output is there, but the disk did not confirm that it will be after a power cut.
    case unconfirmed
    /// A value has no representation in the format it should be written in.
    case notEncodable
  }

  /// What went wrong, for code that reacts to it.
  public let kind: Kind
  /// The file or folder it is about.
  public let path: String
  /// What was found, and where in the file.
  public let problem: String
  /// What the user can do; nil where the problem says that too.
  public let advice: String?

  /// An error about `path`.
  public init(_ kind: Kind, path: String, problem: String, advice: String?) {
    self.kind = kind
    self.path = path
    self.problem = problem
    self.advice = advice
  }

  /// The file or folder.
  public var place: String? { path }

  /// One line: path, problem and advice. Control characters are spelled out, so that a hostile name cannot
  /// break the line or steer a terminal.
  public var description: String { "\(path): \(problemAndAdvice)".onOneLine }
}
