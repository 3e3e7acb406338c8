public import CharCNNCompute
public import CharCNNNetworks

/// How gradients change parameters.
public protocol Optimizer: AnyObject {
  /// What it remembers between updates, each laid out as the trained values are, with names for checkpoints.
  var state: [(name: String, memory: DeviceMemory)] { get }
  /// Updates so far; set only to go on from a checkpoint.
  var updates: Int { get set }

  /// Updates the trained values.
  ///
  /// - Parameters:
  ///   - store: The parameters.
  ///   - gradients: Laid out as the parameters are.
  ///   - rate: Learning rate.
  ///   - gradientScale: Factor on the gradients, from clipping.
  ///   - device: Does the arithmetic.
  func update(
    _ store: ParameterStore, gradients: DeviceMemory, rate: Float, gradientScale: Float, device: any Device)
}

/// The optimizers by name.
public enum OptimizerKind: String, Codable, Sendable, CaseIterable {
  /// ``AdamW``.
  case adamw
  /// ``MomentumDescent``.
  case sgd
  /// ``Adadelta``.
  case adadelta

  /// An optimizer at its start.
  ///
  /// - Parameters:
  ///   - layout: The parameters.
  ///   - settings: Its numbers.
  ///   - frozen: Names of parameters that it leaves alone.
  public func makeOptimizer(
    layout: ParameterLayout, settings: TrainingSettings, frozen: Set<String> = []
  ) -> any Optimizer {
    switch self {
    case .adamw: AdamW(layout: layout, settings: settings, frozen: frozen)
    case .sgd: MomentumDescent(layout: layout, settings: settings, frozen: frozen)
    case .adadelta: Adadelta(layout: layout, settings: settings, frozen: frozen)
    }
  }
}

/// Neighbouring parameters with the same decay, as ranges of the flat vector; frozen ones are in none.
struct UpdateRanges: Sequence {
  private var ranges: [(range: Range<Int>, decays: Bool)] = []

  init(layout: ParameterLayout, frozen: Set<String>) {
    for parameter in layout.trained where !frozen.contains(parameter.name) {
      let range = parameter.offset..<parameter.offset + parameter.count
      if let last = ranges.last, last.decays == parameter.decays, last.range.upperBound == range.lowerBound {
        ranges[ranges.count - 1].range = last.range.lowerBound..<range.upperBound
      } else {
        ranges.append((range, parameter.decays))
      }
    }
  }

  func makeIterator() -> IndexingIterator<[(range: Range<Int>, decays: Bool)]> { ranges.makeIterator() }
}

extension DeviceMemory {
  /// A range of the memory as one row.
  func row(_ range: Range<Int>) -> Tensor { tensor(at: range.lowerBound, rows: 1, columns: range.count) }
}
