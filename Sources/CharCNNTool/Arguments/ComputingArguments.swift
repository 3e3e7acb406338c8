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

  /// What was found, so that all models of a command get the same answer.
  private static let measured = Guarded<[InstructionSet: Bool]>([:])

  private static func isFaster(_ halves: BrainFloatInstructionSet, _ floats: InstructionSet) -> Bool {
    measured.withLock { measured in
      let answer = measured[floats] ?? halves.isFaster(than: floats)
      measured[floats] = answer
      return answer
    }
  }

  /// Opens a model in the precision that was asked for, and says what that is where it is not plain.
  ///
  /// - Parameter say: Receives a line.
  func open<Model: ToolModel>(
    _ model: Model.Type, _ bundle: ModelBundle, _ computing: ComputingArguments, say: (String) -> Void
  ) throws -> Model {
    try open(bundle, computing, say: say, multipliesFloats: \.multipliesFloats) {
      try computing.open(model, bundle, precision: $0)
    }
  }

  /// Opens a model of any task for its vectors, in the precision that was asked for, and says what that is where it is not plain.
  ///
  /// - Parameter say: Receives a line.
  func featureExtractor(
    _ bundle: ModelBundle, _ computing: ComputingArguments, say: (String) -> Void
  ) throws -> any FeatureExtractor {
    func multipliesFloats(_ model: any FeatureExtractor) -> Bool {
      (model as? any ToolModel)?.multipliesFloats ?? true
    }
    return try open(bundle, computing, say: say, multipliesFloats: multipliesFloats) {
      try bundle.featureExtractor(
        threads: computing.threads, instructions: computing.instructions ?? .best, precision: $0)
    }
  }

  private func open<Model>(
    _ bundle: ModelBundle, _ computing: ComputingArguments, say: (String) -> Void,
    multipliesFloats: (Model) -> Bool, make: (Precision) throws -> Model
  ) throws -> Model {
    let plain = try make(.single)
    if precision == nil || precision == .single { return plain }
    guard multipliesFloats(plain) else {
      say("precision: \(bundle.path) multiplies no floats, and answers the same in any precision")
      return plain
    }
    return chosen(computing.instructions, say: say) == .bf16 ? try make(.bf16) : plain
  }

  /// The precision of a further model of a command, which has said what it takes.
  func again(_ computing: ComputingArguments) -> Precision { chosen(computing.instructions, say: { _ in }) ?? .single }

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
    let halves = BrainFloatInstructionSet.best(beside: floats)
    func isFaster() -> Bool { Self.isFaster(halves, floats) }
    switch precision {
    case nil: return nil
    case .single: return .single
    case .bf16:
      if !isFaster() {
        say(
          "warning: bf16 is no faster than floats with the instructions \(halves.rawValue); single is as fast or faster here"
        )
      }
      return .bf16
    case .automatic:
      if !hasProducts { return .single }
      let takes = isFaster()
      say("precision: \(takes ? "bf16" : "single, since bf16 is no faster with the instructions \(halves.rawValue)")")
      return takes ? .bf16 : .single
    }
  }
}
#endif
