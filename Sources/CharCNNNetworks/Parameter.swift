internal import CharCNNCompute

/// A named window of a network's flat parameter vector.
public struct Parameter: Sendable, Hashable {
  /// How a tensor's file layout (PyTorch's) relates to the layout in memory (input channels before output channels, so
  /// that a row of outputs is contiguous).
  public enum Layout: Sendable, Hashable {
    /// The same in both.
    case plain
    /// File [outputs, inputs, width], memory [width, inputs, outputs].
    case convolution
    /// File [outputs, inputs], memory [inputs, outputs].
    case linear
  }

  /// What a parameter starts as.
  public enum Initialization: Sendable, Hashable {
    case zeros
    case ones
    /// Normal with this standard deviation.
    case normal(Float)
    /// Uniform between minus and plus this bound.
    case uniform(Float)

    /// Normal with variance 2 / inputs, which keeps the size of signals through layers with ReLU (He 2015).
    static func he(inputs: Int) -> Initialization { .normal((2 / Float(inputs)).squareRoot()) }
  }

  /// A bound that the optimizer restores after each update.
  public enum Constraint: Sendable, Hashable {
    /// A row of the file's layout (of a linear layer: all weights of one output) is scaled back to this L2 norm where it
    /// is longer (Hinton 2012, "Improving neural networks by preventing co-adaptation of feature detectors"). In the
    /// memory layout of linear and convolution weights such a row is a column.
    case rowNorm(Float)
  }

  /// Name in the model file, as a PyTorch module would call it.
  public let name: String
  /// Shape in the model file.
  public let shape: [Int]
  /// Relation of file and memory.
  public let layout: Layout
  /// Initial values.
  public let initialization: Initialization
  /// Whether weight decay applies (weights yes, biases and normalization scales no).
  public let decays: Bool
  /// Whether the optimizer updates it; running statistics and frozen embeddings are state that it leaves alone.
  public let isTrained: Bool
  /// What holds after each update; nil for no bound.
  public let constraint: Constraint?
  /// Position in the list of parameters.
  public let ordinal: Int
  /// First float in the flat vector.
  public let offset: Int

  /// Number of floats.
  public var count: Int { shape.reduce(1, *) }
}

/// Lays out a network's parameters one after another. Trained parameters come first, state after them, so that an
/// optimizer sees one range.
public struct ParameterBuilder {
  private struct Request {
    var name: String
    var shape: [Int]
    var layout: Parameter.Layout
    var initialization: Parameter.Initialization
    var decays: Bool
    var isTrained: Bool
  }

  private var prefix: [String] = []
  private(set) var trained: [Parameter] = []
  private(set) var state: [Parameter] = []
  private var trainedCount = 0
  private var stateCount = 0
  private var streams = 0

  /// An empty layout.
  public init() {}

  /// Runs `body` with `name` and a dot before the names that it adds.
  public mutating func scope<R>(_ name: String, _ body: (inout ParameterBuilder) -> R) -> R {
    prefix.append(name)
    defer { prefix.removeLast() }
    return body(&self)
  }

  /// Adds a trained parameter.
  public mutating func add(
    _ name: String, shape: [Int], layout: Parameter.Layout = .plain, initialization: Parameter.Initialization,
    decays: Bool, constraint: Parameter.Constraint? = nil
  ) -> Parameter {
    let parameter = Parameter(
      name: (prefix + [name]).joined(separator: "."), shape: shape, layout: layout, initialization: initialization,
      decays: decays, isTrained: true, constraint: constraint, ordinal: trained.count, offset: trainedCount)
    trained.append(parameter)
    trainedCount += parameter.count
    return parameter
  }

  /// Adds state that is stored with the model and not trained; its offset counts from the first state.
  public mutating func addState(_ name: String, shape: [Int], initialization: Parameter.Initialization) -> Parameter {
    let parameter = Parameter(
      name: (prefix + [name]).joined(separator: "."), shape: shape, layout: .plain, initialization: initialization,
      decays: false, isTrained: false, constraint: nil, ordinal: state.count, offset: stateCount)
    state.append(parameter)
    stateCount += parameter.count
    return parameter
  }

  /// A number for a layer's own random stream.
  public mutating func nextStream() -> Int {
    streams += 1
    return streams
  }

  /// The finished layout.
  public var layout: ParameterLayout { ParameterLayout(trained: trained, state: state) }
}

/// All parameters of a network.
public struct ParameterLayout: Sendable, Hashable {
  /// Parameters that the optimizer updates.
  public let trained: [Parameter]
  /// State that is stored with the model: running statistics, frozen embeddings.
  public let state: [Parameter]

  /// Number of trained floats: what a paper calls the number of parameters.
  public var trainedCount: Int { trained.reduce(0) { $0 + $1.count } }
  /// Number of floats of state.
  public var stateCount: Int { state.reduce(0) { $0 + $1.count } }
}
