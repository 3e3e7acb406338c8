internal import Foundation

/// What `run.json` of a checkpoint says of every task's training: how it was to be done, and how to know its data again.
/// The task's own members, a ``RunPlan``, stand beside these.
struct RunDescription: Codable {
  static let currentVersion = 1

  /// A parameter of the network, to find out whether this program makes the network of the one before.
  struct Weight: Codable, Equatable {
    var name: String
    var shape: [Int]
  }

  var version = Self.currentVersion
  /// Raw value of a ``ModelTask``.
  var task: String
  var training: TrainingSettings
  var instructions: InstructionSet
  var threads: Int?
  var timeLimit: Duration?
  var interval: Duration
  var userInfo: [String: String]
  /// Where the checkpoints were written, to find data that moved with them; nil in those of programs that did not say it.
  var folder: String?
  /// Digests of what the run reads, by the names of ``RunInput``.
  var digests: [String: String]
  var epochs: Int
  var weights: [Weight]

  static func weights(_ layout: ParameterLayout) -> [Weight] {
    layout.all.map { Weight(name: $0.name, shape: $0.shape) }
  }
}

/// What a task's training was asked to do beyond what every run has: the task's own members of `run.json`.
protocol RunPlan: Codable, Sendable {
  /// The task.
  static var task: ModelTask { get }
}

/// Something that a run reads, and how it is known again when the run goes on.
struct RunInput {
  /// Name in `run.json`.
  let name: String
  /// What errors call it.
  let path: String
  let digest: String
  /// What it holds, for the error that it has changed.
  var content = "texts or labels"
}

/// `run.json` as it is written.
struct StoredRun: Encodable {
  let run: RunDescription
  let plan: any RunPlan

  /// Both in one object; their members have different names.
  func encode(to encoder: any Encoder) throws {
    try run.encode(to: encoder)
    try plan.encode(to: encoder)
  }
}

/// A file or folder of texts, as a plan remembers it.
struct StoredSource: Codable {
  var path: String
  var options: DataOptions

  /// Nil for texts that came from no file.
  init?(_ texts: LabeledTexts) {
    guard case .source(let source) = texts else { return nil }
    path = Self.absolute(source.path)
    options = source.options
  }

  /// A run may go on in another working folder.
  static func absolute(_ path: String) -> String { URL(fileURLWithPath: path).standardizedFileURL.path }
}
