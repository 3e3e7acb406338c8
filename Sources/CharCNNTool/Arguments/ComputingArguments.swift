#if Tool
public import ArgumentParser
public import CharCNN
import CharCNNCompute
import CharCNNStorage

/// What the arithmetic runs on.
struct ComputingArguments: ParsableArguments {
  // Unconditional, so that a negative number is taken for a number and refused as one.
  @Option(parsing: .unconditional, help: "Number of threads. (default: one a core)")
  var threads: Int?

  @Option(help: "Vector instructions. (default: the best of this processor)")
  var instructions: InstructionSet?

  func validate() throws {
    if let threads, !(1...1024).contains(threads) {
      throw ValidationError("--threads must be 1 to 1024, not \(threads)")
    }
    if let instructions, !instructions.isAvailable {
      let available = InstructionSet.allCases.filter(\.isAvailable).map(\.rawValue).joined(separator: ", ")
      throw ValidationError(
        "--instructions: this processor cannot run \(instructions.rawValue); it can run \(available)")
    }
  }

  /// Opens a model of any task for its vectors.
  func featureExtractor(_ path: String) throws -> any FeatureExtractor {
    try ModelBundle(contentsOf: path).featureExtractor(threads: threads, instructions: instructions ?? .best)
  }

  /// Makes a model of a bundle.
  func open<Model: TrainedModel>(_ model: Model.Type, _ bundle: ModelBundle) throws -> Model {
    try Model(bundle, threads: threads, instructions: instructions ?? .best)
  }

  /// Opens the model of a command that takes models of one task.
  ///
  /// - Throws: ``Failure`` that names the task and what is for it, or what opening throws.
  func open<Model: TrainedModel>(_ model: Model.Type, at path: String, command: String) throws -> Model {
    try open(model, .open(path, for: Model.task, command: command))
  }
}

extension InstructionSet: ExpressibleByArgument {}
#endif
