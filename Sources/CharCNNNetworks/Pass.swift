public import CharCNNCompute

/// What a forward and a backward pass work with: the device, this step's memory, the parameters and, in training, the
/// gradients and the random numbers.
public struct Pass {
  /// Does the arithmetic.
  public let device: any Device
  /// Memory of this step.
  public let workspace: Workspace
  /// Parameter values.
  public let store: ParameterStore
  /// Gradients laid out as the trained values are; nil in prediction.
  public let gradients: DeviceMemory?
  /// Where tables that learn in steps leave the gradients of their touched rows.
  public let sparseGradients: [SparseGradient]
  /// Random numbers of this training step; nil in prediction, where nothing is dropped.
  public let randomness: Randomness?
  /// Whether batch normalization uses the batch's statistics (and updates the running ones).
  public let isTraining: Bool
  /// Receives what the layers compute; nil where nobody looks.
  package var trace: Trace?
  /// Lets the input through at a fraction of its strength and takes its gradient; nil where nobody asks why.
  package var path: InputPath?

  /// A pass for prediction.
  public static func prediction(device: any Device, workspace: Workspace, store: ParameterStore) -> Pass {
    Pass(
      device: device, workspace: workspace, store: store, gradients: nil, sparseGradients: [], randomness: nil,
      isTraining: false)
  }

  /// A pass for training. Without `randomness` nothing is dropped, which gradient checks want.
  public static func training(
    device: any Device, workspace: Workspace, store: ParameterStore, gradients: DeviceMemory,
    sparseGradients: [SparseGradient] = [], randomness: Randomness?
  ) -> Pass {
    Pass(
      device: device, workspace: workspace, store: store, gradients: gradients,
      sparseGradients: sparseGradients, randomness: randomness,
      isTraining: true)
  }

  /// The value of a parameter.
  public func value(_ parameter: Parameter) -> Tensor { store.tensor(parameter) }

  /// The gradient of a parameter, to add to.
  public func gradient(_ parameter: Parameter) -> Tensor {
    guard let gradients else { preconditionFailure("backward needs a training pass") }
    return ParameterStore.window(parameter, of: gradients)
  }

  /// Whether the backward pass adds to the gradients of parameters; false where only the input's are asked for.
  var learns: Bool { gradients != nil }

  /// The gradient of a parameter, or memory that nobody reads where parameters do not learn.
  func gradientOrScratch(_ parameter: Parameter) -> Tensor {
    if learns { return gradient(parameter) }
    let value = value(parameter)
    let scratch = tensor(rows: value.rows, columns: value.columns)
    device.fill(scratch, with: 0)
    return scratch
  }

  /// Where a table leaves the gradients of its rows; nil where it does not learn in steps.
  func sparseGradient(of table: Parameter) -> SparseGradient? {
    sparseGradients.first { $0.table.ordinal == table.ordinal }
  }

  /// A weight in the order of convolutions: packed once for a frozen store, otherwise in this step's memory.
  func packed(_ parameter: Parameter, transposed: Bool = false) -> PackedWeights {
    guard let (taps, inputs, outputs) = parameter.matrixShape else { preconditionFailure("not a weight") }
    // A function, since a closure that is kept in a constant may take memory in every step.
    func pack(_ workspace: Workspace) -> PackedWeights {
      device.pack(
        value(parameter), taps: taps, inputs: inputs, outputs: outputs, transposed: transposed, workspace: workspace)
    }
    if !transposed, !isTraining, let weights = store.packing.weights(parameter, pack: pack) { return weights }
    return pack(workspace)
  }

  /// As ``packed(_:transposed:)``, but one tap alone, for a dense product.
  func packed(_ parameter: Parameter, tap: Int, transposed: Bool = false) -> PackedWeights {
    guard let (_, inputs, outputs) = parameter.matrixShape else { preconditionFailure("not a weight") }
    func pack(_ workspace: Workspace) -> PackedWeights {
      device.pack(
        value(parameter).rows(tap * inputs..<(tap + 1) * inputs), taps: 1, inputs: inputs, outputs: outputs,
        transposed: transposed, workspace: workspace)
    }
    if !transposed, !isTraining, let weights = store.packing.weights(parameter, tap: tap, pack: pack) {
      return weights
    }
    return pack(workspace)
  }

  /// A weight for minimal filtering: packed once for a frozen store, otherwise in this step's memory.
  func filter(_ parameter: Parameter, transposed: Bool = false) -> PackedFilter {
    guard let (taps, inputs, outputs) = parameter.matrixShape else { preconditionFailure("not a weight") }
    func pack(_ memory: Workspace) -> PackedFilter {
      device.packFilter(
        value(parameter), taps: taps, inputs: inputs, outputs: outputs, transposed: transposed, workspace: memory,
        scratch: workspace)
    }
    if !transposed, !isTraining, let filter = store.packing.filter(parameter, pack: pack) { return filter }
    return pack(workspace)
  }

  /// A weight in 8-bit integers; nil where the store is not quantized and frozen.
  ///
  /// An input path has none either: rounded activations have no gradient.
  func integers(_ parameter: Parameter) -> PackedIntegers? {
    isTraining || path != nil ? nil : store.packing.integers(parameter)
  }

  /// Computes a contiguous tensor on the host, in the step's memory, and copies it to the device.
  public func write(to x: Tensor, _ value: (_ index: Int) -> Float) {
    let values = workspace.records(of: Float.self, count: x.count)
    for index in 0..<x.count { values[index] = value(index) }
    device.write(UnsafeBufferPointer(values), to: x)
  }

  /// Memory of this step, [rows, columns], with whatever was in it.
  public func tensor(rows: Int, columns: Int) -> Tensor { workspace.tensor(rows: rows, columns: columns) }
}

/// Rows of channels and the texts that they belong to.
public struct Frames: BitwiseCopyable {
  /// [rows, channels].
  public let values: Tensor
  /// Where the texts lie.
  public let sequences: PackedSequences

  /// Rows and their texts.
  public init(values: Tensor, sequences: PackedSequences) {
    precondition(values.rows == sequences.rows, "rows of another number than the texts have")
    self.values = values
    self.sequences = sequences
  }
}
