public import CharCNNCompute
public import CharCNNNetworks

/// How gradients change parameters.
public protocol Optimizer: AnyObject {
  /// What it remembers between updates, each laid out as the trained values are, with names for checkpoints.
  var state: [(name: String, memory: DeviceMemory)] { get }
  /// What is updated, at which part of the rate; set anew where layers are released in the course of a run.
  var ranges: UpdateRanges { get set }
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
#if hasAttribute(nonexhaustive)
@nonexhaustive
#endif
public enum OptimizerKind: String, SettingValue, CaseIterable {
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
  public func makeOptimizer(layout: ParameterLayout, settings: TrainingSettings) -> any Optimizer {
    switch self {
    case .adamw: AdamW(layout: layout, settings: settings)
    case .sgd: MomentumDescent(layout: layout, settings: settings)
    case .adadelta: Adadelta(layout: layout, settings: settings)
    }
  }
}

/// Neighbouring parameters with the same decay, as ranges of the flat vector; those that stay as they are are in none.
public struct UpdateRanges: Sequence {
  /// Neighbouring parameters.
  public struct Element {
    /// Floats of the vector.
    let range: Range<Int>
    /// Whether weight decay applies.
    let decays: Bool
  }

  private var elements: [Element] = []

  /// Trained parameters of a layout.
  ///
  /// - Parameters:
  ///   - layout: The parameters.
  ///   - moves: Whether a parameter is updated.
  package init(layout: ParameterLayout, moves: (Parameter) -> Bool) {
    for parameter in layout.trained where moves(parameter) {
      let range = parameter.offset..<parameter.offset + parameter.count
      if let last = elements.last, last.decays == parameter.decays, last.range.upperBound == range.lowerBound {
        elements.removeLast()
        elements.append(
          Element(range: last.range.lowerBound..<range.upperBound, decays: last.decays))
      } else {
        elements.append(Element(range: range, decays: parameter.decays))
      }
    }
  }

  /// The ranges in order.
  public func makeIterator() -> IndexingIterator<[Element]> { elements.makeIterator() }
}

extension DeviceMemory {
  /// A range of the memory as one row.
  func row(_ range: Range<Int>) -> Tensor { tensor(at: range.lowerBound, rows: 1, columns: range.count) }
}
