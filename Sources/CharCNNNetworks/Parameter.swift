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

  /// Which of a store's vectors it lies in.
  public enum Role: Sendable, Hashable {
    /// Updated by the optimizer in every step.
    case trained
    /// Stored with the model and not trained: running statistics, frozen embeddings.
    case state
    /// A large table of which a step updates the rows that its batch touched.
    case table
    /// Counted from the training texts before the first step and constant from then on.
    case fitted
  }

  /// Which part of the network it belongs to, by which a fine-tuning gives rates and takes over weights.
  public enum Part: Sendable, Hashable {
    /// Vectors of the characters.
    case embedding
    /// A layer between the characters and the end. The numbers tell layers apart; what has the same number is one layer.
    case body(Int)
    /// The end, which depends on what is learned: scores, and what leads to them.
    case head
    /// Hashed n-grams, and what weighs them. They have one name in all tasks and other hashes in each.
    case table

    /// Whether it depends on the task.
    package var isOfTask: Bool {
      switch self {
      case .embedding, .body: false
      case .head, .table: true
      }
    }
  }

  /// Name in the model file, as a PyTorch module would call it.
  public let name: String
  /// Which part of the network it belongs to.
  public let part: Part
  /// Shape in the model file.
  public let shape: [Int]
  /// Relation of file and memory.
  public let layout: Layout
  /// Initial values.
  public let initialization: Initialization
  /// Whether weight decay applies (weights yes, biases and normalization scales no).
  public let decays: Bool
  /// What holds after each update; nil for no bound.
  public let constraint: Constraint?
  /// Which of a store's vectors it lies in.
  public let role: Role
  /// Values that a model file may hold; nil for every finite one.
  public let range: ClosedRange<Float>?
  /// Position in the list of parameters.
  public let ordinal: Int
  /// First float in the flat vector.
  public let offset: Int

  /// Number of floats.
  public var count: Int { shape.reduce(1, *) }
}

/// Lays out a network's parameters one after another. Each role has a list and a vector of its own, so that an
/// optimizer sees one range.
public struct ParameterBuilder {
  private var prefix: [String] = []
  private var part = Parameter.Part.body(0)
  private(set) var trained: [Parameter] = []
  private(set) var state: [Parameter] = []
  private(set) var tables: [Parameter] = []
  private(set) var fitted: [Parameter] = []
  private var streams = 0

  /// An empty layout.
  public init() {}

  /// A layout that goes on after another one.
  init(continuing layout: ParameterLayout) {
    trained = layout.trained
    state = layout.state
    tables = layout.tables
    fitted = layout.fitted
    streams = layout.streams
  }

  /// Runs `body` with `name` and a dot before the names that it adds.
  ///
  /// - Parameters:
  ///   - name: Comes before the names.
  ///   - part: The part of the network that the parameters belong to; nil for that of the scope around.
  ///   - body: Adds parameters.
  public mutating func scope<R>(
    _ name: String, part: Parameter.Part? = nil, _ body: (inout ParameterBuilder) -> R
  ) -> R {
    let outer = self.part
    prefix.append(name)
    self.part = part ?? outer
    defer {
      prefix.removeLast()
      self.part = outer
    }
    return body(&self)
  }

  /// Adds a trained parameter.
  public mutating func add(
    _ name: String, shape: [Int], layout: Parameter.Layout = .plain, initialization: Parameter.Initialization,
    decays: Bool, constraint: Parameter.Constraint? = nil
  ) -> Parameter {
    append(
      to: \.trained, name, shape: shape, layout: layout, initialization: initialization, decays: decays,
      constraint: constraint, role: .trained)
  }

  /// Adds state that is stored with the model and not trained.
  public mutating func addState(
    _ name: String, shape: [Int], initialization: Parameter.Initialization, range: ClosedRange<Float>? = nil
  ) -> Parameter {
    append(
      to: \.state, name, shape: shape, layout: .plain, initialization: initialization, decays: false, role: .state,
      range: range)
  }

  /// Adds a table whose rows are updated when a batch touches them.
  public mutating func addTable(_ name: String, shape: [Int], initialization: Parameter.Initialization) -> Parameter {
    append(
      to: \.tables, name, shape: shape, layout: .plain, initialization: initialization, decays: true, role: .table)
  }

  /// Adds numbers that are counted from the training texts before training.
  public mutating func addFitted(
    _ name: String, shape: [Int], initialization: Parameter.Initialization, range: ClosedRange<Float>? = nil
  ) -> Parameter {
    append(
      to: \.fitted, name, shape: shape, layout: .plain, initialization: initialization, decays: false, role: .fitted,
      range: range)
  }

  /// Offsets count from the first parameter of the same list.
  private mutating func append(
    to list: WritableKeyPath<ParameterBuilder, [Parameter]>, _ name: String, shape: [Int], layout: Parameter.Layout,
    initialization: Parameter.Initialization, decays: Bool, constraint: Parameter.Constraint? = nil,
    role: Parameter.Role, range: ClosedRange<Float>? = nil
  ) -> Parameter {
    let offset = self[keyPath: list].last.map { $0.offset + $0.count } ?? 0
    let parameter = Parameter(
      name: (prefix + [name]).joined(separator: "."), part: part, shape: shape, layout: layout,
      initialization: initialization,
      decays: decays, constraint: constraint, role: role, range: range, ordinal: self[keyPath: list].count,
      offset: offset)
    self[keyPath: list].append(parameter)
    return parameter
  }

  /// A number for a layer's own random stream.
  public mutating func nextStream() -> Int {
    streams += 1
    return streams
  }

  /// The finished layout.
  public var layout: ParameterLayout {
    ParameterLayout(trained: trained, state: state, tables: tables, fitted: fitted, streams: streams)
  }
}

/// All parameters of a network.
public struct ParameterLayout: Sendable, Hashable {
  /// Parameters that the optimizer updates.
  public let trained: [Parameter]
  /// State that is stored with the model: running statistics, frozen embeddings.
  public let state: [Parameter]
  /// Tables of which a step updates some rows.
  public let tables: [Parameter]
  /// What is counted from the training texts before the first step.
  public let fitted: [Parameter]
  /// Random streams that the layers have taken.
  let streams: Int

  /// Every parameter, in the order of the model file.
  public var all: [Parameter] { trained + state + tables + fitted }

  /// Number of floats that are learned: what a paper calls the number of parameters.
  public var learnedCount: Int { trainedCount + tableCount }
  /// Number of floats that are counted from the training texts.
  public var fittedCount: Int { fitted.reduce(0) { $0 + $1.count } }
  /// Number of floats of tables.
  public var tableCount: Int { tables.reduce(0) { $0 + $1.count } }
  /// Number of floats that the optimizer updates in every step.
  public var trainedCount: Int { trained.reduce(0) { $0 + $1.count } }
  /// Number of floats of state.
  public var stateCount: Int { state.reduce(0) { $0 + $1.count } }
}
