public import CharCNNCompute
internal import CharCNNFiles
import CharCNNNetworks
public import CharCNNTraining

/// Options that the training of every task has; each task's own options add what to train.
///
/// As JSON they have all members but ``checkpoint``, which says where a training leaves its state, not what it does.
public protocol RunOptions: Codable, Hashable, Sendable {
  /// How parameters are trained and the data are prepared.
  var run: RunSettings { get set }
  /// Number of threads; nil for one a core. The result does not depend on it.
  var threads: Int? { get set }
  /// Vector instructions.
  var instructions: InstructionSet { get set }
  /// Time after which training ends with the best model so far; the learning rate falls in time for it.
  var timeLimit: Duration? { get set }
  /// Checkpoints, from which an interrupted training can go on; nil for none.
  var checkpoint: CheckpointOptions? { get set }
  /// Whether the model learns in steps, or would if the examples are many. One whose weights are found at once has no epochs, and no checkpoints to go on from.
  var goesInSteps: Bool { get }
}

extension RunOptions {
  /// Yes.
  public var goesInSteps: Bool { true }

  /// How parameters are trained.
  public var training: TrainingSettings {
    get { run.training }
    set { run.training = newValue }
  }

  /// How the data are prepared.
  public var data: DataSettings {
    get { run.data }
    set { run.data = newValue }
  }

  /// A device of the run, for what is not learned in steps, and for the model.
  func makeDevice() -> CPUDevice { makeDevice(.single) }

  /// The device that the model learns on.
  func makeLearningDevice() -> CPUDevice { makeDevice(training.precision) }

  /// The instructions for bfloat16, where it is multiplied.
  var brainFloats: BrainFloatInstructionSet? {
    training.precision == .bf16 ? makeLearningDevice().brainFloatInstructionSet : nil
  }

  private func makeDevice(_ precision: Precision) -> CPUDevice {
    CPUDevice(threads: threads, instructions: instructions.isAvailable ? instructions : .best, precision: precision)
  }

  /// Checks what options of all tasks have beside their settings.
  ///
  /// - Throws: ``ConfigurationError`` that names the option.
  func validateRun() throws(ConfigurationError) {
    if let timeLimit, timeLimit <= .zero {
      throw ConfigurationError(
        setting: "timeLimit", problem: "must be above zero, not \(timeLimit)", advice: "nil sets no limit")
    }
    if let interval = checkpoint?.interval, interval < .zero {
      throw ConfigurationError(
        setting: "checkpoint.interval", problem: "must be zero or more, not \(interval)",
        advice: "zero writes one after each step")
    }
    if checkpoint != nil, !goesInSteps {
      throw ConfigurationError(
        setting: "checkpoint",
        problem: "cannot be written by a training that has no steps: there is nothing to go on from",
        advice: "leave it out; an interrupted training begins anew")
    }
  }

  /// One line each, where the processor is another one than that of the run's beginning.
  var deviceWarnings: [String] {
    var warnings: [String] = []
    if !instructions.isAvailable {
      warnings.append(
        "this processor lacks the instructions \(instructions.rawValue) that the training began with; the model will differ by rounding"
      )
    }
    if goesInSteps, let brainFloats {
      if !brainFloats.isNative {
        warnings.append(
          "the instructions \(instructions.rawValue) multiply no bf16, whose products are made of slower ones; precision=single is faster with them"
        )
      } else if !brainFloats.isFaster(than: instructions.isAvailable ? instructions : .best) {
        warnings.append(
          "bf16 is no faster than floats with the instructions \(brainFloats.rawValue) of this processor; precision=single is as fast or faster here"
        )
      }
    }
    return warnings
  }

  /// Takes over what a checkpoint says of all tasks' runs.
  mutating func take(_ run: RunDescription, folder: String) {
    self.run = run.training
    threads = run.threads
    instructions = run.instructions
    timeLimit = run.timeLimit
    checkpoint = CheckpointOptions(folder: folder, interval: run.interval, userInfo: run.userInfo)
  }
}

/// Options whose settings are changed by their names.
package protocol SettableOptions: RunOptions {
  /// Changes one setting, written `name=value`.
  ///
  /// - Throws: ``ConfigurationError`` for an unknown name or a value that does not fit.
  mutating func set(_ assignment: String) throws(ConfigurationError)
  /// All settings that can be changed, with their present values.
  var settings: [(name: String, value: String)] { get }
}

/// What the library asks of every task's options, beside what programs set.
protocol TaskOptions: SettableOptions {
  /// Where they name files, and what these are called in a run; a checkpoint keeps the paths from the root.
  static var paths: KeyValuePairs<String, WritableKeyPath<Self, String?>> { get }
  /// The same with everything decided that follows from other settings.
  var resolved: Self { get }
  /// Checks everything that does not depend on the data, so that a wrong setting is found before a long reading.
  func validate() throws(ConfigurationError)
}

extension TaskOptions {
  /// ``paths``, for those who know the type by another name.
  static func pathsOf<Options>(_ type: Options.Type) -> [(name: String, path: WritableKeyPath<Options, String?>)] {
    paths.compactMap { name, path in (path as? WritableKeyPath<Options, String?>).map { (name, $0) } }
  }

  /// Themselves: nothing follows from other settings.
  var resolved: Self { self }

  /// The same with absolute paths, for those who go on in another working folder.
  var withAbsolutePaths: Self {
    var options = self
    for (_, path) in Self.paths { options[keyPath: path] = options[keyPath: path].map(FilePath.absolute) }
    return options
  }
}
