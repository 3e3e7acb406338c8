import CharCNNCompute
internal import CharCNNFiles
import CharCNNNetworks
import CharCNNTraining

/// What `run.json` of a checkpoint says of every task's training: how it was to be done, and how to know its data again.
/// The options and the examples, a ``TrainingPlan``, stand beside these.
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
  var training: RunSettings
  var instructions: InstructionSet
  /// Those for bfloat16, where the run multiplies it; nil otherwise.
  var brainFloats: BrainFloatInstructionSet?
  var threads: Int?
  var timeLimit: Duration?
  var interval: Duration
  var userInfo: [String: String]
  /// Where the checkpoints were written, to find data that moved with them; nil in those of programs that did not say it.
  var folder: String?
  /// Digests of what the run reads, by the names of ``RunInput``.
  var digests: [String: String]
  /// Digests of the files that the options name, by what a run calls them; nil in checkpoints of programs that did not say it.
  var optionDigests: [String: String]?
  /// Names of the files that the run began with, by the names of ``RunInput``, which the model tells wherever these are now; nil in
  /// checkpoints of programs that did not say it.
  var names: [String: String]?
  var epochs: Int
  var weights: [Weight]

  static func weights(_ layout: ParameterLayout) -> [Weight] {
    layout.all.map { Weight(name: $0.name, shape: $0.shape) }
  }
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

/// `run.json` as it is written. Options have some of the description's members, with the same values.
struct StoredRun: Encodable {
  let run: RunDescription
  let plan: any Encodable

  /// Both in one object.
  func encode(to encoder: any Encoder) throws {
    try run.encode(to: encoder)
    try plan.encode(to: encoder)
  }
}
