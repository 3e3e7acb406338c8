public import CharCNNCompute
public import CharCNNEvaluation
public import CharCNNNetworks

/// What a run learns: examples, the loss of some of them, and a measure on held-out ones. ``Trainer`` brings the rest.
///
/// Everything that an implementation computes is a function of the parameters, the examples and the pass's random numbers,
/// so that a run gives the same bits on any number of threads and after a resumption.
public protocol TrainingTask<Report>: AnyObject {
  /// How it is measured.
  associatedtype Report: ModelReport

  /// Names, shapes and places of all parameters.
  var parameters: ParameterLayout { get }
  /// Number of training examples.
  var count: Int { get }
  /// Training examples of each class, for epochs that draw classes uniformly; empty, as by default, where there are none.
  var members: [[Int32]] { get }
  /// State that ``validate(_:device:workspace:check:)`` fits to the held-out examples; none by default.
  var fittedByValidation: [Parameter] { get }

  /// The groups of its parameters: how each of them comes to its values. Every parameter but state is in one. By default
  /// the settings' optimizer trains all of them.
  func groups(_ settings: TrainingSettings) -> [ParameterGroup]

  /// Computes the parameters of fitted groups from the training examples. It is called before the first step, when all other
  /// parameters have their first values; checkpoints keep what it computed. By default it does nothing.
  ///
  /// - Parameters:
  ///   - store: The parameters.
  ///   - device: Holds them.
  /// - Throws: When an example cannot be read again.
  func fit(_ store: ParameterStore, device: any Device) throws

  /// Rows of work of a training example, by which batches are cut and progress is told.
  func length(of example: Int) -> Int

  /// Adds the gradients of the mean loss of some examples to those of the pass.
  ///
  /// - Parameters:
  ///   - examples: Numbers of training examples; at least one.
  ///   - epoch: From 1.
  ///   - settings: Those of the run, such as label smoothing.
  ///   - pass: Device, memory of this step, parameters, gradients, random numbers.
  /// - Returns: The mean loss, and the rows of the batch.
  /// - Throws: When an example cannot be read again.
  func addGradients(of examples: [Int], epoch: Int, settings: TrainingSettings, _ pass: Pass) throws
    -> (loss: Double, rows: Int)

  /// Measures parameters on the held-out examples; writes what is ``fittedByValidation`` into them.
  ///
  /// - Parameters:
  ///   - store: The parameters.
  ///   - device: Does the arithmetic.
  ///   - workspace: Memory, to be reset before each batch.
  ///   - check: To be called for each example or batch; what it throws ends the validation.
  /// - Throws: When an example cannot be read again; what `check` throws.
  func validate(_ store: ParameterStore, device: any Device, workspace: Workspace, check: () throws -> Void) throws
    -> Report

  /// Whether one measure is better than another one, and its parameters are to be kept in the place of the other's. By default
  /// its score decides, and among equals its loss.
  func isBetter(_ report: Report, than best: Report?) -> Bool
}

extension TrainingTask {
  /// No classes.
  public var members: [[Int32]] { [] }
  /// Nothing.
  public var fittedByValidation: [Parameter] { [] }
  /// All by the optimizer of the settings.
  public func groups(_ settings: TrainingSettings) -> [ParameterGroup] { parameters.groups(settings) }
  /// By score and loss.
  public func isBetter(_ report: Report, than best: Report?) -> Bool { report.isBetter(than: best) }
  /// Nothing.
  public func fit(_ store: ParameterStore, device: any Device) {}
}
