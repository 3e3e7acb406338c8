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

/// Neighbouring parameters with the same decay and rate, as ranges of the flat vector; those without a rate are in none.
public struct UpdateRanges: Sequence {
  /// Neighbouring parameters.
  public struct Element {
    /// Floats of the vector.
    let range: Range<Int>
    /// Whether weight decay applies.
    let decays: Bool
    /// What the rate is multiplied with.
    let factor: Float
  }

  private var elements: [Element] = []

  /// All trained parameters of a layout.
  ///
  /// - Parameters:
  ///   - layout: The parameters.
  ///   - factor: What a parameter's rate is multiplied with; 0 leaves it alone.
  package init(layout: ParameterLayout, factor: (Parameter) -> Float) {
    for parameter in layout.trained {
      let factor = factor(parameter)
      if factor == 0 { continue }
      let range = parameter.offset..<parameter.offset + parameter.count
      if let last = elements.last, last.decays == parameter.decays, last.factor == factor,
        last.range.upperBound == range.lowerBound
      {
        elements.removeLast()
        elements.append(
          Element(range: last.range.lowerBound..<range.upperBound, decays: last.decays, factor: factor))
      } else {
        elements.append(Element(range: range, decays: parameter.decays, factor: factor))
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
