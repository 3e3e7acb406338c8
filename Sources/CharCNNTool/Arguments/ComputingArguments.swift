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
  func open<Model: TrainedModel>(
    _ model: Model.Type, _ bundle: ModelBundle, precision: Precision = .single
  ) throws -> Model {
    try Model(bundle, threads: threads, instructions: instructions ?? .best, precision: precision)
  }

  /// Opens the model of a command that takes models of one task.
  ///
  /// - Throws: ``Failure`` that names the task and what is for it, or what opening throws.
  func open<Model: TrainedModel>(
    _ model: Model.Type, at path: String, command: String, precision: Precision = .single
  ) throws -> Model {
    try open(model, .open(path, for: Model.task, command: command), precision: precision)
  }
}

extension InstructionSet: ExpressibleByArgument {}

/// What products multiply.
struct PrecisionArguments: ParsableArguments {
  /// A precision, or the fastest one.
  enum Choice: String, CaseIterable, ExpressibleByArgument { case single, bf16, automatic }

  @Option(
    help:
      "What products multiply: floats (single), their upper halves (bf16), or those where the processor multiplies them faster (automatic). (default: single)"
  )
  var precision: Choice?

  /// What was asked for, nil where nothing was; tells what `automatic` took, and where bf16 is slower.
  ///
  /// - Parameters:
  ///   - instructions: The vector instructions in use; nil for the best.
  ///   - hasProducts: Whether there is anything to multiply; where there is not, `automatic` takes what is usual.
  ///   - say: Receives a line.
  func chosen(
    _ instructions: InstructionSet?, hasProducts: Bool = true, say: (String) -> Void
  ) -> Precision? {
    let floats = instructions ?? .best
    func isFaster() -> Bool { BrainFloatInstructionSet.best(beside: floats).isFaster(than: floats) }
    switch precision {
    case nil: return nil
    case .single: return .single
    case .bf16:
      if !isFaster() {
        say("warning: this processor multiplies bf16 no faster than floats; single is as fast or faster here")
      }
      return .bf16
    case .automatic:
      if !hasProducts { return .single }
      let takes = isFaster()
      say("precision: \(takes ? "bf16" : "single, since this processor multiplies bf16 no faster")")
      return takes ? .bf16 : .single
    }
  }
}
#endif
